"""Importance by tiers of value: VIP, major, ordinary, small (M06)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from fieldsales.domain.classes.judged import Judged, judged, rising, within
from fieldsales.domain.money.exact import percent_of
from fieldsales.domain.portfolio import CLASSES, IMPORTANCE

TIERS = VIP, MAJOR, ORDINARY, SMALL = CLASSES[IMPORTANCE]


@dataclass(frozen=True, slots=True)
class Cuts:
    """Percent of the customers that are VIP, major or better, ordinary or better."""

    vip: Decimal = Decimal(1)
    major: Decimal = Decimal(5)
    ordinary: Decimal = Decimal(20)

    def __post_init__(self) -> None:
        within(self, 0, 100, "vip", "major", "ordinary")
        rising(self, "vip", "major", "ordinary")

    def places(self, customers: int) -> dict[str, int]:
        """Tier -> the last rank that belongs to it, part of a customer rounded up."""
        return {
            tier: int(percent_of(Decimal(customers), percent).to_integral_value(ROUND_CEILING))
            for tier, percent in ((VIP, self.vip), (MAJOR, self.major), (ORDINARY, self.ordinary))
        }


DEFAULT = Cuts()


def bars(values_falling: Sequence[int], cuts: Cuts = DEFAULT) -> dict[str, int]:
    """Tier -> the value a customer must exceed to be in it or a better one, of values in falling
    order: that of the first who has no place, so that equal ones are never parted.
    """
    customers = len(values_falling)
    return {
        tier: max(values_falling[last], 0) if last < customers else 0
        for tier, last in cuts.places(customers).items()
    }


def tier(value: int, over: Mapping[str, int]) -> str:
    """The tier of a value by the bars."""
    if value <= 0:
        return SMALL
    return next((tier for tier, bar in over.items() if value > bar), SMALL)


def judge(value: int, over: Mapping[str, int], rank: int, customers: int) -> Judged:
    """M06 of one customer; `rank` is that of the last of those with an equal value."""
    code = tier(value, over)
    if value <= 0:
        return judged(code, "worth_nothing", value=value)
    return judged(code, "by_value", value=value, rank=rank, customers=customers)


def importance(values: Mapping[str, int], cuts: Cuts = DEFAULT) -> dict[str, Judged]:
    """M06: id -> tier by value in minor units; every customer has exactly one.

    Equal values are never parted: all of them have the rank of the last. Whoever is worth nothing
    is small. Worked example: of 100 customers the first is VIP, the next 4 are major, 15 ordinary,
    80 small; of 10 the first is VIP (1 % of 10, rounded up), the second ordinary.
    """
    rising_values = sorted(values.values())
    customers = len(rising_values)
    over = bars(rising_values[::-1], cuts)
    return {
        customer_id: judge(value, over, customers - bisect_left(rising_values, value), customers)
        for customer_id, value in values.items()
    }
