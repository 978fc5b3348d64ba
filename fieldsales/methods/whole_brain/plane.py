"""The plane of the four quadrants: rings, corners, and one kite upon it (M21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from fieldsales.domain.whole_brain import FULL, QUADRANTS
from fieldsales.drawing.placing import Rect
from fieldsales.drawing.radar import hatching, spoke
from fieldsales.drawing.shapes import Arc, Box, Line, Path, Point, Shape, Text
from fieldsales.methods.whole_brain.profiles import Profile

# A top left, B bottom left, C bottom right, D top right; degrees clockwise from 12 o'clock
_ANGLES = {"a": 315.0, "b": 225.0, "c": 135.0, "d": 45.0}
_EVEN = FULL // len(QUADRANTS)


@dataclass(frozen=True, slots=True)
class Plane:
    """Where a kite is drawn: centre, radius and the score at its rim."""

    x: float
    y: float
    radius: float
    rim: float

    def corner(self, quadrant: str, score: float) -> Point:
        return spoke(self.x, self.y, self.radius * score / self.rim, _ANGLES[quadrant])

    @property
    def square(self) -> Rect:
        """The square around the rim."""
        far = self.radius
        return Rect(self.x - far, self.y - far, self.x + far, self.y + far)

    def corners(self, profile: Profile) -> tuple[Point, ...]:
        """In the order A, D, C, B, around the centre."""
        scores = dict(zip(QUADRANTS, profile.scores, strict=True))
        return tuple(self.corner(quadrant, scores[quadrant]) for quadrant in "adcb")


def rim_of(profiles: Sequence[Profile]) -> float:
    """12, 18 or 24: the score at the rim of a picture, enough for all in it."""
    most = max((score for profile in profiles for score in profile.scores), default=0.0)
    return next(rim for rim in (12.0, 18.0, 24.0, most) if rim >= most)


def frame(plane: Plane, size: float) -> list[Shape]:
    """Rings each six points with their figures, and the lines between the quadrants."""
    x, y, radius = plane.x, plane.y, plane.radius
    shapes: list[Shape] = [
        Line(x - radius, y, x + radius, y, "line", 0.5),
        Line(x, y - radius, x, y + radius, "line", 0.5),
    ]
    ring = _EVEN
    while ring <= plane.rim:
        far = radius * ring / plane.rim
        dash = (3.0, 3.0) if ring == _EVEN else ()
        shapes.append(Arc(x, y, far, stroke="line", thickness=0.75, dash=dash))
        shapes.append(Text(x + 0.3 * size, y - far + 0.95 * size, str(ring), 0.75 * size, "ink-3"))
        ring += _EVEN
    return shapes


def _wedges(plane: Plane, profile: Profile) -> dict[str, tuple[Point, ...]]:
    """The part of the kite in each quadrant."""
    scores = dict(zip(QUADRANTS, profile.scores, strict=True))
    scale = plane.radius / plane.rim

    def between(one: str, other: str) -> float:
        both = scores[one] + scores[other]
        return scale * sqrt(2) * scores[one] * scores[other] / both if both else 0.0

    x, y = plane.x, plane.y
    up, right = (x, y - between("a", "d")), (x + between("d", "c"), y)
    down, left = (x, y + between("c", "b")), (x - between("b", "a"), y)
    corner = {quadrant: plane.corner(quadrant, scores[quadrant]) for quadrant in QUADRANTS}
    middle = (x, y)
    return {
        "a": (middle, left, corner["a"], up),
        "b": (middle, down, corner["b"], left),
        "c": (middle, right, corner["c"], down),
        "d": (middle, up, corner["d"], right),
    }


def filled(plane: Plane, profile: Profile, size: float, *, soft: bool = False) -> list[Shape]:
    """The kite in the colours of its quadrants, what leads in full; hatched if observed.

    `soft` lets lines be seen upon it.
    """
    shapes: list[Shape] = []
    for quadrant, points in _wedges(plane, profile).items():
        colour, leads = f"quadrant-{quadrant}", quadrant in profile.leading
        fill = colour if leads and not soft else f"{colour}-soft"
        if profile.observed:
            shapes += hatching(points, colour, 0.3 * size if leads else 0.6 * size)
        else:
            shapes.append(Path(points, fill=fill, closed=True))
    return shapes


def rim(plane: Plane, profile: Profile) -> list[Shape]:
    dash = (4.0, 2.5) if profile.observed else ()
    corners = plane.corners(profile)
    return [Path(corners, stroke="ink", thickness=1.25, closed=True, dash=dash)]


def chip(quadrant: str, x: float, y: float, side: float) -> list[Shape]:
    """The letter of a quadrant in its colour; `x` and `y` are the top left corner."""
    base = y + 0.74 * side
    return [
        Box(x, y, side, side, fill=f"quadrant-{quadrant}", radius=0.2 * side),
        Text(
            x + side / 2, base, quadrant.upper(), 0.68 * side, "paper", bold=True, anchor="middle"
        ),
    ]
