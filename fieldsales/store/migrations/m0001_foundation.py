"""The tables of the foundation, the journal, the derived caches and the search index."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

TABLES = """
CREATE TABLE op (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    device TEXT NOT NULL,
    origin TEXT NOT NULL,
    merge_key TEXT NOT NULL DEFAULT '',
    undoes INTEGER REFERENCES op (seq)
) STRICT;
CREATE INDEX op_undoes ON op (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    op INTEGER NOT NULL REFERENCES op (seq),
    tbl TEXT NOT NULL,
    row_id TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX change_op ON change (op);
CREATE INDEX change_row ON change (tbl, row_id);

CREATE TABLE current_op (seq INTEGER NOT NULL) STRICT;

CREATE TABLE draft (
    tbl TEXT NOT NULL,
    row_id TEXT NOT NULL,
    field TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (tbl, row_id, field)
) STRICT;

CREATE TABLE customer_facts (
    number INTEGER PRIMARY KEY,
    customer_id TEXT NOT NULL UNIQUE,
    name_key TEXT NOT NULL,
    last_contact TEXT,
    visits INTEGER NOT NULL,
    next_at TEXT,
    open_deals INTEGER NOT NULL,
    complaints INTEGER NOT NULL,
    completeness INTEGER NOT NULL,
    contact_due TEXT
) STRICT;
CREATE INDEX customer_facts_name ON customer_facts (name_key);
CREATE INDEX customer_facts_last ON customer_facts (last_contact);
CREATE INDEX customer_facts_due ON customer_facts (contact_due) WHERE contact_due IS NOT NULL;

CREATE TABLE customer_facts_zone (zone TEXT NOT NULL) STRICT;

CREATE TABLE customer (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    name TEXT NOT NULL DEFAULT '',
    short_name TEXT NOT NULL DEFAULT '',
    own_id TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    industry TEXT NOT NULL DEFAULT '',
    ownership TEXT NOT NULL DEFAULT '',
    employees INTEGER,
    region TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    website TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    horizon TEXT NOT NULL DEFAULT '',
    importance TEXT NOT NULL DEFAULT '',
    credit_grade TEXT NOT NULL DEFAULT '',
    standing TEXT NOT NULL DEFAULT '',
    seller TEXT NOT NULL DEFAULT '',
    parent_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX customer_parent_id ON customer (parent_id)
    WHERE parent_id IS NOT NULL;

CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    name TEXT NOT NULL DEFAULT '',
    customer_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    title TEXT NOT NULL DEFAULT '',
    department TEXT NOT NULL DEFAULT '',
    level TEXT NOT NULL DEFAULT '',
    gender TEXT NOT NULL DEFAULT '',
    mobile TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    messenger TEXT NOT NULL DEFAULT '',
    birthday TEXT NOT NULL DEFAULT '',
    birthday_calendar TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    preferences TEXT NOT NULL DEFAULT '',
    reports_to_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contact_customer_id ON contact (customer_id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX contact_reports_to_id ON contact (reports_to_id)
    WHERE reports_to_id IS NOT NULL;

CREATE TABLE buying_role (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT NOT NULL
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    role TEXT NOT NULL DEFAULT '',
    influence INTEGER,
    attitude INTEGER,
    confirmed INTEGER NOT NULL DEFAULT 0,
    evidence TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX buying_role_customer_id ON buying_role (customer_id);
CREATE INDEX buying_role_contact_id ON buying_role (contact_id);
CREATE INDEX buying_role_deal_id ON buying_role (deal_id)
    WHERE deal_id IS NOT NULL;

CREATE TABLE deal (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    title TEXT NOT NULL DEFAULT '',
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    stage TEXT NOT NULL DEFAULT '',
    amount INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    expected_close TEXT,
    horizon TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    competitor TEXT NOT NULL DEFAULT '',
    seller TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX deal_customer_id ON deal (customer_id);

CREATE TABLE visit (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    starts_at TEXT NOT NULL,
    minutes INTEGER,
    place TEXT NOT NULL DEFAULT '',
    wanted_advance TEXT NOT NULL DEFAULT '',
    objective TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    ordered INTEGER NOT NULL DEFAULT 0,
    amount INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    refused INTEGER NOT NULL DEFAULT 0,
    their_advance TEXT NOT NULL DEFAULT '',
    their_action TEXT NOT NULL DEFAULT '',
    their_date TEXT,
    our_action TEXT NOT NULL DEFAULT '',
    our_date TEXT,
    concluded_at TEXT
) STRICT;
CREATE INDEX visit_customer_id ON visit (customer_id, starts_at);
CREATE INDEX visit_deal_id ON visit (deal_id)
    WHERE deal_id IS NOT NULL;

CREATE TABLE visit_person (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    visit_id TEXT NOT NULL
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT NOT NULL
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    met INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX visit_person_visit_id ON visit_person (visit_id);
CREATE INDEX visit_person_contact_id ON visit_person (contact_id);

CREATE TABLE visit_item (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    visit_id TEXT NOT NULL
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    position INTEGER
) STRICT;
CREATE INDEX visit_item_visit_id ON visit_item (visit_id);

CREATE TABLE need (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    visit_id TEXT
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    text TEXT NOT NULL DEFAULT '',
    statement TEXT NOT NULL DEFAULT '',
    category TEXT NOT NULL DEFAULT '',
    answered INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX need_customer_id ON need (customer_id);
CREATE INDEX need_contact_id ON need (contact_id)
    WHERE contact_id IS NOT NULL;
CREATE INDEX need_deal_id ON need (deal_id)
    WHERE deal_id IS NOT NULL;
CREATE INDEX need_visit_id ON need (visit_id)
    WHERE visit_id IS NOT NULL;

CREATE TABLE task (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    title TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    party TEXT NOT NULL DEFAULT '',
    due TEXT,
    customer_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    visit_id TEXT
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    done_at TEXT,
    snoozed_until TEXT,
    snooze_reason TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX task_customer_id ON task (customer_id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX task_contact_id ON task (contact_id)
    WHERE contact_id IS NOT NULL;
CREATE INDEX task_deal_id ON task (deal_id)
    WHERE deal_id IS NOT NULL;
CREATE INDEX task_visit_id ON task (visit_id)
    WHERE visit_id IS NOT NULL;

CREATE TABLE interaction (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,
    text TEXT NOT NULL DEFAULT '',
    closed_at TEXT
) STRICT;
CREATE INDEX interaction_customer_id ON interaction (customer_id, at);
CREATE INDEX interaction_contact_id ON interaction (contact_id)
    WHERE contact_id IS NOT NULL;
CREATE INDEX interaction_deal_id ON interaction (deal_id)
    WHERE deal_id IS NOT NULL;

CREATE TABLE tag (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    name TEXT NOT NULL DEFAULT ''
) STRICT;


CREATE TABLE tagging (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    tag_id TEXT NOT NULL
        REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX tagging_tag_id ON tagging (tag_id);
CREATE INDEX tagging_customer_id ON tagging (customer_id);

CREATE TABLE attachment (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    visit_id TEXT
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    size INTEGER,
    sha256 TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX attachment_customer_id ON attachment (customer_id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX attachment_visit_id ON attachment (visit_id)
    WHERE visit_id IS NOT NULL;

CREATE TABLE setting (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    name TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL DEFAULT ''
) STRICT;


CREATE TABLE saved_filter (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    noun TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    definition TEXT NOT NULL DEFAULT ''
) STRICT;


CREATE INDEX visit_starts_at ON visit (starts_at);
CREATE INDEX visit_planned ON visit (starts_at) WHERE state = 'planned';
CREATE INDEX visit_running ON visit (starts_at) WHERE state = 'running';
CREATE INDEX interaction_open_complaint ON interaction (at)
    WHERE kind = 'complaint' AND closed_at IS NULL;
CREATE INDEX task_due ON task (due) WHERE done_at IS NULL;
CREATE UNIQUE INDEX setting_name ON setting (name) WHERE trashed_at IS NULL;
CREATE INDEX customer_trashed ON customer (trashed_at) WHERE trashed_at IS NOT NULL;
"""

SEARCH = """
CREATE TABLE search_doc (
    doc INTEGER PRIMARY KEY,
    row_id TEXT NOT NULL,
    customer_id TEXT,
    print INTEGER NOT NULL
) STRICT;
CREATE INDEX search_doc_row ON search_doc (row_id);
CREATE VIRTUAL TABLE search_index USING fts5 (
    tokens, content = '', contentless_delete = 1, detail = none,
    tokenize = "ascii tokenchars '=+-#'"
);
"""


def up(connection: Connection) -> None:
    """Makes the schema in an empty file."""
    for script in (TABLES, SEARCH):
        for statement in script.split(";\n"):
            if statement.strip():
                connection.execute(statement)
