"""Outlines around a centre that are told apart by line, mark and name, never by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from fieldsales.drawing.shapes import Arc, Box, Line, Path, Point, Shape

_HATCH_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Style:
    """How one of several outlines is drawn: colour role, dash, mark at its corners."""

    colour: str
    dash: tuple[float, ...]
    mark: str  # disc | square | triangle
    hollow: bool


STYLES = (
    Style("accent", (), "disc", hollow=False),
    Style("ink", (7.0, 3.0), "square", hollow=False),
    Style("ink-2", (2.0, 2.0), "triangle", hollow=False),
    Style("accent", (9.0, 2.5, 2.0, 2.5), "disc", hollow=True),
    Style("ink", (), "square", hollow=True),
    Style("ink-2", (4.0, 2.0), "triangle", hollow=True),
)


def spoke(x: float, y: float, length: float, angle: float) -> Point:
    """The point so far from a centre; the angle in degrees, clockwise from 12 o'clock."""
    return x + length * sin(radians(angle)), y - length * cos(radians(angle))


def mark(style: Style, x: float, y: float, reach: float, key: str | None = None) -> Shape:
    """The mark of a style about a point; all are seen as alike in size."""
    fill, thick = "paper" if style.hollow else style.colour, 0.3 * reach
    if style.mark == "disc":
        return Arc(x, y, reach, fill=fill, stroke=style.colour, thickness=thick, key=key)
    if style.mark == "square":
        half = 0.9 * reach
        left, top = x - half, y - half
        return Box(left, top, 2 * half, 2 * half, fill, style.colour, thickness=thick, key=key)
    corners = tuple(spoke(x, y, 1.25 * reach, angle) for angle in (0, 120, 240))
    return Path(corners, fill, style.colour, thickness=thick, closed=True, key=key)


def outline(
    points: Sequence[Point], style: Style, reach: float, key: str | None = None
) -> list[Shape]:
    """A closed line through points with the style's mark, as large as `reach`, upon each."""
    thick, dash = _pen(style, reach)
    line = Path(tuple(points), None, style.colour, thickness=thick, closed=True, dash=dash)
    return [line, *(mark(style, x, y, reach, key) for x, y in points)]


def edge(start: Point, end: Point, style: Style, reach: float) -> Line:
    """One side of an outline that bears marks so large."""
    thick, dash = _pen(style, reach)
    return Line(*start, *end, style.colour, thick, dash)


def sample(style: Style, x: float, y: float, long: float, reach: float) -> list[Shape]:
    """A short piece of a style's line with its mark, to stand before a name."""
    return [edge((x, y), (x + long, y), style, reach), mark(style, x + long / 2, y, reach)]


def _pen(style: Style, reach: float) -> tuple[float, tuple[float, ...]]:
    """Thickness and dash of a line that bears marks so large."""
    return 0.37 * reach, tuple(part * reach / 4 for part in style.dash)


def hatching(
    points: Sequence[Point], colour: str, gap: float = _HATCH_GAP, *, rising: bool = True
) -> list[Shape]:
    """Slanting lines that fill a polygon, as is drawn what was observed and not said."""
    way = 1 if rising else -1
    edges = list(zip(points, (*points[1:], points[0]), strict=True))
    depths = [x * way + y for x, y in points]  # equal along a slanting line
    lines: list[Shape] = []
    at = (min(depths) // gap + 1) * gap
    while at < max(depths):
        met: list[Point] = []
        for (x1, y1), (x2, y2) in edges:
            start, end = x1 * way + y1, x2 * way + y2
            if (start < at) != (end < at):
                t = (at - start) / (end - start)
                met.append((x1 + t * (x2 - x1), y1 + t * (y2 - y1)))
        met.sort()
        pairs = zip(met[::2], met[1::2], strict=True)
        lines += [Line(*start, *end, colour, 0.75) for start, end in pairs]
        at += gap
    return lines
