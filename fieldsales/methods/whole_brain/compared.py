"""Two kites and their difference (M21): what somebody says and what was seen, seller and buyer."""

from __future__ import annotations

from fieldsales.domain.whole_brain import QUADRANTS, difference
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Arc, Box, Line, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.methods.whole_brain.plane import Plane, chip, filled, frame, rim, rim_of
from fieldsales.methods.whole_brain.profiles import Profile, quadrant_name, score_text
from fieldsales.words import Words

_CLOSE = 2.0  # points; what differs by less is no difference to speak of


def widest(one: Profile, other: Profile) -> str:
    """The quadrant in which two differ most, '' where they are close in all."""
    apart = zip(QUADRANTS, difference(one.scores, other.scores), strict=True)
    gaps = {quadrant: abs(gap) for quadrant, gap in apart}
    most = max(QUADRANTS, key=lambda quadrant: gaps[quadrant])
    return most if gaps[most] >= _CLOSE else ""


def compared_finding(one: Profile, other: Profile, words: Words) -> str:
    """Where two differ most, or which of them is not known yet."""
    for profile in (one, other):
        if not profile.known:
            return words("kite.half_known", told=profile.told or profile.name)
    quadrant = widest(one, other)
    if not quadrant:
        return words("kite.alike")
    at = QUADRANTS.index(quadrant)
    return words(
        "kite.apart",
        quadrant=quadrant_name(quadrant, words),
        one=score_text(one.scores[at]),
        other=score_text(other.scores[at]),
    )


def compared(
    one: Profile, other: Profile, words: Words, width: float, *, size: float = 12.0
) -> Picture:
    """Two kites of one scale, `told` above each; below, how far the second lies from the first."""
    radius = min((width - 3 * size) / 4, 9 * size)
    wide = 4 * radius + 3 * size
    top = 2.4 * size
    rim_score = rim_of((one, other))
    shapes: list[Shape] = []
    for at, profile in enumerate((one, other)):
        x = at * (2 * radius + 3 * size)
        plane = Plane(x + radius, top + radius, radius, rim_score)
        told = shortened(profile.told or profile.name, size, 2 * radius, bold=True)
        shapes.append(Text(x + radius, size, told, size, "ink", bold=True, anchor="middle"))
        shapes += _half(plane, profile, words, size)
    y = top + 2 * radius + 1.5 * size
    shapes += _differences(one, other, words, wide, y, size)
    alt = compared_finding(one, other, words)
    return Picture(wide, y + 4 * 2.0 * size, tuple(shapes), alt)


def _half(plane: Plane, profile: Profile, words: Words, size: float) -> list[Shape]:
    shapes: list[Shape] = []
    if not profile.known:
        dash = (4.0, 4.0)
        shapes.append(Arc(plane.x, plane.y, plane.radius, stroke="line", thickness=1.0, dash=dash))
        said = shortened(words("kite.not_known"), size, 1.8 * plane.radius)
        base = plane.y + 0.36 * size
        shapes.append(Text(plane.x, base, said, size, "ink-2", anchor="middle"))
    else:
        if profile.key is not None:
            shapes.append(Arc(plane.x, plane.y, plane.radius, key=profile.key))
        shapes += filled(plane, profile, size)
        shapes += frame(plane, size)
        shapes += rim(plane, profile)
    side = 1.3 * size
    square = plane.square
    for quadrant in QUADRANTS:
        x = square.left if quadrant in "ab" else square.right - side
        y = square.top if quadrant in "ad" else square.bottom - side
        shapes += chip(quadrant, x, y, side)
    return shapes


def _differences(
    one: Profile, other: Profile, words: Words, wide: float, top: float, size: float
) -> list[Shape]:
    """A row per quadrant: both scores, and a bar from the middle line by as much as they differ."""
    shapes: list[Shape] = []
    names = {quadrant: words.choice("quadrant", quadrant) for quadrant in QUADRANTS}
    arrow = 4.8 * size + max(text_width(name, size, bold=True) for name in names.values())
    row, left = 2.0 * size, arrow + 3.4 * size
    axis = left + (wide - left) / 2
    reach = (wide - left) / 2 - 2.4 * size
    pairs = list(zip(QUADRANTS, one.scores, other.scores, strict=True))
    known = one.known and other.known
    most = max(_CLOSE, *(abs(second - first) for _, first, second in pairs))
    worst = widest(one, other) if known else ""
    for at, (quadrant, first, second) in enumerate(pairs):
        y = top + at * row
        base = y + row / 2 + 0.36 * size
        shapes += chip(quadrant, 0.0, y + 0.35 * size, 1.3 * size)
        shapes.append(Text(1.8 * size, base, names[quadrant], size, "ink", quadrant == worst))
        if one.known:
            shapes.append(
                Text(arrow - 1.0 * size, base, score_text(first), size, "ink-2", anchor="end")
            )
        if known:
            shapes.append(Text(arrow, base, "→", size, "ink-3", anchor="middle"))
        if other.known:
            shapes.append(Text(arrow + 1.0 * size, base, score_text(second), size, "ink-2"))
        if known:
            shapes += _bar(axis, y, row, second - first, reach / most, size, quadrant == worst)
    if known:
        shapes.append(Line(axis, top, axis, top + 4 * row, "line", 0.75))
    return shapes


def _bar(
    axis: float, y: float, row: float, gap: float, scale: float, size: float, worst: bool
) -> list[Shape]:
    long = abs(gap) * scale
    left = axis if gap > 0 else axis - long
    said = f"{'+' if gap > 0 else '−' if gap < 0 else ''}{score_text(abs(gap))}"
    beside = 0.4 * size if gap >= 0 else -0.4 * size - text_width(said, size, bold=worst)
    end = axis + gap * scale
    colour = "accent" if worst else "line"
    base = y + row / 2 + 0.36 * size
    bar = Box(left, y + 0.25 * row, long, 0.5 * row, fill=colour)
    return [bar, Text(end + beside, base, said, size, "ink", worst)]
