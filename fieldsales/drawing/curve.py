"""A curve with the one point on it that matters, for screen and paper."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.drawing.shapes import Arc, Line, Path, Picture, Point, Shape, Text
from fieldsales.drawing.text import width as text_width


def curve(
    points: Sequence[Point],
    point: Point,
    ends: tuple[str, str],
    axes: tuple[str, str],
    told: tuple[str, str],
    width: float,
    height: float,
    *,
    size: float,
    alt: str,
) -> Picture:
    """`ends` say where the axis across begins and ends, `axes` what goes across and upwards.

    `told` are the point's two numbers; they stand on the axes, where the point is looked up.
    """
    left = max(text_width(told[1], size, bold=True), 4 * size) + size
    top, bottom = 2 * size, 3.4 * size
    room, tall = width - left - size, height - top - bottom
    every = [*points, point]
    low_x, high_x = min(x for x, _ in every), max(x for x, _ in every)
    low_y, high_y = min(0.0, *(y for _, y in every)), max(y for _, y in every)
    across, up = (high_x - low_x) or 1.0, (high_y - low_y) or 1.0

    def place(one: Point) -> Point:
        return (
            left + room * (one[0] - low_x) / across,
            top + tall * (1 - (one[1] - low_y) / up),
        )

    base = place((low_x, 0.0))[1]
    floor = top + tall
    x, y = place(point)
    shapes: list[Shape] = [
        Line(left, top, left, floor, "line", 0.75),
        Line(left, base, left + room, base, "line", 0.75),
        Text(0, 0.9 * size, axes[1], size, "ink-2"),
        Text(left, floor + 1.3 * size, ends[0], size, "ink-3"),
        Text(left + room, floor + 1.3 * size, ends[1], size, "ink-3", anchor="end"),
        Text(left + room, floor + 2.8 * size, axes[0], size, "ink-2", anchor="end"),
        Path(tuple(place(one) for one in points), stroke="ink-3", thickness=1.5),
        Line(left, y, x, y, "accent", 0.75, dash=(3, 3)),
        Line(x, y, x, floor, "accent", 0.75, dash=(3, 3)),
        Arc(x, y, 0.45 * size, fill="accent"),
        Text(left - 0.5 * size, y + 0.36 * size, told[1], size, "accent", True, "end"),
    ]
    half = text_width(told[0], size, bold=True) / 2
    at = min(max(x, left + half), left + room - half)
    shapes.append(Text(at, floor + 2.8 * size, told[0], size, "accent", True, "middle"))
    hidden = text_width(axes[0], size) + size
    if at + half > left + room - hidden:  # the name of the axis gives way
        shapes[5] = Text(left, floor + 2.8 * size, axes[0], size, "ink-2")
    return Picture(width, height, tuple(shapes), alt)
