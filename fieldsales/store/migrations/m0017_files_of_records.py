"""Files that are kept with people, proposals, debts, tasks and complaints."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_OWNERS = ("contact", "proposal", "receivable", "task", "interaction")


def up(connection: Connection) -> None:
    """Adds a reference for each to what is known of a file."""
    for noun in _OWNERS:
        connection.execute(
            f"ALTER TABLE attachment ADD COLUMN {noun}_id TEXT"
            f" REFERENCES {noun} (id) DEFERRABLE INITIALLY DEFERRED"
        )
        connection.execute(
            f"CREATE INDEX attachment_{noun}_id ON attachment ({noun}_id)"
            f" WHERE {noun}_id IS NOT NULL"
        )
