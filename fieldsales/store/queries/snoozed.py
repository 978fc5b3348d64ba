"""What was put off and is not back yet: lines of Today, tasks, deals (M46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.snooze import SUBJECTS, Snooze
from fieldsales.store.database import Store


@dataclass(frozen=True, slots=True)
class PutOff:
    """Something out of sight before `until`, an ISO day.

    `line` is a line of Today, `task` or `deal`; `row_id` what it speaks of, `snooze_id` the row
    that says so, '' where the record does itself.
    """

    line: str
    row_id: str
    title: str
    customer: str
    until: str
    reason: str
    snooze_id: str
    customer_id: str | None


def snooze_of(store: Store, line: str, row_id: str) -> str | None:
    """Id of the row that puts a line off, over or not."""
    found: str | None = store.value(
        f"SELECT id FROM snooze WHERE {SUBJECTS[line]} = ? AND line = ? AND trashed_at IS NULL",
        [row_id, line],
    )
    return found


def asleep(store: Store, today: date) -> set[tuple[str, str]]:
    """(line, record) of the lines that are put off beyond today."""
    found = store.records(
        Snooze,
        "SELECT * FROM snooze WHERE trashed_at IS NULL AND until > ?",
        [today.isoformat()],
    )
    return {(one.line, one.subject) for one in found}


_LINES = (
    "SELECT s.line, coalesce(s.interaction_id, s.receivable_id, s.contact_id,"
    " s.special_day_id, s.customer_id),"
    " coalesce(p.name, r.title || ' ' || r.number, i.text, w.name, ''),"
    " coalesce(c.name, ''), s.until, s.reason, s.id, s.customer_id FROM snooze s"
    " LEFT JOIN customer c ON c.id = s.customer_id LEFT JOIN contact p ON p.id = s.contact_id"
    " LEFT JOIN interaction i ON i.id = s.interaction_id"
    " LEFT JOIN receivable r ON r.id = s.receivable_id"
    " LEFT JOIN special_day d ON d.id = s.special_day_id LEFT JOIN contact w ON w.id = d.contact_id"
    " WHERE s.trashed_at IS NULL AND s.until > ?1 AND c.trashed_at IS NULL"
    " AND p.trashed_at IS NULL AND i.trashed_at IS NULL"
    " AND r.trashed_at IS NULL AND d.trashed_at IS NULL AND w.trashed_at IS NULL"
)
_TASKS = (
    "SELECT 'task', t.id, t.title, coalesce(c.name, ''), t.snoozed_until, t.snooze_reason, '', c.id"
    " FROM task t LEFT JOIN customer c ON c.id = t.customer_id WHERE t.done_at IS NULL"
    " AND t.trashed_at IS NULL AND c.trashed_at IS NULL AND t.snoozed_until > ?1"
    " AND coalesce(t.due, '') <= t.snoozed_until"
)
_DEALS = (
    "SELECT 'deal', d.id, d.title, c.name, d.snoozed_until, d.snooze_reason, '', c.id FROM deal d"
    " JOIN customer c ON c.id = d.customer_id WHERE d.trashed_at IS NULL AND c.trashed_at IS NULL"
    " AND d.stage NOT IN ('won', 'lost') AND d.snoozed_until > ?1"
)


def put_off(store: Store, today: date, limit: int = 200) -> list[PutOff]:
    """All that is put off beyond today, what comes back first before the rest."""
    rows = store.rows(
        f"{_LINES} UNION ALL {_TASKS} UNION ALL {_DEALS} ORDER BY 5, 2 LIMIT ?2",
        [today.isoformat(), limit],
    )
    return [PutOff(*row) for row in rows]
