"""Writes visits, tasks and birthdays as a calendar file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from fieldsales import __version__
from fieldsales.domain.birthday import parse
from fieldsales.domain.clock import from_stamp
from fieldsales.domain.contact import Contact
from fieldsales.services.birthdays import next_birthday
from fieldsales.services.calendar_file.events import DOMAIN, uid_of, uid_of_birthday
from fieldsales.store.database import Store
from fieldsales.store.queries.agenda import Scheduled, scheduled
from fieldsales.store.queries.care import Somebody, with_birthdays
from fieldsales.words import Words

PAST = 30  # days of visits behind us that are handed over, too
_YEARS = 5  # of birthdays by the moon, which no rule of a calendar knows
_USUAL = 60  # minutes of a visit of which nothing else is known
_STATUS = {"cancelled": "CANCELLED", "concluded": "CONFIRMED", "running": "CONFIRMED"}


def calendar(store: Store, words: Words) -> tuple[bytes, int]:
    """The file's content, and how many entries stand in it.

    Visits from a month ago on, called off ones too so that they go from the other calendar; open
    tasks with a day; birthdays of all people, those by the moon for the coming years.
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
    for one in with_birthdays(store):
        yield from _birthdays(words, one, today, now)


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


def _birthdays(words: Words, one: Somebody, today: date, now: datetime) -> Iterator[Any]:
    """Of the sun one that comes round each year; of the moon one for each of the coming years."""
    contact = one.contact
    coming = next_birthday(contact, today)
    born = parse(contact.birthday)
    if coming is None or born is None:
        return
    if contact.birthday_calendar != "lunar":
        entry = _birthday(words, one, coming.day, uid_of_birthday(contact.id), now)
        rule: dict[str, object] = {"freq": "yearly"}
        if (born.month, born.day) == (2, 29):
            rule |= {"bymonth": 2, "bymonthday": -1}  # kept on the 28th in common years
        entry.add("rrule", rule)
        yield entry
        return
    for _ in range(_YEARS):
        uid = uid_of_birthday(contact.id, coming.day.year)
        yield _birthday(words, one, coming.day, uid, now)
        following = next_birthday(contact, coming.day + timedelta(days=1))
        if following is None:
            return
        coming = following


def _birthday(words: Words, one: Somebody, day: date, uid: str, now: datetime) -> Any:
    from icalendar import Event

    contact: Contact = one.contact
    entry = _stamped(Event(), uid, now)
    entry.add("summary", words("calendar.birthday", name=contact.name))
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    if one.customer:
        entry.add("description", " · ".join(filter(None, (one.customer, contact.title))))
    return entry


def _stamped(entry: Any, uid: str, now: datetime) -> Any:
    entry.add("uid", uid)
    entry.add("dtstamp", now)
    return entry
