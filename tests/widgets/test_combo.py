"""A closed list by keyboard and wheel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.widgets.combo import Combo
from fieldsales.widgets.look import Look


@pytest.fixture
def combo(qtbot: QtBot, look: Look) -> Iterator[Combo]:
    window = QWidget()
    made = Combo(look)
    made.addItems(["公历", "农历", "Other", "农闲"])
    made.setCurrentIndex(-1)
    after = QLineEdit()
    after.setObjectName("after")
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addWidget(after)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    made.setFocus()
    yield made
    window.close()


def _wheel(target: QWidget) -> None:
    down, nothing = QPoint(0, -120), Qt.MouseButton.NoButton
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), down, down, nothing, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(target, event)


def test_the_wheel_changes_nothing_even_with_the_focus(combo: Combo) -> None:
    combo.setCurrentIndex(0)
    _wheel(combo)
    assert combo.currentIndex() == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_list_opens_with_a_row_marked_and_tab_takes_it(combo: Combo, key: Qt.Key) -> None:
    picked: list[int] = []
    combo.activated.connect(picked.append)
    QTest.keyClick(combo, key)
    view = combo.view()
    assert view.isVisible()
    assert view.currentIndex().row() == 0
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert not view.isVisible()
    assert picked == [1]
    assert combo.currentText() == "农历"
    focused = combo.window().focusWidget()
    assert focused is not None
    assert focused.objectName() == "after"


@pytest.mark.parametrize(
    ("typed", "text"),
    [("nl", "农历"), ("nongx", "农闲"), ("o", "Other"), ("农闲", "农闲"), ("3", "Other")],
)
@pytest.mark.parametrize("opened", [False, True])
def test_what_is_typed_picks(combo: Combo, typed: str, text: str, opened: bool) -> None:
    target: QWidget = combo
    if opened:
        combo.showPopup()
        target = combo.view()
    for character in typed:
        QTest.sendKeyEvent(
            QTest.KeyAction.Click,
            target,
            Qt.Key.Key_unknown,
            character,
            Qt.KeyboardModifier.NoModifier,
        )
    if opened:
        assert combo.currentIndex() == -1
        QTest.keyClick(target, Qt.Key.Key_Return)
    assert combo.currentText() == text


def test_a_key_that_stands_for_nothing_does_nothing(combo: Combo) -> None:
    QTest.keyClick(combo, Qt.Key.Key_Z)
    assert combo.currentIndex() == -1
