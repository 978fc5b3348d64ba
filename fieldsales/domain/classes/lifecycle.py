"""The lifecycle grid: across by status, down by how the business goes (M09)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fieldsales.domain.classes import status
from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.history import change
from fieldsales.domain.classes.judged import Judged, judged, rising, within
from fieldsales.domain.portfolio import CLASSES, COURSE

POTENTIAL, SELLING, RELATIONSHIP, LOST = "potential", "selling", "relationship", "lost"
ACROSS = (POTENTIAL, SELLING, RELATIONSHIP, LOST)
DOWN = NEW, GROWING, STABLE, DECLINING, PROBLEM, NO_VALUE = CLASSES[COURSE]
_OF_STATUS = {
    status.POTENTIAL: POTENTIAL,
    status.TARGET: SELLING,
    status.EXISTING: RELATIONSHIP,
    status.LOST: LOST,
}


@dataclass(frozen=True, slots=True)
class LifecycleRule:
    """Percent beyond which sales grow or decline; months in which a customer is new, and after
    which one without an order is of no value.
    """

    declining: Decimal = Decimal(-10)
    growing: Decimal = Decimal(10)
    new_months: int = 6
    no_value_months: int = 24

    def __post_init__(self) -> None:
        within(self, -100, 1_000, "declining", "growing")
        within(self, 1, 600, "new_months", "no_value_months")
        rising(self, "declining", "growing")
        rising(self, "new_months", "no_value_months")


DEFAULT = LifecycleRule()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer stands in the grid; `down` only within the relationship."""

    across: str
    down: Judged | None = None

    @property
    def cell(self) -> tuple[str, str]:
        """(one of ACROSS, one of DOWN or '')."""
        return self.across, self.down.code if self.down else ""


def place(facts: Facts, purchase_status: str, rule: LifecycleRule = DEFAULT) -> Place:
    """M09 of a customer whose purchase status (M03) is known, pinned or judged."""
    stands = across(purchase_status)
    return Place(stands, course(facts, rule) if stands == RELATIONSHIP else None)


def across(purchase_status: str) -> str:
    """One of ACROSS, by the purchase status (M03)."""
    return _OF_STATUS[purchase_status]


def course(facts: Facts, rule: LifecycleRule = DEFAULT) -> Judged:
    """How the business with a customer goes; a problem comes before all, being new before growth.

    Worked examples: 420 000 after 510 000 is declining (`fell`, −17.6 %); 110 after 100 is stable,
    111 growing; a first order 8 months ago has nothing to compare with and is growing (`begun`).
    """
    history = facts.history
    now, before = history.last.amount, history.before.amount
    grown = change(now, before)
    figures = {"sales": now, "before": before, "change": grown}
    if facts.overdue > 0:
        return judged(PROBLEM, "overdue", overdue=facts.overdue)
    if facts.complaints:
        return judged(PROBLEM, "complaint", complaints=facts.complaints)
    if not history.bought_within(rule.no_value_months):
        return judged(NO_VALUE, "silent", last_on=history.latest, months=rule.no_value_months)
    if history.is_new(rule.new_months):
        return judged(NEW, "first_order", first_on=history.first, months=rule.new_months)
    if grown is None:  # nothing before, or more came back than was sold
        if now > 0:
            return judged(GROWING, "begun", **figures)
        return (
            judged(DECLINING, "returned", **figures)
            if now < 0
            else judged(STABLE, "steady", **figures)
        )
    if grown > rule.growing:
        return judged(GROWING, "grew", **figures)
    if grown < rule.declining:
        return judged(DECLINING, "fell", **figures)
    return judged(STABLE, "steady", **figures)


def counts(places: Iterable[Place]) -> dict[tuple[str, str], int]:
    """Every cell of the grid -> how many stand there."""
    found = {(across, ""): 0 for across in ACROSS if across != RELATIONSHIP}
    found |= {(RELATIONSHIP, down): 0 for down in DOWN}
    for one in places:
        found[one.cell] += 1
    return found


def moves(
    before: Mapping[str, Place], now: Mapping[str, Place]
) -> dict[tuple[tuple[str, str], tuple[str, str]], tuple[str, ...]]:
    """(from, to) -> ids of the customers that went there; those known at both times only."""
    found: dict[tuple[tuple[str, str], tuple[str, str]], list[str]] = {}
    for customer_id in sorted(before.keys() & now.keys()):
        step = (before[customer_id].cell, now[customer_id].cell)
        if step[0] != step[1]:
            found.setdefault(step, []).append(customer_id)
    return {step: tuple(ids) for step, ids in sorted(found.items())}
