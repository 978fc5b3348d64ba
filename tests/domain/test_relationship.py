"""The relationship matrix, its fading, and the two sides of a relationship (M10, M20)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS, NeedRating
from fieldsales.domain.relationship import (
    CELLS,
    Standing,
    behaviour,
    freshness,
    latest,
    lopsided,
    satisfied,
    standing_of_customer,
    standing_of_person,
)

TODAY = date(2026, 11, 9)


def rated(category: str, rating: int | None, day: str = "2026-11-01") -> NeedRating:
    return NeedRating(category=category, rating=rating, rated_on=day, created_at=f"{day}T00:00:00Z")


def test_worked_example() -> None:
    organisation = [rated("finance", 4), rated("performance", 4), rated("image", 3)]
    standing = standing_of_person(organisation, [rated("recognition", 2)])
    assert standing.organisation == pytest.approx(11 / 3)
    assert (standing.personal, standing.cell) == (2, "supplier")


@pytest.mark.parametrize(
    ("organisation", "personal", "cell"),
    [
        (1, 1, "outsider"),
        (5, 1, "supplier"),
        (1, 5, "friend"),
        (5, 5, "partner"),
        (3.5, 3.4, "supplier"),
        (None, 5, ""),
        (5, None, ""),
    ],
)
def test_cells(organisation: float | None, personal: float | None, cell: str) -> None:
    assert Standing(organisation, personal).cell == cell
    assert not cell or cell in CELLS


def test_the_newest_rating_of_a_need_counts() -> None:
    ratings = [
        rated("power", 5, "2026-01-05"),
        rated("power", 2, "2026-10-05"),
        rated("power", None, "2026-11-05"),
        rated("order", 4, "2026-02-01"),
    ]
    assert {category: one.rating for category, one in latest(ratings).items()} == {
        "power": 2,
        "order": 4,
    }
    assert satisfied(ratings, PERSONAL_NEEDS) == 3
    assert satisfied(ratings, ORGANISATION_NEEDS) is None


def test_who_has_more_influence_counts_for_more() -> None:
    ours = [rated("finance", 4)]
    people = [(5.0, 4), (1.0, None), (None, 5)]
    assert standing_of_customer(ours, people) == Standing(4, pytest.approx(21 / 5))
    assert standing_of_customer([], []) == Standing(None, None)


def test_a_cell_fades_when_nobody_meets_the_person() -> None:
    def after(days: int) -> float:
        return freshness(TODAY - timedelta(days=days), TODAY, 60)

    assert [after(days) for days in (-5, 0, 60, 90, 120, 999)] == [1, 1, 1, 0.5, 0, 0]
    assert freshness(None, TODAY) == 0


@given(st.integers(0, 400), st.integers(0, 400), st.integers(1, 200))
def test_freshness_never_grows_with_time(one: int, more: int, fades_after: int) -> None:
    early = freshness(TODAY - timedelta(days=one), TODAY, fades_after)
    late = freshness(TODAY - timedelta(days=one + more), TODAY, fades_after)
    assert 0 <= late <= early <= 1


@pytest.mark.parametrize(
    ("visits", "orders", "replies", "doing"),
    [(0, 0, 0, 1), (1, 0, 0, 2), (1, 1, 0, 3), (3, 1, 2, 4), (8, 1, 5, 5)],
)
def test_what_was_done_in_a_year(visits: int, orders: int, replies: int, doing: int) -> None:
    assert behaviour({"visits": visits, "orders": orders, "replies": replies}) == doing


@pytest.mark.parametrize(
    ("doing", "feeling", "mark"),
    [(5, 2, "much_done"), (1, 4, "much_felt"), (4, 3, ""), (3, 3, ""), (5, None, "")],
)
def test_one_side_without_the_other_is_lopsided(doing: int, feeling: int | None, mark: str) -> None:
    assert lopsided(doing, feeling) == mark
