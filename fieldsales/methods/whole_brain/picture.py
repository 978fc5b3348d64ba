"""The kite of the four quadrants (M21): one person, with earlier results, or up to six overlaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot

from fieldsales.domain.whole_brain import FULL, QUADRANTS, percent
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.placing import Rect, Room, bounds, label_spots, text_rect
from fieldsales.drawing.radar import STYLES, hatching, outline, sample
from fieldsales.drawing.shapes import Arc, Box, Line, Path, Picture, Point, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.methods.whole_brain.plane import Plane, chip, filled, frame, rim, rim_of
from fieldsales.methods.whole_brain.profiles import Profile, finding, score_text
from fieldsales.words import Words

_MOST = len(STYLES)


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
            scores = words("pictures.and").join(
                f"{quadrant.upper()} {score_text(score)}"
                for quadrant, score in zip(QUADRANTS, profile.scores, strict=True)
            )
            said.append(words("kite.scores", name=_name(profile, words), scores=scores))
    return " ".join(said)


def _name(profile: Profile, words: Words) -> str:
    return words("kite.observed_name", name=profile.name) if profile.observed else profile.name


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
    seen = [profile for profile in known if profile.observed]
    if len(seen) <= 2:  # of more nothing could be seen
        for profile in seen:
            corners = plane.corners(profile)
            shapes += hatching(corners, "line", 0.5 * size, rising=profile is seen[0])
    for profile, style in zip(known, STYLES, strict=False):
        corners = plane.corners(profile)
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
        tag = words("kite.observed_tag") if profile.observed else ""
        end = x + wide - 0.6 * size - text_width(said, size, bold=True) - 0.6 * size
        left = x + long + 0.6 * size
        taken = text_width(tag, 0.8 * size) + 0.4 * size if tag else 0.0
        name = shortened(profile.name, size, end - left - taken)
        ink = "ink" if leads else "ink-3"
        beside = left + text_width(name, size) + 0.4 * size
        shapes += [
            Box(x, base - 1.05 * size, wide, 1.45 * size, key=profile.key),
            *sample(style, x, base - 0.36 * size, long, 0.32 * size),
            Text(left, base, name, size, ink, key=profile.key),
            Text(beside, base, tag, 0.8 * size, "ink-3", key=profile.key),
            Text(x + wide - 0.6 * size, base, said, size, ink, leads, "end", profile.key),
        ]
    return shapes
