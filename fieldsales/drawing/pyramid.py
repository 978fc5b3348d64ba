"""A pyramid of layers, with what part of several wholes each of them has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Box, Path, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width

_SLOPE = 0.42  # of the width, that of the pyramid's foot
_HEIGHT = 0.9  # of its foot, where the words leave room for it


@dataclass(frozen=True, slots=True)
class Tier:
    """A layer from the top down: its name, what stands below that, and for each whole its part in
    percent with what is told of it.
    """

    key: str
    name: str
    below: str
    parts: tuple[tuple[float, str], ...]
    strong: bool = False


def pyramid(
    tiers: Sequence[Tier], wholes: Sequence[str], width: float, *, size: float, alt: str
) -> Picture:
    """Layers of one height below each other; beside each a bar for every whole, named above.

    The key of a layer is pressed anywhere in its row.
    """
    foot, top = _SLOPE * width, 2.0 * size
    row = min(max(_HEIGHT * foot / max(1, len(tiers)), 3.8 * size), 6.5 * size)
    left = foot + 1.2 * size
    pitch = (width - left) / max(1, len(wholes))
    shapes: list[Shape] = [
        Text(left + at * pitch, size, shortened(name, size, pitch - size), size, "ink-2")
        for at, name in enumerate(wholes)
    ]
    high = row * len(tiers)
    for at, tier in enumerate(tiers):
        y = top + at * row
        shapes.append(Box(0, y, width, row, key=tier.key))
        upper, lower = (foot / 2 * (part / high) for part in (at * row, (at + 1) * row - 2))
        axis = foot / 2
        corners = (
            (axis - upper, y),
            (axis + upper, y),
            (axis + lower, y + row - 2),
            (axis - lower, y + row - 2),
        )
        fill = "accent" if tier.strong else "accent-soft"
        shapes.append(Path(corners, fill=fill, closed=True, key=tier.key))
        shapes += _told(tier, axis, y, row, (upper, lower), foot, size)
        for place, (percent, told) in enumerate(tier.parts):
            x = left + place * pitch
            room = pitch - size
            long = max(room * min(max(percent, 0.0), 100.0) / 100, 0.0)
            base = y + 0.5 * row
            shown = shortened(told, size, room + 0.5 * size)
            shapes.append(Text(x, base - 0.4 * size, shown, size, "ink", key=tier.key))
            shapes.append(Box(x, base, room, 0.6 * size, fill="paper-3", radius=1, key=tier.key))
            if long > 0:
                role = "accent" if tier.strong else "ink-3"
                shapes.append(Box(x, base, long, 0.6 * size, fill=role, radius=1, key=tier.key))
    return Picture(width, top + high, tuple(shapes), alt)


def _told(
    tier: Tier,
    axis: float,
    y: float,
    row: float,
    halves: tuple[float, float],
    foot: float,
    size: float,
) -> list[Shape]:
    """Name and count in the layer where they fit, else at its right."""
    small = 0.9 * size
    first, second = y + 0.5 * row - 0.1 * size, y + 0.5 * row + 1.2 * size
    needs = max(text_width(tier.name, size, bold=True), text_width(tier.below, small))
    if needs <= sum(halves) - size:
        ink = "paper" if tier.strong else "ink"
        second_ink = "paper" if tier.strong else "ink-2"
        return [
            Text(axis, first, tier.name, size, ink, bold=True, anchor="middle", key=tier.key),
            Text(axis, second, tier.below, small, second_ink, anchor="middle", key=tier.key),
        ]
    x = axis + halves[1] + 0.4 * size
    room = foot - x + 0.9 * size
    name = shortened(tier.name, size, room, bold=True)
    return [
        Text(x, first, name, size, "ink", bold=True, key=tier.key),
        Text(x, second, shortened(tier.below, small, room), small, "ink-2", key=tier.key),
    ]
