"""Lines of Today that were put off."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE snooze (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    line TEXT NOT NULL DEFAULT '',
    customer_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    interaction_id TEXT
        REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
    receivable_id TEXT
        REFERENCES receivable (id) DEFERRABLE INITIALLY DEFERRED,
    until TEXT,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX snooze_customer_id ON snooze (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX snooze_contact_id ON snooze (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX snooze_interaction_id ON snooze (interaction_id) WHERE interaction_id IS NOT NULL;
CREATE INDEX snooze_receivable_id ON snooze (receivable_id) WHERE receivable_id IS NOT NULL;
CREATE INDEX snooze_until ON snooze (until) WHERE trashed_at IS NULL;
CREATE INDEX task_snoozed ON task (snoozed_until) WHERE done_at IS NULL;
CREATE INDEX deal_snoozed ON deal (snoozed_until) WHERE snoozed_until IS NOT NULL;
"""


def up(connection: Connection) -> None:
    """Adds to a file what was put off."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
