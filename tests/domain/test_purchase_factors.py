"""The five purchase factors (M24) and the negotiation partner (M23)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.deal import PURCHASE_FACTORS, FactorRating
from fieldsales.domain.negotiation import PARTNERS, partner
from fieldsales.domain.purchase_factors import Factor, factors, weakest


def rated(
    factor: str, ours: int | None, theirs: int | None = None, rival: str = "", at: str = "1"
) -> FactorRating:
    return FactorRating(factor=factor, ours=ours, theirs=theirs, rival=rival, created_at=at, id=at)


def test_all_five_in_their_order_rated_or_not() -> None:
    found = factors([rated("price", 2, 4, "丰达")])
    assert tuple(factor.code for factor in found) == PURCHASE_FACTORS
    assert found[2] == Factor("price", 2, 4, "丰达")
    assert [factor.gap for factor in found] == [None, None, -2, None, None]


def test_the_strongest_rival_counts_and_our_last_word() -> None:
    ratings = [
        rated("trust", 4, 5, "乙", at="3"),
        rated("trust", 2, 3, "甲", at="1"),
        rated("trust", 3, None, "丙", at="2"),
    ]
    assert factors(ratings)[3] == Factor("trust", 4, 5, "乙")


def test_the_weakest_factor() -> None:
    assert weakest(factors([])) is None
    assert weakest(factors([rated("need", None, 4)])) is None
    worked = [rated("price", 2, 4, "丰达"), rated("trust", 1, 2, "丰达"), rated("value", 5, 1)]
    assert weakest(factors(worked)) == Factor("price", 2, 4, "丰达")
    # equally far behind: where we are rated lower
    assert weakest(factors([rated("value", 3, 4), rated("trust", 2, 3)])) == Factor("trust", 2, 3)
    # without a rival the middle of the scale is the measure
    assert weakest(factors([rated("value", 4, 5), rated("trust", 1)])) == Factor("trust", 1)


@given(
    st.lists(
        st.builds(
            rated,
            st.sampled_from(PURCHASE_FACTORS),
            st.none() | st.integers(1, 5),
            st.none() | st.integers(1, 5),
        )
    )
)
def test_no_factor_lies_further_behind_than_the_weakest(ratings: list[FactorRating]) -> None:
    found = factors(ratings)
    worst = weakest(found)
    gaps = [factor.gap for factor in found if factor.gap is not None]
    assert (worst is None) == all(factor.ours is None for factor in found)
    if worst is not None and worst.gap is not None:
        assert worst.gap == min(gaps)


@pytest.mark.parametrize(
    ("long_term", "fair", "animal"),
    [
        (2, 1, "eagle"),
        (-1, 2, "sheep"),
        (1, -2, "fox"),
        (-2, -1, "donkey"),
        (0, 2, ""),
        (2, 0, ""),
        (None, 2, ""),
        (1, None, ""),
    ],
)
def test_four_partners_by_two_scales(long_term: int | None, fair: int | None, animal: str) -> None:
    assert partner(long_term, fair) == animal
    assert not animal or animal in PARTNERS
