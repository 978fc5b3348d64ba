"""When a birthday comes round next, by the sun or the moon, and how it is told (M15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from fieldsales.domain.birthday import parse, trouble, write_moon_day, write_moon_month
from fieldsales.domain.contact import Contact
from fieldsales.services.almanac import moon
from fieldsales.store.database import Store
from fieldsales.store.queries import care
from fieldsales.store.queries.care import Somebody
from fieldsales.words import Words

# why a birthday is kept on another day than it is written
SHORT_MONTH = "short_month"  # the moon's 30th in a month of 29 days: the 29th
NO_LEAP_MONTH = "no_leap_month"  # this year has no such leap month: the ordinary one
LEAP_DAY = "leap_day"  # 29 February in a common year: the 28th
MOVED = (SHORT_MONTH, NO_LEAP_MONTH, LEAP_DAY)


@dataclass(frozen=True, slots=True)
class NextTime:
    """The day on which it is kept next; `age` is the years it makes, None where the year is unknown
    or still to come (the laptop's clock may have been set back).

    `moved`: those of MOVED that hold, as there is no such day this time.
    """

    day: date
    age: int | None
    moved: tuple[str, ...] = ()


def next_birthday(contact: Contact, today: date) -> NextTime | None:
    """The next birthday from today on, today's too; None without one that can be read.

    By the moon's calendar the age is counted in its years.
    """
    leap = bool(contact.birthday_leap)
    return next_time(contact.birthday, contact.birthday_calendar, leap=leap, today=today)


def next_time(
    written: str, calendar: str, *, leap: bool, today: date, once: bool = False
) -> NextTime | None:
    """When a day, written as birthdays are, comes round from today on, today's too.

    None without one that can be read, and for what is kept `once` where its year is over.
    """
    born = parse(written)
    if born is None or trouble(written, calendar):
        return None
    # the moon's year begins in January or February: the one before may be still running
    years = range(today.year - 1, today.year + 3)
    for year in [born.year] if once and born.year else years:
        if calendar == "lunar":
            kept = _lunar_day(year, born.month, born.day, leap=leap)
        else:
            kept = _solar_day(year, born.month, born.day)
        if kept is not None and kept[0] >= today:
            age = 0 if born.year is None else year - born.year
            return NextTime(kept[0], age if age > 0 else None, kept[1])
    return None


def upcoming(contacts: Iterable[Contact], today: date, days: int) -> list[tuple[Contact, NextTime]]:
    """Whose birthday is kept within so many days from today on, the next first."""
    last = today + timedelta(days=days)
    found = list(_known(contacts, today))
    return sorted(
        ((contact, birthday) for contact, birthday in found if birthday.day <= last),
        key=lambda pair: (pair[1].day, pair[0].id),
    )


def birthday_told(words: Words, contact: Contact) -> str:
    """`5月12日`, `农历闰四月初八`, the year left out; what is no date is shown as typed."""
    leap = bool(contact.birthday_leap)
    return written_told(words, contact.birthday, contact.birthday_calendar, leap=leap)


def written_told(
    words: Words, written: str, calendar: str, *, leap: bool, year: bool = False
) -> str:
    """A day that is written as birthdays are, as `birthday_told`; `year` tells it where known."""
    born = parse(written)
    if born is None:
        return written
    if calendar == "lunar":
        told = moon_day(words, born.month, born.day, leap=leap)
        named = year and born.year is not None
        return words("people.in_year", year=born.year, day=told) if named else told
    try:
        # a leap year, so that 29 February exists
        day = date(born.year if year and born.year else 2000, born.month, born.day)
        return words.date(day, year=year and born.year is not None)
    except ValueError:
        return written


def moon_day(words: Words, month: int, day: int, *, leap: bool) -> str:
    """`农历闰四月初八`, `lunar leap 4-8`."""
    key = "people.moon_leap_day" if leap else "people.moon_day"
    if not words.chinese:
        return words(key, month=month, day=day)
    return words(key, month=write_moon_month(month), day=write_moon_day(day))


def birthday_kept(words: Words, contact: Contact, today: date) -> str:
    """`农历十二月三十（那个月只有二十九天，过二十九）`: why it is kept on another day next time."""
    told, coming = birthday_told(words, contact), next_birthday(contact, today)
    if coming is None or not coming.moved:
        return told
    why = words("pictures.and").join(words(f"people.moved_birthday.{why}") for why in coming.moved)
    return words("people.birthday_moved", day=told, why=why)


def coming_told(words: Words, contact: Contact, today: date) -> str:
    """When it comes round, what age they turn, and why on another day than it is written."""
    coming = next_birthday(contact, today)
    if coming is None:
        return ""
    said = [words("people.birthday_next", day=words.dated(coming.day))]
    if coming.age is not None:
        said.append(words("people.turns", n=coming.age))
    said += [words(f"people.moved_birthday.{why}") for why in coming.moved]
    return " · ".join(said)


def soon(store: Store, days: int) -> list[tuple[Somebody, NextTime]]:
    """Whose birthday is kept within so many days, the next first; of all people of the file."""
    return kept_from(store, store.clock.today(), days)


def kept_from(store: Store, first: date, days: int) -> list[tuple[Somebody, NextTime]]:
    """Whose birthday is kept from a day on and within so many days after it."""
    solar, lunar = days_written(first, days, lunar=care.keeps_lunar_birthdays(store))
    people = {one.contact.id: one for one in care.born_on(store, solar, lunar)}
    found = upcoming((one.contact for one in people.values()), first, days)
    return [(people[contact.id], birthday) for contact, birthday in found]


def days_written(first: date, days: int, *, lunar: bool) -> tuple[set[str], set[str]]:
    """How a day and so many after it are written by the sun's and the moon's calendar, `MM-DD`.

    The day before a missing one stands for that, too: `next_time` tells. Without `lunar` no time
    is taken for the moon's.
    """
    window = [first + timedelta(days=ahead) for ahead in range(days + 1)]
    solar = {f"{day:%m-%d}" for day in window}
    if "02-28" in solar:
        solar.add("02-29")
    return solar, _moon_days(window) if lunar else set()


def _moon_days(window: Iterable[date]) -> set[str]:
    """Days that follow each other, as the moon's calendar writes them, `MM-DD`.

    A leap month is written as the ordinary one. The 29th stands for the 30th, too: whether that
    month is short, `next_time` knows.
    """
    found = set()
    month = of_month = 0
    for day in window:
        if 0 < of_month < 29:  # of the next day the moon need not be asked, which takes long
            of_month += 1
        else:
            month, of_month, _leap = moon(day)
        found.add(f"{month:02}-{of_month:02}")
        if of_month == 29:
            found.add(f"{month:02}-30")
    return found


def _known(contacts: Iterable[Contact], today: date) -> Iterator[tuple[Contact, NextTime]]:
    for contact in contacts:
        birthday = next_birthday(contact, today)
        if birthday is not None:
            yield contact, birthday


def _solar_day(year: int, month: int, day: int) -> tuple[date, tuple[str, ...]] | None:
    try:
        return date(year, month, day), ()
    except ValueError:
        return date(year, 2, 28), (LEAP_DAY,)


def _lunar_day(
    year: int, month: int, day: int, *, leap: bool
) -> tuple[date, tuple[str, ...]] | None:
    moved = []
    held = _lunar_month(year, -month) if leap else None
    if held is None:
        held = _lunar_month(year, month)
        if leap:
            moved.append(NO_LEAP_MONTH)
    if held is None:
        return None
    first, length = held
    if day > length:
        moved.append(SHORT_MONTH)
    return first + timedelta(days=min(day, length) - 1), tuple(moved)


@lru_cache(maxsize=1_024)  # fewer than a long list of people asks for, again and again
def _lunar_month(year: int, month: int) -> tuple[date, int] | None:
    """First day and length of a month of the moon, a leap month below zero; None if there is none.

    Some milliseconds the first time, hence remembered: a list of people asks for few months.
    """
    from lunar_python import LunarMonth, Solar  # eight milliseconds that a start has no use for

    found = LunarMonth.fromYm(year, month)
    if found is None:
        return None
    begins = Solar.fromJulianDay(found.getFirstJulianDay())
    return date(begins.getYear(), begins.getMonth(), begins.getDay()), int(found.getDayCount())
