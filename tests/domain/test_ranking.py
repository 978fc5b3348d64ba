"""The Wilson lower bound: what one may count on after so many times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.ranking import Tally, ranked, wilson


def test_worked_examples() -> None:
    assert wilson(8, 10) == pytest.approx(0.490, abs=5e-4)
    assert wilson(1, 1) == pytest.approx(0.207, abs=5e-4)
    assert wilson(0, 0) == wilson(0, 7) == 0


def test_one_success_does_not_beat_many() -> None:
    tallies = [Tally("once", 1, 1), Tally("often", 8, 10), Tally("never", 0, 3), Tally("new", 0, 0)]
    assert [one.key for one in ranked(tallies)] == ["often", "once", "never", "new"]


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_it_lies_below_the_share_and_grows_with_every_success(pair: tuple[int, int]) -> None:
    worked, n = pair
    bound = wilson(worked, n)
    assert 0 <= bound <= worked / n
    assert wilson(worked + 1, n + 1) > bound
    assert wilson(worked, n + 1) <= bound + 1e-12
    assert wilson(2 * worked, 2 * n) >= bound - 1e-12
