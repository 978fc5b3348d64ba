"""Exact arithmetic: one precision for all of it, one way to round, shares that add up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

EXACT = Context(prec=60, rounding=ROUND_HALF_UP)  # 10^14 at 8 decimals times 10^9 at 6, and room
HUNDRED = Decimal(100)
_UNIT = Decimal(1)


def half_up(value: Decimal, places: int = 0) -> Decimal:
    """Rounded to so many decimals; a half goes away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), context=EXACT)


def whole(value: Decimal) -> int:
    """Rounded to whole minor units, half up."""
    return int(value.quantize(_UNIT, context=EXACT))


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """That many hundredths of an amount, not rounded."""
    return EXACT.divide(EXACT.multiply(amount, percent), HUNDRED)


def whole_ratio(part: int, of: int) -> int:
    """How often `of`, which is more than nothing, goes into `part`; a half goes away from zero.

    Exact as the others, and quick where there are many. Worked examples: 5 goes into 12 twice, 2
    into −3 −2 times.
    """
    return (2 * part + of) // (2 * of) if part >= 0 else -((of - 2 * part) // (2 * of))


def whole_percent(amount: int, percent: Decimal) -> int:
    """That many hundredths of an amount in whole minor units.

    Worked example: 17.5 % of 1 000 are 175, of −3 it is −1 (−0.525).
    """
    part, of = percent.as_integer_ratio()
    return whole_ratio(amount * part, 100 * of)


def apportioned(total: int, weights: Sequence[int]) -> list[int]:
    """A total in shares by weight that add up to it: the largest remainders get what is left.

    Without any weight the first share is all of it.
    """
    if not weights:
        return []
    together = sum(weights)
    if not together:
        return [total, *(0 for _ in weights[1:])]
    shares = [total * weight // together for weight in weights]
    rests = [total * weight % together for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda at: -rests[at])
    for at in by_rest[: total - sum(shares)]:
        shares[at] += 1
    return shares
