"""Writes visits, tasks, birthdays and other days that are kept as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fieldsales import __version__
from fieldsales.domain.birthday import parse
from fieldsales.domain.clock import from_stamp
from fieldsales.services import special_days
from fieldsales.services.almanac import moon
from fieldsales.services.birthdays import next_time
from fieldsales.services.calendar_file.events import DOMAIN, uid_of, uid_of_kept
from fieldsales.store.database import Store
from fieldsales.store.queries.agenda import Scheduled, scheduled
from fieldsales.store.queries.care import Somebody, with_birthdays
from fieldsales.store.queries.special_days import Dated, with_day
from fieldsales.words import Words

PAST = 30  # days of visits behind us that are handed over, too
_YEARS = 5  # of days by the moon, which no rule of a calendar knows
_USUAL = 60  # minutes of a visit of which nothing else is known
_STATUS = {"cancelled": "CANCELLED", "concluded": "CONFIRMED", "running": "CONFIRMED"}


def calendar(store: Store, words: Words) -> tuple[bytes, int]:
    """The file's content, and how many entries stand in it.

    Visits from a month ago on, called off ones too so that they go from the other calendar; open
    tasks with a day; birthdays and other days kept, those by the moon for the coming years.
    """
    from icalendar import Calendar  # only where it is wanted

    today = store.clock.today()
    file = Calendar()
    file.add("prodid", f"-//{DOMAIN}//{__version__}//")
    file.add("version", "2.0")
    file.add("x-wr-calname", words("calendar.file_name"))
    number = 0
    for entry in _entries(store, words, today):
        file.add_component(entry)
        number += 1
    content: bytes = file.to_ical()
    return content, number


def _entries(store: Store, words: Words, today: date) -> Iterator[Any]:
    now = store.clock.now().replace(microsecond=0)
    found = scheduled(store, today - timedelta(days=PAST))
    for visit in found.visits:
        yield _visit(words, visit, now)
    for task in found.tasks:
        yield _task(task, now)
    for somebody in with_birthdays(store):
        yield from _days(_birthday(words, somebody), today, now)
    for dated in with_day(store):
        yield from _days(_special_day(words, dated), today, now)


def _visit(words: Words, one: Scheduled, now: datetime) -> Any:
    from icalendar import Event

    begins = from_stamp(one.begins)
    entry = _stamped(Event(), uid_of(one.id), now)
    entry.add("summary", words("calendar.file_visit", name=one.customer))
    entry.add("dtstart", begins)
    entry.add("dtend", begins + timedelta(minutes=one.minutes or _USUAL))
    entry.add("status", _STATUS.get(one.state, "TENTATIVE"))
    if one.place:
        entry.add("location", one.place)
    if one.text:
        entry.add("description", one.text)
    return entry


def _task(one: Scheduled, now: datetime) -> Any:
    from icalendar import Todo

    entry = _stamped(Todo(), uid_of(one.id), now)
    entry.add("summary", " · ".join(filter(None, (one.text, one.customer))))
    entry.add("due", date.fromisoformat(one.begins))
    entry.add("status", "NEEDS-ACTION")
    return entry


def _birthday(words: Words, one: Somebody) -> _Kept:
    contact = one.contact
    return _Kept(
        "birthday",
        contact.id,
        words("calendar.birthday", name=contact.name),
        " · ".join(filter(None, (one.customer, contact.title))) if one.customer else "",
        contact.birthday,
        contact.birthday_calendar,
        bool(contact.birthday_leap),
    )


def _special_day(words: Words, one: Dated) -> _Kept:
    record = one.record
    about = (one.customer if one.person else "", record.note)
    return _Kept(
        "day",
        record.id,
        special_days.said(words, one),
        " · ".join(filter(None, about)),
        record.day,
        record.calendar,
        bool(record.leap),
        bool(record.once),
    )


@dataclass(frozen=True, slots=True)
class _Kept:
    """A day that is kept: what it is, about whom, and how it is written (`domain.birthday`)."""

    what: str
    row_id: str
    said: str
    about: str
    written: str
    calendar: str
    leap: bool
    once: bool = False

    def next(self, today: date) -> date | None:
        found = next_time(self.written, self.calendar, leap=self.leap, today=today, once=self.once)
        return found.day if found is not None else None


def _days(one: _Kept, today: date, now: datetime) -> Iterator[Any]:
    """Of the sun one that comes round each year; of the moon one for each of the coming years."""
    day, born = one.next(today), parse(one.written)
    if day is None or born is None:
        return
    if one.once or one.calendar != "lunar":
        entry = _day(one, day, uid_of_kept(one.what, one.row_id), now)
        rule: dict[str, object] = {"freq": "yearly"}
        if (born.month, born.day) == (2, 29):
            rule |= {"bymonth": 2, "bymonthday": -1}  # kept on the 28th in common years
        if not one.once:
            entry.add("rrule", rule)
        yield entry
        return
    for _ in range(_YEARS):
        year = day.year - (moon(day)[0] > day.month)  # the moon's: one of the sun may hold two
        yield _day(one, day, uid_of_kept(one.what, one.row_id, year), now)
        following = one.next(day + timedelta(days=1))
        if following is None:
            return
        day = following


def _day(one: _Kept, day: date, uid: str, now: datetime) -> Any:
    from icalendar import Event

    entry = _stamped(Event(), uid, now)
    entry.add("summary", one.said)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    if one.about:
        entry.add("description", one.about)
    return entry


def _stamped(entry: Any, uid: str, now: datetime) -> Any:
    entry.add("uid", uid)
    entry.add("dtstamp", now)
    return entry
