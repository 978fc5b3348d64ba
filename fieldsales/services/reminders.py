"""What one is reminded of at this moment: visits about to begin, promises due (M46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fieldsales.domain.clock import from_stamp
from fieldsales.store.database import Store
from fieldsales.store.queries.agenda import beginning, promises_due
from fieldsales.words import Words

MINUTES = (0, 5, 15, 30, 60)  # before a visit; 0 is never
USUAL = 15
_NAMED = 3  # promises that are named, the rest is counted


@dataclass(frozen=True, slots=True)
class Reminder:
    """What is said, and what it leads to. `key` tells whether it was said before."""

    key: str
    title: str
    text: str
    kind: str
    row_id: str


def due(store: Store, words: Words, minutes: int) -> list[Reminder]:
    """Visits that begin within so many minutes, and our promises of today, once in one sentence."""
    now = store.clock.now()
    found = [_visit(words, one, now) for one in beginning(store, minutes)]
    promises = promises_due(store)
    if promises:
        named = words("report.list_separator").join(promises[:_NAMED])
        found.append(
            Reminder(
                key=f"promises {store.clock.today().isoformat()}",
                title=words("reminders.promises", n=len(promises)),
                text=named if len(promises) <= _NAMED else words("reminders.more", named=named),
                kind="today",
                row_id="list",
            )
        )
    return found


def _visit(words: Words, one: tuple[str, str, str, str], now: datetime) -> Reminder:
    row_id, customer, starts_at, about = one
    begins = from_stamp(starts_at)
    n = max(0, round((begins - now).total_seconds() / 60))
    when = words("reminders.in", n=n) if n else words("reminders.now")
    return Reminder(
        key=f"{row_id} {starts_at}",
        title=f"{words.time(begins)} {customer}",
        text=" · ".join(filter(None, (when, about))),
        kind="visit",
        row_id=row_id,
    )
