"""The plane of negotiation partners (M23): across plays fair, upwards sees the long term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.domain.negotiation import DONKEY, EAGLE, FOX, SHEEP, partner
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, Room, around, label_spots, text_rect
from fieldsales.drawing.shapes import Arc, Box, Line, Picture, Shape, Text
from fieldsales.words import Words

_FAR = 2.6  # the scales reach from −2 to +2, with some room beyond


@dataclass(frozen=True, slots=True)
class Judged:
    """Somebody on the two scales, −2 … +2 each; None where we cannot tell."""

    key: str
    name: str
    sees_long_term: int | None = None
    plays_fair: int | None = None

    @property
    def animal(self) -> str:
        """One of PARTNERS; '' where a scale is unknown or undecided."""
        return partner(self.sees_long_term, self.plays_fair)

    @property
    def known(self) -> bool:
        return self.sees_long_term is not None and self.plays_fair is not None


def finding(partners: Sequence[Judged], words: Words) -> str:
    """The one line above the plane: which animal, or who needs care among several."""
    rated = [
        one for one in partners if one.sees_long_term is not None and one.plays_fair is not None
    ]
    if not rated:
        return words("partners.nobody")
    if len(rated) == 1:
        one = rated[0]
        if not one.animal:
            return words("partners.between", name=one.name)
        return words(
            f"partners.one.{one.animal}", name=one.name, animal=words(f"partners.{one.animal}")
        )
    unfair = [one for one in rated if (one.plays_fair or 0) < 0]
    if unfair:
        worst = min(unfair, key=lambda one: one.plays_fair or 0)
        return words("partners.unfair", n=len(rated), unfair=len(unfair), name=worst.name)
    return words("partners.fair", n=len(rated))


def plane(partners: Sequence[Judged], words: Words, width: float, *, size: float = 12.0) -> Picture:
    """Four fields, each with its animal's word and what it means, and the people in them."""
    wide = min(width, 52 * size)
    top = bottom = 1.9 * size
    high = min(0.66 * wide, 30 * size)
    across, down = wide / 2, top + high / 2
    frames = {
        FOX: Rect(0, top, across, down),
        EAGLE: Rect(across, top, wide, down),
        DONKEY: Rect(0, down, across, top + high),
        SHEEP: Rect(across, down, wide, top + high),
    }
    rated = [
        one for one in partners if one.sees_long_term is not None and one.plays_fair is not None
    ]
    here = {one.animal for one in rated}
    shapes: list[Shape] = []
    room = Room(Rect(0, top, wide, top + high))
    for animal, frame in frames.items():
        shapes += _field(animal, frame, words, size, marked=here == {animal})
        room.take(Rect(frame.left, frame.top, frame.right, frame.top + 3.4 * size))
    shapes += [
        Line(0, down, wide, down, "line", 1.0),
        Line(across, top, across, top + high, "line", 1.0),
        Box(0, top, wide, high, stroke="line", thickness=1.0),
    ]
    for one in rated:
        x = across + (one.plays_fair or 0) / _FAR * wide / 2
        y = down - (one.sees_long_term or 0) / _FAR * high / 2
        shapes += _placed(one, x, y, room, size)
    upwards = shortened(words("partners.long_term"), size, wide)
    sideways = shortened(words("partners.plays_fair"), size, wide)
    shapes += [
        Text(0, size, upwards, size, "ink-2"),
        Text(wide, top + high + 1.4 * size, sideways, size, "ink-2", anchor="end"),
    ]
    return Picture(wide, top + high + bottom, tuple(shapes), _alt(partners, words))


def _field(animal: str, frame: Rect, words: Words, size: float, *, marked: bool) -> list[Shape]:
    x = frame.left + 0.7 * size
    ground = "accent-soft" if marked else "paper"
    says = shortened(words(f"partners.{animal}.means"), 0.92 * size, frame.width - 1.4 * size)
    return [
        Box(frame.left, frame.top, frame.width, frame.height, fill=ground, key=animal),
        Text(x, frame.top + 1.6 * size, words(f"partners.{animal}"), 1.2 * size, "ink", bold=True),
        Text(x, frame.top + 3.0 * size, says, 0.92 * size, "ink-2"),
    ]


def _placed(one: Judged, x: float, y: float, room: Room, size: float) -> list[Shape]:
    """A dot and its name, as near to their place as there is room."""
    far = 0.45 * size
    name = shortened(one.name, size, 8 * size)
    for at_x, at_y in around(x, y, 0.7 * size, 30 * size):
        dot = Rect(at_x - far, at_y - far, at_x + far, at_y + far)
        if not room.free(dot):
            continue
        for left, base, anchor in label_spots(at_x, at_y, far, size):
            label = text_rect(left, base, name, size, anchor, bold=True)
            if room.free(label):
                room.take(dot, label)
                return [
                    Arc(at_x, at_y, far, fill="accent", key=one.key),
                    Text(left, base, name, size, "ink", bold=True, anchor=anchor, key=one.key),
                ]
    return []


def _alt(partners: Sequence[Judged], words: Words) -> str:
    told = (
        words("partners.told", name=one.name, animal=words(f"partners.{one.animal}"))
        for one in partners
        if one.animal
    )
    return " ".join((finding(partners, words), *told))
