"""Attack and defend: stances, and planned against spent time, people and money (M33)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.facts import Effort, Facts
from fieldsales.domain.classes.resources import (
    MEANS,
    SIDES,
    Plan,
    Spent,
    causes,
    compared,
    hours_off,
    side,
    spent,
)
from fieldsales.domain.classes.stance import STANCES, StanceRule, by_thirds, stance
from fieldsales.errors import FieldError
from tests.domain.classes.given import facts

RULE = StanceRule(20, 30)
FIRST, LAST = date(2026, 11, 9), date(2026, 11, 22)
STANCE_OF = dict(zip("abcde", STANCES, strict=True))
EFFORTS = st.lists(
    st.builds(
        Effort,
        st.sampled_from("abcdef"),
        st.integers(-3, 20).map(lambda days: FIRST + timedelta(days=days)),
        st.integers(0, 600),
        st.integers(0, 10**6),
    ),
    max_size=15,
)


@pytest.mark.parametrize(
    ("known", "code", "reason"),
    [
        (facts((1, 10), potential=40), "acquire", "high_potential_low_share"),
        (facts((1, 20), potential=40), "retain", "high_potential_high_share"),
        (facts((1, 10), potential=25), "harass", "middle_potential_low_share"),
        (facts((1, 20), potential=25), "maintain", "middle_potential_high_share"),
        (facts((1, 10), potential=30), "acquire", "high_potential_low_share"),
        (facts((1, 10), potential=29), "harass", "middle_potential_low_share"),
        (facts((1, 10), potential=20), "maintain", "middle_potential_high_share"),
        (facts((1, 40), potential=40), "retain", "high_potential_high_share"),
        (facts((1, 10), potential=19), "drop", "low_potential"),
        (facts((1, 50), potential=40), "retain", "share_over"),
        (facts((1, 50), potential=10), "drop", "share_over"),
        (facts((1, 50), potential=0), "drop", "low_potential"),
        (facts((1, 50)), "", "potential_unknown"),
    ],
)
def test_stances(known: Facts, code: str, reason: str) -> None:
    found = stance(known, RULE)
    assert (found.code, found.reason) == (code, reason)


def test_the_figures_behind_a_stance() -> None:
    assert stance(facts((1, 50), potential=40), RULE).figures == {
        "potential": 40,
        "sales": 50,
        "share": Decimal("125.0"),
    }


def test_thirds() -> None:
    assert by_thirds([30, 10, 20]) == StanceRule(20, 30)
    assert by_thirds([]) == StanceRule(0, 0)
    assert by_thirds([7]) == by_thirds([7, 7, 7]) == StanceRule(7, 7)
    assert stance(facts(potential=0), by_thirds([0, 0])).code == "drop"


@given(st.lists(st.integers(0, 10**9), min_size=1), st.integers(0, 10**9))
def test_everybody_with_a_potential_has_a_stance(potentials: list[int], bought: int) -> None:
    rule = by_thirds(potentials)
    assert rule == by_thirds(sorted(potentials))
    order = ("drop", "harass", "acquire")
    found = [stance(facts(potential=one), rule).code for one in sorted(potentials)]
    assert found == sorted(found, key=order.index)
    assert stance(facts((1, bought), potential=potentials[0]), rule).code in STANCES


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 100), st.integers(0, 200))
def test_a_higher_limit_defends_fewer(low: int, more: int, potential: int, bought: int) -> None:
    known = facts((1, bought), potential=potential)
    easy = stance(known, replace(RULE, share_from=Decimal(min(low, more)))).code
    hard = stance(known, replace(RULE, share_from=Decimal(max(low, more)))).code
    assert hard not in ("retain", "maintain") or easy == hard


def test_limits_that_overlap_are_refused() -> None:
    for wrong in ((30, 20, 50), (-1, 20, 50), (1, 2, 101)):
        with pytest.raises(FieldError):
            StanceRule(wrong[0], wrong[1], Decimal(wrong[2]))


# --- resources


def test_sides() -> None:
    assert [side(code) for code in (*STANCES, "")] == [
        "attack",
        "defend",
        "attack",
        "maintain",
        "elsewhere",
        "elsewhere",
    ]


def test_planned_against_spent() -> None:
    efforts = [
        Effort("a", FIRST, 60, 500),
        Effort("c", LAST, 60),
        Effort("b", LAST, 240, 1_500),
        Effort("e", LAST, 240),
        Effort("a", LAST + timedelta(days=1), 600),
    ]
    taken = spent(efforts, STANCE_OF, FIRST, LAST)
    assert taken["attack"] == Spent(120, 2, 500)
    assert taken["elsewhere"] == Spent(240, 1, 0)
    table = compared(Plan(), taken)
    assert table["time"]["attack"].gap == -20
    assert table["people"]["attack"].actual == 50
    assert (table["money"]["defend"].actual, table["money"]["elsewhere"].planned) == (75, 0)
    assert hours_off(Plan(), taken, FIRST, LAST) == {
        "attack": Decimal("-1.0"),
        "defend": 0,
        "maintain": -1,
        "elsewhere": 2,
    }
    assert causes(efforts, STANCE_OF, "attack", FIRST, LAST) == (("a", 60), ("c", 60))


@given(EFFORTS)
def test_columns_add_up(efforts: list[Effort]) -> None:
    taken = spent(efforts, STANCE_OF, FIRST, LAST)
    within = [one for one in efforts if FIRST <= one.day <= LAST]
    assert sum(one.minutes for one in taken.values()) == sum(one.minutes for one in within)
    assert sum(one.visits for one in taken.values()) == len(within)
    table = compared(Plan(), taken)
    assert set(table) == set(MEANS)
    for column in table.values():
        assert sum(cell.planned for cell in column.values()) == 100
        assert sum(cell.actual for cell in column.values()) in (0, 100)
    for one, of_side in taken.items():
        named = causes(reversed(efforts), STANCE_OF, one, FIRST, LAST)
        assert sum(minutes for _, minutes in named) == of_side.minutes
        assert named == causes(efforts, STANCE_OF, one, FIRST, LAST)


@pytest.mark.parametrize(
    "column",
    [{"attack": 50, "defend": 49}, {"attack": 101}, {"attack": 101, "defend": -1}],
)
def test_a_column_is_a_hundred(column: dict[str, int]) -> None:
    for means in MEANS:
        with pytest.raises(FieldError) as refused:
            Plan(**{means: column})
        assert refused.value.field == means
    assert Plan(time={"attack": 100}).column("time") == {"attack": 100, "defend": 0, "maintain": 0}
    assert set(Plan().column("money")) == set(SIDES)
