"""Many things in a plane of two figures, by regions; things too near each other are one bubble."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import asinh, sinh, sqrt

from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, Room, label_spots, text_rect
from fieldsales.drawing.shapes import Arc, Box, Line, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width

GROUP = "group:"  # how the keys of bubbles begin
_FEW = 400  # things up to which only those upon one another are gathered
_NEAR, _FAR = 0.8, 1.5  # side in ems of the squares whose things are gathered: of few, of many
_BUBBLE = 2.2  # radius of the fullest bubble ÷ that of a dot
_NAMED = 24  # things that may bear their names


@dataclass(frozen=True, slots=True)
class Scale:
    """Where figures stand on an axis, 0 … 1, from `low` to `high`.

    With a `unit` steps of times that are alike stand alike far apart, as figures far above it do
    on logarithmic paper; 0 and what is below it have their places, too. Without one it is plain.
    """

    low: float
    high: float
    unit: float = 0.0

    @classmethod
    def around(cls, figures: Sequence[float], *cuts: float, unit: float = 0.0) -> Scale:
        """Wide enough for figures and cuts, with a little room at both ends."""
        every = [*((min(figures), max(figures)) if figures else ()), *cuts]
        low, high = min(every, default=0.0), max(every, default=1.0)
        plain = cls(low, high, unit)
        low_at, high_at = plain._bent(low), plain._bent(high)
        room = 0.06 * (high_at - low_at) or 1.0
        return cls(plain._unbent(low_at - room), plain._unbent(high_at + room), unit)

    def place(self, figure: float) -> float:
        first, last = self._bent(self.low), self._bent(self.high)
        return (self._bent(figure) - first) / (last - first)

    def places(self, figures: Sequence[float]) -> list[float]:
        """As `place`, of many at once."""
        first = self._bent(self.low)
        long = self._bent(self.high) - first
        if not self.unit:
            return [(figure - first) / long for figure in figures]
        unit = self.unit
        return [(asinh(figure / unit) - first) / long for figure in figures]

    def _bent(self, figure: float) -> float:
        return asinh(figure / self.unit) if self.unit else figure

    def _unbent(self, at: float) -> float:
        return sinh(at) * self.unit if self.unit else at


@dataclass(frozen=True, slots=True)
class Axis:
    """`marks` are figures with what they are called; the first are shown before the others."""

    title: str
    scale: Scale
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the plane between places 0 … 1; `strong` where what matters stands."""

    key: str
    name: str
    aside: str
    left: float
    bottom: float
    right: float
    top: float
    strong: bool = False

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Cloud:
    """Keys with their two figures, three sequences as long as each other; `names` of some of them,
    who matters most first.
    """

    keys: Sequence[str]
    across: Sequence[float]
    upwards: Sequence[float]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plane:
    """The picture, and what stands behind the key of each dot and bubble."""

    picture: Picture
    behind: Mapping[str, tuple[str, ...]]

    @property
    def gathered(self) -> bool:
        """Whether a bubble stands for several."""
        return any(len(keys) > 1 for keys in self.behind.values())


def plane(
    cloud: Cloud,
    across: Axis,
    upwards: Axis,
    regions: Sequence[Region],
    width: float,
    height: float,
    *,
    size: float,
    alt: str,
) -> Plane:
    """Everything has its dot or is part of a bubble, the larger the more; none is left out.

    The key of a region is its own, that of a dot its thing's, that of a bubble GROUP and a number.
    `size` is that of the text.
    """
    left = 0.6 * size + max(
        (text_width(text, 0.9 * size) for _, text in upwards.marks), default=0.0
    )
    frame = Rect(left, 1.8 * size, width - 0.4 * size, height - 3.2 * size)
    room = Room(frame)
    shapes: list[Shape] = []
    shapes += [_ground(region, frame) for region in regions]
    shapes += _axes(across, upwards, frame, width, height, size)
    bubbles = _gathered(cloud, across.scale, upwards.scale, frame, size)
    most = max((len(bubble.keys) for bubble in bubbles), default=1)
    behind: dict[str, tuple[str, ...]] = {}
    singles: dict[str, tuple[float, float, float]] = {}
    for at, bubble in enumerate(sorted(bubbles, key=lambda one: -len(one.keys))):
        count = len(bubble.keys)
        key = bubble.keys[0] if count == 1 else f"{GROUP}{at}"
        behind[key] = tuple(bubble.keys)
        far = 0.36 * size
        if count > 1:
            far *= 1.15 + (_BUBBLE - 1.15) * sqrt((count - 1) / max(1, most - 1))
        x = min(max(bubble.x, frame.left + far), frame.right - far)
        y = min(max(bubble.y, frame.top + far), frame.bottom - far)
        strong = any(one.strong and one.holds(bubble.at_x, bubble.at_y) for one in regions)
        role = "accent" if strong else "ink-3"
        shapes.append(Arc(x, y, far, fill=role, stroke="paper", thickness=0.75, key=key))
        told = f"{count}"
        if count > 1 and text_width(told, 0.7 * size) < 1.7 * far:
            shapes.append(
                Text(x, y + 0.25 * size, told, 0.7 * size, "paper", anchor="middle", key=key)
            )
        room.take(Rect(x - far, y - far, x + far, y + far))
        if count == 1:
            singles[key] = x, y, far
    for region in regions:
        shapes += _title(region, frame, room, size)
    shapes += _names(cloud.names, singles, room, size)
    return Plane(Picture(width, height, tuple(shapes), alt), behind)


@dataclass(slots=True)
class _Bubble:
    """Where it is drawn, where its first thing stands on both axes, and whom it holds."""

    x: float
    y: float
    at_x: float
    at_y: float
    keys: list[str]


def _gathered(
    cloud: Cloud, across: Scale, upwards: Scale, frame: Rect, size: float
) -> list[_Bubble]:
    side = (_NEAR if len(cloud.keys) <= _FEW else _FAR) * size
    columns, rows = frame.width / side, frame.height / side
    found: dict[tuple[int, int], _Bubble] = {}
    places = zip(
        cloud.keys, across.places(cloud.across), upwards.places(cloud.upwards), strict=True
    )
    for key, at_x, at_y in places:
        cell = int(at_x * columns), int(at_y * rows)
        known = found.get(cell)
        if known is not None:
            known.keys.append(key)
            continue
        found[cell] = _Bubble(
            frame.left + at_x * frame.width, frame.bottom - at_y * frame.height, at_x, at_y, [key]
        )
    for (column, row), bubble in found.items():
        if len(bubble.keys) > 1:
            bubble.x = frame.left + min((column + 0.5) / columns, 1.0) * frame.width
            bubble.y = frame.bottom - min((row + 0.5) / rows, 1.0) * frame.height
    return list(found.values())


def _ground(region: Region, frame: Rect) -> Box:
    place = _place(region, frame)
    fill = "accent-soft" if region.strong else "paper"
    return Box(
        place.left, place.top, place.width, place.height, fill=fill, stroke="line", key=region.key
    )


def _place(region: Region, frame: Rect) -> Rect:
    return Rect(
        frame.left + region.left * frame.width,
        frame.bottom - region.top * frame.height,
        frame.left + region.right * frame.width,
        frame.bottom - region.bottom * frame.height,
    )


def _title(region: Region, frame: Rect, room: Room, size: float) -> list[Shape]:
    """Its name with a word beside it in a free corner, the outer ones first; where all are full, on
    a ground of its own.
    """
    place = _place(region, frame)
    if place.height < 1.8 * size:
        return []
    wide = place.width - 1.2 * size
    name = shortened(region.name, size, wide, bold=True)
    indent = text_width(name, size, bold=True) + 0.6 * size
    aside = shortened(region.aside, size, wide - indent)
    long = indent + text_width(aside, size) if aside else indent - 0.6 * size
    left, right = place.left + 0.6 * size, place.right - 0.6 * size - long
    above, below = place.top + 1.4 * size, place.bottom - 0.6 * size
    lefts = (left, right) if region.left + region.right <= 1 else (right, left)
    bases = (above, below) if region.bottom + region.top >= 1 else (below, above)
    corners = [(x, base) for base in bases for x in lefts]
    rects = {at: Rect(at[0], at[1] - size, at[0] + long, at[1] + 0.3 * size) for at in corners}
    free = [at for at in corners if room.free(rects[at])]
    x, base = at = (free or corners)[0]
    ink = "accent" if region.strong else "ink-2"
    shapes: list[Shape] = []
    if not free:
        fill = "accent-soft" if region.strong else "paper"
        shapes.append(
            Box(x - 0.3 * size, base - 1.1 * size, long + 0.6 * size, 1.5 * size, fill, radius=3)
        )
    shapes.append(Text(x, base, name, size, ink, bold=True, key=region.key))
    if aside:
        shapes.append(Text(x + indent, base, aside, size, "ink-2", key=region.key))
    room.take(rects[at])
    return shapes


def _axes(
    across: Axis, upwards: Axis, frame: Rect, width: float, height: float, size: float
) -> list[Shape]:
    """What goes to the right and upwards, and as many marks as have room."""
    small = 0.9 * size
    shapes: list[Shape] = [
        Text(0, size, shortened(upwards.title, size, width), size, "ink-2"),
        Text(
            width,
            height - 0.4 * size,
            shortened(across.title, size, width),
            size,
            "ink-2",
            anchor="end",
        ),
    ]
    room = Room(Rect(0, 0, width, height))
    for figure, text in upwards.marks:
        y = frame.bottom - upwards.scale.place(figure) * frame.height + 0.34 * small
        rect = text_rect(frame.left - 0.5 * size, y, text, small, "end")
        if frame.top <= y - 0.3 * small <= frame.bottom and room.free(rect):
            room.take(rect)
            shapes.append(Text(frame.left - 0.5 * size, y, text, small, "ink-3", anchor="end"))
    for figure, text in across.marks:
        x = frame.left + across.scale.place(figure) * frame.width
        half = text_width(text, small) / 2
        middle = min(max(x, half), width - half)
        y = frame.bottom + 1.3 * size
        rect = text_rect(middle, y, text, small, "middle")
        wide = Rect(rect.left - 0.4 * size, rect.top, rect.right + 0.4 * size, rect.bottom)
        inside = Rect(max(wide.left, 0), wide.top, min(wide.right, width), wide.bottom)
        if frame.left <= x <= frame.right and room.free(inside):
            room.take(inside)
            shapes.append(Text(middle, y, text, small, "ink-3", anchor="middle"))
            shapes.append(Line(x, frame.bottom, x, frame.bottom + 0.3 * size, "line", 0.75))
    return shapes


def _names(
    names: Mapping[str, str],
    singles: Mapping[str, tuple[float, float, float]],
    room: Room,
    size: float,
) -> list[Shape]:
    """Names beside their dots as far as there is room, upon nothing else."""
    small = 0.92 * size
    shapes: list[Shape] = []
    for key, name in names.items():
        if key not in singles:
            continue
        x, y, far = singles[key]
        told = shortened(name, small, 9 * small)
        for at_x, base, anchor in label_spots(x, y, far, small):
            rect = text_rect(at_x, base, told, small, anchor)
            if room.free(rect):
                room.take(rect)
                shapes.append(Text(at_x, base, told, small, "ink", anchor=anchor, key=key))
                break
        if len(shapes) >= _NAMED:
            break
    return shapes
