"""The palette is driven by keys alone and is no popup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.widgets.look import Look
from fieldsales.widgets.palette import Palette
from fieldsales.widgets.suggestions import Suggestion

THINGS = [Suggestion(f"t{n}", f"海润 {n}", "定边", "building", "客户") for n in range(30)]
COMMANDS = [Suggestion("new", "新客户", icon="add", aside="Ctrl+N")]


def _find(text: str) -> list[Suggestion]:
    pool = COMMANDS if text.startswith(">") else THINGS
    return [hit for hit in pool if text.lstrip(">") in hit.title]


@pytest.fixture
def palette(qtbot: QtBot, look: Look) -> Palette:
    window = QMainWindow()
    qtbot.addWidget(window)
    host = QWidget()
    layout = QVBoxLayout(host)
    window.first = QLineEdit()
    layout.addWidget(window.first)
    window.setCentralWidget(host)
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.first.setFocus()
    made = Palette(look, host, _find)
    made.window_ = window
    return made


def test_it_is_an_ordinary_child_over_the_window(palette: Palette) -> None:
    palette.open()
    assert not palette.isWindow()
    assert palette.line.hasFocus()
    assert palette.geometry() == palette.parentWidget().rect()
    palette.parentWidget().window().resize(1000, 700)
    QTest.qWait(1)
    assert palette.geometry() == palette.parentWidget().rect()


def test_pick_with_the_keyboard(palette: Palette, qtbot: QtBot) -> None:
    palette.open()
    QTest.keyClicks(palette.line, "1")
    assert [hit.title for hit in palette.hits()][:2] == ["海润 1", "海润 10"]
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert chosen.args == [THINGS[10]]
    assert not palette.isVisible()
    assert palette.window_.first.hasFocus()


def test_up_from_the_first_is_the_last(palette: Palette, qtbot: QtBot) -> None:
    palette.open()
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert chosen.args == [THINGS[-1]]


def test_the_mouse_chooses_by_moving_not_by_resting(palette: Palette, qtbot: QtBot) -> None:
    palette.open()
    room = palette.list.viewport()

    def move(at: QPoint) -> None:
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(at),
            QPointF(room.mapToGlobal(at)),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(room, event)

    third = palette.list.visualRect(palette.list.model().index(2, 0)).center()
    move(third)
    assert palette.list.currentIndex().row() == 2
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    move(third)  # as Qt tells when something scrolls below it
    assert palette.list.currentIndex().row() == 1


def test_tab_and_mark_switch_to_commands(palette: Palette) -> None:
    palette.open()
    QTest.keyClick(palette.line, Qt.Key.Key_Tab)
    assert palette.line.text() == ">"
    assert palette.hits() == COMMANDS
    QTest.keyClick(palette.line, Qt.Key.Key_Tab)
    assert palette.line.text() == ""
    assert palette.hits() == THINGS


def test_nothing_found_is_said_and_enter_does_nothing(palette: Palette) -> None:
    chosen: list[object] = []
    palette.chosen.connect(chosen.append)
    palette.open("没有这个")
    assert palette._none.isVisible()
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert chosen == []
    assert palette.isVisible()


def test_escape_closes_and_gives_the_focus_back(palette: Palette) -> None:
    palette.open()
    palette.open()  # once more does no harm
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert palette.window_.first.hasFocus()


def test_a_click_beside_it_closes(palette: Palette) -> None:
    palette.open()
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=palette.rect().bottomLeft())
    assert not palette.isVisible()


def test_marks_what_was_found_without_breaking_on_odd_letters(palette: Palette) -> None:
    palette._find = lambda _text: [
        Suggestion("a", "Straße 1", spans=((0, 3), (90, 5))),
        Suggestion("b", "STRASSE", "x"),
        Suggestion("c", "<b>&amp;"),
    ]
    palette.open("strasse")
    palette.grab()
    assert len(palette.hits()) == 3
