"""What people type is understood, and nonsense is not."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.birthday import write_moon_day, write_moon_month
from fieldsales.widgets.typed import (
    parse_birthday,
    parse_day,
    parse_integer,
    parse_money,
    parse_share,
    parse_time,
    write_money,
)

TODAY = date(2026, 11, 22)  # a Sunday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-9", date(2026, 11, 9)),
        ("2026/11/09", date(2026, 11, 9)),
        ("20261109", date(2026, 11, 9)),
        ("2026年11月9日", date(2026, 11, 9)),
        ("２０２６－１１－０９", date(2026, 11, 9)),
        ("11-9", date(2026, 11, 9)),
        ("3.15", date(2027, 3, 15)),  # the nearest one
        ("9.1", date(2026, 9, 1)),
        ("2/29", date(2028, 2, 29)),
        ("9号", date(2026, 11, 9)),
        ("31號", date(2026, 10, 31)),
        ("今天", TODAY),
        ("明天", date(2026, 11, 23)),
        ("大后天", date(2026, 11, 25)),
        ("後天", date(2026, 11, 24)),
        ("Tomorrow", date(2026, 11, 23)),
        ("+7", date(2026, 11, 29)),
        ("-3", date(2026, 11, 19)),
        ("+2w", date(2026, 12, 6)),
        ("+1月", date(2026, 12, 22)),
        ("三天后", date(2026, 11, 25)),
        ("两周前", date(2026, 11, 8)),
        ("in 3 days", date(2026, 11, 25)),
        ("周三", date(2026, 11, 25)),
        ("周日", TODAY),
        ("下週三", date(2026, 11, 25)),
        ("下下周一", date(2026, 11, 30)),
        ("上周五", date(2026, 11, 13)),
        ("fri", date(2026, 11, 27)),
        ("月底", date(2026, 11, 30)),
        ("下个月5日", date(2026, 12, 5)),
    ],
)
def test_day(typed: str, meant: date) -> None:
    assert parse_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2.30",
        "2026-02-29",
        "13.1",
        "周八",
        "很快",
        "0",
        "+",
        "99999-1-1",
        "0001-1-1",
        "9999-12-31",
    ],
)
def test_no_day(typed: str) -> None:
    assert parse_day(typed, TODAY) is None


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.text(max_size=8))
def test_day_reads_its_own_spelling_and_never_fails(day: date, junk: str) -> None:
    assert parse_day(day.isoformat(), TODAY) == day
    parse_day(junk, day)


@given(st.dates(TODAY - timedelta(days=180), TODAY + timedelta(days=180)))
def test_day_without_a_year_is_the_nearest(day: date) -> None:
    assert parse_day(f"{day.month}-{day.day}", TODAY) == day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("0930", time(9, 30)),
        ("9：30", time(9, 30)),
        ("14点半", time(14, 30)),
        ("下午3点", time(15)),
        ("3pm", time(15)),
        ("12am", time(0)),
        ("中午12點", time(12)),
        ("25", None),
        ("9:75", None),
        ("soon", None),
    ],
)
def test_time(typed: str, meant: time | None) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("12,345.6", "CNY", 1234560),
        ("3.2万", "CNY", 3200000),
        ("42萬", "TWD", 420000),
        ("¥12,345.60", "CNY", 1234560),
        ("NT$300", "TWD", 300),
        ("１２３元", "CNY", 12300),
        ("-5", "CNY", -500),
        ("1.005", "CNY", None),
        ("1.5", "TWD", None),
        ("abc", "CNY", None),
        ("1e5", "CNY", None),
        ("", "CNY", None),
    ],
)
def test_money(typed: str, currency: str, minor: int | None) -> None:
    assert parse_money(typed, currency) == minor


@given(st.integers(-(10**12), 10**12), st.sampled_from(["CNY", "TWD", "USD"]))
def test_money_reads_what_it_writes(minor: int, currency: str) -> None:
    assert parse_money(write_money(minor, currency), currency) == minor


def test_integer() -> None:
    assert parse_integer("1,200") == 1200
    assert parse_integer("1.2万") == 12000
    assert parse_integer("1.5") is None
    assert parse_integer("十") is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1978-5-12", ("1978-05-12", "", False)),
        ("19780512", ("1978-05-12", "", False)),
        ("05-12", ("05-12", "", False)),
        ("5月12日", ("05-12", "", False)),
        ("1978年5月12日", ("1978-05-12", "", False)),
        ("阳历5.12", ("05-12", "solar", False)),
        ("农历闰四月初八", ("04-08", "lunar", True)),
        ("1979年农历七月廿三", ("1979-07-23", "lunar", False)),
        ("農曆1979年臘月三十", ("1979-12-30", "lunar", False)),
        ("正月十五", ("01-15", "lunar", False)),
        ("八月二十", ("08-20", "", False)),
        ("lunar 4-8", ("04-08", "lunar", False)),
        ("lunar leap 4-8", ("04-08", "lunar", True)),
        ("农历 8-16", ("08-16", "lunar", False)),
        ("一九七九年冬月廿", ("1979-11-20", "lunar", False)),
    ],
)
def test_birthdays_of_either_calendar(text: str, meant: tuple[str, str, bool]) -> None:
    assert parse_birthday(text) == meant


@pytest.mark.parametrize("text", ["", "农历", "哪天", "5月", "13", "初八", "五月 哪天"])
def test_what_is_no_birthday(text: str) -> None:
    assert parse_birthday(text) is None


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("day", range(1, 31))
def test_the_moons_days_are_written_as_they_are_read(month: int, day: int) -> None:
    written = f"农历{write_moon_month(month)}月{write_moon_day(day)}"
    assert parse_birthday(written) == (f"{month:02}-{day:02}", "lunar", False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5%", ("percent", "5")),
        ("１２.５％", ("percent", "12.5")),
        ("95折", ("percent", "5")),
        ("9折", ("percent", "10")),
        ("8.5折", ("percent", "15.0")),
        ("¥1,200.50", ("amount", "1200.50")),
        ("300元", ("amount", "300")),
        ("12", ("", "12")),
    ],
)
def test_a_share_is_a_percentage_an_amount_or_bare(typed: str, meant: tuple[str, str]) -> None:
    found = parse_share(typed)
    assert found is not None
    assert (found[0], str(found[1])) == meant


@pytest.mark.parametrize("typed", ["", "%", "折", "很多", "5%%"])
def test_what_is_no_share(typed: str) -> None:
    assert parse_share(typed) is None
