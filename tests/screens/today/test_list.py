"""The day as a list: worked by keys alone, put off with a reason, done with a next step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.snooze import Snooze
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens import today
from fieldsales.screens.today.line import Line
from fieldsales.screens.today.next_card import NextCard
from fieldsales.screens.today.page import TodayScreen
from fieldsales.services import portfolio
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.snooze import MovePanel, SnoozePanel
from tests.screens.conftest import OpenContext
from tests.workspaces import TODAY, Add


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业有限公司", short_name="海润")


@pytest.fixture
def page(qtbot: QtBot, open_context: OpenContext) -> TodayScreen:
    made = today.build(open_context())
    qtbot.addWidget(made)
    assert isinstance(made, TodayScreen)
    made.resize(1200, 800)
    return made


def shown(page: TodayScreen, qtbot: QtBot) -> None:
    page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.isActiveWindow)


def titles(page: TodayScreen) -> list[str]:
    return [line.entry.title for line in page.list.lines()]


def here(page: TodayScreen) -> str:
    """Title of the line that has the focus."""
    focused = QApplication.focusWidget()
    return next((one.entry.title for one in page.list.lines() if one.focusProxy() is focused), "")


def press(qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key)


def tasks(add: Add, customer: str, number: int) -> None:
    for at in range(number):
        add("task", title=f"事 {at}", customer_id=customer, due=str(TODAY - timedelta(days=9 - at)))


def test_keys_alone_go_through_the_day(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str
) -> None:
    tasks(add, customer, 2)
    for at, text in enumerate(("破袋", "受潮")):
        at_ = f"2026-11-0{at + 1}T02:00:00Z"
        add("interaction", kind="complaint", customer_id=customer, text=text, at=at_)
    shown(page, qtbot)
    assert here(page) == "事 0"  # the first line has the focus at once
    press(qtbot, Qt.Key.Key_Down)
    assert here(page) == "事 1"
    press(qtbot, Qt.Key.Key_Right)
    assert here(page) == "海润牧业有限公司"
    press(qtbot, Qt.Key.Key_Left)
    assert here(page).startswith("事")
    opened: list[tuple[str, str]] = []
    page.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    press(qtbot, Qt.Key.Key_Return)
    assert opened == [("customer", customer)]


def test_done_by_key_goes_on_with_the_line_that_follows(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    tasks(add, customer, 3)
    shown(page, qtbot)
    press(qtbot, Qt.Key.Key_D)
    assert here(page) == "事 1"
    assert page.findChildren(NextCard) == []  # there is a next step: the tasks that follow
    workspace.undo()
    assert titles(page)[:3] == ["事 0", "事 1", "事 2"]


def test_a_customer_left_without_a_next_step_is_asked_for_one(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    tasks(add, customer, 1)
    shown(page, qtbot)
    press(qtbot, Qt.Key.Key_D)
    [card] = page.findChildren(NextCard)
    assert QApplication.focusWidget() is card.title
    card.title.insert("周四再打电话")
    press(qtbot, Qt.Key.Key_Return)
    assert page.findChildren(NextCard) == []
    [task] = workspace.store.records(Task, "SELECT * FROM task WHERE done_at IS NULL")
    assert (task.title, task.customer_id) == ("周四再打电话", customer)
    assert task.due == str(TODAY + timedelta(days=3))


def test_a_settled_complaint_begins_the_next_step_with_asking_after(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    add(
        "interaction",
        kind="complaint",
        customer_id=customer,
        text="破袋",
        at="2026-11-01T02:00:00Z",
    )
    shown(page, qtbot)
    press(qtbot, Qt.Key.Key_D)
    [card] = page.findChildren(NextCard)
    assert card.title.text() == "问问海润牧业有限公司，投诉处理得满不满意"
    press(qtbot, Qt.Key.Key_Escape)
    assert page.findChildren(NextCard) == []
    assert workspace.store.value("SELECT closed_at IS NOT NULL FROM interaction") == 1


def test_any_line_is_put_off_with_day_and_reason_and_is_one_click_away(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    add("contact", name="王建国", customer_id=customer, birthday="11-12")
    shown(page, qtbot)
    assert here(page) == "王建国"
    press(qtbot, Qt.Key.Key_S)
    [panel] = page.findChildren(SnoozePanel)
    qtbot.keyClicks(panel.day, "2026-11-11")
    panel.reason.insert("先准备礼物")
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    assert titles(page) == []
    [kept] = workspace.store.records(Snooze, "SELECT * FROM snooze")
    assert (kept.line, kept.customer_id, kept.until) == ("birthday", customer, "2026-11-11")
    group = page.findChild(QWidget, "group-asleep")
    assert group is not None
    group.findChild(QPushButton).click()
    [line] = page.list.lines()
    assert line.entry.title == "海润牧业有限公司 · 王建国"
    assert (line.entry.subtitle, line.entry.when) == ("生日 · 先准备礼物", "2 天后回来")
    line.finish()
    assert titles(page) == ["王建国"]


def test_a_customer_going_cold_counts_anew_from_a_call(
    page: TodayScreen, qtbot: QtBot, add: Add, workspace: Workspace
) -> None:
    customer = add("customer", name="海润", horizon="now")
    add(
        "visit",
        customer_id=customer,
        state="concluded",
        starts_at=to_stamp(workspace.clock.now() - timedelta(days=40)),
    )
    shown(page, qtbot)
    assert titles(page) == ["海润"]
    press(qtbot, Qt.Key.Key_D)
    assert titles(page) == []
    assert workspace.store.rows("SELECT kind, customer_id FROM interaction") == [("call", customer)]


def test_a_visit_is_moved_to_the_same_hour_of_another_day(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    visit = add("visit", customer_id=customer, starts_at=f"{TODAY}T02:00:00Z")
    shown(page, qtbot)
    press(qtbot, Qt.Key.Key_S)
    [panel] = page.findChildren(MovePanel)
    qtbot.keyClicks(panel.day, "2026-11-12")
    qtbot.keyClick(panel.day, Qt.Key.Key_Return)
    found = workspace.store.record(Visit, visit)
    assert found is not None
    assert found.starts_at == "2026-11-12T02:00:00Z"


def test_the_day_holds_what_can_be_done_and_says_how_much_waits(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str, workspace: Workspace
) -> None:
    tasks(add, customer, 9)
    for number in range(3):
        add("visit", customer_id=customer, starts_at=f"{TODAY}T0{number}:00:00Z")
    workspace.run(ChangeSetting("today.fits", 5))
    shown(page, qtbot)
    assert sum(title.startswith("事") for title in titles(page)) == 5
    assert sum(line.entry.kind == "visit" for line in page.list.lines()) == 3
    said = [one.text() for one in page.findChildren(QPushButton)]
    assert "显示全部 9 条" in said
    next(one for one in page.findChildren(QPushButton) if one.text() == "全部显示").click()
    assert sum(title.startswith("事") for title in titles(page)) == 9
    next(one for one in page.findChildren(QPushButton) if one.text() == "只看先办的").click()
    assert sum(title.startswith("事") for title in titles(page)) == 5
    assert "只看先办的" not in [one.text() for one in page.findChildren(QPushButton)]
    workspace.run(ChangeSetting("today.fits", 0))
    assert isinstance(page.list.lines()[0], Line)


def test_the_line_stays_where_it_was_when_the_page_is_read_anew(
    page: TodayScreen, qtbot: QtBot, add: Add, customer: str
) -> None:
    tasks(add, customer, 4)
    shown(page, qtbot)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Down)
    add("task", title="后来", customer_id=customer, due=str(TODAY))
    assert here(page) == "事 2"


def test_important_customers_go_cold_by_the_rhythm_of_their_class(
    page: TodayScreen, qtbot: QtBot, add: Add, workspace: Workspace
) -> None:
    """Counted from the last real contact: a note is none, and the settings say how many days."""
    pinned = {"method": "importance", "reason": "样板场", "since": str(TODAY)}
    for name, code, days in (("大户", "vip", 20), ("新近", "vip", 5), ("小户", "small", 200)):
        customer = add("customer", name=name)
        met = to_stamp(workspace.clock.now() - timedelta(days=days))
        add("interaction", customer_id=customer, kind="call", at=met)
        noted = to_stamp(workspace.clock.now() - timedelta(days=1))
        add("interaction", customer_id=customer, kind="note", at=noted)
        add("class_pin", customer_id=customer, code=code, **pinned)
    portfolio.renew(workspace)
    shown(page, qtbot)
    [line] = page.list.lines()
    assert (line.entry.title, line.entry.when) == ("大户", "晚了 6 天")
    assert line.entry.subtitle == "VIP 客户，每 14 天要联系 · 上次联系 20 天前"
    workspace.run(ChangeSetting("rhythm.importance", {"vip": 3, "small": 100}))
    assert titles(page) == ["小户", "大户", "新近"]
    workspace.run(ChangeSetting("rhythm.importance", {"vip": 0, "small": 0}))
    assert titles(page) == []
