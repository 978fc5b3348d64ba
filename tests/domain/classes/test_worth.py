"""Customer value, lifetime value, the cost of losing, what if (M30), and the key score (M12)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.facts import Chance, Facts
from fieldsales.domain.classes.history import Line, Sums
from fieldsales.domain.classes.key_score import (
    CRITERIA,
    QUALITATIVE,
    Score,
    Weights,
    by_size,
    fifth,
    ranks,
    score,
)
from fieldsales.domain.classes.worth import (
    Change,
    Outlook,
    Terms,
    Value,
    outlook,
    outlook_of,
    value,
    what_if,
)
from fieldsales.errors import FieldError
from tests.domain.classes.given import LINES, SALES, TODAY, facts, of

TEXTBOOK = Terms(Decimal(50), Decimal(25), years=2, replacement=10_000)
PERCENTS = st.integers(0, 100).map(Decimal)
TERMS = st.builds(
    Terms,
    PERCENTS,
    PERCENTS,
    PERCENTS,
    st.integers(1, 50),
    st.integers(0, 10**9),
    st.integers(0, 10**6),
)


def test_worked_examples() -> None:
    known = facts((1, 100_000), (14, 200_000), deals=(Chance(50_000, 40),))
    assert value(known) == Value(300_000, 20_000, 80_000)
    assert value(known).total == 400_000
    entered = value(known._replace(future_need=5))
    assert (entered.future, entered.entered) == (5, True)
    assert outlook(100_000, TEXTBOOK) == Outlook(100_000, 56_000, 85_000)
    assert what_if(500_000, 100_000, Change(price=Decimal(2))).after.margin == 110_000
    visited = what_if(500_000, 100_000, Change(visits=3), Terms(visit_cost=2_000))
    assert visited.after.margin == 94_000


def test_nobody_bought_anything() -> None:
    assert value(facts()) == Value(0, 0, 0)
    assert outlook_of(facts()) == Outlook(0, 0, 0)


def test_the_margin_of_a_year_is_known_or_assumed() -> None:
    known = Facts(
        customer_id="c1", history=of([Line("c1", TODAY, 600, cost=450), Line("c1", TODAY, 400)])
    )
    assert known.history.last == Sums(1_000, 450, 600)
    assert outlook_of(known, Terms(margin=Decimal(10))).margin == 190


@given(LINES, SALES, TERMS)
def test_a_sale_lowers_no_value(lines: list[Line], sale: Line, terms: Terms) -> None:
    before = Facts(customer_id="c1", history=of(lines))
    after = Facts(customer_id="c1", history=of([*lines, sale]))
    assert value(after, terms).total >= value(before, terms).total
    assert outlook_of(after, terms).lifetime >= outlook_of(before, terms).lifetime
    assert outlook_of(after, terms).losing >= outlook_of(before, terms).losing


@given(st.integers(0, 10**12), st.integers(0, 10**12), TERMS, st.integers(0, 50))
def test_what_if_moves_as_expected(sales: int, margin: int, terms: Terms, more: int) -> None:
    assert what_if(sales, margin, Change(), terms).gained == 0
    assert what_if(sales, margin, Change(retention=Decimal(more)), terms).gained >= 0
    assert what_if(sales, margin, Change(retention=Decimal(-more)), terms).gained <= 0
    assert what_if(sales, margin, Change(price=Decimal(more)), terms).gained >= 0
    assert what_if(sales, margin, Change(visits=more), terms).gained <= 0


@given(st.integers(0, 10**12), TERMS)
def test_the_future_is_worth_no_more_than_all_of_it(margin: int, terms: Terms) -> None:
    found = outlook(margin, terms)
    assert 0 <= found.lifetime <= found.losing - terms.replacement <= margin * terms.years


def test_a_loss_is_told_and_losing_it_costs_a_replacement_only() -> None:
    assert outlook(-100_000, TEXTBOOK) == Outlook(-100_000, -56_000, 10_000)


def test_terms_out_of_bounds_are_refused() -> None:
    for wrong in ({"retention": Decimal(101)}, {"years": 0}, {"visit_cost": -1}):
        with pytest.raises(FieldError):
            replace(Terms(), **wrong)


# --- the key-customer score (M12)


def test_the_score() -> None:
    ratings = dict(zip(CRITERIA, (5, 4, 5, 4, 3, 3, 4), strict=True))
    assert score(ratings) == Score(Decimal("75.0"), (), ("size", "growth"))
    for all_of_them, points in ((1, 0), (3, 50), (5, 100)):
        assert score(dict.fromkeys(CRITERIA, all_of_them)).points == points
    assert score(dict.fromkeys(CRITERIA, 5)).drags == ()


def test_what_is_not_rated_is_missing_not_bad() -> None:
    assert score({"sales": 5, "size": None}).points == 100
    assert score({"sales": 5}).missing == tuple(name for name in CRITERIA if name != "sales")
    assert score({}) == Score(None, CRITERIA, ())
    only = Weights({"sales": 3, "size": 1})
    assert score({"sales": 5, "size": 1, "growth": 1}, only) == Score(
        Decimal("75.0"), (), ("size",)
    )


@given(
    st.fixed_dictionaries(dict.fromkeys(CRITERIA, st.integers(1, 5))),
    st.lists(st.integers(0, 9), min_size=7, max_size=7).filter(any),
    st.sampled_from(CRITERIA),
)
def test_a_better_rating_never_scores_less(
    ratings: dict[str, int], weights: list[int], name: str
) -> None:
    of_all = Weights(dict(zip(CRITERIA, weights, strict=True)))
    found, better = score(ratings, of_all), score({**ratings, name: 5}, of_all)
    assert found.points is not None
    assert better.points is not None
    assert 0 <= found.points <= better.points <= 100


def test_wrong_ratings_and_weights_are_refused() -> None:
    for wrong in (0, 6):
        with pytest.raises(FieldError):
            score({"sales": wrong})
    for weights in ({"sales": -1}, {}, dict.fromkeys(QUALITATIVE, 0)):
        with pytest.raises(FieldError):
            Weights(weights)


def test_ranks() -> None:
    points = {"a": Decimal(50), "b": Decimal(75), "c": None, "d": Decimal(75), "e": Decimal(1)}
    assert ranks(points) == {"b": 1, "d": 1, "a": 3, "e": 4}


def fifths(values: list[int]) -> list[int]:
    """The rating of each, in rising order."""
    return [
        fifth(sum(other < one for other in values), values.count(one), len(values))
        for one in sorted(values)
    ]


@given(st.lists(st.integers(), max_size=30))
def test_fifths(values: list[int]) -> None:
    found = fifths(values)
    assert set(found) <= {1, 2, 3, 4, 5}
    assert found == sorted(found)


def test_proposed_ratings() -> None:
    assert fifths(list(range(10))) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert fifths([7, 7]) == [3, 3]
    assert fifths([1, 2, 3]) == [1, 3, 5]
    assert [by_size(size) for size in ("a", "c", "e", "")] == [5, 3, 1, None]
