"""M29c over all combinations of what can be recorded at the end of a visit."""

from __future__ import annotations

from itertools import product

import pytest

from fieldsales.domain.verdict import ADVANCES, Judgement, Outcome, Verdict, judge
from fieldsales.domain.visit import STATES, Visit
from fieldsales.words import catalogue

YES_NO = (False, True)
ACTIONS = ("", " \t\n", "陈场长来厂里看生产线")
DAYS = (None, "", "2026-11-20")

EVERY = [
    Outcome(ordered, refused, action, day)
    for ordered, refused, action, day in product(YES_NO, YES_NO, ACTIONS, DAYS)
]


def acts(outcome: Outcome) -> bool:
    return outcome.their_action == "陈场长来厂里看生产线"


def dated(outcome: Outcome) -> bool:
    return outcome.their_date == "2026-11-20"


@pytest.mark.parametrize("outcome", EVERY)
def test_every_combination(outcome: Outcome) -> None:
    if outcome.ordered:
        wanted = Judgement(Verdict.ORDER, "order")
    elif acts(outcome) and dated(outcome):
        wanted = Judgement(Verdict.ADVANCE, "action_with_date")
    elif outcome.refused:
        wanted = Judgement(Verdict.NO_SALE, "refused")
    elif acts(outcome):
        wanted = Judgement(Verdict.CONTINUATION, "action_without_date")
    else:
        wanted = Judgement(Verdict.CONTINUATION, "no_action")
    assert judge(outcome) == wanted


def test_only_an_action_of_the_customer_with_a_date_is_an_advance() -> None:
    advances = [outcome for outcome in EVERY if judge(outcome).verdict is Verdict.ADVANCE]
    assert advances
    assert all(acts(o) and dated(o) and not o.ordered for o in advances)


def test_a_date_alone_changes_nothing() -> None:
    for outcome in EVERY:
        if not acts(outcome):
            without = Outcome(outcome.ordered, outcome.refused, outcome.their_action, None)
            assert judge(outcome) == judge(without)


def test_what_is_recorded_later_never_lowers_an_order() -> None:
    assert {judge(o).verdict for o in EVERY if o.ordered} == {Verdict.ORDER}


def test_each_verdict_and_reason_has_its_words() -> None:
    for outcome in EVERY:
        judged = judge(outcome)
        assert f"choice.verdict.{judged.verdict}" in catalogue()
        assert f"verdict_reason.{judged.reason}" in catalogue()


def test_each_advance_has_its_words() -> None:
    assert all(f"choice.advance.{code}" in catalogue() for code in ADVANCES)


def test_kind_words_about_us_make_no_advance() -> None:
    """What we shall do, and the advance we name, count for nothing without the customer."""
    visit = Visit(
        customer_id="c",
        state="concluded",
        our_action="送样品",
        our_date="2026-11-20",
        their_advance="trial",
        note="聊得特别好，很看好我们",
    )
    assert visit.judgement == Judgement(Verdict.CONTINUATION, "no_action")


@pytest.mark.parametrize("state", STATES)
def test_a_visit_is_judged_once_it_is_concluded(state: str) -> None:
    visit = Visit(customer_id="c", state=state, ordered=1)
    assert (visit.judgement is not None) == (state == "concluded")
