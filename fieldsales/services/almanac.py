"""What a day is in the Chinese calendar: a festival, a solar term, or the day of the moon."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from fieldsales.domain.birthday import write_moon_day, write_moon_month
from fieldsales.words import Words

# festivals by the day of the moon's year; New Year's Eve is its last day, whichever that is
_OF_THE_MOON = {
    (1, 1): "spring",
    (1, 15): "lantern",
    (5, 5): "dragon_boat",
    (7, 7): "qixi",
    (8, 15): "mid_autumn",
    (9, 9): "double_ninth",
    (12, 8): "laba",
    (12, 23): "little_year_north",
    (12, 24): "little_year_south",
}
_OF_THE_SUN = {(1, 1): "new_year", (3, 8): "women", (5, 1): "labour"}
_NATIONAL = {"zh_CN": (10, 1), "zh_TW": (10, 10), "en": (10, 1)}
_TERMS = {0: "winter_solstice", 7: "qingming"}  # by their place among the solar terms


class DayNote(NamedTuple):
    """What is said beside a day, and whether it is a festival."""

    text: str
    festival: bool


def day_note(words: Words, day: date) -> DayNote:
    """`春节`, else the day of the moon: `初八`, on its first `十月`; in English festivals alone."""
    found = festival(day)
    if national_day(words, day):
        found = "national"
    if found:
        return DayNote(words(f"calendar.festival.{found}"), True)
    if not words.chinese:
        return DayNote("", False)
    month, of_month, leap = moon(day)
    if of_month > 1:
        return DayNote(write_moon_day(of_month), False)
    key = "calendar.moon_leap_month" if leap else "calendar.moon_month"
    return DayNote(words(key, month=write_moon_month(month)), False)


def national_day(words: Words, day: date) -> bool:
    """Whether it is the National Day where the language is spoken."""
    return (day.month, day.day) == _NATIONAL.get(words.language)


def festival(day: date) -> str:
    """The code of the festival on a day, '' for none."""
    found = _OF_THE_SUN.get((day.month, day.day), "")
    month, of_month, leap = moon(day)
    if not leap:
        found = _OF_THE_MOON.get((month, of_month), found)
    return found or _other(day)


@lru_cache(maxsize=2_048)
def moon(day: date) -> tuple[int, int, bool]:
    """Month and day of the moon's year, and whether it is a leap month.

    Of a day in January some twenty milliseconds the first time, hence remembered.
    """
    from lunar_python import Solar  # eight milliseconds that a start has no use for

    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return abs(found.getMonth()), found.getDay(), found.getMonth() < 0


@lru_cache(maxsize=2_048)
def _other(day: date) -> str:
    """New Year's Eve, and the solar terms that are festivals."""
    from lunar_python import Lunar, Solar

    if moon(day + timedelta(days=1)) == (1, 1, False):
        return "new_years_eve"
    term = Solar.fromYmd(day.year, day.month, day.day).getLunar().getJieQi()
    return _TERMS.get(Lunar.JIE_QI.index(term), "") if term in Lunar.JIE_QI else ""
