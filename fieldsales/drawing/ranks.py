"""A ranking: places with how far each rose or fell, a bar for what it is ranked by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Box, Line, Path, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width

_NAME = 0.34  # of the width


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row: its place, its name, what it brings; `moved` places up (or down), None for a newcomer
    with `new` to say so; `note` stands small behind the name.
    """

    key: str
    place: str
    name: str
    figure: float
    told: str
    moved: int | None = 0
    note: str = ""


def ranks(rows: Sequence[Ranked], width: float, *, size: float, alt: str, new: str) -> Picture:
    """Rows below each other; the longest bar fills its room, what is below nothing points left."""
    line = 2.1 * size
    small = 0.88 * size
    place = max((text_width(row.place, size, bold=True) for row in rows), default=0.0)
    moved = max(text_width(new, small), 2.6 * size) + 0.6 * size
    name_x = place + moved + 1.2 * size
    bar_x = name_x + _NAME * width
    told = max((text_width(row.told, size) for row in rows), default=0.0)
    room = max(width - bar_x - told - 0.8 * size, 2 * size)
    most = max((row.figure for row in rows), default=0.0)
    least = min((row.figure for row in rows), default=0.0)
    span = max(most, 0.0) - min(least, 0.0) or 1.0
    axis = bar_x - room * min(least, 0.0) / span
    shapes: list[Shape] = []
    for at, row in enumerate(rows):
        y = at * line
        base = y + line / 2 + 0.36 * size
        ink = "accent" if at == 0 else "ink"
        shapes.append(Box(0, y, width, line, key=row.key))
        shapes.append(Text(place, base, row.place, size, ink, True, anchor="end", key=row.key))
        shapes += _moved(row, place + 0.8 * size, y + line / 2, base, size, new)
        room_of_name = _NAME * width - size
        name = shortened(row.name, size, room_of_name)
        shapes.append(Text(name_x, base, name, size, "ink", key=row.key))
        beside = name_x + text_width(name, size) + 0.5 * size
        note = shortened(row.note, small, bar_x - beside - 0.4 * size)
        if note:
            shapes.append(Text(beside, base, note, small, "warn", key=row.key))
        long = room * abs(row.figure) / span
        if long > 0:
            x = axis if row.figure > 0 else axis - long
            role = "bad" if row.figure < 0 else "accent" if at == 0 else "ink-3"
            shapes.append(Box(x, y + 0.24 * line, long, 0.52 * line, fill=role, key=row.key))
        end = axis + (long if row.figure > 0 else 0.0)
        shapes.append(Text(end + 0.5 * size, base, row.told, size, "ink-2", key=row.key))
    high = max(len(rows) * line, line)
    if rows:
        shapes.append(Line(axis, 0, axis, high, "line", 0.5))
    return Picture(width, high, tuple(shapes), alt)


def _moved(row: Ranked, x: float, middle: float, base: float, size: float, new: str) -> list[Shape]:
    """A triangle up or down with the number of places; the word for who was not there before."""
    small = 0.88 * size
    if row.moved is None:
        return [Text(x, base, new, small, "accent", key=row.key)]
    if not row.moved:
        return [Text(x + 0.1 * size, base, "–", small, "ink-3", key=row.key)]
    up = row.moved > 0
    half, way = 0.36 * size, -1 if up else 1
    corners = (
        (x, middle - way * 0.26 * size),
        (x + 2 * half, middle - way * 0.26 * size),
        (x + half, middle + way * 0.34 * size),
    )
    role = "good" if up else "bad"
    return [
        Path(corners, fill=role, closed=True, key=row.key),
        Text(x + 2 * half + 0.25 * size, base, f"{abs(row.moved)}", small, role, key=row.key),
    ]
