"""What is still owed, kept beside the receivables; invoices by their day."""

from __future__ import annotations

from fieldsales.store.migrations import Connection

_SCHEMA = """
CREATE TABLE open_debt (
    receivable_id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    due_on TEXT,
    open INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX open_debt_customer ON open_debt (customer_id);
CREATE INDEX open_debt_due ON open_debt (due_on);
CREATE INDEX receivable_issued_on ON receivable (issued_on, kind, currency, amount)
    WHERE trashed_at IS NULL;

INSERT INTO open_debt SELECT id, customer_id, currency, due_on, open FROM (
    SELECT r.*, r.amount - coalesce(r.written_off, 0) - coalesce((
        SELECT sum(s.amount) FROM settlement s
        WHERE s.receivable_id = r.id AND s.trashed_at IS NULL), 0) AS open
    FROM receivable r WHERE r.trashed_at IS NULL AND r.kind <> 'credit_note'
) WHERE open > 0;
"""


def up(connection: Connection) -> None:
    """Adds it to a file, filled from the receivables that are there."""
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            connection.execute(statement)
