"""What became of deals, customer by customer: won and lost, by which source and partner."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fieldsales.store.database import Store, placeholders
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.pipelines import SINCE


class Outcome(NamedTuple):
    """A deal that was won or lost on an ISO day; `number` is that of its customer's row.

    `amount` in minor units: the order's once it is won. `partner_id` '' where nobody brought it,
    `partner_kind` is that customer's kind (M01), `commission` in percent as typed.
    """

    number: int
    customer_id: str
    deal_id: str
    title: str
    end: str
    reason: str
    rival: str
    source: str
    amount: int
    currency: str
    day: str
    partner_id: str
    partner_kind: str
    commission: str


def outcomes(store: Store, since: date | None = None) -> list[Outcome]:
    """The deals of live customers that were won or lost, the latest first; since a day if told."""
    rows = store.rows(
        "SELECT f.number, d.customer_id, d.id, d.title, d.stage, d.lost_reason, d.lost_rival,"
        " coalesce(nullif(d.source, ''), c.source),"
        " CASE d.stage WHEN 'won' THEN coalesce(d.order_amount, d.amount, 0)"
        " ELSE coalesce(d.amount, 0) END,"
        f" coalesce(nullif(upper(d.currency), ''), ?), date({SINCE}, 'localtime') AS day,"
        " coalesce(p.id, ''), coalesce(p.kind, ''), d.commission_percent"
        " FROM deal d JOIN customer c ON c.id = d.customer_id"
        " JOIN customer_facts f ON f.customer_id = d.customer_id"
        " LEFT JOIN customer p ON p.id = d.partner_id"
        " WHERE d.trashed_at IS NULL AND d.stage IN ('won', 'lost') AND day >= ?"
        " ORDER BY day DESC, d.id DESC",
        [base_currency(store), since.isoformat() if since else ""],
    )
    return list(map(Outcome._make, rows))


class Named(NamedTuple):
    """Who a customer is, in a list."""

    customer_id: str
    name: str
    region: str


def named(store: Store, numbers: Sequence[int]) -> dict[int, Named]:
    """Row number -> who it is; those that are gone are left out."""
    rows = store.rows(
        "SELECT f.number, c.id, c.name, c.region FROM customer_facts f"
        " JOIN customer c ON c.id = f.customer_id"
        " WHERE f.number IN (SELECT value FROM json_each(?))",
        [json.dumps(list(numbers))],
    )
    return {number: Named(*rest) for number, *rest in rows}


def names_of(store: Store, customer_ids: Sequence[str]) -> dict[str, str]:
    """Customer id -> name, trashed ones too."""
    return dict(
        store.rows(
            f"SELECT id, name FROM customer WHERE id IN ({placeholders(customer_ids)})",
            customer_ids,
        )
    )
