"""Balanced indicators: four groups, each to attack and to defend, target against actual (M34)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.history import YEAR, change, months_before, share, shown
from fieldsales.domain.classes.judged import within
from fieldsales.domain.money.exact import EXACT, percent_of

FINANCE, CUSTOMER, PROCESS, PEOPLE = "finance", "customer", "process", "people"
GROUPS = (FINANCE, CUSTOMER, PROCESS, PEOPLE)
ATTACK, DEFEND = "attack", "defend"
MET, NEAR, MISSED = "met", "near", "missed"
BETTER, WORSE, SAME = "better", "worse", "same"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured; `falls` where less is better."""

    code: str
    group: str
    side: str
    weight: int = 2
    falls: bool = False


# In the process attacking has few indicators of low weight, defending more of a higher one.
INDICATORS = (
    Indicator("sales_growth", FINANCE, ATTACK),
    Indicator("profit_growth", FINANCE, DEFEND),
    Indicator("selling_cost", FINANCE, DEFEND, falls=True),
    Indicator("bad_debts", FINANCE, DEFEND, falls=True),
    Indicator("customers_won", CUSTOMER, ATTACK),
    Indicator("satisfaction", CUSTOMER, DEFEND),
    Indicator("customers_kept", CUSTOMER, DEFEND),
    Indicator("potential_known", CUSTOMER, DEFEND),  # the finer segments rest on it
    Indicator("advance_rate", PROCESS, ATTACK, weight=1),
    Indicator("visits_as_planned", PROCESS, DEFEND),
    Indicator("answer_days", PROCESS, DEFEND, falls=True),
    Indicator("paid_on_time", PROCESS, DEFEND),
    Indicator("team_growth", PEOPLE, ATTACK),
    Indicator("staff_satisfaction", PEOPLE, DEFEND),
    Indicator("transfers", PEOPLE, DEFEND, falls=True),
    Indicator("turnover", PEOPLE, DEFEND, falls=True),
)
BY_CODE = {one.code: one for one in INDICATORS}


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


def from_records(facts: Iterable[Facts], margin: Decimal) -> dict[str, Decimal]:
    """What the records alone can tell of the twelve months that end with the facts' day.

    Growth of sales and profit (sales of unknown cost earn `margin` percent), customers who bought
    for the first time, percent kept of those who bought in the year before, percent with a known
    potential. What cannot be told is left out.
    """
    known = list(facts)
    last = sum(one.history.last.amount for one in known)
    before = sum(one.history.before.amount for one in known)
    earned = sum(one.history.last.margin(margin) for one in known)
    earned_before = sum(one.history.before.margin(margin) for one in known)
    had = [one for one in known if one.history.before.amount > 0]
    kept = sum(one.history.bought_within(YEAR) for one in had)
    told = {
        "sales_growth": shown(change(last, before)),
        "profit_growth": shown(change(earned, earned_before)),
        "customers_won": Decimal(sum(_won(one) for one in known)),
        "customers_kept": shown(share(kept, len(had))),
        "potential_known": shown(
            share(sum(one.potential is not None for one in known), len(known))
        ),
    }
    return {code: figure for code, figure in told.items() if figure is not None}


def _won(facts: Facts) -> bool:
    first = facts.history.first
    return first is not None and first > months_before(facts.as_of, YEAR)
