"""The organisation chart (M15): cards in bands of levels, with roles and attitudes as badges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fieldsales.domain.buying_group import FOR_US
from fieldsales.domain.contact import LEVELS
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
class Post:
    """A person, or a vacant post, with codes of level and buying roles.

    `quadrant` is the dominant one's letter, '' where unknown.
    """

    key: str
    name: str
    title: str = ""
    level: str = ""
    reports_to: str | None = None
    roles: tuple[str, ...] = ()
    attitude: int | None = None
    quadrant: str = ""
    vacant: bool = False


def finding(posts: Sequence[Post], words: Words, *, internal: bool = True) -> str:
    """The one line above the chart: the level or the lines we do not know, else how many are for us."""
    people = [post for post in posts if not post.vacant]
    if not posts:
        return words("chart.nobody")
    levels = {post.level for post in people}
    if not internal:
        return words("chart.people", n=len(people))
    if not any(post.reports_to for post in posts) and len(people) > 1:
        return words("chart.no_lines", n=len(people))
    if "top" not in levels and levels & {*LEVELS}:
        return words("chart.no_top", n=len(people))
    for_us = sum((post.attitude or 0) >= FOR_US for post in people)
    said = words("chart.for_us", n=len(people), for_us=for_us)
    vacant = len(posts) - len(people)
    if not vacant:
        return said
    return words("kite.both", one=said, other=words("chart.vacant_posts", n=vacant))


def chart(
    posts: Sequence[Post],
    words: Words,
    *,
    size: float = 12.0,
    internal: bool = True,
    all_bands: bool = True,
) -> Picture:
    """As large as it needs to be; the key of a card is its post's.

    Those without a line stand at the right. Without `internal` there are no roles, attitudes and
    quadrants, as is proper in a paper the customer may see.
    """
    layout = arranged(
        [(post.key, post.reports_to, post.level) for post in posts], all_bands=all_bands
    )
    sheet = _Sheet(layout, posts, words, size, internal=internal)
    shapes = [*sheet.bands(), *sheet.links()]
    for post in posts:
        shapes += sheet.card(post)
    return Picture(sheet.width, sheet.height, tuple(shapes), _alt(posts, words, internal=internal))


def pages(
    posts: Sequence[Post],
    words: Words,
    width: float,
    height: float,
    *,
    size: float = 9.5,
    smallest: float = 6.5,
    internal: bool = True,
) -> list[Picture]:
    """The chart for paper: text of `size`, or smaller so that all fits, yet never too small to read.

    What does not fit then is cut between cards into pages, row by row from the left, each with the
    names of the levels.
    """
    whole = chart(posts, words, size=size, internal=internal, all_bands=False)
    shrunk = size * min(1.0, width / whole.width, height / whole.height)
    if shrunk < size:
        size = max(shrunk * 0.999, smallest)
        whole = chart(posts, words, size=size, internal=internal, all_bands=False)
    if whole.width <= width and whole.height <= height:
        return [whole]
    cards = [shape for shape in whole.shapes if isinstance(shape, Box) and shape.key is not None]
    margin = min(card.x for card in cards)
    across = _cuts([(card.x, card.x + card.width) for card in cards], whole.width, width, margin)
    down = _cuts([(card.y, card.y + card.height) for card in cards], whole.height, height)
    found: list[Picture] = []
    for top, bottom in pairwise(down):
        names = part(whole, Rect(0.0, top, margin, bottom)).shapes
        for left, right in pairwise(across):
            piece = part(whole, Rect(left, top, right, bottom))
            if not any(shape.key is not None for shape in piece.shapes):
                continue
            if left:
                moved = (shape.moved(margin, 0.0) for shape in piece.shapes)
                piece = replace(piece, width=piece.width + margin, shapes=(*names, *moved))
            found.append(piece)
    return found


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

    def __init__(
        self, layout: Layout, posts: Sequence[Post], words: Words, size: float, *, internal: bool
    ) -> None:
        self._layout, self._words, self._size, self._internal = layout, words, size, internal
        self._badges = internal and any(post.roles for post in posts)
        self._card = (4.5 if self._badges else 3.2) * size
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

    def card(self, post: Post) -> list[Shape]:
        """Name, title, roles and attitude; dashed where nobody holds the post."""
        size, words = self._size, self._words
        left, row = self._layout.places[post.key]
        x, y = self._x(left), self._y(row)
        wide, inner = _CARD * size, 0.6 * size
        room = wide - 2 * inner
        edge, dash = ("ink-3", (3.0, 2.5)) if post.vacant else ("line", ())
        shapes: list[Shape] = [
            Box(x, y, wide, self._card, "paper", edge, size / 12, 0.3 * size, post.key, dash)
        ]
        right = x + wide - inner
        if self._internal and post.attitude is not None and not post.vacant:
            shapes += _attitude(post.attitude, right - 0.6 * size, y + 1.15 * size, size)
            right -= 1.5 * size
        if self._internal and post.quadrant and not post.vacant:
            letter, colour = post.quadrant.upper(), f"quadrant-{post.quadrant}"
            shapes.append(Text(right, y + 1.5 * size, letter, size, colour, True, "end"))
            right -= 1.0 * size
        first = post.title or post.name if post.vacant else post.name
        second = words("chart.vacant") if post.vacant else post.title
        name = shortened(first, size, right - x - inner, bold=not post.vacant)
        ink = "ink-2" if post.vacant else "ink"
        shapes.append(Text(x + inner, y + 1.5 * size, name, size, ink, bold=not post.vacant))
        small = 0.9 * size
        if second:
            said = shortened(second, small, room)
            shapes.append(Text(x + inner, y + 2.75 * size, said, small, "ink-2"))
        if self._badges and post.roles:
            roles = words("chart.and").join(words(f"chart.role.{role}") for role in post.roles)
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
    return (
        words("chart.level_unknown") if level == UNKNOWN else words.choice("level", LEVELS[level])
    )


def _alt(posts: Sequence[Post], words: Words, *, internal: bool) -> str:
    said = [finding(posts, words, internal=internal)]
    names = {post.key: post.name for post in posts}
    for post in posts:
        if post.reports_to in names:
            leader = names[post.reports_to]
            said.append(words("chart.told", name=post.name, leader=leader))
    return " ".join(said)
