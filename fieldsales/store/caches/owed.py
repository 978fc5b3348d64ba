"""`open_debt`: the receivables of which something is still owed, few of all there were (M42)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from fieldsales.store.migrations import Connection

_LISTED = "IN (SELECT value FROM json_each(?))"

# what of each debt is still owed: (id, customer_id, deal_id, currency, due_on, open)
OPEN = """
SELECT r.id, r.customer_id, r.deal_id, r.currency, r.due_on,
    r.amount - coalesce(r.written_off, 0) - coalesce((
        SELECT sum(s.amount) FROM settlement s
        WHERE s.receivable_id = r.id AND s.trashed_at IS NULL
    ), 0) AS open
FROM receivable r
WHERE r.trashed_at IS NULL AND r.kind <> 'credit_note'
"""


def settled_by(day: str) -> str:
    """SQL for how much of a receivable `r` was settled by a day, which is SQL itself."""
    return (
        "coalesce((SELECT sum(s.amount) FROM settlement s LEFT JOIN payment p"
        " ON p.id = s.payment_id LEFT JOIN receivable n ON n.id = s.credit_note_id"
        " WHERE s.receivable_id = r.id AND s.trashed_at IS NULL"
        f" AND coalesce(p.received_on, n.issued_on, '') <= {day}), 0)"
    )


def owed_on(day: str) -> str:
    """SQL for what of a receivable `r` was still owed at the end of a day, SQL itself."""
    return (
        f"r.amount - CASE WHEN coalesce(r.written_off_on, '') <= {day}"
        f" THEN coalesce(r.written_off, 0) ELSE 0 END - {settled_by(day)}"
    )


_COLUMNS = "receivable_id, customer_id, currency, due_on, open"
_SELECT = f"SELECT id, customer_id, currency, due_on, open FROM ({OPEN}) WHERE open > 0"
_KEPT = f"SELECT {_COLUMNS} FROM open_debt"


def touched(connection: Connection, rows: Mapping[str, set[str]], start: int) -> set[str]:
    """Receivables of which the journal's changes after `start` may alter what is owed."""
    found = set(rows.get("receivable", ()))
    if "settlement" in rows:
        found.update(
            receivable
            for (receivable,) in connection.execute(
                "SELECT s.receivable_id FROM change c JOIN settlement s ON s.id = c.row_id"
                " WHERE c.seq > ? AND +c.tbl = 'settlement'"
                # one that was deleted, or of another once, is known only from the journal
                " UNION SELECT json_extract(before, '$.receivable_id') FROM change"
                " WHERE seq > ? AND +tbl = 'settlement' AND before IS NOT NULL",
                [start, start],
            )
            if receivable
        )
    return found


def refresh(connection: Connection, receivables: set[str] | None) -> None:
    """Computes anew what of these receivables is owed; of all if None."""
    if receivables is None:
        connection.execute("DELETE FROM open_debt")
        connection.execute(f"INSERT INTO open_debt ({_COLUMNS}) {_SELECT}")
        return
    listed = [json.dumps(sorted(receivables))]
    connection.execute(f"DELETE FROM open_debt WHERE receivable_id {_LISTED}", listed)
    connection.execute(f"INSERT INTO open_debt ({_COLUMNS}) {_SELECT} AND id {_LISTED}", listed)


def agrees(connection: Connection) -> bool:
    """Whether what is kept equals a recomputation."""
    differing = f"({_KEPT} EXCEPT {_SELECT}) UNION ALL SELECT * FROM ({_SELECT} EXCEPT {_KEPT})"
    found = connection.execute(f"SELECT count(*) FROM (SELECT * FROM {differing})").fetchone()
    return not found[0]
