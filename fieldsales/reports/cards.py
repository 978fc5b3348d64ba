"""Cards of A6 to be cut apart: as many on a sheet as it holds, with marks where to cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldsales.drawing.blocks import Card
from fieldsales.drawing.shapes import Line, Picture, Shape, Text
from fieldsales.reports.layout import Setter
from fieldsales.reports.paper import MM, Paper, Type

WIDE, HIGH = 105 * MM, 148 * MM  # A6, upright
_INSIDE = 11 * MM  # white on all sides, which no printer has to reach
_MARK = 4 * MM  # of a cut mark
_ROOM = WIDE - 2 * _INSIDE
_SIZES = (24.0, 21.0, 18.0, 15.5, 13.5)  # of what is said, in points: the largest that fits
_LEADING = 1.5  # ems
_SMALL = Type(9.0, 12, colour="ink-3")
_NUMBER = Type(19.0, 24, bold=True, colour="accent")
_HEAD = 3 * _SMALL.leading + 6  # a title of three lines at most, and the number beside it


@dataclass(frozen=True, slots=True)
class _Side:
    """One card as it is printed: its lines in a size of type."""

    lines: Sequence[str]
    size: float
    below: str


def card_sheets(
    cards: Sequence[Card], title: str, paper: Paper, setter: Setter
) -> Iterator[Picture]:
    """Sheets of numbered cards in points, each under the title.

    Two by two on A4, two beside each other on letter. What one card cannot hold goes on on the
    next.
    """
    sides = [side for card in cards for side in _sides(card, setter)]
    head = setter.wrapped(title, _ROOM - 20 * MM, _SMALL.size)[:3]
    across = max(1, int((paper.width + 1) // WIDE))
    down = max(1, int((paper.height + 1) // HIGH))
    left, top = (paper.width - across * WIDE) / 2, (paper.height - down * HIGH) / 2
    for first in range(0, len(sides), across * down):
        shapes = list(_marks(left, top, across, down))
        for place, side in enumerate(sides[first : first + across * down]):
            row, column = divmod(place, across)
            printed = _printed(side, head, f"{first + place + 1}/{len(sides)}")
            dx, dy = left + column * WIDE, top + row * HIGH
            shapes += (shape.moved(dx, dy) for shape in printed)
        yield Picture(paper.width, paper.height, tuple(shapes))


def _sides(card: Card, setter: Setter) -> Iterator[_Side]:
    """A card, or several where it says more than one holds."""
    high = HIGH - 2 * _INSIDE - _HEAD - 2 * _SMALL.leading
    lines: list[str] = []
    most = 1
    for size in _SIZES:
        lines = setter.wrapped(card.text, _ROOM, size)
        most = int(high / (_LEADING * size))
        if len(lines) <= most:
            break
    for at in range(0, len(lines), most):
        ends = at + most >= len(lines)
        yield _Side(lines[at : at + most], size, card.below if ends else "")


def _printed(side: _Side, head: Sequence[str], number: str) -> Iterator[Shape]:
    for at, line in enumerate(head):
        base = _INSIDE + _SMALL.baseline + at * _SMALL.leading
        yield Text(_INSIDE, base, line, _SMALL.size, _SMALL.colour)
    right = WIDE - _INSIDE
    yield Text(right, _INSIDE + _SMALL.baseline, number, _NUMBER.size, _NUMBER.colour, True, "end")
    y = _INSIDE + _HEAD
    for line in side.lines:
        yield Text(_INSIDE, y + 1.1 * side.size, line, side.size)
        y += _LEADING * side.size
    yield Text(right, HIGH - _INSIDE, side.below, _SMALL.size, _SMALL.colour, anchor="end")


def _marks(left: float, top: float, across: int, down: int) -> Iterator[Shape]:
    """A cross at each corner of the cards: straight cuts part them all."""
    for column in range(across + 1):
        for row in range(down + 1):
            x, y = left + column * WIDE, top + row * HIGH
            yield Line(x - _MARK, y, x + _MARK, y, "ink-3", 0.5)
            yield Line(x, y - _MARK, x, y + _MARK, "ink-3", 0.5)
