"""The forecast (M25): weights, periods, targets, currencies."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.forecast import (
    OVERDUE,
    UNDATED,
    Chance,
    Outlook,
    converted,
    coverage,
    forecast,
    quarter_of,
    quarter_target,
    rate,
    weighted,
)

TODAY = date(2026, 11, 9)


def chance(stage: str, amount: int, percent: int, day: str | None, currency: str = "CNY") -> Chance:
    return Chance(f"{stage}{amount}{day}", stage, amount, currency, percent, day)


@pytest.mark.parametrize(
    ("amount", "percent", "share"),
    [(1000, 60, 600), (1, 50, 1), (1, 49, 0), (3, 50, 2), (0, 80, 0), (10**14, 95, 95 * 10**12)],
)
def test_weighted_rounds_half_up(amount, percent, share):
    assert weighted(amount, percent) == share


def test_a_month_by_hand():
    made = forecast(
        [
            chance("won", 100_000, 100, "2026-11-03"),
            chance("commitment", 50_000, 80, "2026-11-20"),
            chance("value", 40_000, 60, "2026-11-30"),
            chance("needs", 30_000, 40, "2026-11-30"),
            chance("lost", 90_000, 0, "2026-11-30"),
            chance("needs", 20_000, 40, "2026-11-01"),  # passed, but the month is not over
            chance("value", 70_000, 60, "2026-12-01"),
            chance("value", 10_000, 60, "2026-10-31"),
            chance("trust", 5_000, 20, None),
            chance("value", 1_000, 60, "2026-11-20", "USD"),
        ],
        TODAY,
    )
    assert made.months["2026-11"]["CNY"] == Outlook(
        deals=5,
        won=100_000,
        commit=150_000,
        best=190_000,
        open=140_000,
        weighted=100_000 + 40_000 + 24_000 + 12_000 + 8_000,
    )
    assert made.months["2026-11"]["USD"] == Outlook(1, 0, 0, 1_000, 1_000, 600)
    assert made.months[OVERDUE]["CNY"].open == 10_000
    assert made.months[UNDATED]["CNY"].open == 5_000
    assert made.quarters()["2026-Q4"]["CNY"].open == 210_000
    assert made.total()["CNY"].deals == 8


@pytest.mark.parametrize(
    ("month", "quarter"),
    [("2026-01", "2026-Q1"), ("2026-03", "2026-Q1"), ("2026-04", "2026-Q2"), ("2026-12", "2026-Q4"),
     (OVERDUE, OVERDUE), (UNDATED, UNDATED)],
)  # fmt: skip
def test_quarters(month, quarter):
    assert quarter_of(month) == quarter


def test_coverage_by_hand():
    covered = coverage(1_000, Outlook(won=400, open=1_200))
    assert (covered.gap, covered.times) == (600, 2.0)
    assert coverage(100, Outlook(won=400)).times is None


def test_a_quarters_target_is_the_sum_of_its_months():
    targets = {"2026-10": {"CNY": 5}, "2026-12": {"CNY": 7, "USD": 1}, "2027-01": {"CNY": 9}}
    assert quarter_target(targets, "2026-Q4", "CNY") == 12
    assert quarter_target(targets, "2026-Q4", "EUR") is None


def test_only_a_typed_rate_converts():
    sums = {"CNY": 100_00, "USD": 10_00, "JPY": 1_000, "EUR": 5_00}
    made = converted(sums, "CNY", {"USD": "7.15", "JPY": "0.048", "EUR": "sieben"})
    assert made.amount == 100_00 + 71_50 + 48_00
    assert made.left_out == ("EUR",)


@pytest.mark.parametrize("text", ["", "x", "0", "-1", "inf", "nan", "7,15"])
def test_what_is_no_rate(text):
    assert rate(text) is None


CHANCES = st.lists(
    st.builds(
        Chance,
        deal_id=st.uuids().map(str),
        stage=st.sampled_from(("target", "value", "commitment", "won", "lost")),
        amount=st.integers(0, 10**14),
        currency=st.sampled_from(("CNY", "USD")),
        probability=st.integers(0, 100),
        day=st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2028, 1, 1)).map(date.isoformat)),
    ),
    unique_by=lambda one: one.deal_id,
)


@given(CHANCES)
def test_every_deal_counts_once_and_the_parts_add_up(chances):
    made = forecast(chances, TODAY)
    counted = [row_id for ids in made.deals.values() for row_id in ids]
    assert sorted(counted) == sorted(one.deal_id for one in chances if one.stage != "lost")
    total = made.total()
    quarters = made.quarters()
    for currency in total:
        ours = [one for one in chances if one.currency == currency and one.stage != "lost"]
        still_open = [one for one in ours if one.stage != "won"]
        outlook = total[currency]
        assert outlook.deals == len(ours)
        assert outlook.open == sum(one.amount for one in still_open)
        assert outlook.weighted == outlook.won + sum(
            weighted(one.amount, one.probability) for one in still_open
        )
        assert outlook.won <= outlook.commit <= outlook.best <= outlook.won + outlook.open
        assert sum((q[currency] for q in quarters.values() if currency in q), Outlook()) == outlook
