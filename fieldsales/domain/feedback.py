"""Feedback and complaints: where each stands, when its answer is due, how long one takes (M35)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.interaction import Interaction

NEW, WORKING, ANSWERED, CLOSED = "new", "working", "answered", "closed"
STATES = (NEW, WORKING, ANSWERED, CLOSED)
USUAL_DAYS = 3  # within which an answer is due, unless the user says otherwise
_DAY = Decimal(86_400)
_TENTH = Decimal("0.1")


def state(one: Interaction) -> str:
    """One of STATES, by the last thing that was done about it."""
    if one.closed_at:
        return CLOSED
    if one.answered_at:
        return ANSWERED
    return WORKING if one.taken_at else NEW


def waits(one: Interaction) -> bool:
    """Whether the customer still waits for an answer."""
    return state(one) in (NEW, WORKING)


def due_day(one: Interaction, days: int = USUAL_DAYS) -> date:
    """The day by which it is to be answered: its own, else so many days after it came."""
    return date.fromisoformat(one.due) if one.due else local_day(one.at) + timedelta(days=days)


def days_late(one: Interaction, today: date, days: int = USUAL_DAYS) -> int:
    """Days by which the answer is late; 0 where it is not, or was given."""
    return max((today - due_day(one, days)).days, 0) if waits(one) else 0


def answered_in(one: Interaction) -> Decimal | None:
    """Days until it was answered, one decimal; None while it was not.

    One that was closed without an answer had it then; a clock put back counts as at once.
    """
    answered = one.answered_at or one.closed_at
    return days_between(one.at, answered) if answered else None


def days_between(came: str, answered: str) -> Decimal:
    """Days from one moment to another, one decimal, none before the first."""
    took = from_stamp(answered) - from_stamp(came)
    return _shown(max(Decimal(took.total_seconds()), Decimal(0)) / _DAY)


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Of `n` answers the middle and the longest time in days, one decimal; None of none."""

    n: int
    median: Decimal | None = None
    longest: Decimal | None = None


def answer_times(days: Iterable[Decimal]) -> AnswerTimes:
    """Of the days answers took. Worked example: 1, 2 and 6: 3 answers, middle 2, longest 6."""
    took = list(days)
    if not took:
        return AnswerTimes(0)
    return AnswerTimes(len(took), _shown(median(took)), max(took))


def _shown(days: Decimal) -> Decimal:
    return days.quantize(_TENTH, ROUND_HALF_UP)
