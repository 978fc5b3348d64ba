"""Small multiples: many figures alike, each with its last ones as columns against their targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Box, Line, Path, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width

_NARROWEST = 9.3  # of a panel, in sizes of the text
_MOST = 6  # panels beside each other


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure: its name, what it is now in a colour role, what is said of its target; the columns
    with marks to be reached, None where unknown. `way` points up or down (1, −1) in `way_role`.
    """

    key: str
    name: str
    told: str
    role: str
    below: str
    below_role: str
    columns: tuple[float | None, ...]
    marks: tuple[float | None, ...]
    way: int = 0
    way_role: str = "ink-3"


@dataclass(frozen=True, slots=True)
class Band:
    """Panels under a title, in parts that are named above their first."""

    title: str
    parts: tuple[tuple[str, tuple[Panel, ...]], ...]


def multiples(bands: Sequence[Band], width: float, *, size: float, alt: str) -> Picture:
    """The bands below each other, in each as many panels in a row as have room."""
    across = max(2, min(_MOST, int(width // (_NARROWEST * size))))
    gap = 1.4 * size
    wide = (width - (across - 1) * gap) / across
    high, small = 7.6 * size, 0.9 * size
    shapes: list[Shape] = []
    y = 0.0
    for band in bands:
        if y:
            shapes.append(Line(0, y, width, y, "hairline", 0.75))
            y += 0.4 * size
        title = shortened(band.title, size, width, bold=True)
        shapes.append(Text(0, y + 1.2 * size, title, size, "ink", bold=True))
        y += 1.8 * size
        at, named = 0, False
        for name, panels in band.parts:
            for place, panel in enumerate(panels):
                column = at % across
                if at and not column:
                    y += high + (1.5 * size if named else 0.5 * size)
                    named = False
                if not place:
                    named = True
                    x = column * (wide + gap)
                    text = shortened(name, small, wide)
                    shapes.append(Text(x, y + 0.9 * size, text, small, "ink-3"))
                top = y + 1.4 * size
                shapes += _panel(panel, column * (wide + gap), top, wide, size)
                at += 1
        y += high + 1.8 * size
    return Picture(width, y, tuple(shapes), alt)


def _panel(panel: Panel, x: float, y: float, wide: float, size: float) -> Iterator[Shape]:
    key, small, large = panel.key, 0.9 * size, 1.35 * size
    yield Box(x, y, wide, 7.3 * size, key=key)
    name = shortened(panel.name, size, wide)
    yield Text(x, y + 1.1 * size, name, size, "ink-2", key=key)
    told = shortened(panel.told, large, wide - 1.2 * size, bold=True)
    yield Text(x, y + 2.7 * size, told, large, panel.role, bold=True, key=key)
    if panel.way:
        left = x + text_width(told, large, bold=True) + 0.5 * size
        foot, tip = y + (2.5 if panel.way > 0 else 2.0) * size, -0.5 * size * panel.way
        yield Path(
            ((left, foot), (left + 0.6 * size, foot), (left + 0.3 * size, foot + tip)),
            fill=panel.way_role,
            closed=True,
            key=key,
        )
    yield from _columns(panel, x, y + 3.2 * size, wide, 2.5 * size)
    below = shortened(panel.below, small, wide)
    yield Text(x, y + 6.9 * size, below, small, panel.below_role, key=key)


def _columns(panel: Panel, x: float, y: float, wide: float, high: float) -> Iterator[Shape]:
    """Columns from nothing upwards, or downwards, the last one in its role; marks across them."""
    known = [0.0, *(one for one in (*panel.columns, *panel.marks) if one is not None)]
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = wide / max(1, len(panel.columns))

    def y_of(figure: float) -> float:
        return y + high - high * (figure - low) / span

    yield Line(x, y_of(0), x + wide, y_of(0), "hairline", 0.75)
    last = len(panel.columns) - 1
    for at, (figure, mark) in enumerate(zip(panel.columns, panel.marks, strict=True)):
        left = x + step * at
        if figure:
            role = panel.role if at == last else "line"
            top, foot = sorted((y_of(figure), y_of(0)))
            yield Box(left + 0.18 * step, top, 0.64 * step, foot - top, fill=role, key=panel.key)
        if mark is not None:
            yield Line(left, y_of(mark), left + step, y_of(mark), "ink", 1.25)
