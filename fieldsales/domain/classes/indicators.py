"""Balanced indicators: four groups, each to attack and to defend, target against actual (M34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from fieldsales.domain.classes.history import YEAR, History, months_before, share, shown
from fieldsales.domain.classes.judged import within
from fieldsales.domain.money.exact import EXACT, HUNDRED, half_up, percent_of

FINANCE, CUSTOMER, PROCESS, PEOPLE = "finance", "customer", "process", "people"
GROUPS = (FINANCE, CUSTOMER, PROCESS, PEOPLE)
ATTACK, DEFEND = "attack", "defend"
SIDES = (ATTACK, DEFEND)
MET, NEAR, MISSED = "met", "near", "missed"
BETTER, WORSE, SAME = "better", "worse", "same"
PERCENT, COUNT, SCORE, DAYS = "percent", "count", "score", "days"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured, in which unit (a score is 1 … 5); `falls` where less is better."""

    code: str
    group: str
    side: str
    unit: str = PERCENT
    weight: int = 2
    falls: bool = False


# In the process attacking has few indicators of low weight, defending more of a higher one.
INDICATORS = (
    Indicator("sales_growth", FINANCE, ATTACK),
    Indicator("profit_growth", FINANCE, DEFEND),
    Indicator("selling_cost", FINANCE, DEFEND, falls=True),
    Indicator("bad_debts", FINANCE, DEFEND, falls=True),
    Indicator("customers_won", CUSTOMER, ATTACK, COUNT),
    Indicator("share_of_wallet", CUSTOMER, ATTACK),
    Indicator("satisfaction", CUSTOMER, DEFEND, SCORE),
    Indicator("customers_kept", CUSTOMER, DEFEND),
    Indicator("potential_known", CUSTOMER, DEFEND),  # the finer segments rest on it
    Indicator("advance_rate", PROCESS, ATTACK, weight=1),
    Indicator("win_rate", PROCESS, ATTACK, weight=1),
    Indicator("visits_as_planned", PROCESS, DEFEND),
    Indicator("answer_days", PROCESS, DEFEND, DAYS, falls=True),
    Indicator("paid_on_time", PROCESS, DEFEND),
    Indicator("reviews_held", PROCESS, DEFEND, COUNT),
    Indicator("team_growth", PEOPLE, ATTACK, COUNT),
    Indicator("staff_satisfaction", PEOPLE, DEFEND, SCORE),
    Indicator("transfers", PEOPLE, DEFEND, COUNT, falls=True),
    Indicator("turnover", PEOPLE, DEFEND, falls=True),
)
BY_CODE = {one.code: one for one in INDICATORS}
TYPED = tuple(one.code for one in INDICATORS if one.group == PEOPLE)  # no record tells of them


@dataclass(frozen=True, slots=True)
class IndicatorRule:
    """`near`: percent of the target by which an actual may miss it and still be near."""

    near: Decimal = Decimal(10)

    def __post_init__(self) -> None:
        within(self, 0, 100, "near")


DEFAULT = IndicatorRule()


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator's figures, in its own unit; None where unknown. `before`: the last period's."""

    target: Decimal | None = None
    actual: Decimal | None = None
    before: Decimal | None = None


def state(indicator: Indicator, reading: Reading, rule: IndicatorRule = DEFAULT) -> str:
    """MET, NEAR or MISSED; '' while the target or the actual is unknown.

    Worked examples: a growth of 9 against 10 is near, 8.9 missed; selling cost of 5.5 against 5 is
    near, 4 met.
    """
    if reading.target is None or reading.actual is None:
        return ""
    missing = EXACT.subtract(reading.target, reading.actual)
    if indicator.falls:
        missing = -missing
    if missing <= 0:
        return MET
    return NEAR if missing <= percent_of(abs(reading.target), rule.near) else MISSED


def trend(indicator: Indicator, reading: Reading) -> str:
    """BETTER, WORSE or SAME than the period before; '' while one of both is unknown."""
    if reading.actual is None or reading.before is None:
        return ""
    if reading.actual == reading.before:
        return SAME
    return BETTER if (reading.actual > reading.before) != indicator.falls else WORSE


def fulfilled(
    readings: Mapping[str, Reading], group: str, side: str, rule: IndicatorRule = DEFAULT
) -> Decimal | None:
    """Percent of the weight of a group's side whose target is met, one decimal; near counts half.

    Indicators without target or actual are left out; None where all are.
    """
    total = reached = 0
    for one in INDICATORS:
        found = state(one, readings.get(one.code, Reading()), rule)
        if (one.group, one.side) == (group, side) and found:
            total += 2 * one.weight
            reached += {MET: 2, NEAR: 1, MISSED: 0}[found] * one.weight
    return shown(share(reached, total))


def furthest(readings: Mapping[str, Reading], rule: IndicatorRule = DEFAULT) -> list[str]:
    """The indicators whose target is not met, those that count most and miss most of it first.

    Worked example: 5 of 10 won misses half, 3.6 of 4.0 a tenth; a target of 0 is missed as a whole.
    """
    missing: dict[str, Decimal] = {}
    for one in INDICATORS:
        reading = readings.get(one.code, Reading())
        if state(one, reading, rule) in (NEAR, MISSED):
            assert reading.target is not None
            assert reading.actual is not None
            part = share(abs(reading.target - reading.actual), abs(reading.target))
            missing[one.code] = one.weight * min(HUNDRED if part is None else part, HUNDRED)
    return sorted(missing, key=lambda code: -missing[code])


class Part(NamedTuple):
    """What a customer, by the number of its row (0 for nobody), adds to an indicator: `part` of
    `of`; `money` goes with it, in minor units.
    """

    customer: int
    part: Decimal | int
    of: Decimal | int = 1
    money: int = 0


def actual(indicator: Indicator, parts: Iterable[Part]) -> Decimal | None:
    """What the parts come to, one decimal; None where they tell nothing.

    A percent and a score are all parts by all they are of, a count their sum, days the middle of
    them. Worked examples: 3 of 4 and 0 of 2 visits are 50.0 %; answers after 1, 2 and 6 days are 2.
    """
    known = list(parts)
    done, of = sum(one.part for one in known), sum(one.of for one in known)
    if indicator.unit == COUNT:
        return Decimal(done)
    if not known or of <= 0:
        return None
    if indicator.unit == DAYS:
        return half_up(median(Decimal(one.part) for one in known), 1)
    ratio = EXACT.divide(Decimal(done), Decimal(of))
    return half_up(ratio * 100 if indicator.unit == PERCENT else ratio, 1)


def pulling(indicator: Indicator, parts: Iterable[Part]) -> list[Part]:
    """Customer by customer those who keep the figure from being better, the worst of them first.

    It is better without them; of what is counted, such as customers won, those who are in it.
    """
    of_each: dict[int, list[Part]] = {}
    for one in parts:
        if one.customer:
            of_each.setdefault(one.customer, []).append(one)
    summed = [_summed(indicator, number, theirs) for number, theirs in of_each.items()]
    if indicator.unit == COUNT:
        return sorted(
            (one for one in summed if one.part), key=lambda one: (-one.money, one.customer)
        )
    if indicator.unit == DAYS:
        return sorted(summed, key=lambda one: (-one.part, one.customer))
    done, of = Decimal(sum(one.part for one in summed)), Decimal(sum(one.of for one in summed))
    sign = 1 if indicator.falls else -1

    def pull(one: Part) -> Decimal:
        return sign * (one.part * of - one.of * done)

    return sorted(
        (one for one in summed if pull(one) > 0),
        key=lambda one: (-pull(one), -one.money, one.customer),
    )


def _summed(indicator: Indicator, number: int, parts: Sequence[Part]) -> Part:
    """All of one customer; of days the longest."""
    together = max if indicator.unit == DAYS else sum
    return Part(
        number,
        together(one.part for one in parts),
        sum(one.of for one in parts),
        sum(one.money for one in parts),
    )


class Bought(NamedTuple):
    """A customer on a day by the number of its row: what it bought, what it could buy a year."""

    customer: int
    history: History
    potential: int | None = None


def of_sales(customers: Iterable[Bought], margin: Decimal) -> dict[str, list[Part]]:
    """What sales and potentials tell of the twelve months that end with the histories' day.

    Growth of sales and profit over the twelve before (sales of unknown cost earn `margin`
    percent), customers who bought for the first time, those kept of who bought in the year before,
    our share of what those buy whose potential is known, and of how many it is.
    """
    found: dict[str, list[Part]] = {
        code: []
        for code in (
            "sales_growth",
            "profit_growth",
            "customers_won",
            "customers_kept",
            "share_of_wallet",
            "potential_known",
        )
    }
    for number, history, potential in customers:
        last, before = history.last, history.before
        earned, had = last.margin(margin), before.margin(margin)
        if last.amount or before.amount:
            growth = Part(number, last.amount - before.amount, before.amount, last.amount)
            found["sales_growth"].append(growth)
            found["profit_growth"].append(Part(number, earned - had, had, earned))
        if _is_new(history):
            found["customers_won"].append(Part(number, 1, 1, last.amount))
        if before.amount > 0:
            stayed = int(history.bought_within(YEAR))
            found["customers_kept"].append(Part(number, stayed, 1, before.amount))
        if potential:
            found["share_of_wallet"].append(Part(number, last.amount, potential))
        found["potential_known"].append(Part(number, int(potential is not None), 1, last.amount))
    return found


def _is_new(history: History) -> bool:
    first = history.first
    return first is not None and first > months_before(history.as_of, YEAR)
