"""Feedback and complaints: where they stand, when an answer is due, how long answers took (M35)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.feedback import (
    AnswerTimes,
    answer_times,
    answered_in,
    days_late,
    due_day,
    state,
    waits,
)
from fieldsales.domain.interaction import Interaction

CAME = datetime(2026, 11, 2, 9).astimezone()


def _heard(answered: timedelta | None = None, **fields: object) -> Interaction:
    at = to_stamp(CAME + answered) if answered is not None else None
    return Interaction(kind="complaint", at=to_stamp(CAME), answered_at=at, **fields)  # type: ignore[arg-type]


def test_where_it_stands_follows_from_what_was_done_last() -> None:
    moment = to_stamp(CAME)
    assert state(_heard()) == "new"
    assert state(_heard(taken_at=moment)) == "working"
    assert state(_heard(timedelta(1), taken_at=moment)) == "answered"
    assert state(_heard(timedelta(1), closed_at=moment)) == state(_heard(closed_at=moment))
    assert [waits(_heard()), waits(_heard(timedelta(1))), waits(_heard(closed_at=moment))] == [
        True,
        False,
        False,
    ]


def test_an_answer_is_due_on_its_own_day_or_in_the_usual_time() -> None:
    assert due_day(_heard()) == date(2026, 11, 5)
    assert due_day(_heard(), 1) == date(2026, 11, 3)
    assert due_day(_heard(due="2026-11-20"), 1) == date(2026, 11, 20)
    assert [days_late(_heard(), date(2026, 11, day)) for day in (2, 5, 6, 9)] == [0, 0, 1, 4]
    assert days_late(_heard(timedelta(30)), date(2026, 12, 30)) == 0


def test_the_middle_and_the_longest_time_of_an_answer() -> None:
    took = [answered_in(_heard(timedelta(days))) for days in (6, 1, 2)]
    known = [days for days in took if days is not None]
    assert answer_times(known) == AnswerTimes(3, Decimal("2.0"), Decimal("6.0"))
    assert answer_times(known[:2]) == AnswerTimes(2, Decimal("3.5"), Decimal("6.0"))
    assert answer_times([]) == AnswerTimes(0)
    assert answered_in(_heard()) is None
    assert answered_in(_heard(closed_at=to_stamp(CAME + timedelta(hours=36)))) == Decimal("1.5")


@pytest.mark.parametrize("hours", [-48, 0])
def test_a_clock_put_back_answers_at_once(hours: int) -> None:
    assert answered_in(_heard(timedelta(hours=hours))) == 0


@given(st.permutations([0, 3, 7, 20, 55, 400]))
def test_answer_times_do_not_depend_on_the_order(hours: list[int]) -> None:
    took = [answered_in(_heard(timedelta(hours=one))) or Decimal(0) for one in hours]
    assert answer_times(took) == answer_times(sorted(took))
