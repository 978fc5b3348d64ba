"""What stands in the calendar between two days: visits with their hours, tasks with their days."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fieldsales.domain.clock import day_start, to_stamp
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.store.caches.facts import TASK_DAY
from fieldsales.store.database import Store
from fieldsales.store.queries.today import DueTask, DueVisit

_MOST = 2_000  # of each: more than a month can show


@dataclass(frozen=True, slots=True)
class Agenda:
    """In order of time. Visits that were called off and tasks that are done are not in it."""

    visits: tuple[DueVisit, ...]
    tasks: tuple[DueTask, ...]


def agenda(store: Store, first: date, last: date) -> Agenda:
    """What is from `first` to `last`, both whole."""
    names = "coalesce(nullif(c.short_name, ''), c.name, '')"
    visits = store.rows(
        f"SELECT v.*, {names} FROM visit v JOIN customer c ON c.id = v.customer_id"
        " WHERE v.trashed_at IS NULL AND c.trashed_at IS NULL AND v.state <> 'cancelled'"
        " AND v.starts_at >= ? AND v.starts_at < ? ORDER BY v.starts_at, v.id LIMIT ?",
        [day_start(first), day_start(last + timedelta(days=1)), _MOST],
    )
    # put off, a task is due later than its day: the first condition is for the index
    tasks = store.rows(
        f"SELECT t.*, {names} FROM task t LEFT JOIN customer c ON c.id = t.customer_id"
        " WHERE t.trashed_at IS NULL AND c.trashed_at IS NULL AND t.done_at IS NULL"
        f" AND (t.due IS NULL OR t.due <= ?2) AND {TASK_DAY} BETWEEN ?1 AND ?2"
        f" ORDER BY {TASK_DAY}, t.id LIMIT ?3",
        [first.isoformat(), last.isoformat(), _MOST],
    )
    visit_names, task_names = store.columns["visit"], store.columns["task"]
    return Agenda(
        tuple(
            DueVisit(Visit(**dict(zip(visit_names, row[:-1], strict=True))), row[-1])
            for row in visits
        ),
        tuple(
            DueTask(Task(**dict(zip(task_names, row[:-1], strict=True))), row[-1]) for row in tasks
        ),
    )


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Something planned, as another calendar is told of it.

    `begins` is a stored moment, of a task an ISO day; `text` what it is about.
    """

    id: str
    customer: str
    begins: str
    text: str
    minutes: int | None = None
    place: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    visits: tuple[Scheduled, ...]
    tasks: tuple[Scheduled, ...]


def scheduled(store: Store, since: date) -> Schedule:
    """Visits of any state from a day on, and all open tasks of ours that have a day."""
    visits = store.rows(
        "SELECT v.id, coalesce(nullif(c.short_name, ''), c.name), v.starts_at, v.objective,"
        " v.minutes, coalesce(nullif(v.place, ''), c.address), v.state FROM visit v"
        " JOIN customer c ON c.id = v.customer_id WHERE v.trashed_at IS NULL"
        " AND c.trashed_at IS NULL AND v.starts_at >= ? ORDER BY v.starts_at, v.id",
        [day_start(since)],
    )
    tasks = store.rows(
        f"SELECT t.id, coalesce(nullif(c.short_name, ''), c.name, ''), {TASK_DAY} AS day, t.title"
        " FROM task t LEFT JOIN customer c ON c.id = t.customer_id WHERE t.trashed_at IS NULL"
        " AND c.trashed_at IS NULL AND t.done_at IS NULL AND t.party = 'us' AND day IS NOT NULL"
        " ORDER BY day, t.id"
    )
    return Schedule(
        tuple(Scheduled(*row) for row in visits), tuple(Scheduled(*row) for row in tasks)
    )


def names_of_customers(store: Store) -> list[tuple[str, str, str]]:
    """(id, name, short name) of all customers, to be found in texts."""
    return store.rows("SELECT id, name, short_name FROM customer WHERE trashed_at IS NULL")


def beginning(store: Store, minutes: int) -> list[tuple[str, str, str, str]]:
    """(id, customer, moment, what about and where) of planned visits that begin within so long."""
    now = store.clock.now()
    rows = store.rows(
        "SELECT v.id, coalesce(nullif(c.short_name, ''), c.name), v.starts_at, v.objective, v.place"
        " FROM visit v JOIN customer c ON c.id = v.customer_id WHERE v.state = 'planned'"
        " AND v.trashed_at IS NULL AND c.trashed_at IS NULL"
        " AND v.starts_at >= ? AND v.starts_at <= ? ORDER BY v.starts_at, v.id LIMIT 20",
        [to_stamp(now), to_stamp(now + timedelta(minutes=minutes))],
    )
    return [(*row[:3], " · ".join(filter(None, row[3:]))) for row in rows]


def promises_due(store: Store) -> list[str]:
    """What we promised for today or before, in words."""
    day = store.clock.today().isoformat()
    rows = store.rows(
        "SELECT t.title FROM task t LEFT JOIN customer c ON c.id = t.customer_id"
        " WHERE t.trashed_at IS NULL AND c.trashed_at IS NULL AND t.done_at IS NULL"
        " AND t.kind = 'promise' AND t.party = 'us' AND (t.due IS NULL OR t.due <= ?1)"
        f" AND {TASK_DAY} <= ?1 ORDER BY {TASK_DAY}, t.id LIMIT 100",
        [day],
    )
    return [title for (title,) in rows]


def expected(store: Store, visit_ids: Iterable[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Visit -> (name, number to call) of each who is expected there."""
    found: dict[str, list[tuple[str, str]]] = {}
    for visit_id, name, number in store.rows(
        "SELECT p.visit_id, c.name, coalesce(nullif(c.mobile, ''), c.phone) FROM visit_person p"
        " JOIN contact c ON c.id = p.contact_id WHERE p.trashed_at IS NULL"
        " AND c.trashed_at IS NULL AND p.visit_id IN (SELECT value FROM json_each(?))"
        " ORDER BY p.created_at, p.id",
        [json.dumps(list(visit_ids))],
    ):
        found.setdefault(visit_id, []).append((name, number))
    return {visit_id: tuple(people) for visit_id, people in found.items()}
