"""The relationship matrix (M20): across the organisation's needs met, upwards the personal ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from fieldsales.domain.relationship import (
    CELLS,
    FRIEND,
    MET,
    OUTSIDER,
    PARTNER,
    SUPPLIER,
    Standing,
)
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, Room, around, label_spots, text_rect
from fieldsales.drawing.shapes import Arc, Box, Line, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.words import Words

_LEAST, _FULL = 1, 5  # of a rating
_NARROWEST, _WIDEST = 36, 62  # in ems
_NAME = 20  # of a cell, in square ems, for each name in it, so that room is left for the rest
_MOST = 60  # more are counted, not drawn


@dataclass(frozen=True, slots=True)
class Dot:
    """A person or a customer in the matrix; what is not rated is in no cell.

    `fresh`: as `relationship.freshness`, 1 … 0; what nobody met for long fades.
    """

    key: str
    name: str
    standing: Standing
    customer: bool = False
    fresh: float = 1.0

    @property
    def cell(self) -> str:
        """One of CELLS, '' where a side is not rated."""
        return self.standing.cell


def finding(dots: Sequence[Dot], words: Words) -> str:
    """The one line above the matrix: how many are partners, and where the most others stand."""
    rated = [one for one in dots if one.cell]
    if not rated:
        return words("matrix.nobody")
    if len(rated) == 1:
        return words("matrix.one", name=rated[0].name, cell=words(f"matrix.cell.{rated[0].cell}"))
    counts = Counter(one.cell for one in rated)
    others = [(counts[cell], cell) for cell in CELLS if cell != PARTNER and counts[cell]]
    most, cell = max(others, default=(0, PARTNER))
    name = words(f"matrix.cell.{cell}")
    if not counts[PARTNER]:
        return words("matrix.no_partner", n=most, cell=name)
    partners = words("matrix.partners", n=len(rated), partners=counts[PARTNER])
    fading = sum(one.fresh < 1 for one in rated if one.cell == PARTNER)
    if fading:
        other = words("matrix.partners_fading", n=fading)
    elif others:
        other = words("matrix.most_others", n=most, cell=name)
    else:
        return partners
    return words("pictures.both", one=partners, other=other)


def matrix(dots: Sequence[Dot], words: Words, width: float, *, size: float = 12.0) -> Picture:
    """Two by two cells with a dot for each person, a square for each customer, named beside it.

    Dots stand as near to their place as there is room, always in their cell; the key of a dot is
    its own, that of a cell its name. Beyond sixty, each cell tells its count alone. In too little
    room the picture is wider than `width`, to be scaled down.
    """
    top = bottom = 1.9 * size
    wide = min(max(width, _NARROWEST * size), _WIDEST * size)
    high = min(0.7 * wide, 36 * size)
    rated = [one for one in dots if one.cell]
    counts = Counter(one.cell for one in rated)
    shapes: list[Shape] = []
    frames = _frames(top, wide, high)
    for cell, frame in frames.items():
        shapes += _cell(cell, frame, counts[cell], words, size, bare=len(rated) > _MOST)
    if 0 < len(rated) <= _MOST:
        shapes += _dots(rated, frames, Rect(0, top, wide, top + high), size)
    shapes += [
        Line(0, top + high / 2, wide, top + high / 2, "line", 1.0),
        Line(wide / 2, top, wide / 2, top + high, "line", 1.0),
        Box(0, top, wide, high, stroke="line", thickness=1.0),
    ]
    shapes += _axes(top, wide, high, words, size)
    under = _under(dots, rated, words, top + high + bottom, wide, size)
    tall = top + high + bottom + (1.4 * size if under else 0.0)
    return Picture(wide, tall, (*shapes, *under), _alt(rated, words))


def _frames(top: float, wide: float, high: float) -> dict[str, Rect]:
    across, down = wide / 2, top + high / 2
    return {
        PARTNER: Rect(across, top, wide, down),
        FRIEND: Rect(0, top, across, down),
        SUPPLIER: Rect(across, down, wide, top + high),
        OUTSIDER: Rect(0, down, across, top + high),
    }


def _cell(
    cell: str, frame: Rect, count: int, words: Words, size: float, *, bare: bool
) -> list[Shape]:
    """Its ground, name and count; the count large where no dots are drawn."""
    wide, high = frame.width, frame.height
    ground = "accent-soft" if cell == PARTNER else "paper"
    x, base = frame.left + 0.7 * size, frame.top + 1.5 * size
    name = words(f"matrix.cell.{cell}")
    shapes: list[Shape] = [
        Box(frame.left, frame.top, wide, high, fill=ground, key=cell),
        Text(x, base, name, size, "accent" if cell == PARTNER else "ink-2", bold=True),
    ]
    if bare:
        centre = (frame.left + frame.right) / 2
        base = frame.top + high / 2 + size
        shapes.append(Text(centre, base, str(count), 2.6 * size, "ink", anchor="middle"))
    elif count:
        beside = x + text_width(name, size, bold=True) + 0.5 * size
        shapes.append(Text(beside, base, str(count), size, "ink-3"))
    return shapes


def _dots(rated: Sequence[Dot], frames: dict[str, Rect], whole: Rect, size: float) -> list[Shape]:
    room = Room(whole)
    far, edge = 0.4 * size, 0.7 * size
    for frame in frames.values():
        room.take(Rect(frame.left, frame.top, frame.left + 9 * size, frame.top + 2 * size))
    inside = {
        cell: Rect(
            frame.left + 0.4 * size,
            frame.top + 0.4 * size,
            frame.right - 0.4 * size,
            frame.bottom - 0.4 * size,
        )
        for cell, frame in frames.items()
    }
    long, high = whole.width - 2 * edge, whole.height - 2 * edge
    shapes: list[Shape] = []
    spare = {
        cell: int(frame.width * frame.height / _NAME / size**2) for cell, frame in frames.items()
    }
    for one in sorted(rated, key=lambda one: (-one.fresh, one.key)):  # the fresh choose first
        frame = inside[one.cell]
        x = whole.left + edge + _share(one.standing.organisation) * long
        y = whole.bottom - edge - _share(one.standing.personal) * high
        x = min(max(x, frame.left + far), frame.right - far)
        y = min(max(y, frame.top + far), frame.bottom - far)
        named = _named(one, x, y, far, frame, room, size) if spare[one.cell] else []
        spare[one.cell] = spare[one.cell] - 1 if named else 0
        shapes += named or [_alone(one, x, y, far, frame, room)]
    return shapes


def _share(met: float | None) -> float:
    """A mean of ratings 1 … 5 as a place on an axis, 0 … 1, that holds MET at its middle."""
    met = met or _LEAST
    if met < MET:
        return 0.5 * (met - _LEAST) / (MET - _LEAST)
    return 0.5 + 0.5 * (met - MET) / (_FULL - MET)


def _named(
    one: Dot, x: float, y: float, far: float, frame: Rect, room: Room, size: float
) -> list[Shape]:
    """Dot and name at the free place nearest to the wanted one; nothing where there is none."""
    small = 0.92 * size
    name = shortened(one.name, small, 7 * small)
    for at_x, at_y in around(x, y, 0.8 * size, 16 * size):
        dot = _square(at_x, at_y, far)
        if not room.free(dot, frame=frame):
            continue
        for left, base, anchor in label_spots(at_x, at_y, far, small)[:2]:
            label = text_rect(left, base, name, small, anchor)
            if room.free(label, frame=frame):
                room.take(dot, label)
                ink = "ink" if one.fresh == 1 else "ink-3"
                text = Text(left, base, name, small, ink, anchor=anchor, key=one.key)
                return [_dot(one, at_x, at_y, far), text]
    return []


def _alone(one: Dot, x: float, y: float, far: float, frame: Rect, room: Room) -> Shape:
    """The dot without its name, where the cell is too full for it."""
    for step in (2 * far + 2, far / 2):
        across = [frame.left + far + 1 + step * at for at in range(int(frame.width / step))]
        down = [frame.top + far + 1 + step * at for at in range(int(frame.height / step))]
        places = [(at_x, at_y) for at_x in across for at_y in down]
        for at_x, at_y in sorted(places, key=lambda at: hypot(at[0] - x, at[1] - y)):
            if room.free(_square(at_x, at_y, far), frame=frame):
                room.take(_square(at_x, at_y, far))
                return _dot(one, at_x, at_y, far)
    return _dot(one, x, y, far)


def _square(x: float, y: float, far: float) -> Rect:
    return Rect(x - far - 1, y - far - 1, x + far + 1, y + far + 1)  # none touches another


def _dot(one: Dot, x: float, y: float, far: float) -> Shape:
    """Full while fresh, paler while it fades, a mere ring at last; a sample has no key."""
    fill = edge = "accent" if one.cell == PARTNER else "ink-2"
    if one.fresh < 1:
        fill, edge = "line" if one.fresh else "paper", "ink-3"
    if one.customer:
        half = 0.88 * far
        return Box(x - half, y - half, 2 * half, 2 * half, fill, edge, key=one.key or None)
    return Arc(x, y, far, fill=fill, stroke=edge, key=one.key or None)


def _axes(top: float, wide: float, high: float, words: Words, size: float) -> list[Shape]:
    """What grows upwards, and what to the right."""
    upwards = shortened(words("matrix.personal"), size, wide)
    across = shortened(words("matrix.organisation"), size, wide)
    return [
        Text(0, size, upwards, size, "ink-2"),
        Text(wide, top + high + 1.4 * size, across, size, "ink-2", anchor="end"),
    ]


def _under(
    dots: Sequence[Dot],
    rated: Sequence[Dot],
    words: Words,
    y: float,
    wide: float,
    size: float,
) -> list[Shape]:
    """What the marks mean, where they differ, and how many are in no cell."""
    small = 0.9 * size
    parts: list[tuple[Dot | None, str]] = []
    plain = Standing()
    drawn = rated if len(rated) <= _MOST else ()
    if len({one.customer for one in drawn}) > 1:
        parts.append((Dot("", "", plain), words("matrix.person")))
        parts.append((Dot("", "", plain, customer=True), words("matrix.customer")))
    if any(0 < one.fresh < 1 for one in drawn):
        parts.append((Dot("", "", plain, fresh=0.5), words("matrix.fading")))
    if any(not one.fresh for one in drawn):
        parts.append((Dot("", "", plain, fresh=0.0), words("matrix.faded")))
    if not rated:
        parts.append((None, words("matrix.rate_needs")))
    if missing := len(dots) - len(rated):
        parts.append((None, words("matrix.not_rated", n=missing)))
    shapes: list[Shape] = []
    x = 0.0
    for sample, said in parts:
        indent = 1.2 * size if sample else 0.0
        long = text_width(said, small)
        if x + indent + long > wide:
            break
        if sample:
            shapes.append(_dot(sample, x + 0.5 * size, y + 0.3 * size, 0.35 * size))
        shapes.append(Text(x + indent, y + 0.6 * size, said, small, "ink-3"))
        x += indent + long + 1.4 * size
    return shapes


def _alt(rated: Sequence[Dot], words: Words) -> str:
    counts = Counter(one.cell for one in rated)
    return " ".join(
        [
            finding(rated, words),
            *(
                words("matrix.count", cell=words(f"matrix.cell.{cell}"), n=counts[cell])
                for cell in CELLS
                if counts[cell]
            ),
        ]
    )
