"""What late payment costs: interest that eats the net margin month by month (M41)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from fieldsales.domain.money.bad_debt import check_margin
from fieldsales.domain.money.exact import EXACT, HUNDRED, half_up, percent_of, whole
from fieldsales.errors import FieldError

TEXTBOOK = tuple(
    (Decimal(margin), Decimal(rate)) for margin, rate in ((10, 5), (8, 12), (6, 15), (2, 10))
)
MARGIN, RATE = "8", "6"  # net margin and cost of money a year in percent, until told otherwise
_YEAR = 365  # days of interest


def months_until_eaten(margin: Decimal, rate: Decimal) -> Decimal:
    """Months until interest at a yearly rate has eaten a net margin, both in percent; one decimal.

    Worked examples: 10 % at 5 % = 24.0; 8 % at 12 % = 8.0; 6 % at 15 % = 4.8; 2 % at 10 % = 2.4.
    """
    check_margin(margin)
    check_rate(rate)
    return half_up(EXACT.divide(12 * margin, rate), 1)


def check_rate(rate: Decimal) -> None:
    """Raises FieldError("money.rate") unless 0 < rate <= 100 percent a year."""
    if not 0 < rate <= HUNDRED:
        raise FieldError("money.rate", "rate")


def interest(amount: int, rate: Decimal, days: int) -> int:
    """What an amount in minor units costs in so many days at a yearly rate in percent; 365 days
    make a year, none before the day it is due.
    """
    if days <= 0:
        return 0
    return whole(EXACT.divide(percent_of(Decimal(amount), rate) * days, Decimal(_YEAR)))


@dataclass(frozen=True, slots=True)
class Eaten:
    """What is left of the margin of an unpaid amount, in minor units (M41).

    `cost` is the interest so far; `left` may be negative; `gone_on` the day on which nothing of
    the margin is left.
    """

    margin: int
    cost: int
    left: int
    gone_on: date


def eaten(amount: int, due: date, today: date, margin: Decimal, rate: Decimal) -> Eaten:
    """How lateness eats the margin of a receivable; interest begins on the day after it was due.

    Worked example: 100 000 due on 1 January at a margin of 8 % and 12 % a year has cost 1 973 after
    60 days, has 6 027 left, and is eaten after 244 days (8 months).
    """
    check_margin(margin)
    check_rate(rate)
    earned = whole(percent_of(Decimal(amount), margin))
    cost = interest(amount, rate, (today - due).days)
    days = int(EXACT.divide(margin * _YEAR, rate).to_integral_value(ROUND_CEILING))
    return Eaten(earned, cost, earned - cost, due + timedelta(days=days))
