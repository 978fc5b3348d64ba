"""The kite of the four quadrants (M21): one person, with earlier results, or up to six overlaid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from fieldsales.domain.whole_brain import (
    ALL,
    FULL,
    QUADRANTS,
    UNKNOWN,
    Scores,
    leading,
    percent,
    type_of,
)
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, Room, bounds, label_spots, text_rect
from fieldsales.drawing.radar import STYLES, hatching, outline, sample, spoke
from fieldsales.drawing.shapes import Arc, Box, Line, Path, Picture, Point, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.words import Words

# A top left, B bottom left, C bottom right, D top right; degrees clockwise from 12 o'clock
_ANGLES = {"a": 315.0, "b": 225.0, "c": 135.0, "d": 45.0}
_EVEN = FULL // len(QUADRANTS)
_MOST = len(STYLES)


@dataclass(frozen=True, slots=True)
class Profile:
    """How somebody thinks: scores of A, B, C, D, 24 together; none at all where nothing is known.

    `observed` ones rest on clues and carry their confidence, 0 … 1; `told` says when or how.
    """

    name: str
    scores: Scores = UNKNOWN
    observed: bool = False
    confidence: float | None = None
    told: str = ""
    key: str | None = None

    @property
    def known(self) -> bool:
        return any(self.scores)

    @property
    def leading(self) -> tuple[str, ...]:
        """The dominant quadrants, the strongest first; none where all four are about even."""
        return () if type_of(self.scores) == ALL else leading(self.scores)


@dataclass(frozen=True, slots=True)
class Plane:
    """Where a kite is drawn: centre, radius and the score at its rim."""

    x: float
    y: float
    radius: float
    rim: float

    def corner(self, quadrant: str, score: float) -> Point:
        return spoke(self.x, self.y, self.radius * score / self.rim, _ANGLES[quadrant])

    @property
    def square(self) -> Rect:
        """The square around the rim."""
        far = self.radius
        return Rect(self.x - far, self.y - far, self.x + far, self.y + far)

    def corners(self, profile: Profile) -> tuple[Point, ...]:
        """In the order A, D, C, B, around the centre."""
        scores = dict(zip(QUADRANTS, profile.scores, strict=True))
        return tuple(self.corner(quadrant, scores[quadrant]) for quadrant in "adcb")


def rim_of(profiles: Sequence[Profile]) -> float:
    """12, 18 or 24: the score at the rim of a picture, enough for all in it."""
    most = max((score for profile in profiles for score in profile.scores), default=0.0)
    return next(rim for rim in (12.0, 18.0, 24.0, most) if rim >= most)


def finding(profiles: Sequence[Profile], words: Words) -> str:
    """The one line above the picture."""
    known = [profile for profile in profiles if profile.known]
    if not known:
        return words("kite.nobody")
    if len(known) == 1:
        return _finding_of_one(known[0], words)
    counts = Counter(quadrant for profile in known for quadrant in profile.leading)
    missing = [quadrant for quadrant in QUADRANTS if not counts[quadrant]]
    if not counts:
        return words("kite.all_even", n=len(known))
    most = max(counts.values())
    top = [quadrant for quadrant in QUADRANTS if counts[quadrant] == most]
    said = words("kite.many", n=len(known), most=most, quadrants=quadrant_names(top, words))
    if not missing:
        return said
    lacking = words("kite.nobody_leads", quadrants=quadrant_names(missing, words))
    return words("kite.both", one=said, other=lacking)


def _finding_of_one(profile: Profile, words: Words) -> str:
    led = quadrant_names(profile.leading, words)
    if profile.observed:
        sure = words("kite.sure", share=f"{round(100 * (profile.confidence or 0.0))}%")
        if not led:
            return words("kite.observed_even", name=profile.name, sure=sure)
        return words("kite.observed_one", name=profile.name, quadrants=led, sure=sure)
    if not led:
        return words("kite.even", name=profile.name)
    return words("kite.one", name=profile.name, quadrants=led)


def quadrant_names(quadrants: Sequence[str], words: Words) -> str:
    """`A 分析、D 开创`."""
    return words("kite.and").join(quadrant_name(quadrant, words) for quadrant in quadrants)


def quadrant_name(quadrant: str, words: Words) -> str:
    return f"{quadrant.upper()} {words.choice('quadrant', quadrant)}"


def kite(
    profiles: Sequence[Profile],
    words: Words,
    width: float,
    *,
    size: float = 12.0,
    earlier: Sequence[Profile] = (),
) -> Picture:
    """The kite of one person, thinner the `earlier` ones, or of up to six; `size` of the text.

    Where nothing is known yet, a dashed ring says so. Raises ValueError beyond six.
    """
    if len(profiles) > _MOST:
        raise ValueError(f"{len(profiles)} profiles, {_MOST} at most")
    known = [profile for profile in profiles if profile.known]
    many = len(profiles) > 1
    side = (12.5 if many else 9.0) * size
    block = (1.9 + 1.45 * len(known)) * size if many else 3.4 * size
    beside = (width - 2 * side) / 2
    if beside >= 8 * size:
        radius = min(beside, 13 * size)
        height = max(2 * radius, 2 * block + size)
        wide, top = 2 * (side + radius), (height - 2 * radius) / 2
    else:  # too narrow: the words above and below
        radius = min(width / 2, 13 * size)
        wide = max(2 * radius, min(width, 2 * side))
        side = 0.48 * wide
        height, top = 2 * (radius + block + size), block + size
    plane = Plane(wide / 2, top + radius, radius, rim_of([*known, *earlier]))
    shapes: list[Shape] = []
    if not known:
        shapes += _nothing(plane, words, size)
    elif many:
        shapes += frame(plane, size)
        shapes += _overlaid(plane, known, size)
    else:
        if known[0].key is not None:
            shapes.append(Arc(plane.x, plane.y, radius, key=known[0].key))
        shapes += filled(plane, known[0], size, soft=bool(earlier))
        shapes += frame(plane, size)
        shapes += _earlier(plane, known[0], earlier, size)
        shapes += rim(plane, known[0])
    for quadrant in QUADRANTS:
        x = 0.0 if quadrant in "ab" else wide - side
        y = 0.0 if quadrant in "ad" else height - block
        shapes += _block(x, y, side, quadrant, known, words, size, many=many)
    return Picture(wide, height, tuple(shapes), _alt(profiles, words))


def _alt(profiles: Sequence[Profile], words: Words) -> str:
    said = [finding(profiles, words)]
    for profile in profiles:
        if profile.known:
            scores = words("kite.and").join(
                f"{quadrant.upper()} {score_text(score)}"
                for quadrant, score in zip(QUADRANTS, profile.scores, strict=True)
            )
            said.append(words("kite.scores", name=_name(profile, words), scores=scores))
    return " ".join(said)


def _name(profile: Profile, words: Words) -> str:
    return words("kite.observed_name", name=profile.name) if profile.observed else profile.name


def score_text(score: float) -> str:
    return f"{score:.1f}".removesuffix(".0")


def frame(plane: Plane, size: float) -> list[Shape]:
    """Rings each six points with their figures, and the lines between the quadrants."""
    x, y, radius = plane.x, plane.y, plane.radius
    shapes: list[Shape] = [
        Line(x - radius, y, x + radius, y, "line", 0.5),
        Line(x, y - radius, x, y + radius, "line", 0.5),
    ]
    ring = _EVEN
    while ring <= plane.rim:
        far = radius * ring / plane.rim
        dash = (3.0, 3.0) if ring == _EVEN else ()
        shapes.append(Arc(x, y, far, stroke="line", thickness=0.75, dash=dash))
        shapes.append(Text(x + 0.3 * size, y - far + 0.95 * size, str(ring), 0.75 * size, "ink-3"))
        ring += _EVEN
    return shapes


def _nothing(plane: Plane, words: Words, size: float) -> list[Shape]:
    """A dashed ring and what it waits for."""
    x, y, radius = plane.x, plane.y, plane.radius
    room = 1.7 * radius
    return [
        Line(x - radius, y, x + radius, y, "hairline", 0.5),
        Line(x, y - radius, x, y + radius, "hairline", 0.5),
        Arc(x, y, radius, stroke="line", thickness=1.0, dash=(4.0, 4.0)),
        Box(x - 0.9 * radius, y - 1.6 * size, 1.8 * radius, 3.2 * size, fill="paper"),
        *(
            Text(
                x, y + down * size, shortened(words(key), size, room), size, colour, anchor="middle"
            )
            for key, down, colour in (
                ("kite.no_clues", -0.2, "ink-2"),
                ("kite.tick_clues", 1.25, "ink-3"),
            )
        ),
    ]


def _wedges(plane: Plane, profile: Profile) -> dict[str, tuple[Point, ...]]:
    """The part of the kite in each quadrant."""
    scores = dict(zip(QUADRANTS, profile.scores, strict=True))
    scale = plane.radius / plane.rim

    def between(one: str, other: str) -> float:
        both = scores[one] + scores[other]
        return scale * sqrt(2) * scores[one] * scores[other] / both if both else 0.0

    x, y = plane.x, plane.y
    up, right = (x, y - between("a", "d")), (x + between("d", "c"), y)
    down, left = (x, y + between("c", "b")), (x - between("b", "a"), y)
    corner = {quadrant: plane.corner(quadrant, scores[quadrant]) for quadrant in QUADRANTS}
    middle = (x, y)
    return {
        "a": (middle, left, corner["a"], up),
        "b": (middle, down, corner["b"], left),
        "c": (middle, right, corner["c"], down),
        "d": (middle, up, corner["d"], right),
    }


def filled(plane: Plane, profile: Profile, size: float, *, soft: bool = False) -> list[Shape]:
    """The kite in the colours of its quadrants, what leads in full; hatched if observed.

    `soft` lets lines be seen upon it.
    """
    shapes: list[Shape] = []
    for quadrant, points in _wedges(plane, profile).items():
        colour, leads = f"quadrant-{quadrant}", quadrant in profile.leading
        fill = colour if leads and not soft else f"{colour}-soft"
        if profile.observed:
            shapes += hatching(points, colour, 0.3 * size if leads else 0.6 * size)
        else:
            shapes.append(Path(points, fill=fill, closed=True))
    return shapes


def rim(plane: Plane, profile: Profile) -> list[Shape]:
    dash = (4.0, 2.5) if profile.observed else ()
    corners = plane.corners(profile)
    return [Path(corners, stroke="ink", thickness=1.25, closed=True, dash=dash)]


def _earlier(
    plane: Plane, profile: Profile, earlier: Sequence[Profile], size: float
) -> list[Shape]:
    """Thin outlines; each says when at the corner that lies farthest out and has room for it."""
    shapes: list[Shape] = []
    room = _room(plane, size)
    known = [one for one in earlier if one.known]
    for one in (profile, *known):
        room.take(*_traced(plane.corners(one)))
    for one in known:
        shapes.append(Path(plane.corners(one), stroke="ink-3", thickness=0.75, closed=True))
        shapes += _named(plane, one, one.told, room, 0.2 * size, 0.8 * size)
    return shapes


def _room(plane: Plane, size: float) -> Room:
    """Room for names inside the rim, beside the figures of the rings."""
    room = Room(plane.square)
    room.take(*(bounds(shape) for shape in frame(plane, size) if isinstance(shape, Text)))
    return room


def _traced(corners: Sequence[Point]) -> Iterator[Rect]:
    """Small rectangles along a closed outline, so that no label lies upon it."""
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        steps = max(1, int(hypot(x2 - x1, y2 - y1) / 4))
        for at in range(steps + 1):
            x, y = x1 + (x2 - x1) * at / steps, y1 + (y2 - y1) * at / steps
            yield Rect(x - 0.5, y - 0.5, x + 0.5, y + 0.5)


def _overlaid(plane: Plane, known: Sequence[Profile], size: float) -> list[Shape]:
    """Outlines told apart by dash and mark, each with its name where it reaches farthest."""
    shapes: list[Shape] = []
    reach, small = 0.32 * size, 0.9 * size
    room = _room(plane, size)
    hatched = sum(profile.observed for profile in known) == 1  # of two nothing could be seen
    for profile, style in zip(known, STYLES, strict=False):
        corners = plane.corners(profile)
        if profile.observed and hatched:
            shapes += hatching(corners, "line", 0.5 * size)
        shapes += outline(corners, style, reach, profile.key)
        room.take(*(Rect(x - reach, y - reach, x + reach, y + reach) for x, y in corners))
    for profile in known:
        name = shortened(profile.name, small, 6 * small)
        shapes += _named(plane, profile, name, room, reach, small)
    return shapes


def _named(
    plane: Plane, profile: Profile, name: str, room: Room, reach: float, size: float
) -> list[Shape]:
    """The name beside the strongest corner that has room for it."""
    corners = sorted(
        plane.corners(profile), key=lambda at: -hypot(at[0] - plane.x, at[1] - plane.y)
    )
    for x, y in corners:
        for left, base, anchor in label_spots(x, y, reach, size):
            rect = text_rect(left, base, name, size, anchor)
            if room.free(rect):
                room.take(rect)
                text = Text(left, base, name, size, "ink", anchor=anchor, key=profile.key)
                return [Box(rect.left, rect.top, rect.width, rect.height, fill="paper"), text]
    return []


def chip(quadrant: str, x: float, y: float, side: float) -> list[Shape]:
    """The letter of a quadrant in its colour; `x` and `y` are the top left corner."""
    base = y + 0.74 * side
    return [
        Box(x, y, side, side, fill=f"quadrant-{quadrant}", radius=0.2 * side),
        Text(
            x + side / 2, base, quadrant.upper(), 0.68 * side, "paper", bold=True, anchor="middle"
        ),
    ]


def _block(
    x: float,
    y: float,
    wide: float,
    quadrant: str,
    known: Sequence[Profile],
    words: Words,
    size: float,
    *,
    many: bool,
) -> list[Shape]:
    """A quadrant's letter and word, below it what each scored there."""
    word = shortened(words.choice("quadrant", quadrant), size, wide - 1.8 * size, bold=True)
    shapes = [
        *chip(quadrant, x, y, 1.4 * size),
        Text(x + 1.8 * size, y + 1.06 * size, word, size, "ink", bold=True),
    ]
    at = QUADRANTS.index(quadrant)
    if not many:
        for profile in known:
            score = profile.scores[at]
            share = f"{percent(profile.scores)[at]}%"
            told = words("kite.score", score=score_text(score), full=FULL, share=share)
            leads = quadrant in profile.leading
            shapes.append(Text(x, y + 3.0 * size, told, size, "ink" if leads else "ink-2", leads))
        return shapes
    ranked = sorted(zip(known, STYLES, strict=False), key=lambda pair: -pair[0].scores[at])
    for row, (profile, style) in enumerate(ranked):
        base = y + (3.0 + 1.45 * row) * size
        leads = quadrant in profile.leading
        said = score_text(profile.scores[at])
        long = 2.6 * size
        room = wide - long - 0.6 * size - text_width(said, size, bold=True) - 1.2 * size
        name = shortened(_name(profile, words), size, room)
        ink = "ink" if leads else "ink-3"
        shapes += [
            Box(x, base - 1.05 * size, wide, 1.45 * size, key=profile.key),
            *sample(style, x, base - 0.36 * size, long, 0.32 * size),
            Text(x + long + 0.6 * size, base, name, size, ink, key=profile.key),
            Text(
                x + wide - 0.6 * size, base, said, size, ink, leads, anchor="end", key=profile.key
            ),
        ]
    return shapes
