"""One module per file format, found by walking.

To add one: a module with `SUFFIX` (lower case, with the dot), `FILES` (whether contents of kept
files go along), `write(path, source, words, watch)` and `read(path)`, which gives a `Package`, or
None where the file is none of ours.
"""
