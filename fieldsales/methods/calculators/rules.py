"""The calculators: two numbers in, one out, and the curve on which the point lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from fieldsales.domain.money import bad_debt, late_payment
from fieldsales.domain.money.discount import volume
from fieldsales.errors import FieldError

_POINTS = 80
_HIGHEST = 4  # times the point's height that a curve is drawn up to


@dataclass(frozen=True, slots=True)
class Calculation:
    """`first` and `second` are what is asked for; the curve moves the second, or `first`'s result.

    `result` raises FieldError about a number that makes no sense, by its name.
    """

    name: str
    first: str
    second: str
    textbook: tuple[tuple[Decimal, Decimal], ...]
    result: Callable[[Decimal, Decimal], Decimal]
    low: Decimal  # where the second begins on the curve
    high: Decimal


def lost(loss: Decimal, margin: Decimal) -> Decimal:
    """Sales that earn a loss again (M40), as exact as the loss was told."""
    places = max(0, -int(loss.normalize().as_tuple().exponent))
    return Decimal(bad_debt.extra_sales(int(loss.scaleb(places)), margin)).scaleb(-places)


def _more(margin: Decimal, discount: Decimal) -> Decimal:
    return volume(margin, discount).more


CALCULATIONS = {
    one.name: one
    for one in (
        Calculation(
            "bad_debt",
            "loss",
            "margin",
            tuple((Decimal(loss), margin) for loss, margin in bad_debt.TEXTBOOK),
            lost,
            Decimal("0.5"),
            Decimal(15),
        ),
        Calculation(
            "late_payment",
            "margin",
            "rate",
            late_payment.TEXTBOOK,
            late_payment.months_until_eaten,
            Decimal(1),
            Decimal(24),
        ),
        Calculation(
            "discount",
            "margin",
            "discount",
            tuple((Decimal(a), Decimal(b)) for a, b in ((25, 5), (25, 10), (10, 2), (30, -10))),
            _more,
            Decimal(-10),
            Decimal(40),
        ),
    )
}


def curve(asked: Calculation, first: Decimal, second: Decimal) -> list[tuple[Decimal, Decimal]]:
    """The results while the second number moves, as far as they make sense and stay in sight."""
    low, high = min(asked.low, second), max(asked.high, second + 1)
    top = abs(asked.result(first, second)) * _HIGHEST or Decimal(100)
    found = []
    for at in range(_POINTS + 1):
        x = low + (high - low) * at / _POINTS
        try:
            y = asked.result(first, x)
        except FieldError:
            continue
        if abs(y) <= top:
            found.append((x, y))
    return found
