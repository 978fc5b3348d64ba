"""Pipelines, stages and their history; what deals, tasks and customers gain by the funnel."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE pipeline (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    name TEXT NOT NULL DEFAULT '',
    position INTEGER
) STRICT;

CREATE TABLE stage (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    pipeline_id TEXT
        REFERENCES pipeline (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL DEFAULT '',
    position INTEGER,
    probability INTEGER,
    usual_days INTEGER,
    gate TEXT NOT NULL DEFAULT '',
    actions TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX stage_pipeline_id ON stage (pipeline_id)
    WHERE pipeline_id IS NOT NULL;

CREATE TABLE deal_new (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    title TEXT NOT NULL DEFAULT '',
    customer_id TEXT NOT NULL
        REFERENCES customer (id) DEFERRABLE INITIALLY DEFERRED,
    pipeline_id TEXT NOT NULL DEFAULT 'funnel'
        REFERENCES pipeline (id) DEFERRABLE INITIALLY DEFERRED,
    stage TEXT NOT NULL DEFAULT 'target'
        REFERENCES stage (id) DEFERRABLE INITIALLY DEFERRED,
    product TEXT NOT NULL DEFAULT '',
    amount INTEGER,
    currency TEXT NOT NULL DEFAULT '',
    expected_close TEXT,
    horizon TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    competitor TEXT NOT NULL DEFAULT '',
    seller TEXT NOT NULL DEFAULT '',
    pinned_probability INTEGER,
    probability_reason TEXT NOT NULL DEFAULT '',
    snoozed_until TEXT,
    snooze_reason TEXT NOT NULL DEFAULT '',
    order_amount INTEGER,
    ordered_on TEXT,
    paid_on TEXT,
    lost_reason TEXT NOT NULL DEFAULT '',
    lost_rival TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;

INSERT INTO deal_new (id, created_at, trashed_at, title, customer_id, stage, amount, currency,
    expected_close, horizon, source, competitor, seller, note)
SELECT id, created_at, trashed_at, title, customer_id,
    CASE WHEN stage IN ('target', 'analyse', 'trust', 'needs', 'value', 'commitment', 'payment',
        'won', 'lost') THEN stage ELSE 'target' END,
    amount, currency, expected_close, horizon, source, competitor, seller, note
FROM deal;
DROP TABLE deal;
ALTER TABLE deal_new RENAME TO deal;
CREATE INDEX deal_customer_id ON deal (customer_id);
CREATE INDEX deal_pipeline_id ON deal (pipeline_id);
CREATE INDEX deal_stage ON deal (stage);
CREATE INDEX deal_trashed ON deal (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE TABLE stage_change (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    deal_id TEXT NOT NULL
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    from_stage TEXT
        REFERENCES stage (id) DEFERRABLE INITIALLY DEFERRED,
    to_stage TEXT NOT NULL
        REFERENCES stage (id) DEFERRABLE INITIALLY DEFERRED,
    since TEXT,
    at TEXT NOT NULL,
    cause TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '',
    missing TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX stage_change_deal_id ON stage_change (deal_id, at);
CREATE INDEX stage_change_at ON stage_change (at);
CREATE INDEX stage_change_from ON stage_change (from_stage) WHERE from_stage IS NOT NULL;
CREATE INDEX stage_change_to ON stage_change (to_stage);

CREATE TABLE deal_member (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    deal_id TEXT NOT NULL
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED,
    name TEXT NOT NULL DEFAULT '',
    role TEXT NOT NULL DEFAULT '',
    duty TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX deal_member_deal_id ON deal_member (deal_id);

CREATE TABLE deal_tagging (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    trashed_at TEXT,
    tag_id TEXT NOT NULL
        REFERENCES tag (id) DEFERRABLE INITIALLY DEFERRED,
    deal_id TEXT NOT NULL
        REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX deal_tagging_tag_id ON deal_tagging (tag_id);
CREATE INDEX deal_tagging_deal_id ON deal_tagging (deal_id);

ALTER TABLE attachment ADD COLUMN deal_id TEXT
    REFERENCES deal (id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX attachment_deal_id ON attachment (deal_id)
    WHERE deal_id IS NOT NULL;
ALTER TABLE task ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN pinned_status TEXT NOT NULL DEFAULT '';
ALTER TABLE customer ADD COLUMN status_reason TEXT NOT NULL DEFAULT '';

CREATE INDEX change_of_deal_terms ON change (op)
    WHERE tbl = 'deal' AND before IS NOT NULL
    AND (instr(before, '"amount"') > 0 OR instr(before, '"currency"') > 0
        OR instr(before, '"expected_close"') > 0);
"""

_MADE = "2000-01-01T00:00:00Z"
_PIPELINES = ("funnel", "store")
# id, pipeline, probability, usual days, exit evidence
_STAGES = (
    ("target", "funnel", 5, 14, "qualified"),
    ("analyse", "funnel", 10, 10, "roles profile"),
    ("trust", "funnel", 20, 14, "guide"),
    ("needs", "funnel", 40, 10, "explicit_need"),
    ("value", "funnel", 60, 14, "shown answered one_plus_two_plus_one"),
    ("commitment", "funnel", 80, 10, "order"),
    ("payment", "funnel", 95, 30, "paid"),
    ("store_welcome", "store", 10, 1, ""),
    ("store_needs", "store", 30, 2, "explicit_need"),
    ("store_recommend", "store", 50, 3, "shown"),
    ("store_suggest", "store", 70, 3, "order"),
    ("store_service", "store", 90, 7, "paid"),
    ("store_thanks", "store", 95, 7, ""),
    ("won", None, 100, None, ""),
    ("lost", None, 0, None, ""),
)


def up(connection: Connection) -> None:
    """Adds the funnel to a file of the foundation; its rows come with the file, unjournaled."""
    # the triggers name the columns of the old deal; those of the new one are made after this
    found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    for (name,) in found.fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.executemany(
        "INSERT INTO pipeline (id, created_at, position) VALUES (?, ?, ?)",
        [(row_id, _MADE, place) for place, row_id in enumerate(_PIPELINES)],
    )
    connection.executemany(
        "INSERT INTO stage (id, created_at, pipeline_id, position, probability, usual_days, gate)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (row_id, _MADE, pipeline, place, probability, days, gate)
            for place, (row_id, pipeline, probability, days, gate) in enumerate(_STAGES)
        ],
    )
