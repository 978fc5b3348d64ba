"""Lines over time, each named at its end, told apart by mark and dash as well as by colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, Room, text_rect
from fieldsales.drawing.radar import STYLES, edge, mark
from fieldsales.drawing.shapes import Box, Line, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width


@dataclass(frozen=True, slots=True)
class Series:
    """Figures at times in their order, None where there is none; `told` is the last one in words.

    The key of a mark is the series' key and the time's place: `service:3`.
    """

    key: str
    name: str
    figures: tuple[float | None, ...]
    told: str = ""


def lines(
    times: Sequence[str],
    series: Sequence[Series],
    low: float,
    high: float,
    marks: Sequence[tuple[float, str]],
    width: float,
    height: float,
    *,
    size: float,
    alt: str,
) -> Picture:
    """`low` and `high` end the axis upwards, `marks` are lines across with what they are called.

    A gap in the figures is bridged; names stand behind the last figure, none upon another.
    """
    small = 0.9 * size
    left = max((text_width(text, small) for _, text in marks), default=0.0) + 0.8 * size
    names = [f"{one.name} {one.told}".strip() for one in series]
    right = min(max((text_width(name, size) for name in names), default=0.0) + size, 0.4 * width)
    frame = Rect(left, 0.8 * size, width - right, height - 1.8 * size)
    span = (high - low) or 1.0
    step = frame.width / max(1, len(times) - 1)

    def y_of(figure: float) -> float:
        return frame.bottom - frame.height * (figure - low) / span

    def x_of(at: int) -> float:
        return frame.left + (step * at if len(times) > 1 else frame.width)

    shapes: list[Shape] = []
    for figure, text in marks:
        y = y_of(figure)
        shapes += [
            Line(frame.left, y, frame.right, y, "hairline", 0.75),
            Text(frame.left - 0.5 * size, y + 0.34 * small, text, small, "ink-3", anchor="end"),
        ]
    shapes += _times(times, x_of, frame, width, size)
    ends: list[tuple[float, int]] = []
    for at, one in enumerate(series):
        style = STYLES[at % len(STYLES)]
        known = [
            (x_of(time), y_of(figure), time)
            for time, figure in enumerate(one.figures)
            if figure is not None
        ]
        reach = 0.32 * size
        shapes += [edge(start[:2], end[:2], style, reach) for start, end in pairwise(known)]
        for x, y, time in known:
            key = f"{one.key}:{time}"
            far = 2 * reach  # a mark is small to be hit
            shapes += [
                Box(x - far, y - far, 2 * far, 2 * far, key=key),
                mark(style, x, y, reach, key),
            ]
        if known:
            ends.append((known[-1][1], at))
    shapes += _named(ends, names, frame, width, size)
    return Picture(width, height, tuple(shapes), alt)


def _times(
    times: Sequence[str], x_of: Callable[[int], float], frame: Rect, width: float, size: float
) -> list[Shape]:
    """The last time and as many before it as have room."""
    small = 0.9 * size
    room = Room(Rect(0, 0, width, frame.bottom + 3 * size))
    shapes: list[Shape] = []
    for at in reversed(range(len(times))):
        half = text_width(times[at], small) / 2
        x = min(max(x_of(at), half), width - half)
        rect = text_rect(x, frame.bottom + 1.4 * size, times[at], small, "middle")
        if room.free(rect):
            room.take(Rect(rect.left - 0.3 * size, rect.top, rect.right, rect.bottom))
            y = frame.bottom + 1.4 * size
            shapes.append(Text(x, y, times[at], small, "ink-3", anchor="middle"))
    return shapes


def _named(
    ends: list[tuple[float, int]], names: Sequence[str], frame: Rect, width: float, size: float
) -> list[Shape]:
    """Names behind the lines, pushed apart where they would meet."""
    gap = 1.3 * size
    placed: list[tuple[float, int]] = []
    for y, at in sorted(ends):
        low = placed[-1][0] + gap if placed else frame.top
        placed.append((max(y, low), at))
    over = placed[-1][0] - frame.bottom if placed else 0.0
    shapes: list[Shape] = []
    limit = frame.bottom
    for wanted, at in reversed(placed):
        y = min(wanted, limit) if over > 0 else wanted
        limit = y - gap
        x = frame.right + 0.7 * size
        name = shortened(names[at], size, width - x)
        colour = STYLES[at % len(STYLES)].colour
        shapes.append(Text(x, y + 0.36 * size, name, size, colour))
    return shapes
