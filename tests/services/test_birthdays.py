"""Birthdays by the sun's and the moon's calendar: leap months, short months, 29 February (M15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldsales.domain.birthday import Birthday, parse, trouble
from fieldsales.domain.contact import Contact
from fieldsales.services.birthdays import NextTime, next_birthday, upcoming


def born(text: str, calendar: str = "solar", leap: int = 0) -> Contact:
    return Contact(id=text, birthday=text, birthday_calendar=calendar, birthday_leap=leap)


@pytest.mark.parametrize(
    ("contact", "today", "day", "age", "moved"),
    [
        (born("1980-05-12"), "2026-11-09", "2027-05-12", 47, ()),
        (born("1980-11-09"), "2026-11-09", "2026-11-09", 46, ()),
        (born("12-31"), "2026-11-09", "2026-12-31", None, ()),
        (born("2031-01-01"), "2026-11-09", "2027-01-01", None, ()),
        (born("1992-02-29"), "2026-11-09", "2027-02-28", 35, ("leap_day",)),
        (born("02-29"), "2027-03-01", "2028-02-29", None, ()),
        # 中秋 of 2026 is 25 September, of 2027 15 September
        (born("1975-08-15", "lunar"), "2026-09-01", "2026-09-25", 51, ()),
        (born("1975-08-15", "lunar"), "2026-09-26", "2027-09-15", 52, ()),
        # the twelfth month of the moon's 2025 ends on 16 February 2026, and has 29 days
        (born("12-30", "lunar"), "2026-02-01", "2026-02-16", None, ("short_month",)),
        (born("12-08", "lunar"), "2026-11-09", "2027-01-15", None, ()),
        # 2025 has a leap sixth month from 25 July on, 2026 has none
        (born("1987-06-10", "lunar", 1), "2025-07-01", "2025-08-03", 38, ()),
        (born("1987-06-10", "lunar"), "2025-07-01", "2025-07-04", 38, ()),
        (born("1987-06-10", "lunar", 1), "2026-01-01", "2026-07-23", 39, ("no_leap_month",)),
        (
            born("06-30", "lunar", 1),
            "2025-07-30",
            "2025-08-22",
            None,
            ("short_month",),
        ),
    ],
)
def test_when_it_is_kept_next(
    contact: Contact, today: str, day: str, age: int | None, moved: tuple[str, ...]
) -> None:
    found = next_birthday(contact, date.fromisoformat(today))
    assert found == NextTime(date.fromisoformat(day), age, moved)


@pytest.mark.parametrize(
    "contact",
    [born(""), born("五月"), born("02-31"), born("1985-13-01"), born("07-31", "lunar")],
)
def test_no_day_without_a_birthday_that_exists(contact: Contact) -> None:
    assert next_birthday(contact, date(2026, 11, 9)) is None


@pytest.mark.parametrize(
    ("text", "calendar", "code"),
    [
        ("", "solar", ""),
        ("02-29", "solar", ""),
        ("1992-02-29", "solar", ""),
        ("1991-02-29", "solar", "field.no_such_day"),
        ("02-31", "solar", "field.no_such_day"),
        ("02-30", "solar", "field.no_such_day"),
        ("02-30", "lunar", ""),
        ("02-31", "lunar", "field.no_lunar_day"),
        ("13-01", "lunar", "field.no_lunar_day"),
        ("3月5日", "solar", "field.not_a_birthday"),
        ("0000-03-05", "solar", "field.no_such_day"),
    ],
)
def test_days_that_no_calendar_has_are_told(text: str, calendar: str, code: str) -> None:
    assert trouble(text, calendar) == code


def test_how_a_birthday_is_read() -> None:
    assert parse("1980-05-12") == Birthday(1980, 5, 12)
    assert parse("05-12") == Birthday(None, 5, 12)
    assert parse("1980-5-12") is None


def test_the_next_first() -> None:
    people = [born("11-20"), born("11-10"), born(""), born("12-25"), born("10-01", "lunar")]
    found = upcoming(people, date(2026, 11, 9), 14)
    assert [(one.id, kept.day.isoformat()) for one, kept in found] == [
        ("10-01", "2026-11-09"),
        ("11-10", "2026-11-10"),
        ("11-20", "2026-11-20"),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 12),
    st.integers(1, 30),
    st.booleans(),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
)
def test_it_comes_round_each_year(month: int, day: int, leap: bool, today: date) -> None:
    contact = born(f"{month:02}-{day:02}", "lunar", int(leap))
    found = next_birthday(contact, today)
    assert found is not None
    assert today <= found.day <= today + timedelta(days=420)
    assert next_birthday(contact, found.day) == found
