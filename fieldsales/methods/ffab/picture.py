"""The value stack (M28): what is paid beside all that is got for it, on screen and paper alike."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.worksheet import ValueStack
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.radar import hatching
from fieldsales.drawing.shapes import Box, Line, Picture, Shape, Text
from fieldsales.drawing.text import width as text_width
from fieldsales.words import Words

_LINE = 1.6  # ems from one label to the next
_TALL = 15.0  # ems the taller of the two is, or more where there are many parts
_BAR = 6.5  # ems a bar is wide
_WIDE = 46.0  # ems at most


def finding(stack: ValueStack, currency: str, words: Words) -> str:
    """The one line above the picture: by how much value exceeds the price."""
    total = words.money(stack.total, currency, cents=False)
    if not stack.parts:
        return words("ffab.stack_empty")
    if stack.price is None or stack.surplus is None:
        return words("ffab.stack_no_price", total=total)
    said = {"price": words.money(stack.price, currency, cents=False), "total": total}
    if stack.surplus == 0:
        return words("ffab.stack_even", **said)
    key = "ffab.stack_more" if stack.surplus > 0 else "ffab.stack_less"
    return words(key, by=words.money(abs(stack.surplus), currency, cents=False), **said)


def stack_picture(
    stack: ValueStack,
    currency: str,
    words: Words,
    width: float,
    *,
    size: float = 12.0,
    feet: tuple[str, str] = ("ffab.they_pay", "ffab.they_get"),
) -> Picture:
    """The price at the left, the parts upon each other at the right, each with its name.

    `size` is that of the text. Parts are outlined and the price is hatched, so that both are told
    apart without colour; a part's key is its place in the stack. `feet` are the words below them.
    """
    width = min(width, _WIDE * size)
    bar = min(_BAR * size, 0.16 * width)
    high = max(_TALL * size, _LINE * size * len(stack.parts))
    most = max(stack.price or 0, stack.total) or 1
    top, unit = 1.8 * size, high / most
    bottom = top + high
    between = _between(stack, currency, words, size, width)
    left = bar + between if stack.price is not None else 0.0
    shapes: list[Shape] = []
    if stack.price is not None:
        shapes += _price(
            stack.price, currency, words, bar, bottom, stack.price * unit, size, feet[0]
        )
        level = bottom - stack.price * unit
        shapes.append(Line(bar, level, left + bar, level, "ink", 1.0, dash=(4.0, 3.0)))
        shapes += _difference(stack, currency, words, bar + between / 2, bottom, unit, size)
    labels = _spread([bottom - (at + amount / 2) * unit for _, amount, at in stack.parts],
                     top, bottom, _LINE * size)  # fmt: skip
    told = [words.money(amount, currency, cents=False) if amount else words("ffab.no_amount")
            for _, amount, _ in stack.parts]  # fmt: skip
    start = left + bar + 1.4 * size
    figures = max((text_width(one, size) for one in told), default=0.0)
    room = min(
        width - start - figures - 1.5 * size,
        max((text_width(label, size) for label, _, _ in stack.parts), default=0.0),
    )
    for at, ((label, amount, below), spot) in enumerate(zip(stack.parts, labels, strict=True)):
        y, tall, key = bottom - (below + amount) * unit, amount * unit, str(at)
        shapes += _part(left, y, bar, tall, _above(stack, below, amount) * unit, key)
        shapes.append(Line(left + bar, y + tall / 2, left + bar + size, spot, "line", 0.75))
        base, ink = spot + 0.36 * size, "ink" if amount else "ink-3"
        end = start + room + 1.5 * size + figures
        shapes.append(Text(start, base, shortened(label, size, room), size, ink, key=key))
        shapes.append(Text(end, base, told[at], size, ink, anchor="end", key=key))
    shapes.append(Line(0, bottom, left + bar, bottom, "ink-2", 1.0))
    shapes += _foot(left, bar, bottom, words(feet[1]), stack.total, currency, words, size)
    return Picture(width, bottom + 3.4 * size, tuple(shapes), finding(stack, currency, words))


def _above(stack: ValueStack, below: int, amount: int) -> int:
    """How much of a part lies above the price."""
    if stack.price is None:
        return 0
    return max(0, min(amount, below + amount - stack.price))


def _part(x: float, y: float, bar: float, tall: float, above: float, key: str) -> list[Shape]:
    """A part, what of it exceeds the price in the accent."""
    shapes: list[Shape] = [Box(x, y, bar, tall, fill="paper-2", key=key)]
    if above > 0:
        shapes.append(Box(x, y, bar, above, fill="accent-soft", key=key))
    shapes.append(Box(x, y, bar, tall, stroke="ink-2", thickness=1.0, key=key))
    return shapes


def _price(
    price: int,
    currency: str,
    words: Words,
    bar: float,
    bottom: float,
    tall: float,
    size: float,
    foot: str,
) -> list[Shape]:
    y = bottom - tall
    corners = ((0.0, y), (bar, y), (bar, bottom), (0.0, bottom))
    return [
        Box(0, y, bar, tall, fill="paper"),
        *(hatching(corners, "ink-3", 0.6 * size) if tall else ()),
        Box(0, y, bar, tall, stroke="ink", thickness=1.0),
        *_foot(0, bar, bottom, words(foot), price, currency, words, size),
    ]


def _foot(
    x: float, bar: float, bottom: float, name: str, sum_: int, currency: str, words: Words,
    size: float,
) -> list[Shape]:  # fmt: skip
    """What a bar is and how much, below it."""
    told = words.money(sum_, currency, cents=False)
    return [
        Text(x, bottom + 1.4 * size, name, size, "ink-2"),
        Text(x, bottom + 2.9 * size, told, size, "ink", bold=True),
    ]


def _between(stack: ValueStack, currency: str, words: Words, size: float, width: float) -> float:
    """Room between the bars: for what the difference is called, and for the price's own foot."""
    if stack.price is None:
        return 0.0
    bar = min(_BAR * size, 0.16 * width)
    foot = text_width(words.money(stack.price, currency, cents=False), size, bold=True)
    foot = max(foot, text_width(words("ffab.they_pay"), size))
    called = max((text_width(line, size, bold=True)
                  for line in _called(stack, currency, words)), default=0.0)  # fmt: skip
    return max(called + 1.2 * size, foot - bar + size, 3 * size)


def _called(stack: ValueStack, currency: str, words: Words) -> Sequence[str]:
    """The difference by name and amount; nothing where there is none."""
    if not stack.surplus or not stack.parts:
        return ()
    name = words("ffab.surplus" if stack.surplus > 0 else "ffab.short")
    return name, words.money(abs(stack.surplus), currency, cents=False)


def _difference(
    stack: ValueStack,
    currency: str,
    words: Words,
    x: float,
    bottom: float,
    unit: float,
    size: float,
) -> list[Shape]:
    """Between the bars: how far the one reaches above the other."""
    said = _called(stack, currency, words)
    if not said or stack.price is None:
        return []
    role = "accent" if stack.total > stack.price else "bad"
    low, high = sorted((stack.price, stack.total))
    start, end = bottom - low * unit, bottom - high * unit
    tick, room = 0.5 * size, 3.2 * size
    shapes: list[Shape] = [
        Line(x - tick, start, x + tick, start, role, 1.25),
        Line(x - tick, end, x + tick, end, role, 1.25),
    ]
    middle = (start + end) / 2
    if start - end > room + size:  # the words stand in the line
        shapes.append(Line(x, start, x, middle + room / 2, role, 1.25))
        shapes.append(Line(x, middle - room / 2, x, end, role, 1.25))
        base = middle - 0.25 * size
    else:  # below it
        shapes.append(Line(x, start, x, end, role, 1.25))
        base = start + 1.6 * size
    for at, line in enumerate(said):
        shapes.append(Text(x, base + 1.35 * at * size, line, size, role, True, "middle"))
    return shapes


def _spread(wanted: Sequence[float], top: float, bottom: float, step: float) -> list[float]:
    """Places near those wanted, from the bottom up, no two nearer than a step."""
    low = bottom - step / 2
    places: list[float] = []
    for spot in wanted:
        places.append(min(spot, places[-1] - step if places else low))
    ceiling = top + step / 2
    for at in reversed(range(len(places))):
        places[at] = max(places[at], ceiling)
        ceiling = places[at] + step
    return places
