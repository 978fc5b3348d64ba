"""What a user does with the weekly plan: looks, moves by digits and by dragging, plans, prints."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldsales.screens.portfolio.week.page import WeekPage
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.portfolio.conftest import Shown, ShowPortfolio
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import TODAY, Add

Key = Qt.Key


@pytest.fixture
def owed(add: Add) -> str:
    customer = add("customer", name="海润牧业", region="定边")
    add("task", customer_id=customer, title="送样", kind="promise", due="2026-11-11")
    return customer


def page_of(shown: Shown) -> WeekPage:
    assert isinstance(shown.page, WeekPage)
    return shown.page


def names(page: WeekPage) -> list[list[str]]:
    return [[made.face(at).title for at in range(made.count())] for made in page.lists]


def visits(workspace: Workspace) -> list[str]:
    return [at for (at,) in workspace.store.rows("SELECT starts_at FROM visit")]


def test_a_proposal_is_moved_by_digits(show_portfolio: ShowPortfolio, owed: str) -> None:
    page = page_of(show_portfolio("week"))
    assert names(page) == [[], ["海润牧业"], [], [], [], []]
    assert "答应的事到期" in page.lists[1].face(0).below
    page.setFocus()
    QTest.keyClick(page.lists[1], Key.Key_3)
    assert names(page) == [[], [], [], ["海润牧业"], [], []]
    QTest.keyClick(page.lists[3], Key.Key_0)
    assert names(page)[0] == ["海润牧业"]
    assert not page.plan.isEnabled()
    page.again.click()
    assert names(page)[1] == ["海润牧业"]


def test_regions_are_counted_where_there_are_several(
    show_portfolio: ShowPortfolio, owed: str, add: Add
) -> None:
    for name, region in (("绿源合作社", "靖边"), ("没写地区", "")):
        customer = add("customer", name=name, region=region)
        add("task", customer_id=customer, title="送样", kind="promise", due="2026-11-11")
    page = page_of(show_portfolio("week"))
    assert "3 家，分 2 个地区" in page.finding.text()
    for _ in range(2):  # the two from elsewhere stay at home
        QTest.keyClick(next(made for made in page.lists[1:] if made.count()), Key.Key_0)
    assert "地区" not in page.finding.text()


def test_planning_makes_visits_and_fixes_them(
    show_portfolio: ShowPortfolio, workspace: Workspace, owed: str
) -> None:
    page = page_of(show_portfolio("week"))
    QTest.keyClick(page.lists[1], Key.Key_2)
    page.plan.click()
    assert len(visits(workspace)) == 1
    face = page.lists[2].face(0)
    assert face.fixed
    QTest.keyClick(page.lists[2], Key.Key_4)  # it is planned: it moves in the calendar
    assert names(page)[2] == ["海润牧业"]
    workspace.undo()
    assert visits(workspace) == []
    assert names(page)[2] == ["海润牧业"]  # back as a proposal where it stood
    assert not page.lists[2].face(0).fixed
    QTest.keyClick(page.lists[2], Key.Key_0)
    assert page.finding.text() == "还没排上一家；已排 0 次"


def test_a_full_day_says_so(show_portfolio: ShowPortfolio, add: Add) -> None:
    for name in "甲乙丙丁戊己":
        customer = add("customer", name=name, region=name)
        add("task", customer_id=customer, title="送样", kind="promise", due="2026-11-11")
    shown = show_portfolio("week")
    page = page_of(shown)
    assert [len(one) for one in names(page)] == [0, 4, 2, 0, 0, 0]
    QTest.keyClick(page.lists[2], Key.Key_1)
    assert [len(one) for one in names(page)] == [0, 4, 2, 0, 0, 0]
    assert "排满" in shown.told[-1].text
    page.per_day.choose("2")
    assert [len(one) for one in names(page)] == [0, 2, 2, 2, 0, 0]


def test_arrows_go_to_the_next_day_that_has_somebody_and_enter_opens_the_card(
    show_portfolio: ShowPortfolio, owed: str, add: Add
) -> None:
    other = add("customer", name="绿源", region="靖边")
    add("task", customer_id=other, title="送样", kind="promise", due="2026-11-11")
    shown = show_portfolio("week")
    page = page_of(shown)
    page.move_to(other, 4)
    page.lists[1].setFocus()
    QTest.keyClick(page.lists[1], Key.Key_Right)
    assert page.lists[4].hasFocus()
    QTest.keyClick(page.lists[4], Key.Key_Return)
    assert shown.opened == [("customer", other)]


def test_dropping_moves(show_portfolio: ShowPortfolio, owed: str) -> None:
    page = page_of(show_portfolio("week"))
    carried = page.lists[1].mimeData([page.lists[1].item(0)])
    assert carried.text() == owed
    page.lists[5].moved.emit(carried.text(), 5)
    assert names(page)[5] == ["海润牧业"]


def test_next_week_and_its_paper(show_portfolio: ShowPortfolio, owed: str) -> None:
    shown = show_portfolio("week")
    page = page_of(shown)
    page.which.choose("next")
    assert page.week is not None
    assert page.week.days[0] == TODAY + timedelta(days=7)
    page.paper.click()
    assert shown.opened == [("paper", "weekly_plan:2026-11-16")]


def test_without_customers_it_says_what_to_do(show_portfolio: ShowPortfolio) -> None:
    page = page_of(show_portfolio("week"))
    assert page.stack.currentWidget() is page.empty
    assert not page.plan.isVisible()


@pytest.mark.parametrize("lang", [*LANGUAGES, PSEUDO])
def test_nothing_is_cut_off(
    qtbot: QtBot, show_portfolio: ShowPortfolio, sample: Workspace, lang: str
) -> None:
    wait_until_all_fits(qtbot, show_portfolio("week", (1180, 640), lang).screen)
