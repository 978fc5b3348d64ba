"""Days kept with customers and people (M44): of one customer, of all, those that fall on a day."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from fieldsales.domain.special_day import SpecialDay
from fieldsales.store.database import Store

_LIVE = (
    "SELECT s.*, coalesce(p.name, ''), coalesce(nullif(c.short_name, ''), c.name),"
    " coalesce(nullif(p.mobile, ''), p.phone, c.phone) FROM special_day s"
    " JOIN customer c ON c.id = s.customer_id LEFT JOIN contact p ON p.id = s.contact_id"
    " WHERE s.trashed_at IS NULL AND c.trashed_at IS NULL AND p.trashed_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A day with whose it is; `person` '' where it is the whole customer's."""

    record: SpecialDay
    person: str
    customer: str
    number: str  # to call


def of_customer(store: Store, customer_id: str) -> list[SpecialDay]:
    """The days of a customer and its people."""
    return store.records(
        SpecialDay,
        "SELECT s.* FROM special_day s LEFT JOIN contact p ON p.id = s.contact_id"
        " WHERE s.customer_id = ? AND s.trashed_at IS NULL AND p.trashed_at IS NULL"
        " ORDER BY s.id",
        [customer_id],
    )


def falling_on(store: Store, solar: Collection[str], lunar: Collection[str]) -> list[Dated]:
    """Those of these days, `MM-DD` of each calendar; leap months as ordinary ones."""
    found = []
    for days, is_lunar in ((solar, 0), (lunar, 1)):
        found += _dated(
            store,
            # the expression is that of the index
            " AND s.day <> '' AND substr(s.day, -5) IN (SELECT value FROM json_each(?))"
            " AND (s.calendar = 'lunar') = ?",
            [json.dumps(sorted(days)), is_lunar],
        )
    return found


def with_day(store: Store) -> list[Dated]:
    """All of which the day is known."""
    return _dated(store, " AND s.day <> ''", [])


def any_lunar(store: Store) -> bool:
    """Whether any is by the moon's calendar."""
    found = store.value(
        "SELECT 1 FROM special_day WHERE calendar = 'lunar' AND day <> '' AND trashed_at IS NULL"
        " LIMIT 1"
    )
    return found is not None


def _dated(store: Store, condition: str, params: list[object]) -> list[Dated]:
    names = store.columns["special_day"]
    return [
        Dated(SpecialDay(**dict(zip(names, row[:-3], strict=True))), *row[-3:])
        for row in store.rows(f"{_LIVE}{condition} ORDER BY s.id", params)
    ]
