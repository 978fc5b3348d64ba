"""Weeks begin on Monday; what overlaps in a day lies side by side."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.weeks import lanes, month_weeks, week_of

SPANS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda one: (one[0], one[0] + one[1])),
    max_size=20,
)


def test_a_week_begins_on_monday() -> None:
    days = week_of(date(2026, 11, 15))
    assert (days[0], days[-1]) == (date(2026, 11, 9), date(2026, 11, 15))


@pytest.mark.parametrize(
    ("day", "first", "last", "weeks"),
    [
        (date(2026, 11, 9), date(2026, 10, 26), date(2026, 12, 6), 6),
        (date(2027, 2, 20), date(2027, 2, 1), date(2027, 2, 28), 4),  # exactly four weeks
        (date(2026, 12, 31), date(2026, 11, 30), date(2027, 1, 3), 5),
    ],
)
def test_a_month_is_shown_in_whole_weeks(day: date, first: date, last: date, weeks: int) -> None:
    found = month_weeks(day)
    assert (found[0][0], found[-1][-1], len(found)) == (first, last, weeks)


def test_three_that_overlap_over_one_another_share_the_width() -> None:
    assert lanes([(60, 120), (90, 150), (120, 180), (200, 260)]) == [
        (0, 2),
        (1, 2),
        (0, 2),
        (0, 1),
    ]


@given(SPANS)
def test_no_lane_holds_two_at_once(spans: list[tuple[int, int]]) -> None:
    found = lanes(spans)
    for one, (begin, end) in zip(found, spans, strict=True):
        assert 0 <= one.at < one.of
        for other, (start, stop) in zip(found, spans, strict=True):
            if one is not other and begin < stop and start < end:
                assert one.of == other.of
                assert one.at != other.at or (begin, end) is (start, stop)
