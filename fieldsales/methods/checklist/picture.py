"""The scores of a checklist over time, for screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldsales.domain.checklist import Filled, score
from fieldsales.domain.checklist_file import Form
from fieldsales.drawing.charts import Bar, columns
from fieldsales.drawing.shapes import Picture
from fieldsales.words import Words

MOST = 8  # times that are shown, the last ones
_HIGH = 4.6  # height of the tallest column in sizes of the text
_PITCH = 9.0  # width of a column with what is free beside it


def scored(form: Form, history: Sequence[Filled]) -> list[tuple[Filled, int]]:
    """The last times with their scores, oldest first; those without one, or without any answer
    yet, are left out.
    """
    found = ((one, score(form, one.answers)) for one in history)
    return [
        (one, told.percent) for one, told in found if told.answered and told.percent is not None
    ][-MOST:]


def trend(
    title: str, scores: Sequence[tuple[Filled, int]], words: Words, width: float, *, size: float
) -> Picture:
    """A column a time with its score, the last in accent; keys are the results.

    `size` is that of the text, the unit the picture's.
    """
    bars = []
    for one, percent in scores:
        colour = "accent" if one is scores[-1][0] else "line"
        day = one.result.filled_on
        label = words.date(date.fromisoformat(day)) if day else ""
        bars.append(Bar(label, ((colour, percent),), str(percent), key=one.result.id))
    room = min(width, len(bars) * _PITCH * size)
    alt = words("checklist.trend", title=title)
    return columns(bars, (), room, _HIGH * size, size=size, alt=alt)
