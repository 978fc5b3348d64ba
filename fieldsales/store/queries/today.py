"""What is due today: visits, tasks, customers past their rhythm (M04, M46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from fieldsales.domain.clock import day_start
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.store.caches.facts import TASK_DAY
from fieldsales.store.database import Store
from fieldsales.store.queries import customers, rhythm
from fieldsales.store.queries.customers import CustomerRow

_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class DueVisit:
    visit: Visit
    customer: str


@dataclass(frozen=True, slots=True)
class DueTask:
    task: Task
    customer: str


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    complaint: Interaction
    customer: str


@dataclass(frozen=True, slots=True)
class Cold:
    """A customer past its rhythm without a next step: since when, and whose rhythm it is.

    `importance` is the class whose `days` have passed; '' where it is that of its horizon.
    """

    customer: CustomerRow
    due: date
    importance: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """The lines of the Today tab, each list in the order in which it wants doing."""

    visits: tuple[DueVisit, ...]  # of today, and those still running
    unfinished: tuple[DueVisit, ...]  # planned for a day that has passed
    coming: tuple[DueVisit, ...]  # within the next seven days
    overdue: tuple[DueTask, ...]
    due: tuple[DueTask, ...]
    promised: tuple[DueTask, ...]  # what customers promised, due or overdue
    cold: tuple[Cold, ...]
    complaints: tuple[OpenComplaint, ...]

    @property
    def urgent(self) -> int:
        """What the badge of the tab counts."""
        return len(self.visits) + len(self.overdue) + len(self.due)


_VISIT = (
    "SELECT v.*, c.name AS customer FROM visit v JOIN customer c ON c.id = v.customer_id"
    " WHERE v.trashed_at IS NULL AND c.trashed_at IS NULL"
)


def today(store: Store, limit: int = 100) -> Today:
    """What is due on the store's calendar day, at most `limit` lines of each."""
    day = store.clock.today()
    start, end = day_start(day), day_start(day + timedelta(days=1))
    tasks = _tasks(store, day.isoformat(), limit)  # none of a day to come
    ours = [due for due in tasks if due.task.party == "us"]
    return Today(
        visits=(
            *_visits(store, "v.state = 'running'", [], limit),
            *_visits(
                store,
                "v.starts_at >= ? AND v.starts_at < ? AND v.state IN ('planned', 'concluded')",
                [start, end],
                limit,
            ),
        ),
        unfinished=_visits(store, "v.state = 'planned' AND v.starts_at < ?", [start], limit),
        coming=_visits(
            store,
            "v.state = 'planned' AND v.starts_at >= ? AND v.starts_at < ?",
            [end, day_start(day + timedelta(days=8))],
            limit,
        ),
        overdue=tuple(due for due in ours if due.task.day != day.isoformat()),
        due=tuple(due for due in ours if due.task.day == day.isoformat()),
        promised=tuple(due for due in tasks if due.task.party == "them"),
        cold=_cold(store, day, limit),
        complaints=_complaints(store, limit),
    )


def has_next_step(store: Store, customer_id: str) -> bool:
    """Whether a visit is planned at a customer, or a task of theirs is open."""
    found = store.value("SELECT next_at FROM customer_facts WHERE customer_id = ?", [customer_id])
    return found is not None


def planned(store: Store, days: int, limit: int = 50) -> tuple[DueVisit, ...]:
    """Visits planned for the next days, today among them, in order."""
    day = store.clock.today()
    within: list[object] = [day_start(day), day_start(day + timedelta(days=days))]
    kept = "v.state = 'planned' AND v.starts_at >= ? AND v.starts_at < ?"
    return _visits(store, kept, within, limit)


# by the index of classes: those with a rhythm are the fewer, and CROSS keeps that order
_MET = "coalesce(f.last_contact, (SELECT c.created_at FROM customer c WHERE c.id = f.customer_id))"
_PAST_RHYTHM = (
    "SELECT f.number FROM customer_worth w"
    " CROSS JOIN customer_facts f ON f.customer_id = w.customer_id"
    f" WHERE w.importance = ? AND {_MET} < ? AND (f.next_at IS NULL OR f.next_at < ?)"
    f" ORDER BY {_MET} LIMIT ?"
)
_PAST_HORIZON = (
    "SELECT number FROM customer_facts WHERE contact_due <= ? AND (next_at IS NULL OR next_at < ?)"
    " ORDER BY contact_due LIMIT ?"
)


def _cold(store: Store, day: date, limit: int) -> tuple[Cold, ...]:
    """Customers past their `rhythm` without a next step, the longest first."""
    start = day_start(day)
    numbers = {number for (number,) in store.rows(_PAST_HORIZON, [day.isoformat(), start, limit])}
    for importance, before in rhythm.past(store, day).items():
        late = store.rows(_PAST_RHYTHM, [importance, before, start, limit])
        numbers |= {number for (number,) in late}
    known = rhythm.rhythms(store)
    found = [
        Cold(one, date.fromisoformat(one.contact_due), one.due_by, known.get(one.due_by, 0))
        for one in customers.page(store, sorted(numbers))
        if one.contact_due is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.due, one.customer.id))[:limit])


def _visits(store: Store, condition: str, params: list[object], limit: int) -> tuple[DueVisit, ...]:
    rows = store.rows(f"{_VISIT} AND ({condition}) ORDER BY v.starts_at LIMIT ?", [*params, limit])
    return tuple(DueVisit(_record(store, Visit, "visit", row[:-1]), row[-1]) for row in rows)


def _tasks(store: Store, day: str, limit: int) -> list[DueTask]:
    rows = store.rows(
        "SELECT t.*, coalesce(c.name, '') FROM task t LEFT JOIN customer c ON c.id = t.customer_id"
        " WHERE t.trashed_at IS NULL AND c.trashed_at IS NULL AND t.done_at IS NULL"
        f" AND (t.due IS NULL OR t.due <= ?) AND {TASK_DAY} <= ?"  # the first by the index
        f" ORDER BY {TASK_DAY}, t.id LIMIT ?",
        [day, day, limit],
    )
    return [DueTask(_record(store, Task, "task", row[:-1]), row[-1]) for row in rows]


def _complaints(store: Store, limit: int) -> tuple[OpenComplaint, ...]:
    rows = store.rows(
        "SELECT i.*, c.name FROM interaction i JOIN customer c ON c.id = i.customer_id"
        " WHERE i.kind = 'complaint' AND i.closed_at IS NULL AND i.trashed_at IS NULL"
        " AND c.trashed_at IS NULL ORDER BY i.at LIMIT ?",
        [limit],
    )
    return tuple(
        OpenComplaint(_record(store, Interaction, "interaction", row[:-1]), row[-1]) for row in rows
    )


def _record(store: Store, noun: type[_R], table: str, row: tuple[object, ...]) -> _R:
    return noun(**dict(zip(store.columns[table], row, strict=True)))
