"""The review of customers (M11): who is on its list and why, what was decided about each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import fields as f
from fieldsales.domain.classes.whole import Worth
from fieldsales.domain.fields import Record
from fieldsales.domain.portfolio import CLASSES, COURSE, CYCLE, IMPORTANCE, KIND, LOYALTY, STATUS

FELL, ENDS, RULE, ROSE, STALE = "fell", "ends", "rule", "rose", "stale"
KINDS = (FELL, ENDS, RULE, ROSE, STALE)  # in this order they are gone through
ACCEPTED, CORRECTED, NOTED, TASK, SKIPPED = "accepted", "corrected", "noted", "task", "skipped"
DECISIONS = (ACCEPTED, CORRECTED, NOTED, TASK, SKIPPED)
MOST = 15  # of a kind: more is no meeting
USUAL_SPAN = 90  # days a first review looks back
ENDS_WITHIN = 30  # days in which a class held by hand comes into review
STALE_AFTER = 90  # days without contact
STALE_BELOW = 50  # percent of the file filled in

# how good a class is, by the methods that know better and worse; the first tells most
_RANKS: Mapping[str, Mapping[str, int]] = {
    IMPORTANCE: {code: -at for at, code in enumerate(CLASSES[IMPORTANCE])},
    COURSE: {"growing": 3, "new": 2, "stable": 2, "declining": 1, "problem": 0, "no_value": -1},
    STATUS: {code: -at for at, code in enumerate(CLASSES[STATUS])},
    LOYALTY: {code: -at for at, code in enumerate(CLASSES[LOYALTY])},
    KIND: {"star": 2, "cow": 1, "question": 1, "dog": 0},
    CYCLE: {"maintain": 3, "develop": 2, "build": 1, "broken": 0},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """A meeting over the customers, compared with the day `since`.

    `left_out`: how many more there would have been. Until `closed_at` it can be gone on with.
    """

    held_on: str = f.day(required=True)
    since: str = f.day(required=True)
    closed_at: str | None = f.moment(shown=False)
    left_out: int | None = f.integer(0, shown=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem(Record):
    """A customer of a review: why it is on the list, its figures of that day, what was decided.

    `was` and `proposed` are classes by `method`: what it was (or is held at by hand) and what
    it is (or would be by the rule). `also`: further moves, `method:before>now` parted by spaces.
    Money in minor units of `currency`.
    """

    ALONE_BY: ClassVar[tuple[str, ...]] = ("review_id", "customer_id", "kind", "method")

    review_id: str = f.reference("review", required=True, shown=False)
    customer_id: str = f.reference("customer", required=True, shown=False)
    position: int | None = f.integer(0, shown=False)
    kind: str = f.choice("review_kind", KINDS, shown=False)
    method: str = f.choice("class_method", CLASSES, shown=False)
    was: str = f.text(max_length=30, shown=False)
    proposed: str = f.text(max_length=30, shown=False)
    also: str = f.text(max_length=400, shown=False)
    until: str | None = f.day()
    seen_on: str | None = f.day()
    completeness: int | None = f.integer(0, 100, shown=False)
    sales: int | None = f.money(low=-f.MONEY_LIMIT)
    sales_before: int | None = f.money(low=-f.MONEY_LIMIT)
    currency: str = f.text(max_length=3, shown=False)
    decision: str = f.choice("review_decision", DECISIONS)
    note: str = f.note(2_000)
    pin_id: str | None = f.reference("class_pin", shown=False)
    task_id: str | None = f.reference("task", shown=False)
    decided_at: str | None = f.moment(shown=False)

    @property
    def moves(self) -> tuple[tuple[str, str, str], ...]:
        """The further moves: (method, before, now)."""
        found = []
        for one in self.also.split():
            method, _, codes = one.partition(":")
            before, _, now = codes.partition(">")
            found.append((method, before, now))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Move:
    """How a class changed; `better` is negative where it fell."""

    method: str
    before: str
    now: str
    better: int


def moves(then: Worth, now: Worth) -> list[Move]:
    """What rose or fell between two days: falls first, then by how much the method tells.

    Worked example: a VIP that is major now, yet loyal instead of old: fell by importance, then
    rose by loyalty. What could not be told on one of the days is no move.
    """
    found = []
    for method, ranks in _RANKS.items():
        before, after = then.code(method), now.code(method)
        if before in ranks and after in ranks and ranks[before] != ranks[after]:
            found.append(Move(method, before, after, ranks[after] - ranks[before]))
    return sorted(found, key=lambda one: one.better > 0)  # the order of methods stays


def moved(then: Iterable[Worth], now: Iterable[Worth]) -> dict[str, list[tuple[Worth, list[Move]]]]:
    """FELL and ROSE -> the customers with their moves, the one worth most first.

    Who is new since, or gone, did not move.
    """
    known = {one.customer_id: one for one in then}
    found: dict[str, list[tuple[Worth, list[Move]]]] = {FELL: [], ROSE: []}
    for one in now:
        before = known.get(one.customer_id)
        made = moves(before, one) if before else []
        if made:
            found[FELL if made[0].better < 0 else ROSE].append((one, made))
    for listed in found.values():
        listed.sort(key=lambda pair: (-pair[0].rank_value, pair[0].customer_id))
    return found


@dataclass(frozen=True, slots=True)
class Tally:
    """A review in figures: how many of each kind, how many were decided in which way.

    `tasks_done` of `tasks` are done by now; `undecided` are still to be gone through.
    """

    kinds: Mapping[str, int]
    decisions: Mapping[str, int]
    tasks: int
    tasks_done: int

    @property
    def total(self) -> int:
        return sum(self.kinds.values())

    @property
    def undecided(self) -> int:
        return self.total - sum(self.decisions.values())
