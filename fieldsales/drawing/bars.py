"""Bars beside each other from one axis: what was lost and won, and shares of a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Box, Line, Picture, Shape, Text

_LABEL = 0.30  # of the width
_TOLD = 0.30


@dataclass(frozen=True, slots=True)
class Row:
    """A bar: its parts from the axis on as (colour role, length), what stands behind it."""

    label: str
    parts: tuple[tuple[str, float], ...]
    told: str
    key: str | None = None
    most: bool = False  # the one that matters


def bars(rows: Sequence[Row], width: float, *, size: float, alt: str) -> Picture:
    """Rows below each other; the longest fills the room."""
    line = 2.3 * size
    left = _LABEL * width
    room = width - left - _TOLD * width - 2 * size
    longest = max((sum(part for _, part in row.parts) for row in rows), default=0) or 1
    shapes: list[Shape] = []
    y = 0.0
    for row in rows:
        base = y + line / 2 + 0.36 * size
        label = shortened(row.label, size, left - size, bold=row.most)
        shapes.append(Box(0, y, width, line, key=row.key))
        shapes.append(Text(0, base, label, size, "ink", bold=row.most, key=row.key))
        x = left
        for role, part in row.parts:
            long = room * part / longest
            if long > 0:
                shapes.append(Box(x, y + 0.2 * line, long, 0.6 * line, fill=role, key=row.key))
                x += long
        told = shortened(row.told, size, width - x - 0.8 * size)
        shapes.append(Text(x + 0.8 * size, base, told, size, "ink-2", key=row.key))
        y += line
    shapes.append(Line(left, 0, left, y, "line", 0.5))
    return Picture(width, max(y, line), tuple(shapes), alt)
