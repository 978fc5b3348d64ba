"""The relationship cycle, and what a relationship took and brought (M10)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.classes.facts import Contacted, Effort, Facts
from fieldsales.domain.classes.history import by_month
from fieldsales.domain.classes.relationship_cycle import CycleRule, Month, cycle, investment
from fieldsales.domain.customer import RELATIONSHIPS
from fieldsales.errors import FieldError
from tests.domain.classes.given import TODAY, facts, sold

OLD = date(2023, 5, 1)


@pytest.mark.parametrize(
    ("known", "code", "reason"),
    [
        (facts(), "build", "not_met"),
        (facts(contacted=Contacted(1, OLD, date(2025, 11, 22))), "broken", "silent"),
        (facts(contacted=Contacted(2, OLD, date(2025, 11, 23))), "build", "little_done"),
        (facts(contacted=Contacted(4, date(2026, 9, 22), TODAY)), "build", "new"),
        (facts(contacted=Contacted(4, date(2026, 5, 22), TODAY)), "develop", "in_touch"),
        (facts((1, 9), contacted=Contacted(2, OLD, TODAY)), "develop", "buys"),
        (facts(contacted=Contacted(3, OLD, TODAY)), "develop", "in_touch"),
        (facts((1, 9), (13, 9)), "maintain", "buys_again"),
        (facts((2, 9), contacted=Contacted(1, OLD, OLD)), "develop", "buys"),
    ],
)
def test_cycle(known: Facts, code: str, reason: str) -> None:
    found = cycle(known)
    assert (found.code, found.reason) == (code, reason)
    assert code in RELATIONSHIPS


@given(st.integers(0, 1_500), st.integers(1, 5), st.integers(1, 24), st.integers(0, 24))
def test_more_patience_breaks_fewer(ago: int, doing: int, months: int, more: int) -> None:
    met = TODAY - timedelta(days=ago)
    known = facts()._replace(contacted=Contacted(doing, min(met, OLD), met))
    impatient = cycle(known, CycleRule(1, months))
    patient = cycle(known, CycleRule(1, months + more))
    assert impatient.code == "broken" or patient.code != "broken"


def test_investment_against_return() -> None:
    efforts = [
        Effort("c1", date(2026, 10, 3), 60, 5_000),
        Effort("c1", date(2026, 9, 1), 30),
        Effort("c1", date(2026, 10, 30), 45, 2_000),
    ]
    assert investment(efforts, by_month(sold((1, 900), (3, 50)))) == (
        Month("2026-08", sales=50),
        Month("2026-09", 1, 30),
        Month("2026-10", 2, 105, 7_000, 900),
    )
    assert investment([], {}) == ()


def test_limits_that_clash_are_refused() -> None:
    with pytest.raises(FieldError):
        CycleRule(build_months=13)
    with pytest.raises(FieldError):
        CycleRule(develop_from=6)
