"""Sales added up: months, windows of twelve months, growth and shares that add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.history import (
    History,
    Line,
    Sums,
    by_month,
    by_product,
    change,
    histories,
    history,
    middle,
    months_before,
    share,
    shares,
    shown,
)
from tests.domain.classes.given import LINES, TODAY, of


def test_worked_examples() -> None:
    assert Sums(100_000, 45_000, 60_000).margin(Decimal(20)) == 23_000
    assert shown(change(420_000, 510_000)) == Decimal("-17.6")
    assert change(5, 0) is None
    assert change(5, -5) is None
    assert shown(share(120, 100)) == 120
    assert share(5, 0) is None
    assert months_before(date(2028, 2, 29), 12) == date(2027, 2, 28)
    assert months_before(date(2026, 1, 31), 2) == date(2025, 11, 30)
    assert middle([4, 1, 2]) == 2
    assert middle([1, 2]) == Decimal("1.5")
    assert middle([]) is None


def test_the_windows_meet_without_a_gap() -> None:
    days = [date(2026, 11, 22), date(2025, 11, 23), date(2025, 11, 22), date(2024, 11, 23)]
    found = of([Line("c1", day, 10**at) for at, day in enumerate([*days, date(2024, 11, 22)])])
    assert (found.last.amount, found.before.amount) == (11, 1_100)
    assert found.total == 11_111


def test_monthly_totals_fill_each_window_with_twelve() -> None:
    for day in (1, 15, 28):
        lines = [Line("c1", date(2024 + at // 12, at % 12 + 1, day), 1) for at in range(10, 36)]
        found = of(lines)
        assert found.last.amount == found.before.amount == 12


def test_returns_and_what_is_yet_to_come() -> None:
    found = of(
        [
            Line("c1", date(2026, 5, 1), 500, cost=400),
            Line("c1", date(2026, 5, 1), 300),
            Line("c1", date(2026, 6, 1), -200, cost=-160),
            Line("c1", date(2026, 11, 23), 900),
        ]
    )
    assert (found.total, found.last) == (600, Sums(600, 240, 300))
    assert (found.purchases, found.later) == (1, 1)
    assert found.first == found.latest == date(2026, 5, 1)


def test_currencies_and_customers_stay_apart() -> None:
    lines = [Line("a", TODAY, 1, "CNY"), Line("a", TODAY, 2, "USD"), Line("b", TODAY, 4, "CNY")]
    found = histories(lines, TODAY)
    assert {key: one.total for key, one in found.items()} == {
        ("a", "CNY"): 1,
        ("a", "USD"): 2,
        ("b", "CNY"): 4,
    }
    assert histories([], TODAY) == {}


def test_products() -> None:
    lines = [
        Line("a", TODAY, 30, product="y", quantity=Decimal("1.5"), cost=20),
        Line("b", TODAY, 10, product="x"),
        Line("b", TODAY, 20, product="y", quantity=Decimal(2)),
    ]
    assert by_product(lines) == {
        "x": (Decimal(1), Sums(10)),
        "y": (Decimal("3.5"), Sums(50, 20, 30)),
    }


@given(LINES, st.randoms())
def test_the_order_of_lines_does_not_matter(lines: list[Line], dice: Random) -> None:
    mixed = list(lines)
    dice.shuffle(mixed)
    assert of(mixed) == of(lines)
    assert by_month(mixed) == by_month(lines)


@given(LINES)
def test_months_add_up_to_the_total(lines: list[Line]) -> None:
    found = of(lines)
    months = by_month(lines)
    assert sum(months.values(), Sums()).amount == found.total
    assert list(months) == sorted(months)
    assert found.total == sum(line.amount for line in lines)
    assert found.purchases == len({line.day for line in lines if line.amount > 0})
    assert (found.latest is None) == (not found.purchases)


@given(LINES)
def test_a_look_back_is_what_was_known_then(lines: list[Line]) -> None:
    then = months_before(TODAY, 12)
    known = [line for line in lines if line.day <= then]
    found = history(lines, then)
    assert found.total == of(known).total
    assert found.last == of(lines).before
    assert found.later == len(lines) - len(known)


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1))
def test_shares_add_to_a_hundred(parts: list[int]) -> None:
    found = shares(parts)
    assert sum(found) == (100 if max(parts) > 0 else 0)
    assert all(one >= 0 for one in found)


@pytest.mark.parametrize("months", [1, 6, 12, 24])
def test_bought_within(months: int) -> None:
    edge = months_before(TODAY, months)
    assert not of([Line("c1", edge, 5)]).bought_within(months)
    assert of([Line("c1", date.fromordinal(edge.toordinal() + 1), 5)]).bought_within(months)
    assert not History(TODAY).bought_within(months)
