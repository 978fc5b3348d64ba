"""What is said of a filling-in: what it is about, its score, its answers, what moved since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from fieldsales.domain.checklist import Filled, Moved, Score, moved, score
from fieldsales.domain.checklist_file import HIGH, Form, Item
from fieldsales.domain.clock import local_day
from fieldsales.words import Words


def about(words: Words, filled: Filled) -> str:
    """Whom and what it is about, in one line; '' where it is about ourselves."""
    visit = filled.visited_at
    parts = (
        filled.customer,
        filled.deal,
        filled.product,
        words("checklist.visit_of", day=words.date(local_day(visit))) if visit else "",
        filled.result.subject,
    )
    return " · ".join(part for part in parts if part)


def spoken(words: Words, item: Item, value: str) -> str:
    """An answer as it is read; '' for none."""
    if not value:
        return ""
    if item.kind in ("yes", "task"):
        return words("checklist.done")
    return f"{value}/{HIGH}" if item.kind == "scale" else value


def points(words: Words, told: Score) -> str:
    """`72 分`; what nothing counts in is counted instead: `3/5`."""
    if not told.answered:
        return words("checklist.unanswered")
    if told.percent is None:
        return f"{told.answered}/{told.total}"
    return words("checklist.points", n=told.percent)


def way(change: Moved) -> Literal["up", "down", "other"]:
    """Which way an item went, or that it is only other than it was."""
    if change.item.kind == "text":
        return "other"
    try:
        rise = float(change.now or 0) - float(change.before or 0)
    except ValueError:
        return "other"
    return "up" if rise > 0 else "down"


def compared(words: Words, form: Form, history: Sequence[Filled]) -> str:
    """What differs from the last time, in a sentence; '' the first time, and until each scale that
    had an answer then has one now: a box without a tick is an answer, a scale without one is not.
    """
    if len(history) < 2:
        return ""
    before, now = history[-2:]
    told, was = ({one.item for one in each.answers if one.value} for each in (now, before))
    scales = {item.code for item in form.items.values() if item.kind == "scale"}
    if not told or was & scales - told:
        return ""
    changed = len(moved(form, before.answers, now.answers))
    day = date.fromisoformat(before.result.filled_on) if before.result.filled_on else None
    said = words.date(day) if day else "—"
    if not changed:
        return words("checklist.compared_none", day=said)
    old, new = (score(form, one.answers).percent for one in (before, now))
    if old is None or new is None:
        return words("checklist.compared", day=said, n=changed)
    key = "same" if new == old else "up" if new > old else "down"
    by = abs(new - old)
    return words(f"checklist.compared_{key}", day=said, n=changed, points=by, old=old)
