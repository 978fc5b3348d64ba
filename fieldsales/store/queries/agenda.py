"""What stands in the calendar between two days: visits with their hours, tasks with their days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fieldsales.domain.clock import day_start
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
