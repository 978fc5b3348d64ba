"""What a record was merged into, and pairs that are alike and not the same."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE apart (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    other_customer_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    other_contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX apart_customer_id ON apart (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX apart_other_customer_id ON apart (other_customer_id)
    WHERE other_customer_id IS NOT NULL;
CREATE INDEX apart_contact_id ON apart (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX apart_other_contact_id ON apart (other_contact_id)
    WHERE other_contact_id IS NOT NULL;

ALTER TABLE customer ADD COLUMN merged_into_id TEXT
    REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE contact ADD COLUMN merged_into_id TEXT
    REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX customer_merged_into_id ON customer (merged_into_id)
    WHERE merged_into_id IS NOT NULL;
CREATE INDEX contact_merged_into_id ON contact (merged_into_id) WHERE merged_into_id IS NOT NULL;
"""


def up(connection: Connection) -> None:
    """Adds both to a file."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
