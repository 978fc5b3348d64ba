"""A class with its reason and the figures behind it, and how settings refuse limits that clash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from fieldsales.domain.money.exact import half_up, whole
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


class Judged(NamedTuple):
    """A class, '' where it cannot be told, the code of why, and what that rests on, unrounded."""

    code: str
    reason: str
    found: Mapping[str, Figure | None] = MappingProxyType({})

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures that the reason speaks of, those that are known; FIGURES says what they are.

        They are rounded here: all customers are judged, and few are asked why.
        """
        return {name: _told(name, one) for name, one in self.found.items() if one is not None}


def judged(code: str, reason: str, /, **found: Figure | None) -> Judged:
    return Judged(code, reason, found)


def _told(name: str, figure: Figure) -> Figure:
    if not isinstance(figure, Decimal):
        return figure
    return whole(figure) if FIGURES[name] == MONEY else half_up(figure, 1)


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
