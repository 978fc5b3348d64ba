"""Customer value in its three parts, lifetime value, the cost of losing, and what if (M30)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.judged import within
from fieldsales.domain.forecast import weighted
from fieldsales.domain.money.exact import HUNDRED, percent_of, whole, whole_percent, whole_ratio


@dataclass(frozen=True, slots=True)
class Terms:
    """What the future is reckoned with, one for each tier or one for all.

    Percent: `retention` of the customers that stay from one year to the next, `discount` a year
    (the money's own growth), `margin` of sales whose cost is unknown. `years` looked ahead. Minor
    units: `replacement`, what winning a customer instead costs, and `visit_cost`.
    """

    retention: Decimal = Decimal(80)
    discount: Decimal = Decimal(8)
    margin: Decimal = Decimal(20)
    years: int = 10
    replacement: int = 0
    visit_cost: int = 0

    def __post_init__(self) -> None:
        within(self, 0, 100, "retention", "discount", "margin")
        within(self, 1, 50, "years")
        within(self, 0, 10**15, "replacement", "visit_cost")


DEFAULT = Terms()


class Value(NamedTuple):
    """M30 in minor units: bought so far, open deals times probability, need still to come.

    `entered`: the need was entered; otherwise it is what was sold in twelve months, as far as
    the customer stays.
    """

    purchases: int
    deals: int
    future: int
    entered: bool = False

    @property
    def total(self) -> int:
        return self.purchases + self.deals + self.future


def value(facts: Facts, terms: Terms = DEFAULT) -> Value:
    """Customer value with its parts visible.

    Worked example: 300 000 bought, 100 000 of it this year, a deal of 50 000 at 40 %: 300 000 +
    20 000 + 80 000 (100 000 × 80 %) = 400 000.
    """
    entered = facts.future_need is not None
    expected = whole_percent(max(facts.history.last.amount, 0), terms.retention)
    return Value(
        facts.history.total,
        sum(weighted(*deal) for deal in facts.deals),
        expected if facts.future_need is None else facts.future_need,
        entered,
    )


class Outlook(NamedTuple):
    """What a customer will bring, in minor units: `margin` a year, `lifetime` what all years to
    come are worth today, `losing` what it costs to lose them.
    """

    margin: int
    lifetime: int
    losing: int


def outlook(margin: int, terms: Terms = DEFAULT) -> Outlook:
    """Lifetime value and cost of losing of a yearly margin (M30).

    lifetime = Σ margin × retention^t ÷ (1 + discount)^t over the years to come; losing = margin ×
    years expected (Σ retention^t) + cost of winning a replacement, never below that cost. Worked
    example: 100 000 a year, 50 % stay, 25 % discount, 2 years ahead: 40 000 + 16 000 = 56 000;
    0.75 years are expected, with 10 000 for a replacement losing costs 85 000.
    """
    kept, worth = (
        _years(terms.retention, Decimal(0), terms.years),
        _years(terms.retention, terms.discount, terms.years),
    )
    return Outlook(
        margin,
        whole_ratio(margin * worth[0], worth[1]),
        max(whole_ratio(margin * kept[0], kept[1]), 0) + terms.replacement,
    )


def outlook_of(facts: Facts, terms: Terms = DEFAULT) -> Outlook:
    """The outlook by the margin of the last twelve months.

    Tiers (M06) are cut by it with the same terms for all; with the terms of their tier after that,
    or the tier would depend on itself.
    """
    return outlook(facts.history.last.margin(terms.margin), terms)


@dataclass(frozen=True, slots=True)
class Change:
    """What if: points of retention, percent on the price, more visits a year; or less of each."""

    retention: Decimal = Decimal(0)
    price: Decimal = Decimal(0)
    visits: int = 0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The outlook before and after a change."""

    before: Outlook
    after: Outlook

    @property
    def gained(self) -> int:
        """By how much the lifetime value grows."""
        return self.after.lifetime - self.before.lifetime


def what_if(sales: int, margin: int, change: Change, terms: Terms = DEFAULT) -> WhatIf:
    """How an outlook changes: a higher price is all margin as long as the quantity stays, a visit
    costs what visits cost, retention stays within 0 … 100.

    Worked example: 500 000 of sales with a margin of 100 000, price up 2 %: 110 000 a year.
    """
    retention = min(max(terms.retention + change.retention, Decimal(0)), HUNDRED)
    earned = margin + whole(percent_of(Decimal(sales), change.price))
    return WhatIf(
        outlook(margin, terms),
        outlook(earned - change.visits * terms.visit_cost, replace(terms, retention=retention)),
    )


@lru_cache(maxsize=256)
def _years(retention: Decimal, discount: Decimal, years: int) -> tuple[int, int]:
    """What a unit a year is worth today, all years to come together, as a fraction."""
    step = Fraction(retention) / Fraction(HUNDRED + discount)
    return sum(step**year for year in range(1, years + 1)).as_integer_ratio()
