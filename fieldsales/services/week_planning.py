"""The week as it stands, and whom it should take in besides (M33, M46)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from fieldsales.domain.clock import from_stamp, to_stamp
from fieldsales.domain.week_plan import PER_DAY, Wanted, placed, ranked, weigh
from fieldsales.domain.weeks import week_of
from fieldsales.services import portfolio
from fieldsales.store.database import Store
from fieldsales.store.queries.settings import setting
from fieldsales.store.queries.week_plan import JUDGED_BY, PlannedVisit, candidates, planned
from fieldsales.store.queries.worth_pictures import WorthTable

PER_DAY_SETTING = "week.per_day"
WORKDAYS = 5
_OFFERED = 60  # customers: more is no choice
_HOURS = ("09:00", "10:30", "14:00", "15:30", "17:00", "08:00", "12:00", "13:00", "18:30")
_SLOT = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Friday: `visits` stand in it, `wanted` could come in, the most pressing first.

    `proposed`: customer -> day, what the rule would do with them. `rooms`: how many more visits a
    day takes, none for a day that is over. `reasons`: what speaks for those who are in it or
    could be.
    """

    days: tuple[date, ...]
    per_day: int
    visits: tuple[PlannedVisit, ...]
    wanted: tuple[Wanted, ...]
    proposed: Mapping[str, date]
    rooms: Mapping[date, int]
    reasons: Mapping[str, Wanted]


def usual_monday(today: date) -> date:
    """The week to plan: this one until Thursday, from Friday on the next."""
    monday = week_of(today)[0]
    return monday if today.weekday() < WORKDAYS - 1 else monday + timedelta(days=7)


def week(store: Store, monday: date) -> Week:
    """A week with what is proposed for it, by the classes that are kept."""
    today = store.clock.today()
    days = tuple(week_of(monday)[:WORKDAYS])
    per_day = int(setting(store, PER_DAY_SETTING, PER_DAY))
    visits = tuple(planned(store, days[0], days[-1]))
    rooms = {
        day: max(per_day - sum(one.day == day for one in visits), 0) if day >= today else 0
        for day in days
    }
    regions = {day: [one.region for one in visits if one.day == day] for day in days}
    going = {one.customer_id for one in visits}
    made = {} if portfolio.kept_day(store) else WorthTable(store, today).of_each(*JUDGED_BY)
    reasons: dict[str, Wanted] = {}

    def free() -> Iterator[Wanted]:
        """Whom nobody visits anyway; of those who are visited why is noted."""
        for one in candidates(store, days[-1], made):
            found = weigh(one, max(today, days[0]), days[-1])
            if found is not None and one.customer_id in going:
                reasons[one.customer_id] = found
            elif found is not None:
                yield found

    wanted = ranked(free(), max(_OFFERED, sum(rooms.values())))
    return Week(
        days,
        per_day,
        visits,
        tuple(wanted[:_OFFERED]),
        placed(wanted, rooms, regions),
        rooms,
        reasons | {one.candidate.customer_id: one for one in wanted},
    )


def starts(found: Week, places: Mapping[str, date], now: datetime) -> list[tuple[str, str]]:
    """(customer, moment) of the visits to plan: free hours of each day, in the order of `wanted`.

    Hours that are over, or less than an hour from another visit, are passed over; where none is
    left, the last one is taken.
    """
    taken = {
        day: [from_stamp(v.starts_at) for v in found.visits if v.day == day] for day in found.days
    }
    made = []
    for one in found.wanted:
        day = places.get(one.candidate.customer_id)
        if day is None:
            continue
        hours = [datetime.combine(day, time.fromisoformat(at)).astimezone() for at in _HOURS]
        free = (
            at for at in hours if at > now and all(abs(at - other) >= _SLOT for other in taken[day])
        )
        at = next(free, hours[-1])
        taken[day].append(at)
        made.append((one.candidate.customer_id, to_stamp(at)))
    return made
