"""SQLite: the tables, the journal of changes, derived caches and queries."""
