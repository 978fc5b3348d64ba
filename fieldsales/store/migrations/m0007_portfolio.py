"""Sales, estimates, ratings and classes held by hand; what visits cost; the kept classes."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE sale (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    dated TEXT NOT NULL,
    monthly INTEGER NOT NULL DEFAULT 0,
    product_id TEXT
        REFERENCES product (id) DEFERRABLE INITIALLY DEFERRED,
    product_name TEXT NOT NULL DEFAULT '',
    quantity TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    amount INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    cost INTEGER,
    source TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX sale_customer_id ON sale (customer_id, dated, amount, cost, currency)
    WHERE trashed_at IS NULL;
CREATE INDEX sale_product_id ON sale (product_id) WHERE product_id IS NOT NULL;

CREATE TABLE estimate (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    amount INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    dated TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX estimate_customer_id ON estimate (customer_id);

CREATE TABLE rating (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    kind TEXT NOT NULL DEFAULT '',
    rating INTEGER,
    dated TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX rating_customer_id ON rating (customer_id);

CREATE TABLE class_pin (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    method TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    since TEXT NOT NULL,
    until TEXT
) STRICT;
CREATE INDEX class_pin_customer_id ON class_pin (customer_id);

CREATE TABLE customer_worth (
    customer_id TEXT NOT NULL PRIMARY KEY,
    purchase_status TEXT NOT NULL,
    importance TEXT NOT NULL,
    loyalty TEXT NOT NULL,
    course TEXT NOT NULL,
    relationship TEXT NOT NULL,
    star_cow TEXT NOT NULL,
    stance TEXT NOT NULL,
    value_type TEXT NOT NULL,
    pinned TEXT NOT NULL,
    sales INTEGER NOT NULL,
    before INTEGER NOT NULL,
    margin INTEGER NOT NULL,
    margin_before INTEGER NOT NULL,
    purchases INTEGER NOT NULL,
    last_bought TEXT,
    bought INTEGER NOT NULL,
    deals INTEGER NOT NULL,
    future INTEGER NOT NULL,
    value INTEGER NOT NULL,
    rank_value INTEGER NOT NULL,
    lifetime INTEGER NOT NULL,
    losing INTEGER NOT NULL,
    performance INTEGER NOT NULL,
    potential INTEGER,
    share INTEGER,
    points INTEGER,
    to_them INTEGER,
    left_out TEXT NOT NULL
) STRICT;
CREATE INDEX customer_worth_rank ON customer_worth (rank_value);
CREATE INDEX customer_worth_sales ON customer_worth (sales);
CREATE INDEX customer_worth_potential ON customer_worth (potential) WHERE potential IS NOT NULL;
CREATE INDEX customer_worth_performance ON customer_worth (performance)
    WHERE potential IS NOT NULL;
CREATE TABLE customer_worth_state (day TEXT NOT NULL, told TEXT NOT NULL) STRICT;

CREATE INDEX visit_met ON visit (customer_id, starts_at)
    WHERE trashed_at IS NULL AND state IN ('running', 'concluded');
CREATE INDEX interaction_met ON interaction (customer_id, at)
    WHERE trashed_at IS NULL AND kind IN ('call', 'message', 'email', 'feedback', 'complaint');

ALTER TABLE customer ADD COLUMN special_policy INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN cost INTEGER;
"""


def up(connection: Connection) -> None:
    """Adds what customers are worth to a file of signed proposals."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
