"""Two pictures of numbers: a funnel of steps, and columns by month against a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.drawing.shapes import Box, Line, Path, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width


@dataclass(frozen=True, slots=True)
class Step:
    """A bar of a funnel: its length, what stands before, in and behind it, and below it."""

    label: str
    size: float
    inside: str
    aside: str = ""
    below: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: parts from the bottom up as (colour role, height), and a mark to be reached."""

    label: str
    parts: tuple[tuple[str, float], ...]
    top: str = ""
    mark: float | None = None
    key: str | None = None


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """A text that fits into a room, its end replaced by `…` where it does not."""
    if text_width(text, size, bold=bold) <= room:
        return text
    while text and text_width(f"{text}…", size, bold=bold) > room:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""


def funnel(steps: Sequence[Step], width: float, *, size: float, alt: str) -> Picture:
    """Bars below each other around one axis; `size` is that of the text, the unit the picture's.

    Before each bar its label, behind it what it is worth, between two what went on.
    """
    row, gap = 2.0 * size, 1.7 * size
    left, right = 0.24 * width, 0.28 * width
    room = width - left - right - 2 * size
    axis = left + size + room / 2
    most = max((step.size for step in steps), default=0) or 1
    shapes: list[Shape] = []
    y = 0.0
    for step in steps:
        half = max(room / 2 * step.size / most, 0.75)
        base = y + row / 2 + 0.36 * size
        label = shortened(step.label, size, left)
        shapes += [
            Box(0, y, width, row, key=step.key),
            Box(axis - half, y, 2 * half, row, fill="accent-soft", radius=2, key=step.key),
            Text(0, base, label, size, "ink", key=step.key),
            Text(axis, base, step.inside, size, "ink", bold=True, anchor="middle", key=step.key),
        ]
        aside = shortened(step.aside, size, right)
        shapes.append(Text(width, base, aside, size, "ink-2", anchor="end", key=step.key))
        y += row
        if step is not steps[-1]:
            shapes += _between(axis, y, gap, size, shortened(step.below, size, width - axis - size))
            y += gap
    return Picture(width, y, tuple(shapes), alt)


def _between(axis: float, y: float, gap: float, size: float, text: str) -> list[Shape]:
    """An arrowhead downwards and what it says."""
    half, tip = 0.3 * size, y + gap / 2 + 0.22 * size
    arrow = ((axis - half, tip - 1.4 * half), (axis + half, tip - 1.4 * half), (axis, tip))
    shapes: list[Shape] = [Path(arrow, fill="line", closed=True)]
    if text:
        beside = axis + 2 * half
        shapes.append(Text(beside, y + gap / 2 + 0.36 * size, text, size, "ink-2"))
    return shapes


def columns(
    bars: Sequence[Bar],
    legend: Sequence[tuple[str, str]],
    width: float,
    height: float,
    *,
    size: float,
    alt: str,
    mark: str = "",
    note: str = "",
) -> Picture:
    """Columns side by side; `height` is that of the tallest.

    `legend` names the colour roles, `mark` the lines across; `note` stands behind them.
    """
    shapes: list[Shape] = []
    x = 0.0
    for role, name in legend:
        shapes += [
            Box(x, 0.1 * size, 0.8 * size, 0.8 * size, fill=role, radius=1),
            Text(x + 1.2 * size, 0.85 * size, name, size, "ink-2"),
        ]
        x += 2.6 * size + text_width(name, size)
    if mark:
        shapes += [
            Line(x, 0.5 * size, x + 1.6 * size, 0.5 * size, "ink", 1.25),
            Text(x + 2.1 * size, 0.85 * size, mark, size, "ink-2"),
        ]
        x += 3.5 * size + text_width(mark, size)
    if note and x + text_width(note, size) <= width:
        shapes.append(Text(x, 0.85 * size, note, size, "ink-3"))
    top = 3.4 * size if legend else 1.8 * size
    bottom = top + height
    most = max((max(sum(part for _, part in bar.parts), bar.mark or 0) for bar in bars), default=0)
    share = height / most if most else 0.0
    pitch = width / max(1, len(bars))
    thick = min(0.56 * pitch, 5 * size)
    for at, bar in enumerate(bars):
        middle = (at + 0.5) * pitch
        shapes.append(Box(at * pitch, top, pitch, height, key=bar.key))
        y = bottom
        for role, part in bar.parts:
            tall = part * share
            if tall > 0:
                y -= tall
                shapes.append(Box(middle - thick / 2, y, thick, tall, fill=role, key=bar.key))
        if bar.mark is not None:
            line = bottom - bar.mark * share
            reach = thick / 2 + 0.6 * size
            shapes.append(Line(middle - reach, line, middle + reach, line, "ink", 1.25))
            if 0 <= y - line < 1.8 * size:  # between the two there is no room for the text
                y = line
        above = shortened(bar.top, size, pitch - 2)
        label = shortened(bar.label, size, pitch - 2)
        shapes += [
            Text(middle, y - 0.5 * size, above, size, "ink", anchor="middle", key=bar.key),
            Text(middle, bottom + 1.5 * size, label, size, "ink-2", anchor="middle", key=bar.key),
        ]
    shapes.append(Line(0, bottom, width, bottom, "line", 0.5))
    return Picture(width, bottom + 2.2 * size, tuple(shapes), alt)
