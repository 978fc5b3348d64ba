"""Birthdays found by their day, classes by their importance: the day's list asks for both."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE INDEX contact_birthday ON contact (substr(birthday, -5)) WHERE birthday <> '';
CREATE INDEX customer_worth_importance ON customer_worth (importance);
"""


def up(connection: Connection) -> None:
    """Adds the indexes to a file."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
