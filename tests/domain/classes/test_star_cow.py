"""Star, question, cow and dog (M32); value types (M37)."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.judged import FIGURES
from fieldsales.domain.classes.star_cow import KINDS, Cuts, Point, kinds, medians
from fieldsales.domain.classes.value_type import SERVICE, VALUE_TYPES, ValueTypeRule, value_type
from fieldsales.errors import FieldError

POINTS = st.dictionaries(
    st.text("abcdef", min_size=1),
    st.builds(Point, st.integers(-5, 30), st.none() | st.integers(0, 30)),
    max_size=20,
)
DEGREES = st.integers(1, 5)


def codes(points: dict[str, Point], cuts: Cuts | None = None) -> dict[str, str]:
    return {id_: one.code for id_, one in kinds(points, cuts).items()}


def test_worked_example_reaches_every_kind() -> None:
    points = {"a": Point(90, 10), "b": Point(50, 50), "c": Point(10, 90), "d": Point(1, 9)}
    assert codes({one: points[one] for one in "abc"}) == {"a": "cow", "b": "star", "c": "question"}
    assert set(codes(points, Cuts(Decimal(50), Decimal(50))).values()) == set(KINDS)
    found = kinds(points)["d"]
    assert found.reason == "low_performance_low_potential"
    assert found.figures == {
        "performance": 1,
        "potential": 9,
        "performance_cut": 30,
        "potential_cut": 30,
    }


def test_none_one_all_equal_and_nothing_sold() -> None:
    assert codes({}) == {}
    assert medians({"a": Point(5, None)}) is None
    assert codes({"a": Point(5, None)}) == {"a": ""}
    assert codes({"a": Point(5, 5)}) == {"a": "star"}
    assert codes({"a": Point(0, 5), "b": Point(0, 5)}) == {"a": "question", "b": "question"}
    assert codes({"a": Point(-3, 0)}) == {"a": "dog"}


@given(POINTS, st.randoms())
def test_everybody_with_a_potential_has_a_kind_whatever_the_order(
    points: dict[str, Point], dice: Random
) -> None:
    names = list(points)
    dice.shuffle(names)
    found = codes({name: points[name] for name in names})
    assert found == codes(points)
    for name, point in points.items():
        assert (found[name] in KINDS) == (point.potential is not None)
    assert {name for one in kinds(points).values() for name in one.figures} <= set(FIGURES)


@given(POINTS, st.integers(0, 30), st.integers(0, 9))
def test_a_lower_cut_makes_nobody_lower(points: dict[str, Point], cut: int, less: int) -> None:
    before = codes(points, Cuts(Decimal(cut), Decimal(9)))
    after = codes(points, Cuts(Decimal(cut - less), Decimal(9)))
    good = {"star", "cow"}
    assert all(after[one] in good for one, code in before.items() if code in good)


# --- value types (M37)


@pytest.mark.parametrize(
    ("ours", "theirs", "code", "reason"),
    [
        (5, 2, "transactional", "buys_on_price"),
        (1, 5, "transactional", "too_small"),
        (2, 3, "consultative", "wants_advice"),
        (3, 4, "consultative", "wants_advice"),
        (5, 3, "consultative", "wants_advice"),
        (4, 4, "enterprise", "both_high"),
        (None, 4, "", "ours_unknown"),
        (4, None, "", "theirs_unknown"),
    ],
)
def test_value_types(ours: int | None, theirs: int | None, code: str, reason: str) -> None:
    found = value_type(ours, theirs)
    assert (found.code, found.reason) == (code, reason)
    assert set(SERVICE) == set(VALUE_TYPES)


@given(DEGREES, DEGREES, DEGREES, DEGREES)
def test_more_value_is_never_less_service(ours: int, theirs: int, more: int, again: int) -> None:
    lower = value_type(min(ours, more), min(theirs, again))
    higher = value_type(max(ours, more), max(theirs, again))
    assert VALUE_TYPES.index(lower.code) <= VALUE_TYPES.index(higher.code)


def test_wrong_degrees_and_limits_are_refused() -> None:
    for ours, theirs in ((0, 1), (1, 6)):
        with pytest.raises(FieldError):
            value_type(ours, theirs)
    with pytest.raises(FieldError):
        ValueTypeRule(advice_theirs=5)
