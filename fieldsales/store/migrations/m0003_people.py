"""How people think, what they need and where we stand with them; posts that nobody holds."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE assessment (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    likes TEXT NOT NULL DEFAULT '',
    career TEXT NOT NULL DEFAULT '',
    ideal TEXT NOT NULL DEFAULT '',
    finished_at TEXT
) STRICT;
CREATE INDEX assessment_contact_id ON assessment (contact_id);

CREATE TABLE clue (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    contact_id TEXT NOT NULL
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    visit_id TEXT
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    code TEXT NOT NULL DEFAULT '',
    seen_on TEXT,
    source TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX clue_contact_id ON clue (contact_id);
CREATE INDEX clue_visit_id ON clue (visit_id) WHERE visit_id IS NOT NULL;

CREATE TABLE need_rating (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    category TEXT NOT NULL DEFAULT '',
    rating INTEGER,
    evidence TEXT NOT NULL DEFAULT '',
    rated_on TEXT
) STRICT;
CREATE INDEX need_rating_customer_id ON need_rating (customer_id);
CREATE INDEX need_rating_contact_id ON need_rating (contact_id) WHERE contact_id IS NOT NULL;

CREATE TABLE factor_rating (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    deal_id TEXT NOT NULL
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    factor TEXT NOT NULL DEFAULT '',
    ours INTEGER,
    rival TEXT NOT NULL DEFAULT '',
    theirs INTEGER,
    evidence TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX factor_rating_deal_id ON factor_rating (deal_id);

CREATE INDEX op_erasure ON op (kind) WHERE kind = 'erase_contact';

ALTER TABLE contact ADD COLUMN birthday_leap INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN vacant INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contact ADD COLUMN sees_long_term INTEGER;
ALTER TABLE contact ADD COLUMN plays_fair INTEGER;
ALTER TABLE contact ADD COLUMN negotiation_evidence TEXT NOT NULL DEFAULT '';
ALTER TABLE need ADD COLUMN actual TEXT NOT NULL DEFAULT '';
ALTER TABLE need ADD COLUMN behind TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN relationship TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN feeling INTEGER;
ALTER TABLE customer ADD COLUMN feeling_note TEXT NOT NULL DEFAULT '';
ALTER TABLE attachment ADD COLUMN for_customer INTEGER NOT NULL DEFAULT 0;
"""


def up(connection: Connection) -> None:
    """Adds what is told of people to a file of the funnel."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
