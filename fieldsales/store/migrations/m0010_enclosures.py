"""Files that go along with a proposal."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE enclosure (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    proposal_id TEXT NOT NULL
        REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    attachment_id TEXT NOT NULL
        REFERENCES attachment (id) DEFERRABLE INITIALLY DEFERRED,
    pages INTEGER
) STRICT;
CREATE INDEX enclosure_proposal_id ON enclosure (proposal_id);
CREATE INDEX enclosure_attachment_id ON enclosure (attachment_id);
"""


def up(connection: Connection) -> None:
    """Adds the table."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
