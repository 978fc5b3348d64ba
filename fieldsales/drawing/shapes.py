"""A picture as plain data: boxes, lines, paths, arcs, text and images, coloured by role.

The origin is the top left corner, y grows downwards; the unit is a pixel at 100 % on screen and a
point on paper. A shape with a `key` can be clicked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import Literal

from fieldsales.drawing.text import width

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, its corners rounded by `radius`; `dash` as that of a line."""

    x: float
    y: float
    width: float
    height: float
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.75
    radius: float = 0.0
    key: str | None = None
    dash: tuple[float, ...] = ()

    def moved(self, dx: float, dy: float) -> Box:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; `dash` are the lengths of stroke and gap."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = "line"
    thickness: float = 0.5
    dash: tuple[float, ...] = ()
    key: str | None = None

    def moved(self, dx: float, dy: float) -> Line:
        return replace(self, x1=self.x1 + dx, y1=self.y1 + dy, x2=self.x2 + dx, y2=self.y2 + dy)

    def holds(self, x: float, y: float) -> bool:
        """Within three units of the line."""
        dx, dy = self.x2 - self.x1, self.y2 - self.y1
        square = dx * dx + dy * dy
        t = ((x - self.x1) * dx + (y - self.y1) * dy) / square if square else 0.0
        t = min(1.0, max(0.0, t))
        return hypot(x - self.x1 - t * dx, y - self.y1 - t * dy) <= 3


@dataclass(frozen=True, slots=True)
class Path:
    """Corners joined by straight lines; `closed` joins the last to the first."""

    points: tuple[Point, ...]
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.75
    closed: bool = False
    key: str | None = None
    dash: tuple[float, ...] = ()

    def moved(self, dx: float, dy: float) -> Path:
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))

    def holds(self, x: float, y: float) -> bool:
        if not self.closed:
            pairs = pairwise(self.points)
            return any(Line(*start, *end).holds(x, y) for start, end in pairs)
        inside = False
        for (x1, y1), (x2, y2) in zip(self.points, (*self.points[1:], self.points[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
        return inside


@dataclass(frozen=True, slots=True)
class Arc:
    """Part of a circle: `start` and `sweep` in degrees, clockwise from 12 o'clock.

    Filled it is a slice of pie; a sweep of 360 is a whole disc.
    """

    x: float
    y: float
    radius: float
    start: float = 0.0
    sweep: float = 360.0
    fill: str | None = None
    stroke: str | None = None
    thickness: float = 0.75
    key: str | None = None
    dash: tuple[float, ...] = ()

    def moved(self, dx: float, dy: float) -> Arc:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def holds(self, x: float, y: float) -> bool:
        angle = degrees(atan2(x - self.x, self.y - y)) - self.start
        return hypot(x - self.x, y - self.y) <= self.radius and angle % 360 <= self.sweep


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline, `anchor` the point of the line that `x` names."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "ink"
    bold: bool = False
    anchor: Anchor = "start"
    key: str | None = None

    def moved(self, dx: float, dy: float) -> Text:
        return Text(
            self.x + dx,
            self.y + dy,
            self.text,
            self.size,
            self.colour,
            self.bold,
            self.anchor,
            self.key,
        )

    def holds(self, x: float, y: float) -> bool:
        long = width(self.text, self.size, bold=self.bold)
        left = self.x - {"start": 0.0, "middle": long / 2, "end": long}[self.anchor]
        return left <= x <= left + long and self.y - self.size <= y <= self.y + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Image:
    """A photo or a logo: the bytes of a JPEG or PNG file, upright, stretched to the box."""

    x: float
    y: float
    width: float
    height: float
    data: bytes
    key: str | None = None

    def moved(self, dx: float, dy: float) -> Image:
        return replace(self, x=self.x + dx, y=self.y + dy)

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


Shape = Box | Line | Path | Arc | Text | Image


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes, the later above the earlier; `alt` says in words what is to be seen."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    alt: str = ""


def key_at(picture: Picture, x: float, y: float) -> str | None:
    """Key of the topmost shape with a key at a point."""
    for shape in reversed(picture.shapes):
        if shape.key is not None and shape.holds(x, y):
            return shape.key
    return None
