"""People to care for (M44): whose birthday may be near, and who decides but was long not met."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldsales.domain.clock import day_start
from fieldsales.domain.contact import Contact
from fieldsales.store.database import Store

_PEOPLE = (
    "SELECT c.*, coalesce(nullif(k.short_name, ''), k.name, '') FROM contact c"
    " LEFT JOIN customer k ON k.id = c.customer_id"
    " WHERE c.trashed_at IS NULL AND c.vacant = 0 AND k.trashed_at IS NULL"
)
_WEIGHTY = 4  # influence of 1 … 5 from which somebody counts like a decision maker


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person and their customer's name; `last_met`: moment, where it was asked for."""

    contact: Contact
    customer: str
    last_met: str | None = None


def in_touch(store: Store, since: date) -> list[str]:
    """Customers with whom there was a real contact from a day on, the last one first.

    Suppliers, and departments of a house that stands for itself, are not among them.
    """
    return [
        row_id
        for (row_id,) in store.rows(
            "SELECT c.id FROM customer_facts f JOIN customer c ON c.id = f.customer_id"
            " WHERE f.last_contact >= ? AND c.trashed_at IS NULL"
            " AND c.kind NOT IN ('supplier', 'department') ORDER BY f.last_contact DESC, c.id",
            [day_start(since)],
        )
    ]


def first_order(store: Store, customer_id: str) -> date | None:
    """The day of a customer's first sale or order that is known; of a month its last day."""
    found = store.value(
        "SELECT min(day) FROM (SELECT min(dated) AS day FROM sale WHERE customer_id = ?1"
        " AND trashed_at IS NULL AND amount > 0 UNION ALL SELECT min(ordered_on) FROM deal"
        " WHERE customer_id = ?1 AND trashed_at IS NULL AND stage = 'won')",
        [customer_id],
    )
    return date.fromisoformat(found) if found else None


def keeps_lunar_birthdays(store: Store) -> bool:
    """Whether anybody's birthday is by the moon's calendar."""
    found = store.value(
        "SELECT 1 FROM contact WHERE birthday_calendar = 'lunar' AND birthday <> ''"
        " AND trashed_at IS NULL LIMIT 1"
    )
    return found is not None


def born_on(store: Store, solar: Collection[str], lunar: Collection[str]) -> list[Somebody]:
    """Those born on one of these days, `MM-DD` of each calendar; leap months as ordinary ones."""
    rows = []
    for days, is_lunar in ((solar, 0), (lunar, 1)):
        rows += store.rows(
            # the expression is that of the index
            f"{_PEOPLE} AND c.birthday <> '' AND substr(c.birthday, -5) IN (SELECT value FROM"
            " json_each(?)) AND (c.birthday_calendar = 'lunar') = ? ORDER BY c.id",
            [json.dumps(sorted(days)), is_lunar],
        )
    return [Somebody(_contact(store, row[:-1]), row[-1]) for row in rows]


def with_birthdays(store: Store) -> list[Somebody]:
    """All whose birthday is known."""
    rows = store.rows(f"{_PEOPLE} AND c.birthday <> '' ORDER BY c.id")
    return [Somebody(_contact(store, row[:-1]), row[-1]) for row in rows]


def unseen(store: Store, since: date, limit: int = 100) -> tuple[Somebody, ...]:
    """Who decides where a deal is open, was met before, and not from a day on; the longest first.

    Of a deal or of the customer as a whole; somebody of influence 4 or 5 counts like those who
    decide.
    """
    rows = store.rows(
        "WITH weighty AS (SELECT DISTINCT r.contact_id FROM deal d"
        " JOIN buying_role r ON r.customer_id = d.customer_id"
        " AND (r.deal_id IS NULL OR r.deal_id = d.id)"
        " WHERE d.trashed_at IS NULL AND d.stage NOT IN ('won', 'lost')"
        " AND r.trashed_at IS NULL AND (r.role = 'decision_maker' OR r.influence >= ?)),"
        " met AS (SELECT w.contact_id, max(v.starts_at) AS at FROM weighty w"
        " JOIN visit_person p ON p.contact_id = w.contact_id JOIN visit v ON v.id = p.visit_id"
        " WHERE p.met = 1 AND p.trashed_at IS NULL AND v.trashed_at IS NULL"
        " AND v.state IN ('running', 'concluded') GROUP BY w.contact_id)"
        f" SELECT found.*, met.at FROM ({_PEOPLE}) found JOIN met ON met.contact_id = found.id"
        " WHERE met.at < ? ORDER BY met.at, found.id LIMIT ?",
        [_WEIGHTY, day_start(since), limit],
    )
    return tuple(Somebody(_contact(store, row[:-2]), *row[-2:]) for row in rows)


def _contact(store: Store, row: tuple[Any, ...]) -> Contact:
    return Contact(**dict(zip(store.columns["contact"], row, strict=True)))
