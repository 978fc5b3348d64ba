"""The relationship cycle: build, develop, maintain, broken; and what it took and brought (M10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fieldsales.domain.classes.facts import Effort, Facts
from fieldsales.domain.classes.history import NOTHING, Sums, months_before
from fieldsales.domain.classes.judged import Judged, judged, rising, within
from fieldsales.domain.portfolio import CLASSES, CYCLE

BUILD, DEVELOP, MAINTAIN, BROKEN = CLASSES[CYCLE]


@dataclass(frozen=True, slots=True)
class CycleRule:
    """Months in which an acquaintance is new, months of silence that break it, and from which
    degree of contact (1 … 5) on it is more than a beginning.
    """

    build_months: int = 6
    broken_months: int = 12
    develop_from: int = 3

    def __post_init__(self) -> None:
        within(self, 1, 600, "build_months", "broken_months")
        within(self, 1, 5, "develop_from")
        rising(self, "build_months", "broken_months")


DEFAULT = CycleRule()


def cycle(facts: Facts, rule: CycleRule = DEFAULT) -> Judged:
    """M10 by behaviour; a purchase is a contact, too. `relationship.lopsided` compares feeling.

    Silence breaks it; what is new or slight is being built; who bought in both of the last years
    is maintained; the rest develops. Worked examples: met last 13 months ago is broken; met first
    2 months ago is build; known for 2 years, sold to this year only is develop.
    """
    history, met = facts.history, facts.contacted
    days = [day for day in (met.first, met.last, history.first, history.latest) if day]
    if not days:
        return judged(BUILD, "not_met")
    first, last = min(days), max(days)
    if last <= months_before(facts.as_of, rule.broken_months):
        return judged(BROKEN, "silent", last_on=last, months=rule.broken_months)
    if first > months_before(facts.as_of, rule.build_months):
        return judged(BUILD, "new", first_on=first)
    sales, before = history.last.amount, history.before.amount
    if sales > 0 and before > 0:
        return judged(MAINTAIN, "buys_again", sales=sales, before=before)
    if sales > 0:
        return judged(DEVELOP, "buys", sales=sales, last_on=last)
    if met.doing >= rule.develop_from:
        return judged(DEVELOP, "in_touch", points=met.doing, last_on=last)
    return judged(BUILD, "little_done", points=met.doing, last_on=last)


@dataclass(frozen=True, slots=True)
class Month:
    """What a month took and brought; money in minor units."""

    month: str
    visits: int = 0
    minutes: int = 0
    cost: int = 0
    sales: int = 0


def investment(efforts: Iterable[Effort], sold: Mapping[str, Sums]) -> tuple[Month, ...]:
    """Investment against return of one customer by month (`history.by_month`), those without
    either left out.
    """
    taken: dict[str, list[int]] = {month: [0, 0, 0] for month in sold}
    for effort in efforts:
        sums = taken.setdefault(effort.day.isoformat()[:7], [0, 0, 0])
        for at, more in enumerate((1, effort.minutes, effort.cost)):
            sums[at] += more
    return tuple(
        Month(month, visits, minutes, cost, sold.get(month, NOTHING).amount)
        for month, (visits, minutes, cost) in sorted(taken.items())
    )
