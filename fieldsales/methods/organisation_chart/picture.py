"""The organisation chart (M15): cards in bands of levels, with roles and attitudes as badges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fieldsales.domain.buying_group import FOR_US
from fieldsales.domain.contact import LEVELS, Contact
from fieldsales.domain.organisation import Post, walk
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, part
from fieldsales.drawing.shapes import Arc, Box, Line, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.methods.buying_group.picture import TONES, sign
from fieldsales.methods.organisation_chart.layout import INDENT, UNKNOWN, Layout, arranged
from fieldsales.words import Words

_CARD = 11.0  # width of a card in ems
_BETWEEN = 1.5  # rows, in ems
_PADDING = 0.9  # of a band, above and below


@dataclass(frozen=True, slots=True)
class Badge:
    """What a card says beside name and title: codes of buying roles, attitude −2 … +2.

    `quadrant` is the dominant one's letter, '' where unknown.
    """

    roles: tuple[str, ...] = ()
    attitude: int | None = None
    quadrant: str = ""


Badges = Mapping[str, Badge]  # by id of the contact


def finding(roots: Sequence[Post], words: Words, badges: Badges | None = None) -> str:
    """The one line above the chart: what we do not know of it, else how many are for us.

    Without badges it says nothing that a customer may not read.
    """
    posts = list(walk(roots))
    people = [post.contact for post in posts if not post.contact.vacant]
    if not posts:
        return words("chart.nobody")
    if badges is None:
        return words("chart.people", n=len(people))
    if not any(post.below for post in roots) and len(people) > 1:
        return words("chart.no_lines", n=len(people))
    levels = {person.level for person in people if person.level}
    if levels and LEVELS[0] not in levels:
        return words("chart.no_top", n=len(people))
    attitudes = (badges[person.id].attitude for person in people if person.id in badges)
    for_us = sum((attitude or 0) >= FOR_US for attitude in attitudes)
    said = words("chart.none_for_us", n=len(people))
    if for_us:
        said = words("chart.for_us", n=len(people), for_us=for_us)
    if len(people) == len(posts):
        return said
    vacant = words("chart.vacant_posts", n=len(posts) - len(people))
    return words("pictures.both", one=said, other=vacant)


def chart(
    roots: Sequence[Post],
    words: Words,
    badges: Badges | None = None,
    *,
    size: float = 12.0,
    all_bands: bool = True,
) -> Picture:
    """As large as it needs to be; the key of a card is its contact's id.

    Those without a line stand at the right. `badges` are ours alone: without them the chart is fit
    for a paper the customer may see.
    """
    sheet = _Sheet(arranged(roots, all_bands=all_bands), words, badges or {}, size)
    shapes = [*sheet.bands(), *sheet.links()]
    for post in walk(roots):
        shapes += sheet.card(post.contact)
    return Picture(sheet.width, sheet.height, tuple(shapes), _alt(roots, words, badges))


def pages(
    roots: Sequence[Post],
    words: Words,
    width: float,
    height: float,
    badges: Badges | None = None,
    *,
    size: float = 9.5,
    smallest: float = 6.5,
) -> list[Picture]:
    """The chart for paper: text of `size`, or smaller so that all fits, yet never too small.

    What does not fit then is cut between cards into pages, row by row from the left, each with the
    names of the levels and a line that says where it belongs.
    """
    whole = chart(roots, words, badges, size=size, all_bands=False)
    shrunk = size * min(1.0, width / whole.width, height / whole.height)
    if shrunk < size:
        size = max(shrunk * 0.999, smallest)
        whole = chart(roots, words, badges, size=size, all_bands=False)
    if whole.width <= width and whole.height <= height:
        return [whole]
    cards = [shape for shape in whole.shapes if isinstance(shape, Box) and shape.key is not None]
    margin = min(card.x for card in cards)
    spine = 0.75 * INDENT * _CARD * size  # to the left of a card
    spans = [(card.x - spine, card.x + card.width) for card in cards]
    told = 1.8 * size  # the line that says where a page belongs
    across = _cuts(spans, whole.width, width, margin)
    down = _cuts([(card.y, card.y + card.height) for card in cards], whole.height, height - told)
    found: list[Picture] = []
    for row, (top, bottom) in enumerate(pairwise(down), start=1):
        names = part(whole, Rect(0.0, top, margin, bottom)).shapes
        for column, (left, right) in enumerate(pairwise(across), start=1):
            piece = part(whole, Rect(left, top, right, bottom))
            if not any(shape.key is not None for shape in piece.shapes):
                continue
            if left:
                moved = (shape.moved(margin, 0.0) for shape in piece.shapes)
                piece = replace(piece, width=piece.width + margin, shapes=(*names, *moved))
            said = words("chart.piece", row=row, rows=len(down) - 1, column=column)
            found.append(_captioned(piece, said, told, size))
    return found


def _captioned(piece: Picture, said: str, high: float, size: float) -> Picture:
    """A page of the chart below the line that says where it belongs."""
    line = Text(0.0, size, said, size, "ink-3")
    moved = (shape.moved(0.0, high) for shape in piece.shapes)
    return replace(piece, height=piece.height + high, shapes=(line, *moved))


def _cuts(
    spans: Sequence[tuple[float, float]], whole: float, room: float, margin: float = 0.0
) -> list[float]:
    """Where to cut a length into parts of at most `room`, through no span if it can be helped.

    From the second part on a margin takes its share of the room.
    """
    cuts = [0.0]
    while whole - cuts[-1] > room - (margin if cuts[1:] else 0.0):
        limit = cuts[-1] + room - (margin if cuts[1:] else 0.0)
        edges = [low - 0.5 for low, _ in spans if cuts[-1] < low - 0.5 <= limit]
        clear = [at for at in edges if not any(low < at < high for low, high in spans)]
        cuts.append(max(clear or edges, default=limit))
    return [*cuts, whole]


class _Sheet:
    """Shapes of a layout at one size of text."""

    def __init__(self, layout: Layout, words: Words, badges: Badges, size: float) -> None:
        self._layout, self._words, self._badges, self._size = layout, words, badges, size
        self._roles = any(badge.roles for badge in badges.values())
        self._card = (4.5 if self._roles else 3.2) * size
        names = [_level(band.level, words) for band in layout.bands]
        self._left = max((text_width(name, size, bold=True) for name in names), default=0.0)
        self._left += 1.2 * size
        self._band_of = {
            band.first + row: at for at, band in enumerate(layout.bands) for row in range(band.rows)
        }
        self._head = 1.8 * size if layout.apart is not None else 0.0
        self.width = max(self._left + layout.width * _CARD * size + 0.5 * size, 30 * size)
        last = max((band.first + band.rows for band in layout.bands), default=0)
        self.height = self._head + last * self._pitch + len(layout.bands) * 2 * _PADDING * size

    @property
    def _pitch(self) -> float:
        return self._card + _BETWEEN * self._size

    def _x(self, across: float) -> float:
        return self._left + across * _CARD * self._size

    def _y(self, row: int) -> float:
        """The top edge of a row's cards."""
        padding = (2 * self._band_of[row] + 1) * _PADDING * self._size
        return self._head + row * self._pitch + padding + _BETWEEN * self._size / 2

    def bands(self) -> list[Shape]:
        """The levels' names at the left, a line between them, those without a line set apart."""
        size, words = self._size, self._words
        shapes: list[Shape] = []
        filled = {row for _, row in self._layout.places.values()}
        for band in self._layout.bands:
            top = self._y(band.first) - (_PADDING + _BETWEEN / 2) * size
            base = self._y(band.first) + 1.4 * size
            shapes.append(Line(0, top, self.width, top, "hairline", 0.75))
            name = _level(band.level, words)
            shapes.append(Text(0, base, name, size, "ink-2", bold=True))
            if not filled & {*range(band.first, band.first + band.rows)}:
                shapes.append(Text(self._left, base, words("chart.nobody_in"), size, "ink-3"))
        if self._layout.apart is not None:
            x = self._x(self._layout.apart) - 0.25 * _CARD * size
            shapes.append(Line(x, 0, x, self.height, "line", 0.75, (4.0, 4.0)))
            said = words("chart.without_line")
            shapes.append(Text(self._x(self._layout.apart), 1.1 * size, said, size, "ink-3"))
        return shapes

    def links(self) -> list[Shape]:
        """Lines from each leader down, along a rail to the followers' middles and columns."""
        shapes: list[Shape] = []
        places, thick = self._layout.places, self._size / 12

        def line(x1: float, y1: float, x2: float, y2: float) -> None:
            shapes.append(Line(x1, y1, x2, y2, "line", thick))

        for link in self._layout.links:
            left, row = places[link.leader]
            x, foot = self._x(left + 0.5), self._y(row) + self._card
            rail = foot + _BETWEEN * self._size / 2
            ends = [x, *(self._x(across) for across, _ in (*link.drops, *link.spines))]
            line(x, foot, x, rail)
            if max(ends) - min(ends) > 0.5:
                line(min(ends), rail, max(ends), rail)
            for across, down in link.drops:
                line(self._x(across), rail, self._x(across), self._y(down))
            for across, rows in link.spines:
                spine = self._x(across)
                middles = [self._y(down) + self._card / 2 for down in rows]
                line(spine, rail, spine, middles[-1])
                for y in middles:
                    line(spine, y, self._x(across + INDENT / 2), y)
        return shapes

    def card(self, contact: Contact) -> list[Shape]:
        """Name, title and badge; dashed where nobody holds the post."""
        size, words = self._size, self._words
        left, row = self._layout.places[contact.id]
        x, y, wide, inner = self._x(left), self._y(row), _CARD * size, 0.6 * size
        room, right, small = wide - 2 * inner, x + wide - inner, 0.9 * size
        edge, dash = ("ink-3", (3.0, 2.5)) if contact.vacant else ("line", ())
        shapes: list[Shape] = [
            Box(x, y, wide, self._card, "paper", edge, size / 12, 0.3 * size, contact.id, dash)
        ]
        badge = self._badges.get(contact.id, Badge())
        if badge.attitude is not None:
            shapes += _attitude(badge.attitude, right - 0.6 * size, y + 1.15 * size, size)
            right -= 1.5 * size
        if badge.quadrant:
            letter, colour = badge.quadrant.upper(), f"quadrant-{badge.quadrant}"
            shapes.append(Text(right, y + 1.5 * size, letter, size, colour, True, "end"))
            right -= 1.0 * size
        held = not contact.vacant
        second = contact.title if held else words("chart.vacant")
        name = shortened(contact.name, size, right - x - inner, bold=held)
        shapes.append(Text(x + inner, y + 1.5 * size, name, size, "ink" if held else "ink-2", held))
        if second:
            said = shortened(second, small, room)
            shapes.append(Text(x + inner, y + 2.75 * size, said, small, "ink-2"))
        if badge.roles:
            roles = words("pictures.and").join(words(f"chart.role.{role}") for role in badge.roles)
            said = shortened(roles, small, room)
            shapes.append(Text(x + inner, y + 4.0 * size, said, small, "accent"))
        return shapes


def _attitude(attitude: int, x: float, y: float, size: float) -> list[Shape]:
    """A disc with the sign, as on the map of the buying group."""
    return [
        Arc(x, y, 0.62 * size, fill=TONES[attitude]),
        Text(x, y + 0.25 * size, sign(attitude), 0.7 * size, "paper", True, "middle"),
    ]


def _level(level: int, words: Words) -> str:
    if level == UNKNOWN:
        return words("chart.level_unknown")
    return words.choice("level", LEVELS[level])


def _alt(roots: Sequence[Post], words: Words, badges: Badges | None) -> str:
    told = (
        words("chart.told", name=below.contact.name, leader=post.contact.name)
        for post in walk(roots)
        for below in post.below
    )
    return " ".join((finding(roots, words, badges), *told))
