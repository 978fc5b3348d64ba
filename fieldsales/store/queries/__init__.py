"""Questions to the file, each answered with frozen rows; one module a topic."""
