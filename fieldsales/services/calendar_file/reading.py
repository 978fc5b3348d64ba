"""Reads a calendar file, from whomever it comes: its events as data, refused in words."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from fieldsales.domain.fields import YEARS, clean_text
from fieldsales.domain.task import TITLE
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services.calendar_file.events import Event

MOST_BYTES = 10_000_000
MOST_EVENTS = 10_000
_PLACE, _NOTE = 200, 2_000  # characters that are taken over
_LONGEST = 7 * 24 * 60  # minutes
_REPEATING = 300  # of what repeats in a file that are followed to their next time
_OLD = 10  # years since something that repeats began, beyond which it is not followed
_FILTERS = {  # what repeats more often is no meeting
    "DAILY": frozenset[str](),
    "WEEKLY": frozenset({"BYDAY"}),
    "MONTHLY": frozenset({"BYDAY", "BYMONTHDAY"}),
    "YEARLY": frozenset({"BYMONTH", "BYMONTHDAY"}),
}
_KINDS = ("VEVENT", "VTODO")
_READ = frozenset(
    b"BEGIN END UID SUMMARY LOCATION DESCRIPTION STATUS COMPLETED DTSTART DTEND DUE DURATION RRULE"
    b" RECURRENCE-ID RDATE TZID TZNAME TZOFFSETFROM TZOFFSETTO".split()
)
_FOLD = re.compile(rb"\r?\n[ \t]")
_NAME = re.compile(rb"[A-Za-z-]*")
_MOST_LINES, _LONGEST_LINE, _MOST_PARAMETERS = 20 * MOST_EVENTS, 20_000, 20


# what the library says of broken files; OSError of a time zone, which it looks for as a file
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError)


@dataclass(frozen=True, slots=True)
class Contents:
    """The events from today on in order of time, how many are over, and how many were none."""

    events: tuple[Event, ...]
    past: int
    unreadable: int


def read(path: Path, today: date) -> Contents:
    """What stands in a file; raises UserError where it is no calendar, or too large a one."""
    from icalendar import Calendar  # only where it is wanted

    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except IsADirectoryError as error:
        raise UserError("import.error.folder", name=path.name) from error
    except OSError as error:
        raise EnvironmentProblem(
            "calendar.cannot_read", path=str(path), reason=error.strerror or str(error)
        ) from error
    if len(data) > MOST_BYTES:
        raise UserError("calendar.too_big", name=path.name, n=MOST_BYTES // 1_000_000)
    if b"BEGIN:VCALENDAR" not in data[:4_096].upper():
        raise UserError("calendar.no_calendar", name=path.name)
    if data.upper().count(b"BEGIN:V") > 10 * MOST_EVENTS:
        raise UserError("calendar.too_many", name=path.name, n=MOST_EVENTS)
    lines = _read_here(data)
    if len(lines) > _MOST_LINES:
        raise UserError("calendar.too_many", name=path.name, n=MOST_EVENTS)
    try:
        calendars = Calendar.from_ical(b"\r\n".join(lines), multiple=True)
        parts = [part for one in calendars for part in one.walk() if part.name in _KINDS]
    except _BROKEN as error:
        raise UserError("calendar.no_calendar", name=path.name) from error
    if len(parts) > MOST_EVENTS:
        raise UserError("calendar.too_many", name=path.name, n=MOST_EVENTS)
    return _contents(parts, today)


def _read_here(data: bytes) -> list[bytes]:
    """The lines that tell something here, in one piece each: of people, pictures and alarms there
    may be any number, and the library takes its time for each.
    """
    return [
        line[:_LONGEST_LINE]
        for line in _FOLD.sub(b"", data.removeprefix(codecs.BOM_UTF8)).splitlines()
        if _NAME.match(line)[0].upper() in _READ  # type: ignore[index]  # it matches nothing, too
        and line.partition(b":")[0].count(b";") <= _MOST_PARAMETERS
    ]


def _contents(parts: list[Any], today: date) -> Contents:
    found: dict[str, Event] = {}
    past = unreadable = 0
    followed = iter(range(_REPEATING))
    for part in parts:
        if _done(part):
            past += 1
            continue
        try:
            event = _event(part, today, followed)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError):
            unreadable += 1
            continue
        if event is None:
            unreadable += 1
        elif event.day < today:
            past += 1
        else:
            found[event.uid] = event  # of the same UID the last holds
    inside = sorted(found.values(), key=lambda one: (one.day, _moment_of(one), one.uid))
    return Contents(tuple(inside), past, unreadable)


def _moment_of(event: Event) -> float:
    return 0.0 if event.begins is None else event.begins.timestamp()


def _done(part: Any) -> bool:
    return part.get("COMPLETED") is not None or str(part.get("STATUS", "")) == "COMPLETED"


def _event(part: Any, today: date, followed: Iterator[int]) -> Event | None:
    """One event or task; None where it has no day or no title."""
    title = clean_text(str(part.get("SUMMARY", "")))[:TITLE]
    begin = _when(part, "DTSTART")
    if part.name == "VTODO":
        begin = _when(part, "DUE") or begin
    if begin is None or not title:
        return None
    uid = str(part.get("UID", "")) or f"{title} {begin.isoformat()}"
    again = _when(part, "RECURRENCE-ID")
    if again is not None:
        uid = f"{uid} {again.isoformat()}"
    repeats = part.get("RRULE") is not None
    minutes = _minutes(part, begin)
    if repeats:
        begin = _next(part, begin, today, followed)
    begins = None
    if isinstance(begin, datetime):
        begins = begin.astimezone()  # without a zone of its own it is the laptop's
        day = begins.date()
    else:
        day = begin
    if day.year not in YEARS:
        return None
    return Event(
        uid=uid[:500],
        title=title,
        day=day,
        begins=begins,
        minutes=minutes if begins is not None else None,
        place=clean_text(str(part.get("LOCATION", "")))[:_PLACE],
        note=clean_text(str(part.get("DESCRIPTION", "")), lines=True)[:_NOTE],
        repeats=repeats,
        cancelled=str(part.get("STATUS", "")) == "CANCELLED",
    )


def _when(part: Any, name: str) -> date | None:
    """A day or, as what is derived from it, a moment."""
    found = part.get(name)
    if isinstance(found, list):  # written twice
        found = found[0]
    when = getattr(found, "dt", None)
    return when if isinstance(when, date) else None


def _minutes(part: Any, begin: date) -> int | None:
    end, lasts = _when(part, "DTEND"), getattr(part.get("DURATION"), "dt", None)
    if isinstance(end, datetime) and isinstance(begin, datetime):
        if (end.tzinfo is None) != (begin.tzinfo is None):
            end, begin = end.astimezone(), begin.astimezone()
        lasts = end - begin
    if not isinstance(lasts, timedelta):
        return None
    minutes = int(lasts.total_seconds() // 60)
    return minutes if 0 < minutes <= _LONGEST else None


def _next(part: Any, begin: date, today: date, followed: Iterator[int]) -> date:
    """The first time from today on that it comes round; where there is none, its last."""
    from dateutil.rrule import rrulestr

    rule = part["RRULE"]
    if isinstance(rule, list):
        rule = rule[0]
    parts = dict(one.split("=", 1) for one in rule.to_ical().decode().split(";"))
    old = today.year - begin.year > _OLD
    if old or not _plain(parts) or next(followed, None) is None:
        return begin
    # reckoned by the clock on the wall where it was written, as an hour there stays the same
    zone = begin.tzinfo if isinstance(begin, datetime) else None
    wall = begin.replace(tzinfo=None) if isinstance(begin, datetime) else _midnight(begin)
    times = int(parts.pop("COUNT", 0)) or None
    horizon = f"{today.year + 1}1231T235959"
    parts["UNTIL"] = min(parts.get("UNTIL", horizon).rstrip("Z"), horizon)
    text = ";".join("=".join(pair) for pair in parts.items())
    last = wall
    for found in islice(rrulestr(text, dtstart=wall), times):
        last = found
        if found.date() >= today:
            break
    return last.replace(tzinfo=zone) if isinstance(begin, datetime) else last.date()


def _plain(parts: Mapping[str, str]) -> bool:
    """Whether a rule surely comes round soon: some never do, and would be sought for ever."""
    filters = {name for name in parts if name.startswith("BY")}
    every = int(parts.get("INTERVAL", 1))
    days = [int(day) for day in parts.get("BYMONTHDAY", "1").split(",")]
    nths = [int(day[:-2] or 1) for day in parts.get("BYDAY", "MO").split(",")]
    return (
        parts.get("FREQ") in _FILTERS
        and filters <= _FILTERS[parts["FREQ"]]
        and every > 0
        and all(abs(nth) <= 4 for nth in nths)
        and (max(map(abs, days)) <= 28 or (every == 1 and "BYMONTH" not in parts))
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
