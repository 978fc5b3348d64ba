"""Reviews of the customers, and what was decided in them."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE review (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    held_on TEXT NOT NULL,
    since TEXT NOT NULL,
    closed_at TEXT,
    left_out INTEGER
) STRICT;

CREATE TABLE review_item (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    review_id TEXT NOT NULL
        REFERENCES review (id) DEFERRABLE INITIALLY DEFERRED,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    kind TEXT NOT NULL DEFAULT '',
    method TEXT NOT NULL DEFAULT '',
    was TEXT NOT NULL DEFAULT '',
    proposed TEXT NOT NULL DEFAULT '',
    also TEXT NOT NULL DEFAULT '',
    until TEXT,
    seen_on TEXT,
    completeness INTEGER,
    sales INTEGER,
    sales_before INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    decision TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    pin_id TEXT
        REFERENCES class_pin (id) DEFERRABLE INITIALLY DEFERRED,
    task_id TEXT
        REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
    decided_at TEXT
) STRICT;
CREATE INDEX review_item_review_id ON review_item (review_id, position);
CREATE INDEX review_item_customer_id ON review_item (customer_id);
CREATE INDEX review_item_pin_id ON review_item (pin_id) WHERE pin_id IS NOT NULL;
CREATE INDEX review_item_task_id ON review_item (task_id) WHERE task_id IS NOT NULL;
"""


def up(connection: Connection) -> None:
    """Adds reviews to a file."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
