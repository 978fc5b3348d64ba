"""Of a proposal: on which day and by whom it was decided, and when it was signed on paper."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
ALTER TABLE proposal ADD COLUMN decided_on TEXT;
ALTER TABLE proposal ADD COLUMN decided_by TEXT NOT NULL DEFAULT '';
ALTER TABLE proposal ADD COLUMN signed_on TEXT;
"""


def up(connection: Connection) -> None:
    """Adds to the proposals of a file."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
