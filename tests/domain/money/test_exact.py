"""Whole minor units by whole numbers are those that decimals come to."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.money.exact import half_up, percent_of, whole, whole_percent, whole_ratio

AMOUNTS = st.integers(-(10**15), 10**15)


def test_a_half_goes_away_from_nothing() -> None:
    assert [whole_ratio(part, 2) for part in (-3, -1, 0, 1, 3)] == [-2, -1, 0, 1, 2]
    assert whole_percent(1_000, Decimal("17.5")) == 175
    assert whole_percent(-3, Decimal("17.5")) == -1


@given(AMOUNTS, st.decimals(0, 100, places=3))
def test_percent_of_an_amount(amount: int, percent: Decimal) -> None:
    assert whole_percent(amount, percent) == whole(percent_of(Decimal(amount), percent))


@given(AMOUNTS, st.integers(0, 9))
def test_a_ratio_rounds_as_decimals_do(amount: int, places: int) -> None:
    rounded = half_up(Decimal(amount).scaleb(-places))
    assert whole_ratio(amount, 10**places) == rounded
