"""Weeks and months of a calendar, and how what overlaps in a day lies side by side (M46)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple


class Lane(NamedTuple):
    """Where something stands among what overlaps it: the nth lane of so many."""

    at: int
    of: int


def week_of(day: date) -> list[date]:
    """The seven days of its week, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=ahead) for ahead in range(7)]


def month_weeks(day: date) -> list[list[date]]:
    """The weeks that show a month whole, from Monday; the first and last with days beside it."""
    first = day.replace(day=1)
    weeks = [week_of(first)]
    while True:
        following = week_of(weeks[-1][-1] + timedelta(days=1))
        if (following[0].year, following[0].month) != (first.year, first.month):
            return weeks
        weeks.append(following)


def lanes(spans: Sequence[tuple[int, int]]) -> list[Lane]:
    """The lane of each span (begin, end), in their order; none overlaps another of its lane.

    Spans that overlap, also over others, share their width: they are of the same number of lanes.
    """
    found: list[Lane] = [Lane(0, 1)] * len(spans)
    cluster: list[int] = []
    ends: list[int] = []  # of each lane

    def close() -> None:
        for at in cluster:
            found[at] = Lane(found[at].at, len(ends))
        cluster.clear()
        ends.clear()

    for at in sorted(range(len(spans)), key=lambda one: (spans[one][0], -spans[one][1], one)):
        begin, end = spans[at]
        if ends and begin >= max(ends):
            close()
        lane = next((lane for lane, last in enumerate(ends) if last <= begin), len(ends))
        if lane == len(ends):
            ends.append(end)
        else:
            ends[lane] = end
        found[at] = Lane(lane, 1)
        cluster.append(at)
    close()
    return found
