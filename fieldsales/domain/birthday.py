"""Birthdays as they are stored (M15): read, refused where no calendar has the day, written out."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

LUNAR_DAYS = 30  # the longest month of the moon
_BIRTHDAY = re.compile(r"(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})")
_LEAP_YEAR = 2000  # stands in for an unknown year, so that 29 February is a day


class Birthday(NamedTuple):
    """Year (None where unknown), month and day in the person's own calendar."""

    year: int | None
    month: int
    day: int


def parse(text: str) -> Birthday | None:
    """`YYYY-MM-DD` or `MM-DD`; None where it is neither."""
    found = _BIRTHDAY.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()
    return Birthday(int(year) if year else None, int(month), int(day))


def trouble(text: str, calendar: str) -> str:
    """The words key that says what is wrong with a birthday; '' if nothing is."""
    if not text:
        return ""
    birthday = parse(text)
    if birthday is None:
        return "field.not_a_birthday"
    if calendar == "lunar":
        exists = 1 <= birthday.month <= 12 and 1 <= birthday.day <= LUNAR_DAYS
        return "" if exists else "field.no_lunar_day"
    try:
        date(_LEAP_YEAR if birthday.year is None else birthday.year, birthday.month, birthday.day)
    except ValueError:
        return "field.no_such_day"
    return ""


def write_moon_month(month: int) -> str:
    """`正`, `二`, … `十二`."""
    return "正" if month == 1 else _in_characters(month)


def write_moon_day(day: int) -> str:
    """`初一`, … `十五`, `二十`, `廿一`, … `三十`."""
    if day <= 10:
        return f"初{_in_characters(day)}"
    return _in_characters(day).replace("二十", "廿") if day > 20 else _in_characters(day)


def _in_characters(number: int) -> str:
    """1 … 30."""
    tens, ones = divmod(number, 10)
    return ("", "十", "二十", "三十")[tens] + " 一二三四五六七八九"[ones].strip()
