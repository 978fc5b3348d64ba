"""Pictures as plain data, text measured and wrapped once, and the painters that show both."""
