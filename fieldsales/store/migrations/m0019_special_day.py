"""Days kept beside birthdays: found by their day as those are, put off as those are."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE special_day (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    day TEXT NOT NULL DEFAULT '',
    calendar TEXT NOT NULL DEFAULT '',
    leap INTEGER NOT NULL DEFAULT 0,
    once INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX special_day_customer_id ON special_day (customer_id);
CREATE INDEX special_day_contact_id ON special_day (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX special_day_day ON special_day (substr(day, -5)) WHERE day <> '';
ALTER TABLE snooze ADD COLUMN special_day_id TEXT
    REFERENCES special_day (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX snooze_special_day_id ON snooze (special_day_id) WHERE special_day_id IS NOT NULL;
"""


def up(connection: Connection) -> None:
    """Adds special days to a file."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
