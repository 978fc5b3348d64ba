"""The radar of the five purchase factors (M24): we against a rival, the weakest factor marked."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.deal import PURCHASE_FACTORS
from fieldsales.domain.purchase_factors import Factor, weakest
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.radar import STYLES, Style, edge, mark, outline, sample, spoke
from fieldsales.drawing.shapes import Anchor, Box, Path, Picture, Point, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.words import Words

_FULL = 5
_WELL = 4  # of 5: nothing to mend


def finding(factors: Sequence[Factor], words: Words) -> str:
    """The one line above the radar: the weakest factor, and against whom."""
    worst = weakest(factors)
    if worst is None or worst.ours is None:
        return words("factors.nobody")
    name = words.choice("purchase_factor", worst.code)
    against = worst.rival or words("factors.rival")
    if worst.gap is not None and worst.gap < 0:
        return words("factors.behind", factor=name, rival=against, n=-worst.gap)
    if _well(worst):
        return words("factors.well")
    if worst.gap is None:
        return words("factors.weakest", factor=name, ours=worst.ours)
    return words("factors.not_behind", factor=name, rival=against, ours=worst.ours)


def _well(factor: Factor) -> bool:
    """Whether there is nothing to mend."""
    return (factor.ours or 0) >= _WELL and (factor.gap or 0) >= 0


def radar(factors: Sequence[Factor], words: Words, width: float, *, size: float = 12.0) -> Picture:
    """Five spokes of 1 … 5; each factor's key is its code. Our line is whole, the rival's dashed.

    The weakest factor is marked by colour, weight and arrow.
    """
    by_code = {one.code: one for one in factors}
    told = [by_code.get(code, Factor(code)) for code in PURCHASE_FACTORS]
    side = 7.5 * size
    radius = max(5 * size, min(11 * size, (width - 2 * side) / 2))
    wide = 2 * (radius + side)
    x, y = wide / 2, radius + 3.6 * size
    angles = [72.0 * at for at in range(len(PURCHASE_FACTORS))]
    worst = weakest(told)
    if worst is not None and _well(worst):
        worst = None
    shapes: list[Shape] = []
    rated = any(one.ours is not None for one in told)
    for step in range(1, _FULL + 1):
        corners = tuple(spoke(x, y, radius * step / _FULL, angle) for angle in angles)
        dash = () if rated else (4.0, 4.0)
        colour = "line" if step == _FULL else "hairline"
        if rated or step == _FULL:
            shapes.append(Path(corners, stroke=colour, closed=True, dash=dash))
    for angle in angles:
        ends = ((x, y), spoke(x, y, radius, angle))
        shapes.append(Path(ends, stroke="hairline", thickness=0.75))
    series = [("ours", STYLES[0], words("factors.us"))]
    if any(one.theirs is not None for one in told):
        rivals = {one.rival for one in told if one.theirs is not None}
        named = rivals.pop() if len(rivals) == 1 else ""
        series.append(("theirs", STYLES[1], named or words("factors.rivals")))
    if rated:
        for whose, style, _ in reversed(series):
            scores = [one.ours if whose == "ours" else one.theirs for one in told]
            points = [
                None if score is None else spoke(x, y, radius * score / _FULL, angle)
                for score, angle in zip(scores, angles, strict=True)
            ]
            shapes += _line(points, style, 0.36 * size)
    else:
        said = shortened(words("factors.rate"), size, 2 * radius)
        half = text_width(said, size) / 2 + 0.4 * size
        shapes.append(Box(x - half, y - size, 2 * half, 2 * size, fill="paper"))
        shapes.append(Text(x, y + 0.36 * size, said, size, "ink-2", anchor="middle"))
    for one, angle in zip(told, angles, strict=True):
        at = spoke(x, y, radius + 0.9 * size, angle)
        shapes += _label(one, at, angle, words, size, marked=one == worst)
    bottom = y + 0.81 * radius + 4.4 * size
    if rated:
        shapes += _names([(style, name) for _, style, name in series], wide, bottom, size)
    return Picture(wide, bottom + 1.6 * size, tuple(shapes), _alt(told, words))


def _line(points: Sequence[Point | None], style: Style, reach: float) -> list[Shape]:
    """The outline; where a factor is not rated it is open."""
    whole = [point for point in points if point is not None]
    if len(whole) == len(points):
        return outline(whole, style, reach)
    shapes: list[Shape] = []
    for one, other in zip(points, (*points[1:], points[0]), strict=True):
        if one is not None and other is not None:
            shapes.append(edge(one, other, style, reach))
    return [*shapes, *(mark(style, *point, reach) for point in whole)]


def _label(
    one: Factor, at: Point, angle: float, words: Words, size: float, *, marked: bool
) -> list[Shape]:
    """The factor's name and both ratings at the end of its spoke."""
    x, y = at
    anchor: Anchor = "middle" if angle == 0 else "start" if angle < 180 else "end"
    name = shortened(words.choice("purchase_factor", one.code), size, 6.6 * size, bold=True)
    ours = "–" if one.ours is None else str(one.ours)
    scores = ours if one.theirs is None else f"{ours} : {one.theirs}"
    if marked:
        scores += f" ▼{-one.gap}" if one.gap is not None and one.gap < 0 else " ▼"
    if one.ours is None and one.theirs is None:
        scores = ""
    low = 1.5 if angle == 0 else -0.9 if 100 < angle < 260 else -0.1
    base = y - low * size
    colour, told = ("bad", "bad") if marked else ("ink", "ink-2")
    left = x - {"start": 0.0, "middle": 3.3 * size, "end": 6.6 * size}[anchor]
    return [
        Box(left, base - size, 6.6 * size, 2.7 * size, key=one.code),
        Text(x, base, name, size, colour, bold=marked, anchor=anchor, key=one.code),
        Text(x, base + 1.35 * size, scores, size, told, marked, anchor, one.code),
    ]


def _names(series: Sequence[tuple[Style, str]], wide: float, y: float, size: float) -> list[Shape]:
    """Below the radar, which line is whose."""
    long, gap = 2.6 * size, 1.6 * size
    names = [shortened(name, size, wide / 2 - long - gap) for _, name in series]
    x = (wide - sum(long + 0.5 * size + text_width(name, size) for name in names)) / 2
    x -= gap * (len(names) - 1) / 2
    shapes: list[Shape] = []
    for (style, _), name in zip(series, names, strict=True):
        shapes += sample(style, x, y, long, 0.36 * size)
        shapes.append(Text(x + long + 0.5 * size, y + 0.36 * size, name, size, "ink"))
        x += long + 0.5 * size + text_width(name, size) + gap
    return shapes


def _alt(told: Sequence[Factor], words: Words) -> str:
    said = [finding(told, words)]
    for one in told:
        if one.ours is not None or one.theirs is not None:
            name = words.choice("purchase_factor", one.code)
            ours, theirs = (
                words("factors.unrated") if score is None else str(score)
                for score in (one.ours, one.theirs)
            )
            said.append(words("factors.told", factor=name, ours=ours, theirs=theirs))
    return " ".join(said)
