"""The way of a conversation drawn (M27): implied → developed → explicit → benefit, gaps named.

Below it, visit by visit, how many questions of each kind were asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.domain.spin import KINDS, Flow, Gap, Totals, depth
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Box, Line, Path, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.drawing.text import wrap
from fieldsales.methods.spin.content import gap_hints
from fieldsales.words import Words

STEPS = ("implied", "developed", "explicit", "benefit")
# where a gap opens: at a step, or on the way from it to the next
_PLACES = {
    Gap.TOO_MANY_SITUATION: 0.0,
    Gap.NO_IMPLICATION: 0.5,
    Gap.NO_PAYOFF: 1.5,
    Gap.NEED_WITHOUT_BENEFIT: 2.5,
    Gap.BENEFIT_WITHOUT_NEED: 3.0,
}
_FILLS = {"situation": "paper", "problem": "paper-3", "implication": "accent-soft"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A visit and its questions by kind; `key` is the visit's id."""

    key: str
    label: str
    totals: dict[str, Totals]


def is_empty(flow: Flow) -> bool:
    """Whether nothing is planned, asked or voiced yet."""
    planned = any(total.planned for total in flow.totals.values())
    return not (planned or flow.implied or flow.explicit or flow.unasked)


def finding(flow: Flow, words: Words) -> str:
    """The one line above the picture: where the way is broken first, or how far it leads."""
    if flow.gaps:
        return gap_hints(words.language)[flow.gaps[0]].what
    if is_empty(flow):
        return words("spin.found.empty")
    if flow.met:
        return words("spin.found.met", n=flow.met)
    if any(total.asked for total in flow.totals.values()) or flow.implied:
        return words("spin.found.under_way")
    return words("spin.found.planned", n=sum(total.planned for total in flow.totals.values()))


def way(flow: Flow, words: Words, width: float, *, size: float = 12.0) -> Picture:
    """Four steps from left to right; each one's key is its name, a gap's `gap:` and its code.

    Where the way is broken its line is dashed and crossed, and the gap is named below.
    """
    empty = is_empty(flow)
    gap = max(2.6 * size, 0.07 * width)
    wide = (width - 3 * gap) / 4
    high = 6.6 * size
    shapes: list[Shape] = []
    for at, step in enumerate(STEPS):
        x = at * (wide + gap)
        shapes += _step(flow, step, words, x, wide, high, size, empty=empty)
        if step is not STEPS[-1]:
            broken = any(_PLACES[one] == at + 0.5 for one in flow.gaps)
            shapes += _arrow(x + wide, x + wide + gap, high / 2, size, broken=broken)
    named, below = _gaps(flow, words, width, wide, gap, high, size)
    return Picture(width, high + below, (*shapes, *named), _alt(flow, words))


def tips(flow: Flow, words: Words) -> dict[str, str]:
    """Key of a part of the picture -> what is to be known of it."""
    told = {
        step: words("spin.step_told", step=words(f"spin.step.{step}"), n=_count(flow, step))
        for step in STEPS
    }
    hints = gap_hints(words.language)
    return told | {f"gap:{gap}": f"{hints[gap].what}\n{hints[gap].mend}" for gap in flow.gaps}


def _count(flow: Flow, step: str) -> int:
    return flow.met if step == "benefit" else int(getattr(flow, step))


def _told(flow: Flow, step: str, words: Words) -> str:
    """The small line of a step: which questions lead to it, or what of it is answered."""
    kinds = {"implied": KINDS[:2], "developed": KINDS[2:]}.get(step, ())
    if kinds:
        return "\n".join(
            words(
                "spin.asked_of",
                kind=words(f"visit.spin.{kind}"),
                n=flow.totals[kind].asked,
                all=flow.totals[kind].planned,
            )
            for kind in kinds
        )
    if step == "benefit":
        return words("spin.met_of", n=flow.met, all=flow.explicit)
    return words("spin.in_their_words")


def _step(
    flow: Flow,
    step: str,
    words: Words,
    x: float,
    wide: float,
    high: float,
    size: float,
    *,
    empty: bool,
) -> list[Shape]:
    count = _count(flow, step)
    middle, room = x + wide / 2, wide - 0.8 * size
    small = 0.86 * size
    name = shortened(words(f"spin.step.{step}"), size, room, bold=True)
    told = words(f"spin.wanted.{step}") if empty else _told(flow, step, words)
    lines = wrap(told, room, small)[:2]
    shapes: list[Shape] = [
        Box(
            x,
            0,
            wide,
            high,
            fill="accent-soft" if count else None,
            stroke="accent" if count else "line",
            thickness=1.25 if count else 0.75,
            radius=0.4 * size,
            dash=() if count else (3.0, 3.0),
            key=step,
        ),
        Text(middle, 3.5 * size, name, size, "ink", bold=True, anchor="middle", key=step),
    ]
    if not empty:
        shown = Text(middle, 2.0 * size, str(count), 1.5 * size, "ink", True, "middle", step)
        shapes.append(shown)
    for at, line in enumerate(lines):
        base = (4.75 if len(lines) > 1 else 5.05) * size + 1.3 * small * at
        shapes.append(Text(middle, base, line, small, "ink-2", anchor="middle", key=step))
    return shapes


def _arrow(left: float, right: float, y: float, size: float, *, broken: bool) -> list[Shape]:
    head = 0.5 * size
    colour = "bad" if broken else "ink-3"
    line = Line(
        left + 0.25 * size,
        y,
        right - head,
        y,
        colour,
        1.25,
        dash=(3.0, 3.0) if broken else (),
    )
    tip = ((right - head, y - head / 2), (right - 0.1 * size, y), (right - head, y + head / 2))
    shapes: list[Shape] = [line, Path(tip, fill=colour, closed=True)]
    if broken:
        middle, reach = (left + right - head) / 2, 0.4 * size
        shapes += [
            Line(middle - reach, y - reach, middle + reach, y + reach, "bad", 1.75),
            Line(middle - reach, y + reach, middle + reach, y - reach, "bad", 1.75),
        ]
    return shapes


def _gaps(
    flow: Flow, words: Words, width: float, wide: float, gap: float, high: float, size: float
) -> tuple[list[Shape], float]:
    """The names of the gaps below where they open, and the height that takes.

    One that opens right beside the gap before it is named below that, so that both have room.
    """
    pitch = wide + gap
    room = pitch - 0.8 * size
    shapes: list[Shape] = []
    before, low, bottom = -pitch, False, 0.0
    for one in flow.gaps:
        x = wide / 2 + _PLACES[one] * pitch
        low = x - before < 0.9 * pitch and not low
        name = words(f"spin.gap.{one}", n=_behind(flow, one))
        lines = wrap(name, room, size, bold=True)
        broad = max(text_width(line, size, bold=True) for line in lines)
        middle = min(max(x, broad / 2), width - broad / 2)
        key = f"gap:{one}"
        start = high / 2 + 0.6 * size if _PLACES[one] % 1 else high
        top = bottom + 0.3 * size if low else high + 0.9 * size
        shapes += [
            Line(x, start, x, top, "bad", 0.75, key=key),
            Box(middle - broad / 2, top, broad, len(lines) * 1.3 * size + 0.3 * size, key=key),
        ]
        for row, line in enumerate(lines):
            base = top + (1.15 + 1.3 * row) * size
            shapes.append(Text(middle, base, line, size, "bad", True, "middle", key))
        before, bottom = x, top + (len(lines) * 1.3 + 0.5) * size
    deepest = max((one.y for one in shapes if isinstance(one, Text)), default=0.0)
    return shapes, deepest + 0.65 * size - high if shapes else 0.0


def _behind(flow: Flow, gap: Gap) -> int:
    """How many needs, rows or questions a gap is about."""
    if gap is Gap.TOO_MANY_SITUATION:
        return flow.totals["situation"].asked
    if gap is Gap.NEED_WITHOUT_BENEFIT:
        return len(flow.unmet)
    return len(flow.unasked) if gap is Gap.BENEFIT_WITHOUT_NEED else max(1, flow.implied)


def _alt(flow: Flow, words: Words) -> str:
    told = [finding(flow, words)]
    told += [tips(flow, words)[step] for step in STEPS]
    told += [words(f"spin.gap.{one}", n=_behind(flow, one)) for one in flow.gaps]
    return words("spin.and").join(told)


def trend_told(change: float | None, words: Words) -> str:
    """Whether the last visit went deeper than those before it, by what `domain.spin.trend` says."""
    if change is None:
        return words("spin.trend.first")
    points = round(100 * abs(change))
    key = "same" if not points else "deeper" if change > 0 else "shallower"
    return words(f"spin.trend.{key}", n=points)


def by_visit(visits: Sequence[Asked], words: Words, width: float, *, size: float = 12.0) -> Picture:
    """A bar a visit, its parts the kinds asked, lettered; behind it the share that digs deeper."""
    labels = [shortened(one.label, size, 0.3 * width) for one in visits]
    left = max((text_width(label, size) for label in labels), default=0.0) + size
    shares = [_share(one, words) for one in visits]
    right = max((text_width(share, size) for share in shares), default=0.0) + size
    most = max((_asked(one) for one in visits), default=0) or 1
    room = max(4 * size, width - left - right)
    row = 2.2 * size
    shapes: list[Shape] = []
    for at, (one, label, share) in enumerate(zip(visits, labels, shares, strict=True)):
        top = at * row
        base = top + 1.4 * size
        shapes += [
            Box(0, top, width, row, key=one.key),
            Text(0, base, label, size, "ink-2", key=one.key),
            Text(width, base, share, size, "ink", anchor="end", key=one.key),
        ]
        x = left
        for kind in KINDS:
            asked = one.totals[kind].asked
            wide = room * asked / most
            if asked:
                shapes += _part(kind, asked, x, top + 0.3 * size, wide, size, one.key, words)
            x += wide
    alt = words("spin.and").join(
        words("spin.visit_told", day=one.label, n=_asked(one), share=share)
        for one, share in zip(visits, shares, strict=True)
    )
    return Picture(width, row * len(visits), tuple(shapes), alt)


def _part(
    kind: str, asked: int, x: float, y: float, wide: float, size: float, key: str, words: Words
) -> list[Shape]:
    deep = kind == "payoff"
    said = shortened(words(f"spin.letter.{kind}", n=asked), 0.9 * size, wide - 2)
    return [
        Box(x, y, wide, 1.6 * size, _FILLS.get(kind, "accent"), "ink-3", 0.5, key=key),
        Text(
            x + wide / 2,
            y + 1.1 * size,
            said,
            0.9 * size,
            "paper" if deep else "ink",
            bold=deep,
            anchor="middle",
            key=key,
        ),
    ]


def _asked(one: Asked) -> int:
    return sum(total.asked for total in one.totals.values())


def _share(one: Asked, words: Words) -> str:
    share = depth(one.totals)
    return "" if share is None else words("spin.share", n=round(100 * share))
