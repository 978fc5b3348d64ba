"""Proposals, receivables, payments and how money is collected; limits, costs and partners."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE proposal (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    title TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    version INTEGER,
    series_id TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '',
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    language TEXT NOT NULL DEFAULT '',
    currency TEXT NOT NULL DEFAULT '',
    tax_mode TEXT NOT NULL DEFAULT '',
    rounding TEXT NOT NULL DEFAULT '',
    discount_kind TEXT NOT NULL DEFAULT '',
    discount TEXT NOT NULL DEFAULT '',
    dated TEXT,
    valid_until TEXT,
    delivery TEXT NOT NULL DEFAULT '',
    opening TEXT NOT NULL DEFAULT '',
    terms TEXT NOT NULL DEFAULT '',
    closing TEXT NOT NULL DEFAULT '',
    with_needs INTEGER NOT NULL DEFAULT 0,
    by_quadrant INTEGER NOT NULL DEFAULT 0,
    worksheet_id TEXT
        REFERENCES worksheet (id) DEFERRABLE INITIALLY DEFERRED,
    template TEXT NOT NULL DEFAULT '',
    accent TEXT NOT NULL DEFAULT '',
    without_prices INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    made_final_at TEXT,
    sent_at TEXT,
    decided_at TEXT,
    decided_why TEXT NOT NULL DEFAULT '',
    signed_by TEXT NOT NULL DEFAULT '',
    signed_at TEXT,
    signature TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX proposal_customer_id ON proposal (customer_id);
CREATE INDEX proposal_contact_id ON proposal (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX proposal_deal_id ON proposal (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX proposal_worksheet_id ON proposal (worksheet_id) WHERE worksheet_id IS NOT NULL;

CREATE TABLE proposal_line (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    proposal_id TEXT NOT NULL
        REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    kind TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    product_id TEXT
        REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    product_name TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    quantity TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    price TEXT NOT NULL DEFAULT '',
    discount_kind TEXT NOT NULL DEFAULT '',
    discount TEXT NOT NULL DEFAULT '',
    tax_percent TEXT NOT NULL DEFAULT '',
    cost TEXT NOT NULL DEFAULT '',
    minimum TEXT NOT NULL DEFAULT '',
    origin_id TEXT
        REFERENCES proposal_line (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX proposal_line_proposal_id ON proposal_line (proposal_id);
CREATE INDEX proposal_line_product_id ON proposal_line (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX proposal_line_origin_id ON proposal_line (origin_id) WHERE origin_id IS NOT NULL;

CREATE TABLE instalment (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    proposal_id TEXT NOT NULL
        REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    position INTEGER,
    label TEXT NOT NULL DEFAULT '',
    share_kind TEXT NOT NULL DEFAULT '',
    share TEXT NOT NULL DEFAULT '',
    due TEXT NOT NULL DEFAULT '',
    days INTEGER,
    due_on TEXT
) STRICT;
CREATE INDEX instalment_proposal_id ON instalment (proposal_id);

CREATE TABLE text_block (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    kind TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE receivable (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    proposal_id TEXT
        REFERENCES proposal (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    amount INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    issued_on TEXT,
    terms TEXT NOT NULL DEFAULT '',
    days INTEGER,
    due_on TEXT,
    disputed INTEGER NOT NULL DEFAULT 0,
    written_off INTEGER,
    written_off_on TEXT,
    written_off_why TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX receivable_customer_id ON receivable (customer_id);
CREATE INDEX receivable_deal_id ON receivable (deal_id) WHERE deal_id IS NOT NULL;
CREATE INDEX receivable_proposal_id ON receivable (proposal_id) WHERE proposal_id IS NOT NULL;

CREATE TABLE payment (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    amount INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    received_on TEXT,
    method TEXT NOT NULL DEFAULT '',
    reference TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX payment_customer_id ON payment (customer_id);

CREATE TABLE settlement (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    receivable_id TEXT NOT NULL
        REFERENCES receivable (id) DEFERRABLE INITIALLY DEFERRED,
    payment_id TEXT
        REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED,
    credit_note_id TEXT
        REFERENCES receivable (id) DEFERRABLE INITIALLY DEFERRED,
    amount INTEGER
) STRICT;
CREATE INDEX settlement_receivable_id ON settlement (receivable_id, amount, trashed_at);
CREATE INDEX settlement_payment_id ON settlement (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX settlement_credit_note_id ON settlement (credit_note_id)
    WHERE credit_note_id IS NOT NULL;

CREATE TABLE collecting_step (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    receivable_id TEXT NOT NULL
        REFERENCES receivable (id) DEFERRABLE INITIALLY DEFERRED,
    contact_id TEXT
        REFERENCES contact (id) DEFERRABLE INITIALLY DEFERRED,
    step TEXT NOT NULL DEFAULT '',
    done_on TEXT,
    promised_on TEXT,
    promised_amount INTEGER,
    task_id TEXT
        REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX collecting_step_receivable_id ON collecting_step (receivable_id);
CREATE INDEX collecting_step_contact_id ON collecting_step (contact_id)
    WHERE contact_id IS NOT NULL;
CREATE INDEX collecting_step_task_id ON collecting_step (task_id) WHERE task_id IS NOT NULL;

CREATE INDEX receivable_due_on ON receivable (due_on, kind, amount, written_off, currency,
    customer_id, deal_id) WHERE trashed_at IS NULL;

ALTER TABLE customer ADD COLUMN credit_limit INTEGER;
ALTER TABLE price ADD COLUMN cost INTEGER;
ALTER TABLE price ADD COLUMN minimum INTEGER;
ALTER TABLE deal ADD COLUMN partner_id TEXT
    REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE deal ADD COLUMN commission_percent TEXT NOT NULL DEFAULT '';
CREATE INDEX deal_partner_id ON deal (partner_id) WHERE partner_id IS NOT NULL;
"""


def up(connection: Connection) -> None:
    """Adds money to a file of the pitch."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
