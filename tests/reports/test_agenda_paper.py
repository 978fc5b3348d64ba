"""The agenda on paper: of a day or of a week, with whom to call, and nothing of other days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.visit import Letterhead
from fieldsales.errors import UserError
from fieldsales.reports.documents import agenda, build
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, Words
from tests.workspaces import TODAY, Add


def at(days: int, hour: int) -> str:
    day = TODAY + timedelta(days=days)
    return to_stamp(datetime.combine(day, time(hour)).astimezone())


@pytest.fixture
def planned(add: Add) -> None:
    customer = add("customer", name="海润牧业有限公司", short_name="海润")
    person = add(
        "contact", name="王建国", mobile="13800000001", customer_id=customer, birthday="11-09"
    )
    visit = add("visit", customer_id=customer, starts_at=at(0, 10), minutes=90, objective="定首批")
    add("visit_person", visit_id=visit, contact_id=person)
    add("visit", customer_id=customer, starts_at=at(2, 15), place="场部")
    add("task", title="送样", customer_id=customer, due=str(TODAY))
    add("task", title="催报价", due=str(TODAY - timedelta(days=7)))


def text(workspace: Workspace, read: Callable[[bytes], Any], row_id: str, language: str) -> str:
    facts = agenda.gather(workspace.store, row_id)
    words = Words(language)
    pdf = build("agenda", facts, words, "internal", Letterhead(), TODAY)
    return str(read(pdf).text)


def test_a_day_says_when_where_and_whom_to_call(
    workspace: Workspace, planned: None, read: Callable[[bytes], Any]
) -> None:
    said = text(workspace, read, "2026-11-09", "zh_CN")
    for part in (
        "11月9日 周一",
        "10:00",
        "11:30",
        "海润",
        "定首批",
        "王建国 13800000001",
        "送样",
        "王建国生日",
    ):
        assert part.replace(" ", "") in said
    assert "场部" not in said
    assert "催报价" not in said


def test_a_week_has_each_of_its_days(
    workspace: Workspace, planned: None, read: Callable[[bytes], Any]
) -> None:
    said = text(workspace, read, "2026-W46", "zh_TW")
    for part in ("第 46 週", "11月9日 週一", "11月11日 週三", "场部", "沒有安排。"):
        assert part.replace(" ", "") in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_day_says_so(
    workspace: Workspace, read: Callable[[bytes], Any], language: str
) -> None:
    said = text(workspace, read, agenda.latest(workspace.store), language)
    assert Words(language)("report.agenda.nothing").replace(" ", "") in said


@pytest.mark.parametrize("row_id", ["2026-13-01", "2026-W60", "x", "", "2026-W"])
def test_days_that_are_none_are_refused(workspace: Workspace, row_id: str) -> None:
    with pytest.raises(UserError, match="record.gone"):
        agenda.gather(workspace.store, row_id)
