"""The relationship matrix (M20): across the organisation's needs met, upwards the personal ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, Room, around, label_spots, text_rect
from fieldsales.drawing.shapes import Arc, Box, Line, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.words import Words

CELLS = ("partner", "friend", "supplier", "outsider")
_MOST = 60  # more are counted, not drawn


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's or some customer's place: how far needs are met, 0 … 1 each; from ½ on met.

    What is not rated is None, and is in no cell. `faded`: nobody met them for too long.
    """

    key: str
    name: str
    organisation: float | None = None
    personal: float | None = None
    customer: bool = False
    faded: bool = False

    @property
    def cell(self) -> str:
        """One of CELLS, '' where a side is not rated."""
        if self.organisation is None or self.personal is None:
            return ""
        useful, liked = self.organisation >= 0.5, self.personal >= 0.5
        return (
            ("partner" if useful else "friend") if liked else "supplier" if useful else "outsider"
        )


def finding(standings: Sequence[Standing], words: Words) -> str:
    """The one line above the matrix: how many are partners, and where the most others stand."""
    rated = [one for one in standings if one.cell]
    if not rated:
        return words("matrix.nobody")
    counts = Counter(one.cell for one in rated)
    faded = sum(one.faded for one in rated if one.cell == "partner")
    partners = words("matrix.partners", n=len(rated), partners=counts["partner"])
    if faded:
        return words("kite.both", one=partners, other=words("matrix.partners_fading", n=faded))
    others = [(counts[cell], cell) for cell in CELLS[1:] if counts[cell]]
    if not others:
        return partners
    most, cell = max(others)
    other = words("matrix.most_others", n=most, cell=words(f"matrix.cell.{cell}"))
    return words("kite.both", one=partners, other=other)


def matrix(
    standings: Sequence[Standing], words: Words, width: float, *, size: float = 12.0
) -> Picture:
    """Two by two cells with a dot for each person, a square for each customer, named beside it.

    Dots stand as near to their place as there is room, always in their cell; the key of a dot is
    that of its standing, that of a cell its name. Beyond sixty, each cell tells its count alone.
    """
    top = bottom = 1.9 * size
    wide = min(width, 62 * size)
    high = min(0.7 * wide, 36 * size)
    rated = [one for one in standings if one.cell]
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
    under = _under(standings, rated, words, top + high + bottom, wide, size)
    tall = top + high + bottom + (1.4 * size if under else 0.0)
    return Picture(wide, tall, (*shapes, *under), _alt(rated, words))


def _frames(top: float, wide: float, high: float) -> dict[str, Rect]:
    across, down = wide / 2, top + high / 2
    return {
        "partner": Rect(across, top, wide, down),
        "friend": Rect(0, top, across, down),
        "supplier": Rect(across, down, wide, top + high),
        "outsider": Rect(0, down, across, top + high),
    }


def _cell(
    cell: str, frame: Rect, count: int, words: Words, size: float, *, bare: bool
) -> list[Shape]:
    """Its ground, name and count; the count large where no dots are drawn."""
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    ground = "accent-soft" if cell == "partner" else "paper"
    x, base = frame.left + 0.7 * size, frame.top + 1.5 * size
    name = words(f"matrix.cell.{cell}")
    shapes: list[Shape] = [
        Box(frame.left, frame.top, wide, high, fill=ground, key=cell),
        Text(x, base, name, size, "accent" if cell == "partner" else "ink-2", bold=True),
    ]
    if bare:
        centre = (frame.left + frame.right) / 2
        shapes.append(
            Text(
                centre, frame.top + high / 2 + size, str(count), 2.6 * size, "ink", anchor="middle"
            )
        )
    elif count:
        beside = x + text_width(name, size, bold=True) + 0.5 * size
        shapes.append(Text(beside, base, str(count), size, "ink-3"))
    return shapes


def _dots(
    rated: Sequence[Standing], frames: dict[str, Rect], whole: Rect, size: float
) -> list[Shape]:
    room = Room(whole)
    far, edge = 0.4 * size, 0.7 * size
    for frame in frames.values():
        room.take(Rect(frame.left, frame.top, frame.left + 9 * size, frame.top + 2 * size))
    inside = {
        cell: Rect(frame.left + 2, frame.top + 2, frame.right - 2, frame.bottom - 2)
        for cell, frame in frames.items()
    }
    long, high = whole.right - whole.left - 2 * edge, whole.bottom - whole.top - 2 * edge
    shapes: list[Shape] = []
    crowded: set[str] = set()
    for one in sorted(rated, key=lambda one: (one.faded, one.key)):  # the fresh choose first
        frame = inside[one.cell]
        x = whole.left + edge + (one.organisation or 0.0) * long
        y = whole.bottom - edge - (one.personal or 0.0) * high
        x = min(max(x, frame.left + far), frame.right - far)
        y = min(max(y, frame.top + far), frame.bottom - far)
        named = [] if one.cell in crowded else _named(one, x, y, far, frame, room, size)
        if not named:
            crowded.add(one.cell)
            shapes.append(_alone(one, x, y, far, frame, room))
        shapes += named
    return shapes


def _named(
    one: Standing, x: float, y: float, far: float, frame: Rect, room: Room, size: float
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
                ink = "ink-3" if one.faded else "ink"
                text = Text(left, base, name, small, ink, anchor=anchor, key=one.key)
                return [_dot(one, at_x, at_y, far), text]
    return []


def _alone(one: Standing, x: float, y: float, far: float, frame: Rect, room: Room) -> Shape:
    """The dot without its name, where the cell is too full for it."""
    everywhere = around(x, y, far, frame.right - frame.left)
    free = (at for at in everywhere if room.free(_square(*at, far), frame=frame))
    at_x, at_y = next(free, (x, y))
    room.take(_square(at_x, at_y, far))
    return _dot(one, at_x, at_y, far)


def _square(x: float, y: float, far: float) -> Rect:
    return Rect(x - far - 1, y - far - 1, x + far + 1, y + far + 1)  # none touches another


def _dot(one: Standing, x: float, y: float, far: float) -> Shape:
    fill = "paper" if one.faded else "accent" if one.cell == "partner" else "ink-2"
    edge = "ink-3" if one.faded else fill
    if one.customer:
        side = 0.88 * far
        return Box(x - side, y - side, 2 * side, 2 * side, fill, edge, key=one.key)
    return Arc(x, y, far, fill=fill, stroke=edge, key=one.key)


def _axes(top: float, wide: float, high: float, words: Words, size: float) -> list[Shape]:
    """What grows upwards, and what to the right."""
    upwards = shortened(words("matrix.personal"), size, wide)
    across = shortened(words("matrix.organisation"), size, wide)
    return [
        Text(0, size, upwards, size, "ink-2"),
        Text(wide, top + high + 1.4 * size, across, size, "ink-2", anchor="end"),
    ]


def _under(
    standings: Sequence[Standing],
    rated: Sequence[Standing],
    words: Words,
    y: float,
    wide: float,
    size: float,
) -> list[Shape]:
    """What the marks mean, where they differ, and how many are in no cell."""
    small = 0.9 * size
    parts: list[tuple[Shape | None, str]] = []
    middle = y + 0.3 * size
    dots = 0 < len(rated) <= _MOST
    if dots and len({one.customer for one in rated}) > 1:
        person = Standing("", "", 0.0, 0.0)
        parts.append((_dot(person, 0, middle, 0.35 * size), words("matrix.person")))
        firm = Standing("", "", 0.0, 0.0, customer=True)
        parts.append((_dot(firm, 0, middle, 0.35 * size), words("matrix.customer")))
    if dots and any(one.faded for one in rated):
        pale = Standing("", "", 0.0, 0.0, faded=True)
        parts.append((_dot(pale, 0, middle, 0.35 * size), words("matrix.faded")))
    if not rated:
        parts.append((None, words("matrix.rate_needs")))
    if missing := len(standings) - len(rated):
        parts.append((None, words("matrix.not_rated", n=missing)))
    shapes: list[Shape] = []
    x = 0.0
    for drawn, said in parts:
        indent = 1.2 * size if drawn else 0.0
        long = text_width(said, small)
        if x + indent + long > wide:
            break
        if drawn:
            shapes.append(drawn.moved(x + 0.5 * size, 0.0))
        shapes.append(Text(x + indent, y + 0.6 * size, said, small, "ink-3"))
        x += indent + long + 1.4 * size
    return shapes


def _alt(rated: Sequence[Standing], words: Words) -> str:
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
