"""Campaigns, and whom they are for."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE campaign (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    name TEXT NOT NULL DEFAULT '',
    occasion TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    due TEXT,
    closed_at TEXT
) STRICT;

CREATE TABLE campaign_member (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    campaign_id TEXT NOT NULL
        REFERENCES campaign (id) DEFERRABLE INITIALLY DEFERRED,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    reached_at TEXT,
    reached_by TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '',
    outcome_at TEXT,
    note TEXT NOT NULL DEFAULT '',
    sent_id TEXT
        REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED,
    answer_id TEXT
        REFERENCES interaction (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX campaign_member_campaign_id ON campaign_member (campaign_id);
CREATE INDEX campaign_member_customer_id ON campaign_member (customer_id);
CREATE INDEX campaign_member_contact_id ON campaign_member (contact_id)
    WHERE contact_id IS NOT NULL;
CREATE INDEX campaign_member_sent_id ON campaign_member (sent_id) WHERE sent_id IS NOT NULL;
CREATE INDEX campaign_member_answer_id ON campaign_member (answer_id) WHERE answer_id IS NOT NULL;
"""


def up(connection: Connection) -> None:
    """Adds campaigns to a file."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
