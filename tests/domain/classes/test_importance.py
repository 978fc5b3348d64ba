"""Tiers of value and the pyramid of them (M06, M31)."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.importance import TIERS, Cuts, importance
from fieldsales.domain.classes.pyramid import Brought, Move, Near, moves, next_to_rise, pyramid
from fieldsales.domain.customer import IMPORTANCES
from fieldsales.errors import FieldError

VALUES = st.dictionaries(
    st.text("abcdef", min_size=1), st.integers(-5, 60), min_size=1, max_size=40
)
PERCENTS = st.tuples(*[st.integers(0, 100)] * 3).map(
    lambda three: Cuts(*map(Decimal, sorted(three)))
)


def codes(values: dict[str, int], cuts: Cuts | None = None) -> dict[str, str]:
    return {id_: one.code for id_, one in importance(values, cuts or Cuts()).items()}


def test_worked_examples() -> None:
    tiers = list(codes({str(at): 1_000 - at for at in range(100)}).values())
    assert [tiers.count(tier) for tier in TIERS] == [1, 4, 15, 80]
    tiers = list(codes({str(at): 100 - at for at in range(10)}).values())
    assert tiers == ["vip", "ordinary", *["small"] * 8]
    assert importance({"a": 5, "b": 9})["a"].figures == {"value": 5, "rank": 2, "customers": 2}
    assert TIERS == IMPORTANCES


def test_one_customer_none_and_all_equal() -> None:
    assert codes({}) == {}
    assert codes({"a": 5}) == {"a": "vip"}
    assert codes({"a": 0}) == {"a": "small"}
    assert set(codes(dict.fromkeys("abcdefgh", 7)).values()) == {"small"}


@given(VALUES, PERCENTS)
def test_every_customer_has_one_tier_and_a_better_one_no_worse(
    values: dict[str, int], cuts: Cuts
) -> None:
    found = codes(values, cuts)
    assert found.keys() == values.keys()
    for one, value in values.items():
        for other, least in values.items():
            if value >= least:
                assert TIERS.index(found[one]) <= TIERS.index(found[other])
    for tier, last in cuts.places(len(values)).items():
        better = TIERS[: TIERS.index(tier) + 1]
        assert sum(code in better for code in found.values()) <= last


@given(VALUES, st.randoms())
def test_the_order_of_customers_does_not_matter(values: dict[str, int], dice: Random) -> None:
    names = list(values)
    dice.shuffle(names)
    assert codes({name: values[name] for name in names}) == codes(values)


@given(VALUES, st.integers(0, 90), st.data())
def test_worth_more_is_no_tier_lower(
    values: dict[str, int], more: int, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(sorted(values)))
    risen = codes({**values, one: values[one] + more})
    assert TIERS.index(risen[one]) <= TIERS.index(codes(values)[one])


@given(VALUES, st.integers(0, 50), st.integers(0, 50))
def test_wider_cuts_lower_nobody(values: dict[str, int], narrow: int, more: int) -> None:
    tight, wide = Cuts(ordinary=Decimal(50)), Cuts(ordinary=Decimal(50 + more))
    before, after = codes(values, tight), codes(values, wide)
    assert all(TIERS.index(after[one]) <= TIERS.index(before[one]) for one in values)


@given(VALUES)
def test_layers_add_up(values: dict[str, int]) -> None:
    brought = {one: Brought(value, value // 5) for one, value in values.items()}
    layers = pyramid(codes(values), brought)
    assert [layer.tier for layer in layers] == list(TIERS)
    assert sum(layer.customers for layer in layers) == len(values)
    assert sum(layer.sales for layer in layers) == sum(values.values())
    assert sum(layer.share_of_customers for layer in layers) == 100
    assert sum(layer.share_of_sales for layer in layers) in (0, 100)


def test_the_pyramid() -> None:
    tiers = {"a": "vip", "b": "small", "c": "small"}
    layers = pyramid(tiers, {"a": Brought(740, 90), "b": Brought(260, 10)})
    assert (layers[0].share_of_sales, layers[3].share_of_sales) == (74, 26)
    assert layers[0].share_of_customers == Decimal("33.3")
    assert layers[1].customers == 0


def test_movement() -> None:
    before = {"a": "vip", "b": "small", "c": "major", "gone": "vip"}
    now = {"a": "major", "b": "ordinary", "c": "major", "fresh": "small"}
    assert moves(before, now) == (Move("b", "small", "ordinary"), Move("a", "vip", "major"))
    assert [move.up for move in moves(before, now)] == [True, False]


def test_next_to_rise() -> None:
    assert next_to_rise({"a": 900, "b": 500, "c": 400}, "vip") == (
        Near("b", 500, 401),
        Near("c", 400, 501),
    )
    assert next_to_rise({"a": 900, "b": 900}, "vip") == (Near("a", 900, 1), Near("b", 900, 1))
    assert next_to_rise({}, "vip") == ()
    assert next_to_rise({"a": 1}, "vip", Cuts(vip=Decimal(0))) == ()


@given(VALUES, st.sampled_from(TIERS[:3]), PERCENTS)
def test_who_gains_what_is_missing_rises(values: dict[str, int], tier: str, cuts: Cuts) -> None:
    now = codes(values, cuts)
    found = next_to_rise(values, tier, cuts)
    for near in found:
        assert TIERS.index(now[near.customer_id]) > TIERS.index(tier)
        for missing, inside in ((near.missing, True), (near.missing - 1, False)):
            changed = {**values, near.customer_id: near.value + missing}
            risen = codes(changed, cuts)[near.customer_id]
            assert (TIERS.index(risen) <= TIERS.index(tier)) == inside
    assert len(found) <= 5


def test_cuts_that_clash_are_refused() -> None:
    with pytest.raises(FieldError):
        Cuts(vip=Decimal(6))
    with pytest.raises(FieldError):
        Cuts(ordinary=Decimal(101))
