"""Whom to see in a week (M33, M46): reasons weighed, region by region, so many a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

PER_DAY = 4  # visits, unless the settings say otherwise
COMPLAINT, PROMISE, COLD, HORIZON, DEAL, STANCE = (
    "complaint",
    "promise",
    "cold",
    "horizon",
    "deal",
    "stance",
)
_HORIZONS = {"now": 25, "two_weeks": 15, "month": 8}
_STANCES = {"acquire": 20, "retain": 18, "harass": 8, "maintain": 8, "drop": -40}
_RESTED = 5  # days after which one may go again without something owed
_COLD, _COLDEST = 20, 35  # points on the day it is due, and at most


@dataclass(frozen=True, slots=True)
class Candidate:
    """What speaks for seeing a customer, as of a day.

    `promises`: ours, due by the end of the week; `chance` of the best open deal in percent;
    `due_on`: the day by which its rhythm wants a contact; `seen_on` the last one.
    """

    customer_id: str
    name: str
    region: str = ""
    stance: str = ""
    horizon: str = ""
    due_on: date | None = None
    seen_on: date | None = None
    promises: int = 0
    complaints: int = 0
    chance: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A customer to be seen, with the points of each reason, the weightiest first."""

    candidate: Candidate
    reasons: tuple[tuple[str, int], ...]

    @property
    def points(self) -> int:
        return sum(points for _, points in self.reasons)


def weigh(one: Candidate, today: date, last: date) -> Wanted | None:
    """What speaks for a visit by the day `last`; None where nothing does.

    Worked example: a customer to acquire (20) that is due since seven days (27), with a deal of
    50 % (10): 57 points. Who was seen less than five days ago waits, unless something is owed.
    """
    reasons = {
        COMPLAINT: 40 if one.complaints else 0,
        PROMISE: 40 if one.promises else 0,
        COLD: _cold(one, today, last),
        HORIZON: _HORIZONS.get(one.horizon, 0),
        DEAL: (one.chance or 0) // 5,
        STANCE: _STANCES.get(one.stance, 0),
    }
    owed = reasons[COMPLAINT] or reasons[PROMISE]
    if not owed and one.seen_on is not None and (today - one.seen_on).days < _RESTED:
        return None
    told = sorted(((name, points) for name, points in reasons.items() if points), key=_weight)
    found = Wanted(one, tuple(told))
    return found if found.points > 0 else None


def _cold(one: Candidate, today: date, last: date) -> int:
    if one.due_on is None or one.due_on > last:
        return 0
    return min(_COLD + max((today - one.due_on).days, 0), _COLDEST)


def _weight(reason: tuple[str, int]) -> int:
    return -reason[1]


def ranked(wanted: Iterable[Wanted], most: int) -> list[Wanted]:
    """So many of them, the most pressing first; the same whatever order they come in."""
    return nsmallest(most, wanted, key=lambda one: (-one.points, one.candidate.customer_id))


def placed(
    wanted: Sequence[Wanted], rooms: Mapping[date, int], regions: Mapping[date, Sequence[str]]
) -> dict[str, date]:
    """Customer -> day. As many as there is room for, the most pressing; a day keeps to a region.

    `rooms`: how many more each day takes; `regions`: where one is on that day anyway. A day takes
    that region first, else the one that presses most, then the next one.
    """
    left = ranked(wanted, sum(max(room, 0) for room in rooms.values()))
    found: dict[str, date] = {}
    for day in sorted(rooms):
        room = rooms[day]
        there = [region for region in regions.get(day, ()) if region]
        while room > 0 and left:
            region = next(
                (one for one in there if any(each.candidate.region == one for each in left)),
                _pressing(left),
            )
            going = [one for one in left if one.candidate.region == region][:room]
            found |= {one.candidate.customer_id: day for one in going}
            left = [one for one in left if one not in going]
            room -= len(going)
    return found


def _pressing(left: Sequence[Wanted]) -> str:
    """The region with the most points; of like ones the first by name."""
    sums: defaultdict[str, int] = defaultdict(int)
    for one in left:
        sums[one.candidate.region] += one.points
    return min(sums, key=lambda region: (-sums[region], region))
