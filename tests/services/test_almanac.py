"""What a day is in the Chinese calendar, by worked examples."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fieldsales.services.almanac import day_note, festival
from fieldsales.words import LANGUAGES, Words


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2026-02-16", "new_years_eve"),
        ("2026-02-17", "spring"),
        ("2026-03-03", "lantern"),
        ("2026-04-05", "qingming"),
        ("2026-06-19", "dragon_boat"),
        ("2026-09-25", "mid_autumn"),
        ("2026-10-18", "double_ninth"),
        ("2026-12-22", "winter_solstice"),
        ("2025-08-23", ""),  # the first of the leap sixth month is followed by the seventh
        ("2027-01-01", "new_year"),
        ("2026-11-09", ""),
    ],
)
def test_festivals(day: str, code: str) -> None:
    assert festival(date.fromisoformat(day)) == code


def test_a_leap_month_has_no_festivals_of_its_own() -> None:
    leap_sixth = [date(2025, 7, 25) + timedelta(days=ahead) for ahead in range(29)]
    assert {festival(day) for day in leap_sixth} == {""}
    assert day_note(Words("zh_CN"), leap_sixth[0]).text == "闰六月"


def test_notes_in_each_language() -> None:
    spring, plain = date(2026, 2, 17), date(2026, 11, 10)
    assert {lang: day_note(Words(lang), spring).text for lang in LANGUAGES} == {
        "zh_CN": "春节",
        "zh_TW": "春節",
        "en": "Spring Festival",
    }
    assert [day_note(Words(lang), plain).text for lang in LANGUAGES] == ["初二", "初二", ""]
    assert day_note(Words("zh_TW"), date(2026, 10, 10)) == ("國慶", True)
    assert day_note(Words("zh_CN"), date(2026, 11, 9)) == ("十月", False)
