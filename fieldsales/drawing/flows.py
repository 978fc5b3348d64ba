"""Columns of cells with their counts, and arrows for what went from one cell to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, Room, around, text_rect
from fieldsales.drawing.shapes import Box, Path, Picture, Point, Shape, Text
from fieldsales.drawing.text import width as text_width

_GAP = 5.2  # ems between two columns, where the arrows run
_ROW = 3.0  # ems


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a column: what it is called, how many stand there, what is told of them."""

    key: str
    name: str
    count: int
    aside: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """Cells below each other under one name; a single cell takes the whole height."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """How many went from one cell to another; `role` is a colour."""

    key: str
    start: str
    end: str
    count: int
    role: str = "ink-3"


def flows(
    columns: Sequence[Column],
    arrows: Sequence[Arrow],
    width: float,
    *,
    size: float,
    alt: str,
) -> Picture:
    """The more went a way, the thicker its arrow; the count stands beside it.

    Arrows between neighbours run in the gap between them, those within a column at its right, those
    across several below all. Each bears its key, as a cell does.
    """
    most_cells = max((len(column.cells) for column in columns), default=1)
    gap, top = _GAP * size, 2.0 * size
    wide = (width - gap * len(columns)) / max(1, len(columns))
    high = most_cells * _ROW * size
    shapes: list[Shape] = []
    frames: dict[str, Rect] = {}
    places: dict[str, int] = {}
    for at, column in enumerate(columns):
        x = at * (wide + gap)
        shapes.append(Text(x, size, shortened(column.name, size, wide + gap), size, "ink-2"))
        tall = high / len(column.cells)
        for down, cell in enumerate(column.cells):
            y = top + down * tall
            frames[cell.key] = Rect(x, y, x + wide, y + tall - 3)
            places[cell.key] = at
            shapes += _cell(cell, frames[cell.key], size)
    below = top + high
    far = [one for one in arrows if abs(places[one.start] - places[one.end]) > 1]
    tall = below + (1.5 * size + 1.4 * size * len(far) if far else 0.0)
    room = Room(Rect(0, 0, width, tall + size))
    room.take(*frames.values())
    most = max((one.count for one in arrows), default=1)
    ways: list[tuple[Arrow, tuple[Point, ...]]] = []
    for one in arrows:
        lane = len([other for other, _ in ways if places[other.start] == places[one.start]])
        if one in far:
            lane = far.index(one)
            whole = [len(columns[places[key]].cells) == 1 for key in (one.start, one.end)]
            way = _under(frames[one.start], frames[one.end], whole, lane, below, size)
        elif places[one.start] == places[one.end]:
            way = _beside(frames[one.start], frames[one.end], (1.1 + 0.55 * (lane % 4)) * size)
        else:
            way = _between(frames[one.start], frames[one.end], lane, size)
        ways.append((one, way))
        thick = 1.0 + 2.0 * one.count / most
        shapes += _drawn(one, way, thick, size)
        for (x1, y1), (x2, y2) in pairwise(way):
            room.take(Rect(min(x1, x2) - 1, min(y1, y2) - 1, max(x1, x2) + 1, max(y1, y2) + 1))
    for one, way in ways:
        shapes += _count(one, way, room, size)
    return Picture(width, tall, tuple(shapes), alt)


def _cell(cell: Cell, frame: Rect, size: float) -> list[Shape]:
    middle = (frame.top + frame.bottom) / 2
    fill = "accent-soft" if cell.strong else "paper-3" if cell.count else "paper"
    number = f"{cell.count:,}"
    large = 1.4 * size
    room = frame.width - text_width(number, large, bold=True) - 1.6 * size
    base = middle + (0.36 * size if not cell.aside else -0.1 * size)
    shapes: list[Shape] = [
        Box(
            frame.left,
            frame.top,
            frame.width,
            frame.height,
            fill=fill,
            stroke="line",
            radius=3,
            key=cell.key,
        ),
        Text(
            frame.left + 0.6 * size,
            base,
            shortened(cell.name, size, room),
            size,
            "ink" if cell.count else "ink-3",
            key=cell.key,
        ),
        Text(
            frame.right - 0.6 * size,
            middle + 0.36 * large,
            number,
            large,
            "accent" if cell.strong and cell.count else "ink" if cell.count else "ink-3",
            bold=True,
            anchor="end",
            key=cell.key,
        ),
    ]
    if cell.aside:
        told = shortened(cell.aside, 0.85 * size, room)
        shapes.append(
            Text(
                frame.left + 0.6 * size, base + 1.15 * size, told, 0.85 * size, "ink-3",
                key=cell.key,
            )
        )  # fmt: skip
    return shapes


def _between(start: Rect, end: Rect, lane: int, size: float) -> tuple[Point, ...]:
    """Straight across the gap, each lane a little lower, both ways apart."""
    rightwards = start.left < end.left
    shift = (0.5 if rightwards else -0.5) * size + (lane % 3 - 1) * 0.5 * size
    from_y = _inside(start, end, shift)
    to_y = _inside(end, start, shift)
    if rightwards:
        return (start.right + 1, from_y), (end.left - 2, to_y)
    return (start.left - 1, from_y), (end.right + 2, to_y)


def _inside(one: Rect, other: Rect, shift: float) -> float:
    """A height on the edge of a cell as near to the other cell as it may be."""
    middle = (other.top + other.bottom) / 2 + shift
    edge = min(8.0, one.height / 4)
    return min(max(middle, one.top + edge), one.bottom - edge)


def _beside(start: Rect, end: Rect, far: float) -> tuple[Point, ...]:
    """Out at the right, along, and back into the other cell."""
    down = 1 if start.top < end.top else -1
    from_y = (start.top + start.bottom) / 2 + down * start.height / 5
    to_y = (end.top + end.bottom) / 2 - down * end.height / 5
    x = start.right
    return (x + 1, from_y), (x + far, from_y), (x + far, to_y), (x + 2, to_y)


def _under(
    start: Rect, end: Rect, whole: Sequence[bool], lane: int, below: float, size: float
) -> tuple[Point, ...]:
    """Below all columns; a cell among others is left and entered at its left side."""
    shift = size if start.left < end.left else -size
    from_x = (start.left + start.right) / 2 + shift
    to_x = (end.left + end.right) / 2 - shift
    depth, side = below + (1 + 1.4 * lane) * size, (0.9 + 0.5 * (lane % 4)) * size
    begin: tuple[Point, ...] = ((from_x, start.bottom + 1), (from_x, depth))
    finish: tuple[Point, ...] = ((to_x, depth), (to_x, end.bottom + 2))
    if not whole[0]:
        middle = start.bottom - start.height / 4
        begin = ((start.left - 1, middle), (start.left - side, middle), (start.left - side, depth))
    if not whole[1]:
        middle = end.bottom - end.height / 4
        finish = ((end.left - side, depth), (end.left - side, middle), (end.left - 2, middle))
    return (*begin, *finish)


def _drawn(one: Arrow, way: tuple[Point, ...], thick: float, size: float) -> list[Shape]:
    """The way, with a head at its end."""
    (x1, y1), (x2, y2) = way[-2:]
    long = hypot(x2 - x1, y2 - y1) or 1.0
    ux, uy = (x2 - x1) / long, (y2 - y1) / long
    head = 0.55 * size + thick
    back = (x2 - ux * head, y2 - uy * head)
    half = 0.5 * head
    corners = (
        (x2, y2),
        (back[0] - uy * half, back[1] + ux * half),
        (back[0] + uy * half, back[1] - ux * half),
    )
    return [
        Path((*way[:-1], back), stroke=one.role, thickness=thick, key=one.key),
        Path(corners, fill=one.role, closed=True, key=one.key),
    ]


def _count(one: Arrow, way: tuple[Point, ...], room: Room, size: float) -> list[Shape]:
    """How many, at the free place nearest to the middle of the way; none where there is none."""
    middle = len(way) // 2
    (x1, y1), (x2, y2) = way[middle - 1], way[middle]
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    text = f"{one.count:,}"
    for at_x, at_y in around(x, y, 0.4 * size, 3.2 * size):
        rect = text_rect(at_x, at_y + 0.36 * size, text, size, "middle", bold=True)
        if room.free(rect):
            room.take(rect)
            base = at_y + 0.36 * size
            return [Text(at_x, base, text, size, one.role, True, anchor="middle", key=one.key)]
    return []
