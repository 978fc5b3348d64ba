"""When to be in touch again: by the rhythm of the horizon or of the class, what is sooner (M04)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fieldsales.domain.clock import day_start, local_day
from fieldsales.domain.customer import CLASS_RHYTHM
from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting


@dataclass(frozen=True, slots=True)
class Due:
    """The day, and the importance whose rhythm says so; '' where that of the horizon does."""

    day: date
    importance: str = ""


def rhythms(store: Store) -> dict[str, int]:
    """Days between contacts by importance; 0 where that class has no rhythm."""
    kept = setting(store, "rhythm.importance", {})
    return {code: int(kept.get(code, days)) for code, days in CLASS_RHYTHM.items()}


def due(
    known: Mapping[str, int], by_horizon: str | None, importance: str, last: str | None, added: str
) -> Due | None:
    """When a customer is due, None if never. `known` are the `rhythms`, `by_horizon` the day by its
    horizon, `last` the moment of the last real contact; without one it counts from when the
    customer was `added`.
    """
    found = Due(date.fromisoformat(by_horizon)) if by_horizon else None
    days = known.get(importance, 0)
    if days:
        day = local_day(last or added) + timedelta(days=days)
        if found is None or day < found.day:
            return Due(day, importance)
    return found


def past(store: Store, day: date) -> dict[str, str]:
    """Importance -> the moment before which the last contact lies of those who are due on a day."""
    return {
        code: day_start(day - timedelta(days=days - 1))
        for code, days in rhythms(store).items()
        if days
    }
