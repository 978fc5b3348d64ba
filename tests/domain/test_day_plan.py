"""A day's list holds no more than can be done, and no group is silent while there is room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.day_plan import shares


@pytest.mark.parametrize(
    ("counts", "limit", "shown"),
    [
        ([14, 2, 0, 5], 12, [10, 1, 0, 1]),
        ([1, 1], 12, [1, 1]),
        ([5, 5, 5], 2, [1, 1, 0]),  # the most pressing come first
        ([5, 5, 5], 0, [5, 5, 5]),  # no limit
        ([], 12, []),
    ],
)
def test_shares(counts: list[int], limit: int, shown: list[int]) -> None:
    assert shares(counts, limit) == shown


@given(st.lists(st.integers(0, 40), max_size=10), st.integers(1, 60))
def test_the_day_is_full_and_never_overfull(counts: list[int], limit: int) -> None:
    shown = shares(counts, limit)
    assert all(one <= count for one, count in zip(shown, counts, strict=True))
    assert sum(shown) == min(limit, sum(counts))
    if sum(1 for count in counts if count) <= limit:
        assert all(one for one, count in zip(shown, counts, strict=True) if count)
