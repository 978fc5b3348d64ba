"""Balanced indicators: four groups, each to attack and to defend, target against actual (M34)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from fieldsales.domain.classes.history import share, shown
from fieldsales.domain.classes.judged import within
from fieldsales.domain.classes.parts import Part, Parts, summed
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


Pull = tuple[Decimal | int, int, int]  # what somebody pulls, falling money, who


def actual(indicator: Indicator, parts: Collection[Part]) -> Decimal | None:
    """What the parts come to, one decimal; None where they tell nothing.

    A percent and a score are all parts by all they are of, a count their sum, days the middle of
    them. Worked examples: 3 of 4 and 0 of 2 visits are 50.0 %; answers after 1, 2 and 6 days are 2.
    """
    whole = summed(parts)
    if indicator.unit == COUNT:
        return Decimal(whole.part)
    if not parts or whole.of <= 0:
        return None
    if indicator.unit == DAYS:
        return half_up(median(Decimal(one.part) for one in parts), 1)
    ratio = EXACT.divide(Decimal(whole.part), Decimal(whole.of))
    return half_up(ratio * 100 if indicator.unit == PERCENT else ratio, 1)


def pulling(indicator: Indicator, parts: Collection[Part]) -> list[Part]:
    """Customer by customer those who keep the figure from being better, the worst of them first.

    It is better without them; of what is counted, such as customers won, those who are in it. All
    of one customer count together, of days the longest.
    """
    return [one for _, one in sorted(pulls(indicator, parts))]


def pulls(indicator: Indicator, parts: Collection[Part]) -> Iterator[tuple[Pull, Part]]:
    """The same in whatever order, each with what orders it: the least pulls most."""
    found = parts if isinstance(parts, Parts) else _of_each(indicator, parts)
    whole, sign = summed(found), -1 if indicator.falls else 1
    done, all_of = whole.part, whole.of
    for one in found:
        customer, part, of, money = one
        if not customer:
            continue
        if indicator.unit == COUNT:
            if part:
                yield (0, -money, customer), one
        elif indicator.unit == DAYS:
            yield (-part, 0, customer), one
        elif (pull := sign * (part * all_of - of * done)) < 0:
            yield (pull, -money, customer), one


def _of_each(indicator: Indicator, parts: Iterable[Part]) -> list[Part]:
    """Parts of which a customer may have several; those of nobody are left out."""
    found: dict[int, Part] = {}
    for one in parts:
        if one.customer:
            before = found.get(one.customer)
            found[one.customer] = one if before is None else _both(indicator, before, one)
    return list(found.values())


def _both(indicator: Indicator, one: Part, other: Part) -> Part:
    part = max(one.part, other.part) if indicator.unit == DAYS else one.part + other.part
    return Part(one.customer, part, one.of + other.of, one.money + other.money)
