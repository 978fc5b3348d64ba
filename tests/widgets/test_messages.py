"""The message bar tells, waits and goes; chips and switches answer to mouse and keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.widgets.chips import ChipFace, ChipLine, FilterRow
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message, MessageBar
from fieldsales.widgets.pieces import button, tool_button
from fieldsales.widgets.segmented import Option, Segmented


@pytest.fixture
def bar(qtbot: QtBot, look: Look) -> MessageBar:
    holder = QWidget()
    made = MessageBar(look)
    layout = QVBoxLayout(holder)
    layout.addWidget(made)
    layout.addStretch(1)
    holder.resize(600, 200)
    qtbot.addWidget(holder)
    holder.show()
    made.holder = holder
    return made


def _text(bar: MessageBar) -> str:
    return bar.current.text if bar.current is not None else ""


def test_slides_in_and_out(bar: MessageBar, qtbot: QtBot) -> None:
    assert not bar.isVisible()
    bar.say("已删除 3 个客户", "success")
    qtbot.waitUntil(lambda: bar.height() == 44)
    bar.close_bar()
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_action_is_done_once_and_closes(bar: MessageBar) -> None:
    done: list[int] = []
    bar.say("已删除", "success", action="撤销", act=lambda: done.append(1))
    QTest.keyClick(bar.holder, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(bar.holder, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert done == [1]
    assert bar.current is None


def test_escape_closes(bar: MessageBar) -> None:
    bar.say("出错了", "error", action="重试", act=lambda: None)
    bar._action.setFocus()
    QTest.keyClick(bar._action, Qt.Key.Key_Escape)
    assert bar.current is None


def test_what_lasts_queues_and_what_passes_gives_way(bar: MessageBar) -> None:
    bar.say("passing")
    bar.say("second")
    assert _text(bar) == "second"
    bar.say("error one", "error")
    assert _text(bar) == "error one"
    bar.say("error two", "error")
    bar.say("error three", "error", key="k")
    bar.say("error three again", "error", key="k")
    assert _text(bar) == "error one"
    bar.close_bar()
    assert _text(bar) == "error two"
    bar.close_bar()
    assert _text(bar) == "error three again"
    bar.close_bar()
    assert bar.current is None


def test_a_key_replaces_and_can_be_taken_back(bar: MessageBar) -> None:
    bar.show_message(Message("no disk", "error", key="disk"))
    bar.show_message(Message("still no disk", "error", key="disk"))
    assert _text(bar) == "still no disk"
    bar.say("other", "warn")
    bar.clear("disk")
    assert _text(bar) == "other"
    bar.clear()
    assert bar.current is None


@pytest.mark.parametrize(
    ("kind", "stays"), [("info", False), ("success", False), ("warn", True), ("error", True)]
)
def test_only_trouble_lasts(bar: MessageBar, kind: str, stays: bool) -> None:
    bar.say("x", kind)
    assert bar._timer.isActive() is not stays
    if not stays:
        bar._timer.timeout.emit()
    assert (bar.current is not None) == stays


def test_filters_are_removed_by_mouse_and_key(qtbot: QtBot, look: Look) -> None:
    row = FilterRow(look)
    qtbot.addWidget(row)
    row.resize(600, 40)
    row.show()
    gone: list[str] = []
    row.removed.connect(gone.append)
    row.show_filters([("a", ChipFace("大客户")), ("b", ChipFace("30 天未见"))])
    chips = [row._flow.itemAt(at).widget() for at in range(2)]
    QTest.qWait(1)
    end = QPoint(chips[0].width() - 12, chips[0].height() // 2)
    QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton, pos=end)
    QTest.keyClick(chips[1], Qt.Key.Key_Delete)
    assert gone == ["a", "b"]
    with qtbot.waitSignal(row.clicked) as clicked:
        QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton, pos=QPoint(12, 12))
    assert clicked.args == ["a"]


def test_focus_stays_in_the_row_when_a_filter_goes(qtbot: QtBot, look: Look) -> None:
    row = FilterRow(look)
    qtbot.addWidget(row)
    row.show()
    QTest.qWaitForWindowExposed(row)
    row.activateWindow()
    row.show_filters([("a", ChipFace("一")), ("b", ChipFace("二"))])
    row._flow.itemAt(0).widget().setFocus()
    row.show_filters([("b", ChipFace("二"))])
    assert row._flow.itemAt(0).widget().hasFocus()


def test_filter_menu_is_filled_when_it_opens(qtbot: QtBot, look: Look) -> None:
    row = FilterRow(look)
    qtbot.addWidget(row)
    row.menu_wanted.connect(lambda menu: (menu.clear(), menu.addAction("标签")))
    menu = row.findChild(QMenu)
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["标签"]


def test_chip_line_names_the_chip_pressed(qtbot: QtBot, look: Look) -> None:
    line = ChipLine(look)
    qtbot.addWidget(line)
    line.show_chips([("", ChipFace("读")), ("size", ChipFace("A类", "accent"))])
    line.show()
    with qtbot.waitSignal(line.clicked) as clicked:
        QTest.keyClick(line._flow.itemAt(1).widget(), Qt.Key.Key_Return)
    assert clicked.args == ["size"]


def test_switch_tells_what_the_user_chose_only(qtbot: QtBot, look: Look) -> None:
    switch = Segmented(look, [Option("list", "列表"), Option("table", "表格")])
    qtbot.addWidget(switch)
    switch.show()
    chosen: list[str] = []
    switch.chosen.connect(chosen.append)
    switch.set_key("table")
    assert chosen == []
    QTest.keyClick(switch, Qt.Key.Key_Left)
    QTest.keyClick(switch, Qt.Key.Key_Left)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(switch.width() - 10, 16))
    assert chosen == ["list", "table"]
    assert switch.accessibleName() == "表格"


def test_switch_may_be_cleared_where_it_can(qtbot: QtBot, look: Look) -> None:
    switch = Segmented(look, [Option("1", "1"), Option("2", "2")], clearable=True)
    qtbot.addWidget(switch)
    switch.set_key("1")
    QTest.keyClick(switch, Qt.Key.Key_Delete)
    assert switch.key == ""
    QTest.keyClick(switch, Qt.Key.Key_2)
    assert switch.key == "2"


def test_a_switch_too_narrow_slides_to_what_is_chosen(qtbot: QtBot, look: Look) -> None:
    switch = Segmented(look, [Option(str(n), f"第 {n} 节") for n in range(9)], slides=True)
    qtbot.addWidget(switch)
    switch.resize(200, 32)
    for keys, order in ((Qt.Key.Key_Right, range(1, 9)), (Qt.Key.Key_Left, range(7, -1, -1))):
        for n in order:
            QTest.keyClick(switch, keys)
            assert switch.key == str(n)
            assert switch.rect().contains(switch.rects()[n])
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(199, 16))  # half to be seen
    assert switch.rect().contains(switch.rects()[int(switch.key)])
    assert switch.key != "0"


@pytest.mark.parametrize("make", [button, tool_button])
def test_enter_presses_the_button_that_has_the_focus(
    qtbot: QtBot, look: Look, make: Callable[..., QAbstractButton]
) -> None:
    pressed: list[int] = []
    words = ("add", "名字") if make is tool_button else ("名字",)
    made = make(look, *words, lambda: pressed.append(1))
    qtbot.addWidget(made)
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert pressed == [1]
    QTest.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [1]
