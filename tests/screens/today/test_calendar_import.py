"""A calendar file is looked through before anything of it is taken; what is planned goes out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.screens import today
from fieldsales.screens.exporting import export_everything
from fieldsales.screens.today.files import read_file
from fieldsales.screens.today.page import TodayScreen
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.message_bar import Message
from tests.screens.conftest import OpenContext
from tests.workspaces import TODAY, Add

EVENTS = """\
BEGIN:VEVENT
UID:a
SUMMARY:去海润谈合同
DTSTART:20261112T010000Z
DTEND:20261112T023000Z
END:VEVENT
BEGIN:VEVENT
UID:b
SUMMARY:碰头
LOCATION:镇上
DTSTART:20261113T010000Z
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
UID:c
SUMMARY:牙医
DTSTART;VALUE=DATE:20261114
END:VEVENT
"""


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业有限公司", short_name="海润")


@pytest.fixture
def page(qtbot: QtBot, open_context: OpenContext) -> TodayScreen:
    made = today.build(open_context())
    qtbot.addWidget(made)
    assert isinstance(made, TodayScreen)
    made.show()
    return made


def look_at(page: TodayScreen, tmp_path: Path, events: str) -> None:
    path = tmp_path / "手机.ics"
    path.write_text(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n", encoding="utf-8")
    read_file(page.context, path, page.look_at_file)


def test_the_calendar_goes_to_the_first_day_that_came_in(
    page: TodayScreen, tmp_path: Path, customer: str
) -> None:
    page.show_view("week")
    look_at(page, tmp_path, EVENTS.replace("2026111", "2026121"))
    page.incoming.rows[0].tick.setChecked(False)
    page.incoming.go.click()
    assert page.stack.currentWidget() is page.calendar
    assert page.calendar.view.day == date(2026, 12, 13)
    assert [item.title for item in page.calendar.view.items] == ["碰头"]


def test_what_is_ticked_is_taken_with_the_customer_that_was_chosen(
    page: TodayScreen, tmp_path: Path, customer: str, add: Add, workspace: Workspace
) -> None:
    other = add("customer", name="金穗饲料")
    look_at(page, tmp_path, EVENTS)
    incoming = page.incoming
    assert page.stack.currentWidget() is incoming
    first, second, third = incoming.rows
    assert first.customer.value() == customer
    assert second.customer.value() is None
    assert incoming.go.text() == "导入 3 条"
    second.customer.set_value(other)
    third.tick.setChecked(False)
    assert incoming.go.text() == "导入 2 条"
    incoming.take()
    visits = workspace.store.records(Visit, "SELECT * FROM visit ORDER BY starts_at")
    assert [(one.customer_id, one.objective, one.place) for one in visits] == [
        (customer, "去海润谈合同", ""),
        (other, "碰头", "镇上"),
    ]
    assert workspace.store.records(Task, "SELECT * FROM task") == []
    assert page.stack.currentWidget() is page.list
    workspace.undo()
    assert workspace.store.value("SELECT count(*) FROM visit") == 0


def test_a_file_read_twice_brings_nothing_new(
    page: TodayScreen, tmp_path: Path, customer: str
) -> None:
    look_at(page, tmp_path, EVENTS)
    page.incoming.take()
    look_at(page, tmp_path, EVENTS)
    assert page.incoming.rows == []
    assert not page.incoming.go.isVisible()


def test_esc_and_back_leave_without_taking(
    page: TodayScreen, qtbot: QtBot, tmp_path: Path, customer: str, workspace: Workspace
) -> None:
    look_at(page, tmp_path, EVENTS)
    qtbot.keyClick(page.incoming, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.list
    look_at(page, tmp_path, EVENTS)
    assert page.go_back()
    assert not page.go_back()
    assert workspace.store.value("SELECT count(*) FROM visit") == 0


def test_what_is_no_calendar_is_told_in_the_bar(page: TodayScreen, tmp_path: Path) -> None:
    said: list[Message] = []
    page.context.told.connect(said.append)
    path = tmp_path / "表.ics"
    path.write_text("姓名,电话", encoding="utf-8")
    read_file(page.context, path, page.look_at_file)
    [message] = said
    assert message.text == "“表.ics”不是日历文件。请从手机或电脑的日历里导出 .ics 文件。"
    assert page.stack.currentWidget() is page.list


def test_long_files_are_looked_through_in_parts(
    page: TodayScreen, tmp_path: Path, workspace: Workspace
) -> None:
    many = "".join(
        f"BEGIN:VEVENT\nUID:{at}\nSUMMARY:事 {at}\nDTSTART;VALUE=DATE:20261114\nEND:VEVENT\n"
        for at in range(70)
    )
    look_at(page, tmp_path, many)
    assert len(page.incoming.rows) == 60
    page.incoming.take()
    assert len(page.incoming.rows) == 10
    page.incoming.take()
    assert workspace.store.value("SELECT count(*) FROM task") == 70


def test_the_calendar_is_written_as_a_file(
    page: TodayScreen, tmp_path: Path, customer: str, add: Add
) -> None:
    add("visit", customer_id=customer, starts_at=f"{TODAY}T02:00:00Z")
    said: list[Message] = []
    page.context.told.connect(said.append)
    export_everything(page.context, tmp_path / "x.ics")
    assert "拜访海润" in (tmp_path / "x.ics").read_text(encoding="utf-8")
    export_everything(page.context, tmp_path / "nowhere" / "y.ics")
    assert [message.kind for message in said] == ["success", "error"]
