"""Balanced indicators: states, trends, how far a group's side is fulfilled (M34)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.bought import Windows, Years, of_sales
from fieldsales.domain.classes.history import Line, history
from fieldsales.domain.classes.indicators import (
    BY_CODE,
    GROUPS,
    INDICATORS,
    Indicator,
    IndicatorRule,
    Reading,
    actual,
    fulfilled,
    furthest,
    pulling,
    state,
    trend,
)
from fieldsales.domain.classes.parts import Part, Parts
from fieldsales.errors import FieldError
from tests.domain.classes.given import DAYS, LINES, TODAY, sold

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


def test_what_misses_most_and_counts_most_comes_first() -> None:
    readings = {
        "sales_growth": reading("10", "10"),
        "customers_won": reading("10", "5"),
        "satisfaction": reading("4", "3.6"),
        "advance_rate": reading("60", "15"),  # misses more, but counts half
        "transfers": reading("0", "2"),
    }
    assert furthest(readings) == ["transfers", "customers_won", "advance_rate", "satisfaction"]
    assert furthest({}) == []


def test_what_sales_tell() -> None:
    portfolio = [
        sold((1, 120), (13, 100)),
        sold((13, 100)),
        sold((11, 20)),
        sold((25, 100), (12, 0)),
        sold(),
    ]
    [years] = years_of(portfolio, TODAY)
    columns = of_sales(range(1, 6), years, [500, None, None, None, None], Decimal(20))
    found = {code: Parts(one) for code, one in columns.items()}
    told = {code: actual(BY_CODE[code], parts) for code, parts in found.items()}
    assert told == {
        "sales_growth": Decimal("-30.0"),
        "profit_growth": Decimal("-30.0"),
        "customers_won": 1,
        "customers_kept": 50,
        "share_of_wallet": 24,
        "potential_known": 20,
    }
    assert [one.customer for one in pulling(GROWTH, found["sales_growth"])] == [2]
    assert [one.customer for one in pulling(BY_CODE["customers_won"], found["customers_won"])] == [
        3
    ]
    assert [
        one.customer for one in pulling(BY_CODE["customers_kept"], found["customers_kept"])
    ] == [2]
    [years] = years_of([], TODAY)
    nothing = of_sales([], years, [], Decimal(20))
    assert {
        code for code, one in nothing.items() if actual(BY_CODE[code], Parts(one)) is not None
    } == {"customers_won"}
    [years] = years_of([sold((12, 9))], TODAY)
    (nobody,) = Parts(of_sales([1], years, [None], Decimal(20))["customers_kept"])
    assert nobody == (1, 0, 1, 9)


def years_of(portfolio: Sequence[Sequence[Line]], *days: date) -> list[Years]:
    windows = Windows(len(portfolio), days)
    for at, lines in enumerate(portfolio):
        windows.add((at, one.day.isoformat(), one.amount, one.cost) for one in lines)
    return windows.years()


@given(st.lists(LINES, min_size=1, max_size=3), st.lists(DAYS, min_size=1, max_size=4))
def test_windows_are_those_of_each_history(portfolio: list[list[Line]], days: list[date]) -> None:
    for day, found in zip(days, years_of(portfolio, *days), strict=True):
        alone = years_of([[]] * len(portfolio), day)[0]
        for at, lines in enumerate(portfolio):
            alone.put(at, history(lines, day))
        assert [list(map(bool, one)) for one in found[6:]] == [
            list(map(bool, one)) for one in alone[6:]
        ]
        assert found[:6] == alone[:6]


def test_what_parts_come_to() -> None:
    visits = [Part(1, 3, 4), Part(2, 0, 2)]
    assert actual(BY_CODE["advance_rate"], visits) == 50
    assert actual(BY_CODE["reviews_held"], [Part(0, 2)]) == 2
    assert actual(BY_CODE["satisfaction"], [Part(1, 9, 3), Part(1, 5, 1)]) == Decimal("3.5")
    days = [Part(1, Decimal(1)), Part(1, Decimal(6)), Part(2, Decimal(2))]
    assert actual(BY_CODE["answer_days"], days) == 2
    assert [one[:2] for one in pulling(BY_CODE["answer_days"], days)] == [(1, 6), (2, 2)]
    assert pulling(BY_CODE["reviews_held"], [Part(0, 2)]) == []
    assert actual(BY_CODE["paid_on_time"], []) is None
    assert actual(BY_CODE["paid_on_time"], [Part(1, 0, 0)]) is None


PARTS = st.lists(
    st.builds(Part, st.integers(1, 5), st.integers(-50, 50), st.integers(1, 50)), min_size=1
)


@given(PARTS, st.sampled_from([one for one in INDICATORS if one.unit in ("percent", "score")]))
def test_without_who_pulls_it_a_figure_is_no_worse(parts: list[Part], one: Indicator) -> None:
    whole = actual(one, parts)
    for culprit in pulling(one, parts):
        rest = [part for part in parts if part.customer != culprit.customer]
        without = actual(one, rest)
        assert whole is not None
        assert without is not None
        assert without <= whole if one.falls else without >= whole


def test_a_tolerance_out_of_bounds_is_refused() -> None:
    with pytest.raises(FieldError):
        replace(IndicatorRule(), near=Decimal(-1))
