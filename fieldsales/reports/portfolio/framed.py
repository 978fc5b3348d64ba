"""A picture of the portfolio to be sent on by itself: with title, finding, notes and day."""

from __future__ import annotations

from fieldsales.drawing.shapes import Box, Picture, Shape, Text
from fieldsales.drawing.text import wrap
from fieldsales.reports.portfolio.portrait import Portrait

_MARGIN, _WIDTH = 24.0, 840.0
_TITLE, _FINDING, _NOTE = 18.0, 14.0, 11.0


def framed(portrait: Portrait) -> Picture:
    """The picture with all that is needed to read it, on its own ground; in pixels at 100 %."""
    words = portrait.words
    title = words(f"portfolio.picture.{portrait.KEY}")
    inside = portrait.draw(_WIDTH - 2 * _MARGIN)
    y = _MARGIN + _TITLE
    shapes: list[Shape] = [
        Text(_MARGIN, y, title, _TITLE, bold=True),
        Text(
            _WIDTH - _MARGIN,
            y,
            words.date(portrait.day),
            _NOTE,
            "ink-3",
            anchor="end",
        ),
    ]
    y += 8
    for line in wrap(portrait.finding(), _WIDTH - 2 * _MARGIN, _FINDING):
        y += 1.4 * _FINDING
        shapes.append(Text(_MARGIN, y, line, _FINDING))
    y += 12
    shapes += [shape.moved(_MARGIN, y) for shape in inside.shapes]
    y += inside.height + 8
    for note in portrait.notes():
        for line in wrap(note, _WIDTH - 2 * _MARGIN, _NOTE):
            y += 1.4 * _NOTE
            shapes.append(Text(_MARGIN, y, line, _NOTE, "ink-3"))
    high = y + _MARGIN
    return Picture(_WIDTH, high, (Box(0, 0, _WIDTH, high, fill="paper"), *shapes), inside.alt)
