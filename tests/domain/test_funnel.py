"""Days in a stage, conversion, losses and what changed, by hand and in general (M25, M36)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.deal import Deal, probability, rivals, worth
from fieldsales.domain.funnel import (
    AdvanceRate,
    Closed,
    Course,
    State,
    advance_rates,
    age_level,
    course,
    differences,
    flow,
    is_stuck,
    tallied,
    usual_days,
)
from fieldsales.domain.pipeline import FUNNEL_STAGES, Stage
from fieldsales.domain.verdict import Verdict

TODAY = date(2026, 11, 9)
PLACES = {stage: at for at, stage in enumerate(FUNNEL_STAGES)}
STAGES = [Stage(id=stage) for stage in FUNNEL_STAGES]


# --- probability and worth


@pytest.mark.parametrize(
    ("stage", "of_stage", "pinned", "percent"),
    [("value", 60, None, 60), ("value", 60, 30, 30), ("value", 60, 0, 0), ("won", 100, 30, 100),
     ("lost", 0, 30, 0), ("own", None, None, 0)],
)  # fmt: skip
def test_probability(stage, of_stage, pinned, percent):
    assert probability(stage, of_stage, pinned) == percent


def test_a_won_deal_is_worth_its_order():
    assert worth(Deal(stage="won", amount=5, order_amount=4)) == 4
    assert worth(Deal(stage="won", amount=5)) == 5
    assert worth(Deal(stage="value", amount=5, order_amount=4)) == 5


def test_rivals_are_parted_by_what_people_type():
    assert rivals("宁川、塞星， 双禾;宁川\n") == ("宁川", "塞星", "双禾")
    assert rivals("") == ()


# --- days


def test_a_median_needs_some_stays():
    stage = Stage(usual_days=14)
    assert usual_days(stage, [1, 2, 3, 4]) == 14
    assert usual_days(stage, [1, 2, 30, 4, 5]) == 4
    assert usual_days(stage, [0.1] * 9) == 1  # nothing is stuck within a day
    assert usual_days(Stage(), []) == 1


@pytest.mark.parametrize(
    ("days", "level"), [(0, 0), (9.9, 0), (10, 1), (14.9, 1), (15, 2), (20, 3)]
)
def test_ages(days, level):
    assert age_level(days, 10) == level
    assert is_stuck(days, 10, None, TODAY) == (level >= 2)


def test_a_deal_that_was_put_off_is_not_stuck_until_the_day_comes():
    assert not is_stuck(99, 10, "2026-11-10", TODAY)
    assert is_stuck(99, 10, "2026-11-09", TODAY)
    assert is_stuck(99, 10, "2026-11-01", TODAY)


# --- conversion


def test_conversion_by_hand():
    courses = [
        course(["target", "analyse"], "analyse", PLACES),  # stands there
        course(["target", "trust"], "lost", PLACES),  # lost in trust, analyse was skipped
        course(["target"], "won", PLACES),
        course([], "target", PLACES),
        course(["needs", "trust"], "target", PLACES),  # went back: it did reach needs
    ]
    flows = {one.stage.id: one for one in flow(courses, STAGES)}
    assert [flows[stage].reached for stage in FUNNEL_STAGES] == [5, 4, 3, 2, 1, 1, 1]
    assert [flows[stage].passed for stage in FUNNEL_STAGES] == [4, 3, 2, 1, 1, 1, 1]
    assert flows["trust"].lost == 1
    assert flows["trust"].conversion == 2 / 3
    assert flows["needs"].here == 1
    assert flows["analyse"].conversion == 1.0


VISITED = st.lists(
    st.sampled_from((*FUNNEL_STAGES, "won", "lost", "of another pipeline")), max_size=8
)


@given(st.lists(st.tuples(VISITED, st.sampled_from((*FUNNEL_STAGES, "won", "lost")))))
def test_a_deal_counts_once_in_each_stage(ways):
    courses = [course(visited, standing, PLACES) for visited, standing in ways]
    flows = flow(courses, STAGES)
    assert flows[0].reached == len(ways)
    for one, after in pairwise(flows):
        assert one.reached == one.passed + one.lost + one.here
        assert one.passed == after.reached
    assert sum(one.lost for one in flows) == sum(standing == "lost" for _, standing in ways)


@given(VISITED, st.sampled_from(FUNNEL_STAGES))
def test_there_and_back_again_is_no_progress(visited, standing):
    once = course(visited, standing, PLACES)
    assert course([*visited, *visited, standing], standing, PLACES) == once
    assert isinstance(once, Course)


# --- won and lost


def test_losses_by_reason_keep_currencies_apart():
    closed = [
        Closed("1", "lost", "price", "宁川", "web", 100, "CNY", "2026-11-01"),
        Closed("2", "lost", "price", "塞星", "web", 50, "USD", "2026-11-01"),
        Closed("3", "won", "", "", "web", 70, "CNY", "2026-11-01"),
        Closed("4", "lost", "credit", "none", "", 10, "CNY", "2026-11-01"),
    ]
    by_reason = tallied(closed, lambda one: one.reason)
    assert list(by_reason) == ["price", "credit", ""]
    assert by_reason["price"].lost_sums == {"CNY": 100, "USD": 50}
    by_source = tallied(closed, lambda one: one.source)
    assert (by_source["web"].won, by_source["web"].lost, by_source["web"].rate) == (1, 2, 1 / 3)


def test_advances_by_stage():
    found = advance_rates(
        [
            ("value", Verdict.ADVANCE, 2),
            ("value", Verdict.ORDER, 1),
            ("value", Verdict.CONTINUATION, 1),
            ("trust", Verdict.NO_SALE, 4),
        ]
    )
    assert found["value"] == AdvanceRate(4, 3)
    assert found["trust"].share == 0


# --- what changed

PLACE = {**PLACES, "won": 100, "lost": 101}.__getitem__
WAS = State("needs", 100, "CNY", "2026-11-30")


@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        (WAS, ""),
        (WAS._replace(stage="value"), "forward"),
        (WAS._replace(stage="trust"), "back"),
        (WAS._replace(stage="won", amount=120), "won grown"),
        (WAS._replace(stage="lost"), "lost"),
        (WAS._replace(amount=90), "shrunk"),
        (WAS._replace(amount=None), "shrunk"),
        (WAS._replace(amount=900, currency="USD"), ""),
        (WAS._replace(expected_close="2026-12-01"), "slipped"),
        (WAS._replace(expected_close=None), "slipped"),
        (WAS._replace(expected_close="2026-11-20"), "sooner"),
    ],
)
def test_differences(now, kinds):
    assert [one.kind for one in differences("d", WAS, now, PLACE)] == kinds.split()


def test_a_new_deal_is_new_and_a_reopened_one_is_back():
    assert [one.kind for one in differences("d", None, WAS, PLACE)] == ["new"]
    won = WAS._replace(stage="won")
    assert [one.kind for one in differences("d", None, won, PLACE)] == ["new", "won"]
    assert [one.kind for one in differences("d", won, WAS, PLACE)] == ["reopened"]
    given_a_day = differences("d", WAS._replace(expected_close=None), WAS, PLACE)
    assert given_a_day == []
