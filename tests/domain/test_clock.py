"""Stored moments and the laptop's days, in zones where clocks are moved."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.clock import Clock, day_start, from_stamp, local_day, to_stamp


@pytest.fixture(params=["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "UTC"])
def _zone(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@given(st.datetimes(datetime.fromisoformat("0001-01-02"), timezones=st.just(UTC)))
def test_a_stamp_is_read_back_to_the_second(moment: datetime) -> None:
    stamp = to_stamp(moment)
    assert len(stamp) == 20
    assert from_stamp(stamp) == moment.replace(microsecond=0)


def test_stamps_sort_as_moments_do() -> None:
    years = [datetime(year, 1, 1, tzinfo=UTC) for year in (1, 987, 1949, 2026, 9999)]
    stamps = [to_stamp(moment) for moment in years]
    assert stamps == sorted(stamps)


def test_a_stamp_is_utc_whatever_zone_the_moment_is_in() -> None:
    beijing = timezone(timedelta(hours=8))
    assert to_stamp(datetime(2026, 11, 9, 1, 30, tzinfo=beijing)) == "2026-11-08T17:30:00Z"


@pytest.mark.usefixtures("_zone")
def test_a_day_begins_where_it_begins_here() -> None:
    for offset in range(800):
        day = date(2025, 1, 1) + timedelta(days=offset)
        start = from_stamp(day_start(day))
        assert local_day(to_stamp(start)) == day
        assert local_day(to_stamp(start - timedelta(seconds=1))) == day - timedelta(days=1)


@pytest.mark.usefixtures("_zone")
def test_a_clock_stands_on_the_day_it_is_given() -> None:
    for offset in range(0, 800, 7):
        day = date(2025, 1, 1) + timedelta(days=offset)
        clock = Clock(day)
        assert clock.today() == day
        assert local_day(clock.stamp()) == day


def test_a_clock_goes_on() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(minutes=1)
    clock = Clock(date(2026, 11, 9))
    first = clock.now()
    assert clock.now() >= first
