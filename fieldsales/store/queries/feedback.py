"""Feedback and complaints of all customers: what waits, what was answered, in what time (M35)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from fieldsales.domain.clock import day_start
from fieldsales.domain.feedback import AnswerTimes, answer_times, days_between
from fieldsales.domain.interaction import ANSWERED_KINDS, Interaction
from fieldsales.store.database import Store
from fieldsales.store.queries import customers

YEAR = 365  # days whose answers are counted
_MOST_CLOSED = 2_000
_MOST_FOUND = 200  # customers by name
_KINDS = "i.kind IN ({})".format(", ".join(f"'{one}'" for one in ANSWERED_KINDS))  # as indexed


@dataclass(frozen=True, slots=True)
class Heard:
    """A feedback or complaint with the names of the customer and of who told it, '' for nobody."""

    record: Interaction
    customer: str
    contact: str = ""


def still_open(store: Store) -> list[Heard]:
    """All that is not closed, the oldest first."""
    return _heard(store, f"{_KINDS} AND i.closed_at IS NULL ORDER BY i.at, i.id", [])


def closed(store: Store) -> list[Heard]:
    """What is done with, the latest closed first; of very many the newest."""
    return _heard(
        store,
        f"{_KINDS} AND i.closed_at IS NOT NULL ORDER BY i.closed_at DESC, i.id LIMIT ?",
        [_MOST_CLOSED],
    )


def one(store: Store, row_id: str) -> Heard | None:
    """One of them; None if it is gone, in the trash or of another kind."""
    found = _heard(store, f"{_KINDS} AND i.id = ?", [row_id])
    return found[0] if found else None


def of_customer(store: Store, customer_id: str) -> list[Heard]:
    """All of a customer, the newest first."""
    return _heard(store, f"{_KINDS} AND i.customer_id = ? ORDER BY i.at DESC", [customer_id])


def found(store: Store, asked: str) -> set[str]:
    """Ids of those whose customer, words, answer or cause hold a text."""
    whose = json.dumps([one.id for one in customers.likely(store, asked, _MOST_FOUND)])
    like = "%" + asked.replace("%", "").replace("_", "") + "%"
    texts = " OR ".join(f"i.{name} LIKE ?2" for name in ("text", "answer", "cause", "assignee"))
    rows = store.rows(
        f"SELECT i.id FROM interaction i WHERE {_KINDS} AND i.trashed_at IS NULL"
        f" AND (i.customer_id IN (SELECT value FROM json_each(?1)) OR {texts})",
        [whose, like],
    )
    return {row_id for (row_id,) in rows}


def complaints(store: Store, customer_id: str) -> list[Interaction]:
    """The open complaints of a customer, the oldest first."""
    return store.records(
        Interaction,
        "SELECT * FROM interaction WHERE customer_id = ? AND trashed_at IS NULL"
        " AND kind = 'complaint' AND closed_at IS NULL ORDER BY at, id",
        [customer_id],
    )


def times(store: Store, last: date, days: int = YEAR) -> AnswerTimes:
    """How long answers took to what came within so many days up to `last`."""
    return answer_times(took for _, took in answers(store, last, days))


def answers(store: Store, last: date, days: int = YEAR) -> list[tuple[int, Decimal]]:
    """The same one by one: number of the customer's row (0 of none) and days, one decimal."""
    begin, end = last - timedelta(days=days - 1), last + timedelta(days=1)
    rows = store.rows(
        "SELECT coalesce(f.number, 0), i.at, coalesce(i.answered_at, i.closed_at) AS answered"
        " FROM interaction i LEFT JOIN customer_facts f ON f.customer_id = i.customer_id"
        f" WHERE {_KINDS} AND i.trashed_at IS NULL AND i.at >= ? AND i.at < ?"
        " AND answered IS NOT NULL",
        [day_start(begin), day_start(end)],
    )
    return [(number, days_between(came, answered)) for number, came, answered in rows]


def _heard(store: Store, where: str, params: Sequence[object]) -> list[Heard]:
    rows = store.rows(
        "SELECT i.*, c.name, coalesce(p.name, '') FROM interaction i"
        " JOIN customer c ON c.id = i.customer_id LEFT JOIN contact p ON p.id = i.contact_id"
        f" WHERE i.trashed_at IS NULL AND {where}",
        params,
    )
    names = store.columns["interaction"]
    return [
        Heard(Interaction(**dict(zip(names, row[:-2], strict=True))), row[-2], row[-1])
        for row in rows
    ]
