"""Balanced indicators: states, trends, how far a group's side is fulfilled (M34)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.indicators import (
    BY_CODE,
    GROUPS,
    INDICATORS,
    Indicator,
    IndicatorRule,
    Reading,
    from_records,
    fulfilled,
    state,
    trend,
)
from fieldsales.errors import FieldError
from tests.domain.classes.given import facts

GROWTH, COST = BY_CODE["sales_growth"], BY_CODE["selling_cost"]
FIGURES = st.decimals(-1_000, 1_000, places=1)


def reading(target: str, actual: str, before: str | None = None) -> Reading:
    return Reading(Decimal(target), Decimal(actual), None if before is None else Decimal(before))


def test_each_group_attacks_and_defends() -> None:
    weight = {
        (group, side): sum(
            one.weight for one in INDICATORS if (one.group, one.side) == (group, side)
        )
        for group, side in product(GROUPS, ("attack", "defend"))
    }
    assert all(weight.values())
    assert weight["process", "attack"] < weight["process", "defend"]
    assert len(BY_CODE) == len(INDICATORS)


def test_states() -> None:
    assert state(GROWTH, reading("10", "9")) == "near"
    assert state(GROWTH, reading("10", "8.9")) == "missed"
    assert state(COST, reading("5", "5.5")) == "near"
    assert state(COST, reading("5", "5.6")) == "missed"
    assert state(COST, reading("5", "4")) == state(GROWTH, reading("0", "0")) == "met"
    assert state(GROWTH, reading("-10", "-11")) == "near"
    assert state(GROWTH, Reading(Decimal(1))) == state(GROWTH, Reading(None, Decimal(1))) == ""


def test_trends() -> None:
    assert trend(GROWTH, reading("1", "3", "2")) == "better"
    assert trend(GROWTH, reading("1", "1", "2")) == "worse"
    assert trend(COST, reading("1", "3", "2")) == "worse"
    assert trend(COST, reading("1", "1", "2")) == "better"
    assert trend(COST, reading("1", "2", "2")) == "same"
    assert trend(COST, reading("1", "2")) == ""


@given(FIGURES, FIGURES, FIGURES, st.integers(0, 100), st.sampled_from(INDICATORS))
def test_a_better_figure_is_no_worse_state(
    target: Decimal, one: Decimal, other: Decimal, near: int, indicator: Indicator
) -> None:
    rule = IndicatorRule(Decimal(near))
    order = ("missed", "near", "met")
    worse, better = sorted((one, other), reverse=indicator.falls)
    states = [state(indicator, Reading(target, actual), rule) for actual in (worse, better)]
    assert order.index(states[0]) <= order.index(states[1])


def test_how_far_a_side_is_fulfilled() -> None:
    readings = {
        "profit_growth": reading("5", "6"),
        "selling_cost": reading("5", "5.2"),
        "bad_debts": reading("1", "3"),
        "customers_won": reading("5", "9"),
    }
    assert fulfilled(readings, "finance", "defend") == 50
    assert fulfilled(readings, "customer", "attack") == 100
    assert fulfilled(readings, "people", "attack") is None
    assert fulfilled({}, "finance", "defend") is None


def test_what_the_records_tell() -> None:
    portfolio = [
        facts((1, 120), (13, 100), potential=500),
        facts((13, 100)),
        facts((11, 20)),
        facts((25, 100), (12, 0)),
        facts(),
    ]
    assert from_records(portfolio, Decimal(20)) == {
        "sales_growth": Decimal("-30.0"),
        "profit_growth": Decimal("-30.0"),
        "customers_won": 1,
        "customers_kept": 50,
        "potential_known": 20,
    }
    assert set(from_records(portfolio, Decimal(20))) <= set(BY_CODE)
    assert from_records([], Decimal(20)) == {"customers_won": 0}
    assert from_records([facts((12, 9))], Decimal(20))["customers_won"] == 0


def test_a_tolerance_out_of_bounds_is_refused() -> None:
    with pytest.raises(FieldError):
        replace(IndicatorRule(), near=Decimal(-1))
