"""The visits of a deal in a row, coloured by what they came to (M29c)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldsales.domain.verdict import Verdict
from fieldsales.drawing.shapes import Arc, Line, Picture, Shape, Text
from fieldsales.drawing.text import width
from fieldsales.words import Words

VERDICT_COLOURS = {
    Verdict.ORDER: "good",
    Verdict.ADVANCE: "good",
    Verdict.CONTINUATION: "warn",
    Verdict.NO_SALE: "bad",
}
_EDGE = 28.0
_STEP = 70.0
_AXIS = 16.0
_HEIGHT = 56.0
_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit on the ribbon; without a verdict it is planned, or not concluded yet."""

    key: str
    day: date
    verdict: Verdict | None = None


def ribbon(stops: Sequence[Stop], words: Words, room: float) -> Picture:
    """The last visits that fit into `room` px, oldest first; alike steps, the days below.

    A success is a full disc, the rest a ring: readable without colour.
    """
    fit = max(2, int((room - 2 * _EDGE) / _STEP) + 1)
    shown = list(stops)[-fit:]
    earlier = len(stops) - len(shown)
    shapes: list[Shape] = []
    last = _EDGE + _STEP * (len(shown) - 1)
    if shown:
        start = 0.0 if earlier else _EDGE
        shapes.append(Line(start, _AXIS, last, _AXIS, "line", 1.5, (3.0, 3.0) if earlier else ()))
    for at, stop in enumerate(shown):
        x = _EDGE + _STEP * at
        shapes += _disc(x, stop)
        told = words.choice("verdict", stop.verdict) if stop.verdict else words("ribbon.planned")
        for text, y, colour in (
            (words.date(stop.day, year=False), 38.0, "ink"),
            (told, 52.0, "ink-3"),
        ):
            shapes.append(_label(x, y, text, colour, stop.key))
    alt = words("ribbon.alt", n=len(stops))
    return Picture(max(last + _EDGE, 2 * _EDGE), _HEIGHT, tuple(shapes), alt)


def _disc(x: float, stop: Stop) -> list[Shape]:
    colour = VERDICT_COLOURS[stop.verdict] if stop.verdict else "accent"
    won = stop.verdict in (Verdict.ORDER, Verdict.ADVANCE)
    size = 9.0 if stop.verdict is Verdict.ORDER else 7.0
    fill = colour if won else "paper"
    found: list[Shape] = [Arc(x, _AXIS, size, fill=fill, stroke=colour, thickness=2.0)]
    # a larger spot than the disc itself is easier to hit
    found.append(Arc(x, _AXIS, 14.0, key=stop.key))
    return found


def _label(x: float, y: float, text: str, colour: str, key: str) -> Text:
    half = width(text, _SIZE) / 2
    centre = max(half, x)
    return Text(centre, y, text, _SIZE, colour, anchor="middle", key=key)
