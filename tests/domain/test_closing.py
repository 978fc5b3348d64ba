"""The closing route: one step leads to those it names, and nowhere else (M29b)."""

from __future__ import annotations

import pytest

from fieldsales.domain.closing import go, may_follow
from fieldsales.errors import UserError
from fieldsales.services.library import library

ROUTE = {code: step.goes_to for code, step in library("en").route.items()}


def test_it_begins_with_the_first_step() -> None:
    assert may_follow(ROUTE, "") == may_follow(ROUTE, "a step of long ago") == ("check",)


def test_every_step_leads_to_the_end_and_back_to_the_needs() -> None:
    for step in ROUTE:
        reached, waiting = set(), [step]
        while waiting:
            at = waiting.pop()
            if at not in reached:
                reached.add(at)
                waiting += [go(ROUTE, at, to) for to in may_follow(ROUTE, at)]
        assert "serve" in reached
    assert may_follow(ROUTE, "serve") == ()


def test_a_technique_is_not_tried_before_the_doubts_are_heard() -> None:
    with pytest.raises(UserError, match=r"closing\.not_from_here"):
        go(ROUTE, "", "technique")
    with pytest.raises(UserError, match=r"closing\.not_from_here"):
        go(ROUTE, "serve", "technique")
    assert go(ROUTE, "serve", "") == ""
