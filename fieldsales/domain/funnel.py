"""What deals did on their way: days in a stage, conversion, losses, what changed (M25, M36)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import NamedTuple, TypeVar

from fieldsales.domain.pipeline import LOST, WON, Stage
from fieldsales.domain.verdict import Verdict

_By = TypeVar("_By", str, int)

LEAST_STAYS = 5  # below that many, a median says less than what the stage is expected to take
SLOW, STUCK, STALE = 1.0, 1.5, 2.0  # times the usual days (M25: stuck from 1.5)


# --- days in a stage


def usual_days(stage: Stage, stays: Sequence[float]) -> float:
    """M25: the median of the finished stays in a stage, what it says itself if they are few."""
    if len(stays) >= LEAST_STAYS:
        return max(1.0, float(median(stays)))
    return float(stage.usual_days or 1)


def age_level(days: float, usual: float) -> int:
    """0 in time, 1 slow, 2 stuck, 3 stale."""
    return sum(days >= times * usual for times in (SLOW, STUCK, STALE))


def is_snoozed(until: str | None, today: date) -> bool:
    """Whether a deal is put off beyond today; on the day itself it is back."""
    return bool(until) and str(until) > today.isoformat()


def is_stuck(days: float, usual: float, snoozed_until: str | None, today: date) -> bool:
    """M25: in its stage for 1.5 times the usual days, and not put off for a reason."""
    return age_level(days, usual) >= 2 and not is_snoozed(snoozed_until, today)


# --- conversion


class Course(NamedTuple):
    """How far one deal has come: the place of its furthest open stage, and its end, if any."""

    furthest: int
    end: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """What became of the deals that reached a stage: `reached` = `passed` + `lost` + `here`."""

    stage: Stage
    reached: int = 0
    passed: int = 0
    lost: int = 0
    here: int = 0

    @property
    def conversion(self) -> float | None:
        """Share of those decided here that went on; None while none is."""
        decided = self.passed + self.lost
        return self.passed / decided if decided else None


def course(visited: Iterable[str], standing: str, places: Mapping[str, int]) -> Course:
    """The course of a deal that has stood in the `visited` stages and stands in `standing`.

    `places`: open stage -> its place in the pipeline, from 0. A won deal has passed them all.
    """
    if standing == WON:
        return Course(len(places) - 1, WON)
    furthest = max((places[stage] for stage in (*visited, standing) if stage in places), default=0)
    return Course(furthest, LOST if standing == LOST else "")


def flow(courses: Iterable[Course], stages: Sequence[Stage]) -> tuple[Flow, ...]:
    """M25: conversion by stage. A deal counts once in each stage, at the furthest it came to.

    What was skipped counts as passed; going back and forth again changes nothing.
    """
    ends: dict[tuple[int, str], int] = defaultdict(int)
    for one in courses:
        ends[one.furthest, one.end] += 1
    flows: list[Flow] = []
    beyond = 0  # deals that came further than the stage looked at
    for place in reversed(range(len(stages))):
        last = place == len(stages) - 1
        won = sum(ends[at, WON] for at in range(len(stages))) if last else 0
        here, lost = ends[place, ""], ends[place, LOST]
        passed = beyond + won
        flows.append(Flow(stages[place], passed + lost + here, passed, lost, here))
        beyond = passed + lost + here
    return tuple(reversed(flows))


# --- won and lost


class Closed(NamedTuple):
    """A deal that was won or lost, on an ISO day."""

    deal_id: str
    end: str
    reason: str
    rival: str
    source: str
    amount: int
    currency: str
    day: str


@dataclass(slots=True)
class Tally:
    """Deals won and lost, with their money by currency."""

    won: int = 0
    lost: int = 0
    won_sums: dict[str, int] = field(default_factory=dict)
    lost_sums: dict[str, int] = field(default_factory=dict)

    def add(self, one: Closed) -> None:
        sums = self.won_sums if one.end == WON else self.lost_sums
        sums[one.currency] = sums.get(one.currency, 0) + one.amount
        if one.end == WON:
            self.won += 1
        else:
            self.lost += 1

    def of(self, end: str) -> tuple[int, dict[str, int]]:
        """Count and money of those that were won, or lost."""
        return (self.won, self.won_sums) if end == WON else (self.lost, self.lost_sums)

    @property
    def rate(self) -> float | None:
        """Won ÷ decided."""
        decided = self.won + self.lost
        return self.won / decided if decided else None


def tallied(closed: Iterable[Closed], key: Callable[[Closed], str]) -> dict[str, Tally]:
    """Won and lost by what `key` says of a deal (M05, M36), the most lost first; '' = not known."""
    found: dict[str, Tally] = {}
    for one in closed:
        found.setdefault(key(one), Tally()).add(one)
    ordered = sorted(found.items(), key=lambda item: (-item[1].lost, -item[1].won, item[0]))
    return dict(ordered)


# --- visits by stage


@dataclass(frozen=True, slots=True)
class AdvanceRate:
    """Visits held while deals stood in a stage, and those that brought an advance or an order."""

    visits: int = 0
    successes: int = 0

    @property
    def share(self) -> float | None:
        return self.successes / self.visits if self.visits else None


def advance_rates(visits: Iterable[tuple[_By, Verdict, int]]) -> dict[_By, AdvanceRate]:
    """M29c: by stage or customer, from (such as the stage the deal stood in, verdict, how many)."""
    found: dict[_By, AdvanceRate] = {}
    for by, verdict, count in visits:
        so_far = found.get(by, AdvanceRate())
        successes = count if verdict in (Verdict.ORDER, Verdict.ADVANCE) else 0
        found[by] = AdvanceRate(so_far.visits + count, so_far.successes + successes)
    return found


# --- what changed since


class State(NamedTuple):
    """What of a deal is compared."""

    stage: str
    amount: int | None
    currency: str
    expected_close: str | None


CHANGES = (
    "new",
    "won",
    "lost",
    "forward",
    "back",
    "reopened",
    "grown",
    "shrunk",
    "slipped",
    "sooner",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which a deal is another than it was; `before` is None for a new one."""

    kind: str
    deal_id: str
    before: State | None
    after: State


def differences(
    deal_id: str, before: State | None, after: State, place: Callable[[str], int]
) -> list[Difference]:
    """What changed between two states of a deal; what came and went between them is nothing.

    `place` says how far down a stage stands. Amounts in different currencies are not compared.
    """
    if before is None:
        kinds = ["new"]
        if after.stage in (WON, LOST):
            kinds.append(after.stage)
        return [Difference(kind, deal_id, None, after) for kind in kinds]
    kinds = []
    if before.stage != after.stage:
        if after.stage in (WON, LOST):
            kinds.append(after.stage)
        elif before.stage in (WON, LOST):
            kinds.append("reopened")
        else:
            kinds.append("forward" if place(after.stage) > place(before.stage) else "back")
    if before.currency == after.currency and (before.amount or 0) != (after.amount or 0):
        kinds.append("grown" if (after.amount or 0) > (before.amount or 0) else "shrunk")
    if before.expected_close and after.expected_close != before.expected_close:
        later = not after.expected_close or after.expected_close > before.expected_close
        kinds.append("slipped" if later else "sooner")
    return [Difference(kind, deal_id, before, after) for kind in kinds]
