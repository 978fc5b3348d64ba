"""A class with its reason and the figures behind it, and how settings refuse limits that clash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise

from fieldsales.errors import FieldError

Figure = int | Decimal | date

# what a figure is: minor units, percent (Decimal, one decimal), a number of things, a day
MONEY, PERCENT, COUNT, DAY = "money", "percent", "count", "day"
FIGURES: Mapping[str, str] = {
    "sales": MONEY,  # of the last twelve months
    "before": MONEY,  # of the twelve months before those
    "potential": MONEY,
    "performance": MONEY,
    "performance_cut": MONEY,
    "potential_cut": MONEY,
    "value": MONEY,
    "overdue": MONEY,
    "change": PERCENT,
    "share": PERCENT,
    "limit": PERCENT,
    "months": COUNT,
    "purchases": COUNT,
    "deals": COUNT,
    "complaints": COUNT,
    "rank": COUNT,
    "customers": COUNT,
    "points": COUNT,
    "ours": COUNT,
    "theirs": COUNT,
    "first_on": DAY,
    "last_on": DAY,
    "lost_on": DAY,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A class, '' where it cannot be told, the code of why, and the figures that reason speaks of.

    What each figure is stands in FIGURES.
    """

    code: str
    reason: str
    figures: Mapping[str, Figure] = field(default_factory=dict)


def judged(code: str, reason: str, /, **figures: Figure | None) -> Judged:
    """A class with those of the figures that are known."""
    return Judged(code, reason, {name: one for name, one in figures.items() if one is not None})


def within(settings: object, low: int, high: int, *names: str) -> None:
    """Raises FieldError for a setting outside low … high."""
    for name in names:
        value = getattr(settings, name)
        if value < low:
            raise FieldError("field.too_small", name, limit=low)
        if value > high:
            raise FieldError("field.too_large", name, limit=high)


def rising(settings: object, *names: str) -> None:
    """Raises FieldError where a limit lies above the next one: classes would overlap."""
    for lower, upper in pairwise(names):
        most = getattr(settings, upper)
        if getattr(settings, lower) > most:
            raise FieldError("field.too_large", lower, limit=most)
