"""The calculators: some numbers in, one out, and the curve on which the point lies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from fieldsales.domain.classes.worth import DEFAULT, Terms, outlook
from fieldsales.domain.money import bad_debt, late_payment
from fieldsales.domain.money.discount import volume
from fieldsales.errors import FieldError

_POINTS = 80
_HIGHEST = 4  # times the point's height that a curve is drawn up to

Numbers = tuple[Decimal, ...]
Unit = Literal["amount", "months", "percent"]


@dataclass(frozen=True, slots=True)
class Calculation:
    """`parts` are what is asked for, in order; the curve moves `moved` from `low` to `high`.

    `result` takes the parts and raises FieldError about a number that makes no sense, by its name;
    what it gives is in `unit`. `usual` are parts that may be left out. `examples` are the
    textbook's for M40 and M41.
    """

    name: str
    parts: tuple[str, ...]
    moved: str
    examples: tuple[Numbers, ...]
    result: Callable[..., Decimal]
    unit: Unit
    low: Decimal
    high: Decimal
    usual: Mapping[str, Decimal] = field(default_factory=dict)

    def with_moved(self, numbers: Numbers, value: Decimal) -> Numbers:
        """The numbers with another one in place of what moves."""
        at = self.parts.index(self.moved)
        return (*numbers[:at], value, *numbers[at + 1 :])


def lost(loss: Decimal, margin: Decimal) -> Decimal:
    """Sales that earn a loss again (M40), as exact as the loss was told."""
    places = max(0, -int(loss.normalize().as_tuple().exponent))
    return Decimal(bad_debt.extra_sales(int(loss.scaleb(places)), margin)).scaleb(-places)


def _more(margin: Decimal, discount: Decimal) -> Decimal:
    return volume(margin, discount).more


def losing(yearly: Decimal, retention: Decimal, years: Decimal, replacement: Decimal) -> Decimal:
    """What losing a customer costs (M30): the margin of the years expected, and a new one.

    `retention`: percent of such customers that stay from one year to the next; `years` looked
    ahead; `replacement`: what winning another one costs. In whole units.
    """
    if years != years.to_integral_value():
        raise FieldError("field.not_a_number", "years", value=f"{years:f}")
    terms = Terms(retention=retention, years=int(years), replacement=int(replacement.scaleb(2)))
    cents = outlook(int(yearly.scaleb(2)), terms).losing
    return Decimal(cents).scaleb(-2).quantize(Decimal(1), rounding="ROUND_HALF_UP")


def _rows(*rows: tuple[int, ...]) -> tuple[Numbers, ...]:
    return tuple(tuple(map(Decimal, row)) for row in rows)


CALCULATIONS = {
    one.name: one
    for one in (
        Calculation(
            "bad_debt",
            ("loss", "margin"),
            "margin",
            tuple((Decimal(loss), margin) for loss, margin in bad_debt.TEXTBOOK),
            lost,
            "amount",
            Decimal("0.5"),
            Decimal(15),
        ),
        Calculation(
            "late_payment",
            ("margin", "rate"),
            "rate",
            late_payment.TEXTBOOK,
            late_payment.months_until_eaten,
            "months",
            Decimal(1),
            Decimal(24),
        ),
        Calculation(
            "discount",
            ("margin", "discount"),
            "discount",
            _rows((25, 5), (25, 10), (10, 2), (30, -10)),
            _more,
            "percent",
            Decimal(-10),
            Decimal(40),
        ),
        Calculation(
            "losing",
            ("yearly", "retention", "years", "replacement"),
            "retention",
            _rows((100_000, 80, 10, 10_000), (100_000, 85, 10, 10_000), (100_000, 50, 2, 10_000)),
            losing,
            "amount",
            Decimal(0),
            Decimal(100),
            {
                "retention": DEFAULT.retention,
                "years": Decimal(DEFAULT.years),
                "replacement": Decimal(0),
            },
        ),
    )
}


def curve(asked: Calculation, numbers: Numbers) -> list[tuple[Decimal, Decimal]]:
    """The results while one number moves, as far as they make sense and stay in sight."""
    here = numbers[asked.parts.index(asked.moved)]
    low, high = min(asked.low, here), max(asked.high, here + 1)
    top = abs(asked.result(*numbers)) * _HIGHEST or Decimal(100)
    found = []
    for at in range(_POINTS + 1):
        x = low + (high - low) * at / _POINTS
        try:
            y = asked.result(*asked.with_moved(numbers, x))
        except FieldError:
            continue
        if abs(y) <= top:
            found.append((x, y))
    return found
