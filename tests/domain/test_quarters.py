"""Quarters: where a day lies, when one ends, which were before."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.forecast import quarter_of
from fieldsales.domain.quarters import Quarter

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def test_worked_examples() -> None:
    assert str(Quarter.of(date(2026, 11, 22))) == "2026-Q4"
    assert Quarter(2026, 4).last == date(2026, 12, 31)
    assert Quarter(2028, 1).last == date(2028, 3, 31)
    assert Quarter(2026, 4).earlier(4) == Quarter(2025, 4)
    assert Quarter(2026, 1).earlier(1) == Quarter(2025, 4)


@given(DAYS, st.integers(-20, 20))
def test_a_day_lies_in_its_quarter_and_no_other(day: date, n: int) -> None:
    quarter = Quarter.of(day)
    assert quarter.earlier(1).last < day <= quarter.last
    assert Quarter.of(quarter.last + timedelta(days=1)) == quarter.earlier(-1)
    assert quarter.earlier(n).earlier(-n) == quarter
    assert str(quarter) == quarter_of(day.isoformat()[:7])
