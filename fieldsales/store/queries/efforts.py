"""What visits took, customer by customer: minutes and money (M33)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from fieldsales.domain.clock import day_start, local_day
from fieldsales.store.database import Store


class VisitEffort(NamedTuple):
    """A visit that took place; `number` is the row of its customer, `minutes` None if not noted.

    `stance` is the kept one, '' where it cannot be told (M33); `cost` in the usual currency.
    """

    number: int
    customer_id: str
    stance: str
    day: date
    minutes: int | None
    cost: int


def efforts(store: Store, first: date, last: date) -> list[VisitEffort]:
    """The concluded visits from a first to a last day."""
    return [
        VisitEffort(number, customer_id, stance, local_day(at), minutes, cost)
        for number, customer_id, stance, at, minutes, cost in store.rows(
            "SELECT f.number, v.customer_id, coalesce(w.stance, ''), v.starts_at, v.minutes,"
            " coalesce(v.cost, 0)"
            " FROM visit v JOIN customer_facts f ON f.customer_id = v.customer_id"
            " LEFT JOIN customer_worth w ON w.customer_id = v.customer_id"
            " WHERE v.trashed_at IS NULL AND v.state = 'concluded'"
            " AND v.starts_at >= ? AND v.starts_at < ?",
            [day_start(first), day_start(last + timedelta(days=1))],
        )
    ]
