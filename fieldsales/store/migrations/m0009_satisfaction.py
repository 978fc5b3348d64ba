"""What customers are satisfied with; how feedback and complaints were dealt with."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE satisfaction (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    visit_id TEXT
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    interaction_id TEXT
        REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
    scored_on TEXT,
    goods INTEGER,
    service INTEGER,
    image INTEGER,
    note TEXT NOT NULL DEFAULT '',
    for_customer INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX satisfaction_customer_id ON satisfaction (customer_id, scored_on);
CREATE INDEX satisfaction_contact_id ON satisfaction (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX satisfaction_visit_id ON satisfaction (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX satisfaction_interaction_id ON satisfaction (interaction_id)
    WHERE interaction_id IS NOT NULL;

ALTER TABLE interaction ADD COLUMN cause TEXT NOT NULL DEFAULT '';
ALTER TABLE interaction ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
ALTER TABLE interaction ADD COLUMN due TEXT;
ALTER TABLE interaction ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE interaction ADD COLUMN taken_at TEXT;
ALTER TABLE interaction ADD COLUMN answered_at TEXT;
ALTER TABLE interaction ADD COLUMN task_id TEXT
    REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX interaction_task_id ON interaction (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX interaction_wants_answer ON interaction (closed_at, at)
    WHERE kind IN ('complaint', 'feedback');
"""


def up(connection: Connection) -> None:
    """Adds satisfaction, and to feedback and complaints what came of them."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
