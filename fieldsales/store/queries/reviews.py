"""Reviews of the customers: those held, what stands in them, and what there is to go through."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from fieldsales.domain.clock import local_day
from fieldsales.domain.portfolio import ClassPin
from fieldsales.domain.review import (
    ENDS_WITHIN,
    STALE_AFTER,
    STALE_BELOW,
    Review,
    ReviewItem,
    Tally,
)
from fieldsales.store.database import Store


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An item of a review with what is so by now.

    `customer`: its name; `there`: it is not in the trash. `task`: title of the task that was made,
    '' where it is gone; `task_done`; `pin_holds`: the class is still held by hand.
    """

    item: ReviewItem
    customer: str
    there: bool
    task: str
    task_done: bool
    pin_holds: bool


def reviews(store: Store) -> list[Review]:
    """All reviews, the newest first."""
    return store.records(
        Review,
        "SELECT * FROM review WHERE trashed_at IS NULL ORDER BY held_on DESC, created_at DESC, id",
    )


def open_review(store: Store) -> str | None:
    """Id of the review that was begun and not ended."""
    found: str | None = store.value(
        "SELECT id FROM review WHERE closed_at IS NULL AND trashed_at IS NULL"
        " ORDER BY held_on DESC, created_at DESC"
    )
    return found


def items(store: Store, review_id: str) -> list[Reviewed]:
    """What stands in a review, in its order, of customers in the trash too."""
    return _reviewed(store, "i.review_id = ? ORDER BY i.position, i.id", review_id)


def item(store: Store, item_id: str) -> Reviewed | None:
    """One of them."""
    return next(iter(_reviewed(store, "i.id = ?", item_id)), None)


def earlier(store: Store, one: ReviewItem) -> tuple[Review, Reviewed] | None:
    """What was last decided about the customer of an item, in a review before it."""
    found = store.value(
        "SELECT i.id FROM review_item i JOIN review r ON r.id = i.review_id"
        " JOIN review this ON this.id = ?"
        " WHERE i.customer_id = ? AND i.decision NOT IN ('', 'skipped') AND r.trashed_at IS NULL"
        " AND r.id <> this.id AND (r.held_on, r.created_at) < (this.held_on, this.created_at)"
        " ORDER BY r.held_on DESC, r.created_at DESC, i.position",
        [one.review_id, one.customer_id],
    )
    known = item(store, found) if found else None
    review = store.record(Review, known.item.review_id) if known else None
    return (review, known) if known and review else None


def tally(found: list[Reviewed]) -> Tally:
    """A review in figures."""
    tasks = [one for one in found if one.item.task_id]
    return Tally(
        Counter(one.item.kind for one in found),
        Counter(one.item.decision for one in found if one.item.decision),
        len(tasks),
        sum(one.task_done for one in tasks),
    )


def _reviewed(store: Store, where: str, key: str) -> list[Reviewed]:
    found = store.records(ReviewItem, f"SELECT i.* FROM review_item i WHERE {where}", [key])
    today = store.clock.today().isoformat()
    beside = {
        row_id: rest
        for row_id, *rest in store.rows(
            "SELECT i.id, coalesce(c.name, ''), c.id IS NOT NULL AND c.trashed_at IS NULL,"
            " coalesce(t.title, ''), coalesce(t.done_at, '') <> '',"
            " coalesce(p.since <= ?1 AND coalesce(p.until, '9') >= ?1, 0)"
            " FROM review_item i LEFT JOIN customer c ON c.id = i.customer_id"
            " LEFT JOIN task t ON t.id = i.task_id AND t.trashed_at IS NULL"
            " LEFT JOIN class_pin p ON p.id = i.pin_id AND p.trashed_at IS NULL"
            f" WHERE {where.replace('?', '?2')}",
            [today, key],
        )
    }
    return [
        Reviewed(one, name, bool(there), task, bool(done), bool(holds))
        for one in found
        for name, there, task, done, holds in [beside[one.id]]
    ]


class File(NamedTuple):
    """What of a customer's file tells its age: day of the last contact, percent filled in."""

    seen_on: str | None
    completeness: int


def files(store: Store) -> dict[str, File]:
    """Customer id -> how its file stands."""
    return {
        row_id: File(local_day(seen).isoformat() if seen else None, filled)
        for row_id, seen, filled in store.rows(
            "SELECT customer_id, last_contact, completeness FROM customer_facts"
        )
    }


def is_stale(file: File, today: date) -> bool:
    """Nobody was there for STALE_AFTER days, or less than STALE_BELOW percent are filled in."""
    seen = file.seen_on is not None and date.fromisoformat(file.seen_on) > (
        today - timedelta(days=STALE_AFTER)
    )
    return not seen or file.completeness < STALE_BELOW


def pins_ending(store: Store, today: date) -> list[ClassPin]:
    """The classes held by hand that end within ENDS_WITHIN days, the first one first."""
    last = (today + timedelta(days=ENDS_WITHIN)).isoformat()
    return store.records(
        ClassPin,
        "SELECT p.* FROM class_pin p JOIN customer c ON c.id = p.customer_id"
        " WHERE p.trashed_at IS NULL AND c.trashed_at IS NULL"
        " AND p.since <= ?1 AND p.until BETWEEN ?1 AND ?2 ORDER BY p.until, p.id",
        [today.isoformat(), last],
    )
