"""What is derived from the records and kept for speed: rebuilt by one function, checked by `check`.

`customer_facts` answers the customer list and card; the search index finds records by their words.
Both follow a change in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping

from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.store.caches import facts, found
from fieldsales.store.migrations import Connection


def refresh(connection: Connection, rows: Mapping[str, set[str]], start: int) -> set[str]:
    """Brings the caches in line with the journal's changes after `start`.

    `rows` are the ids changed by table. Returns the customers touched, those before and after.
    """
    customers = _customers(connection, rows, start)
    facts.refresh(connection, customers)
    found.refresh(connection, rows)
    return customers


def rebuild(connection: Connection) -> None:
    """Makes both caches anew from the records."""
    facts.refresh(connection, None)
    found.rebuild(connection)


def verify(connection: Connection) -> list[str]:
    """Names of the caches that differ from a recomputation."""
    wrong = []
    if not facts.agrees(connection):
        wrong.append("customer_facts")
    if not found.agrees(connection):
        wrong.append("search")
    return wrong


def _customers(connection: Connection, rows: Mapping[str, set[str]], start: int) -> set[str]:
    touched = set(rows.get("customer", ()))
    for noun in rows:
        if noun == "customer" or noun not in NOUNS or "customer_id" not in fields(NOUNS[noun]):
            continue
        touched.update(
            customer
            for (customer,) in connection.execute(
                "SELECT json_extract(before, '$.customer_id') FROM change"
                " WHERE seq > ? AND tbl = ? AND before IS NOT NULL"
                " UNION SELECT json_extract(after, '$.customer_id') FROM change"
                " WHERE seq > ? AND tbl = ? AND after IS NOT NULL"
                f" UNION SELECT n.customer_id FROM change c JOIN {noun} n ON n.id = c.row_id"
                " WHERE c.seq > ? AND c.tbl = ?",
                [start, noun, start, noun, start, noun],
            )
            if customer
        )
    return touched
