"""Where time, people and money go: shares planned for attack, defend, maintain and spent (M33)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from fieldsales.domain.classes import stance
from fieldsales.domain.classes.facts import Effort
from fieldsales.domain.classes.history import shares
from fieldsales.domain.money.exact import EXACT, half_up
from fieldsales.errors import FieldError

ATTACK, DEFEND, MAINTAIN, ELSEWHERE = "attack", "defend", "maintain", "elsewhere"
SIDES = (ATTACK, DEFEND, MAINTAIN)
TIME, PEOPLE, MONEY = "time", "people", "money"
MEANS = (TIME, PEOPLE, MONEY)
_SIDE = {
    stance.ACQUIRE: ATTACK,
    stance.HARASS: ATTACK,
    stance.RETAIN: DEFEND,
    stance.MAINTAIN: MAINTAIN,
}


def side(code: str) -> str:
    """The side a stance belongs to; ELSEWHERE for customers to drop and those without a stance."""
    return _SIDE.get(code, ELSEWHERE)


def _usual() -> Mapping[str, int]:
    return {ATTACK: 40, DEFEND: 40, MAINTAIN: 20}


@dataclass(frozen=True, slots=True)
class Plan:
    """Side -> percent, a column for each of MEANS; a column adds up to 100."""

    time: Mapping[str, int] = field(default_factory=_usual)
    people: Mapping[str, int] = field(default_factory=_usual)
    money: Mapping[str, int] = field(default_factory=_usual)

    def __post_init__(self) -> None:
        for means in MEANS:
            column = self.column(means)
            if min(column.values()) < 0:
                raise FieldError("field.too_small", means, limit=0)
            if sum(column.values()) != 100:
                raise FieldError("resources.column_sum", means, sum=sum(column.values()))

    def column(self, means: str) -> dict[str, int]:
        """Side -> percent of one of MEANS, 0 where none was given."""
        given: Mapping[str, int] = getattr(self, means)
        return {side: given.get(side, 0) for side in SIDES}


@dataclass(frozen=True, slots=True)
class Spent:
    """What one side took: minutes, visits, and minor units."""

    minutes: int = 0
    visits: int = 0
    cost: int = 0


def spent(
    efforts: Iterable[Effort], stances: Mapping[str, str], first: date, last: date
) -> dict[str, Spent]:
    """Each of SIDES and ELSEWHERE -> what its customers took from a first to a last day."""
    sums = {one: [0, 0, 0] for one in (*SIDES, ELSEWHERE)}
    for effort in efforts:
        if first <= effort.day <= last:
            taken = sums[side(stances.get(effort.customer_id, ""))]
            for at, more in enumerate((effort.minutes, 1, effort.cost)):
                taken[at] += more
    return {one: Spent(*taken) for one, taken in sums.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of one of MEANS in percent: planned, and of what was spent, one decimal."""

    planned: int
    actual: Decimal

    @property
    def gap(self) -> Decimal:
        """Points spent beyond the plan; below 0 too little was spent."""
        return self.actual - self.planned


def compared(plan: Plan, taken: Mapping[str, Spent]) -> dict[str, dict[str, Cell]]:
    """Means -> each of SIDES and ELSEWHERE (never planned) -> its cell; people count as visits.

    The percent spent add up to 100.0 in each column, or are all 0.
    """
    rows = (*SIDES, ELSEWHERE)
    columns = {
        TIME: [taken[one].minutes for one in rows],
        PEOPLE: [taken[one].visits for one in rows],
        MONEY: [taken[one].cost for one in rows],
    }
    return {
        means: {
            one: Cell(plan.column(means).get(one, 0), actual)
            for one, actual in zip(rows, shares(column), strict=True)
        }
        for means, column in columns.items()
    }


def hours_off(
    plan: Plan, taken: Mapping[str, Spent], first: date, last: date
) -> dict[str, Decimal]:
    """Each of SIDES and ELSEWHERE -> hours a week spent beyond the plan, one decimal.

    Worked example: in 14 days 600 minutes, of them 120 to attack where 40 % were planned: −2.0
    hours in two weeks, −1.0 a week.
    """
    total = sum(one.minutes for one in taken.values())
    days = (last - first).days + 1
    column = plan.column(TIME)
    return {
        one: half_up(
            EXACT.divide(
                Decimal(7 * (100 * of_side.minutes - column.get(one, 0) * total)),
                Decimal(100 * 60 * days),
            ),
            1,
        )
        for one, of_side in taken.items()
    }


def causes(
    efforts: Iterable[Effort], stances: Mapping[str, str], of_side: str, first: date, last: date
) -> tuple[tuple[str, int], ...]:
    """(customer, minutes) of a side from a first to a last day, who took most of it first."""
    minutes: dict[str, int] = {}
    for customer_id, day, took, _ in efforts:
        if first <= day <= last and side(stances.get(customer_id, "")) == of_side:
            minutes[customer_id] = minutes.get(customer_id, 0) + took
    return tuple(sorted(minutes.items(), key=lambda one: (-one[1], one[0])))
