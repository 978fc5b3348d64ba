"""When a special day is kept next, and how it is told (M44)."""

from __future__ import annotations

from datetime import date, timedelta

from fieldsales.domain.contact import Contact
from fieldsales.domain.special_day import SpecialDay
from fieldsales.services.birthdays import NextTime, days_written, next_time, written_told
from fieldsales.store.database import Store
from fieldsales.store.queries import special_days
from fieldsales.store.queries.special_days import Dated
from fieldsales.words import Words

_NEAR = timedelta(days=14)
# what one writes for: topics of the greetings
OCCASIONS = {
    "wedding": "wedding",
    "founding": "founding",
    "opening": "opened",
    "contract": "anniversary",
}


def next_day(one: SpecialDay, today: date) -> NextTime | None:
    """The next time from today on, today's too; None where it is over, or no day can be read."""
    return next_time(one.day, one.calendar, leap=bool(one.leap), today=today, once=bool(one.once))


def kept_from(store: Store, first: date, days: int) -> list[tuple[Dated, NextTime]]:
    """Those kept from a day on and within so many days after it, the next first."""
    solar, lunar = days_written(first, days, lunar=special_days.any_lunar(store))
    last = first + timedelta(days=days)
    found = [
        (one, coming)
        for one in special_days.falling_on(store, solar, lunar)
        if (coming := next_day(one.record, first)) is not None and coming.day <= last
    ]
    return sorted(found, key=lambda pair: (pair[1].day, pair[0].record.id))


def occasion_near(store: Store, contact: Contact, today: date) -> str:
    """What one writes to somebody for, of their own days of two weeks ahead; '' for none."""
    last = today + _NEAR
    for one in special_days.of_customer(store, contact.customer_id or ""):
        coming = next_day(one, today) if one.contact_id == contact.id else None
        if coming is not None and coming.day <= last and one.kind in OCCASIONS:
            return OCCASIONS[one.kind]
    return ""


def named(words: Words, one: SpecialDay) -> str:
    """`结婚纪念日`, or the word that was typed."""
    kind = words.choice("special_day_kind", one.kind)
    return kind or words("noun.special_day")


def said(words: Words, one: Dated) -> str:
    """`王建国 · 结婚纪念日`, of a house `海润 · 成立纪念日`."""
    return f"{one.person or one.customer} · {named(words, one.record)}"


def day_told(words: Words, one: SpecialDay) -> str:
    """`5月20日`, `农历八月十五`, with its year where it is kept once; '' while it is unknown."""
    return written_told(words, one.day, one.calendar, leap=bool(one.leap), year=bool(one.once))


def coming_told(words: Words, one: SpecialDay, coming: NextTime) -> list[str]:
    """How many years it is, and why it is kept on another day than it is written."""
    years = [words("special_day.years", n=coming.age)] if coming.age and not one.once else []
    return years + [words(f"people.moved_birthday.{why}") for why in coming.moved]
