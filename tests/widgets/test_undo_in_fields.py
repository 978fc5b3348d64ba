"""Ctrl+Z in a field: its own typing first, then the window's undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.widgets.editors import LineEdit, _Note
from fieldsales.widgets.look import Look


@pytest.mark.parametrize("kind", ["line", "note"])
def test_undo_goes_to_the_window_once_the_field_has_none(
    qtbot: QtBot, look: Look, kind: str
) -> None:
    page = QWidget()
    field = LineEdit(look) if kind == "line" else _Note(look, 1, 5)
    layout = QVBoxLayout(page)
    layout.addWidget(field)
    asked: list[int] = []
    shortcut = QShortcut(QKeySequence("Ctrl+Z"), page)
    shortcut.activated.connect(lambda: asked.append(1))
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
    assert text == ""
    assert asked == []
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == [1]
