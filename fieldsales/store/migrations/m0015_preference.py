"""What people like and what to keep off."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE preference (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    noted_on TEXT
) STRICT;
CREATE INDEX preference_customer_id ON preference (customer_id);
CREATE INDEX preference_contact_id ON preference (contact_id) WHERE contact_id IS NOT NULL;
"""


def up(connection: Connection) -> None:
    """Adds preferences to a file."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
