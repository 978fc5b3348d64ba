"""The verbs: operations on records, undo, import, checks; no Qt and no SQL."""
