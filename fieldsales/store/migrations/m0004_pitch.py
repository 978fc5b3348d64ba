"""Products, worksheets, own entries of the library, checklists; what lines of visits gain."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE product (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    name TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    composition TEXT NOT NULL DEFAULT '',
    life_stage TEXT NOT NULL DEFAULT '',
    traits TEXT NOT NULL DEFAULT '',
    functions TEXT NOT NULL DEFAULT '',
    way_of_use TEXT NOT NULL DEFAULT '',
    ratio TEXT NOT NULL DEFAULT '',
    recipe TEXT NOT NULL DEFAULT '',
    worth TEXT NOT NULL DEFAULT '',
    sizes TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    spoken TEXT NOT NULL DEFAULT '',
    glossary TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE price (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    product_id TEXT NOT NULL
        REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    list_name TEXT NOT NULL DEFAULT '',
    amount INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    tax_percent INTEGER,
    valid_from TEXT
) STRICT;
CREATE INDEX price_product_id ON price (product_id);

CREATE TABLE solution (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    industry TEXT NOT NULL DEFAULT '',
    product_id TEXT NOT NULL
        REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    fit TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX solution_product_id ON solution (product_id);

CREATE TABLE worksheet (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    title TEXT NOT NULL DEFAULT '',
    product_id TEXT
        REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    product_name TEXT NOT NULL DEFAULT '',
    industry TEXT NOT NULL DEFAULT '',
    customer_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    opening TEXT NOT NULL DEFAULT '',
    pitch TEXT NOT NULL DEFAULT '',
    without_function INTEGER NOT NULL DEFAULT 0,
    price INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX worksheet_product_id ON worksheet (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX worksheet_customer_id ON worksheet (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX worksheet_deal_id ON worksheet (deal_id) WHERE deal_id IS NOT NULL;

CREATE TABLE worksheet_row (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    worksheet_id TEXT NOT NULL
        REFERENCES worksheet (id) DEFERRABLE INITIALLY DEFERRED,
    feature TEXT NOT NULL DEFAULT '',
    function TEXT NOT NULL DEFAULT '',
    advantage TEXT NOT NULL DEFAULT '',
    benefit TEXT NOT NULL DEFAULT '',
    need_id TEXT
        REFERENCES need (id) DEFERRABLE INITIALLY DEFERRED,
    pitch TEXT NOT NULL DEFAULT '',
    position INTEGER
) STRICT;
CREATE INDEX worksheet_row_worksheet_id ON worksheet_row (worksheet_id);
CREATE INDEX worksheet_row_need_id ON worksheet_row (need_id) WHERE need_id IS NOT NULL;

CREATE TABLE value_part (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    worksheet_id TEXT NOT NULL
        REFERENCES worksheet (id) DEFERRABLE INITIALLY DEFERRED,
    label TEXT NOT NULL DEFAULT '',
    amount INTEGER,
    position INTEGER
) STRICT;
CREATE INDEX value_part_worksheet_id ON value_part (worksheet_id);

CREATE TABLE own_entry (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    kind TEXT NOT NULL DEFAULT '',
    topic TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    industry TEXT NOT NULL DEFAULT '',
    heard TEXT NOT NULL DEFAULT '',
    means TEXT NOT NULL DEFAULT '',
    ask TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    answer_a TEXT NOT NULL DEFAULT '',
    answer_b TEXT NOT NULL DEFAULT '',
    answer_c TEXT NOT NULL DEFAULT '',
    answer_d TEXT NOT NULL DEFAULT '',
    avoid TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE checklist (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    title TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE checklist_result (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    checklist TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    customer_id TEXT
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    visit_id TEXT
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    product_id TEXT
        REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    filled_on TEXT,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX checklist_result_customer_id ON checklist_result (customer_id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX checklist_result_deal_id ON checklist_result (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX checklist_result_visit_id ON checklist_result (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX checklist_result_product_id ON checklist_result (product_id)
    WHERE product_id IS NOT NULL;

CREATE TABLE checklist_answer (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    result_id TEXT NOT NULL
        REFERENCES checklist_result (id) DEFERRABLE INITIALLY DEFERRED,
    item TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL DEFAULT '',
    target TEXT NOT NULL DEFAULT '',
    task_id TEXT
        REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX checklist_answer_result_id ON checklist_answer (result_id);
CREATE INDEX checklist_answer_task_id ON checklist_answer (task_id) WHERE task_id IS NOT NULL;

CREATE TABLE tag_rule (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    pattern TEXT NOT NULL DEFAULT '',
    quadrant TEXT NOT NULL DEFAULT '',
    refuses INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE visit_item_new (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    visit_id TEXT
        REFERENCES visit (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0,
    answer TEXT NOT NULL DEFAULT '',
    position INTEGER,
    need_id TEXT
        REFERENCES need (id) DEFERRABLE INITIALLY DEFERRED,
    style TEXT NOT NULL DEFAULT '',
    signal TEXT NOT NULL DEFAULT '',
    worked TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO visit_item_new (id, created_at, trashed_at, visit_id, kind, code, text, done, answer,
    position)
SELECT id, created_at, trashed_at, visit_id, kind, code, text, done, answer, position
FROM visit_item;
DROP TABLE visit_item;
ALTER TABLE visit_item_new RENAME TO visit_item;
CREATE INDEX visit_item_visit_id ON visit_item (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX visit_item_deal_id ON visit_item (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX visit_item_need_id ON visit_item (need_id) WHERE need_id IS NOT NULL;
CREATE INDEX visit_item_objection ON visit_item (code) WHERE kind IN ('objection', 'closing');

ALTER TABLE visit ADD COLUMN closing_step TEXT NOT NULL DEFAULT '';
ALTER TABLE attachment ADD COLUMN product_id TEXT
    REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX attachment_product_id ON attachment (product_id)
    WHERE product_id IS NOT NULL;
"""


def up(connection: Connection) -> None:
    """Adds the pitch to a file of the people."""
    # the triggers name the columns of the old lines; those of the new ones are made after this
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    for (name,) in found.fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
