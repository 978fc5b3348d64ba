"""Tab goes through a page as it is read."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldsales.widgets.stops import step, stops


def _page(qtbot: QtBot) -> tuple[QWidget, QWidget, list[QWidget], QWidget]:
    """A window with a page: its stops as they are read, and the one button beside the page."""
    window, page = QWidget(), QWidget()
    qtbot.addWidget(window)
    inside, scroll, halves = QWidget(), QScrollArea(), QSplitter()
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(scroll.focusPolicy().NoFocus)
    last, left, right, beside = QLineEdit(), QLineEdit(), QLineEdit(), QPushButton("beside")
    rows = QVBoxLayout(inside)
    rows.addWidget(last)
    scroll.setWidget(inside)
    halves.addWidget(left)
    halves.addWidget(right)
    whole = QVBoxLayout(page)
    whole.addWidget(scroll)
    whole.addWidget(halves)
    outside = QVBoxLayout(window)
    outside.addWidget(page)
    outside.addWidget(beside)
    first = QLineEdit()
    rows.insertWidget(0, first)  # made last, read first
    window.show()
    window.activateWindow()
    return window, page, [first, last, left, right], beside


def test_what_was_made_later_is_gone_through_where_it_stands(qtbot: QtBot) -> None:
    window, page, read, beside = _page(qtbot)
    assert stops(page) == read
    read[0].setFocus()
    for following in (*read[1:], beside):
        assert step(page, forward=True)
        assert window.focusWidget() is following
    assert not step(page, forward=True)  # the focus is elsewhere
    read[0].setFocus()
    assert step(page, forward=False)
    assert window.focusWidget() is beside


def test_what_cannot_be_used_is_passed_over(qtbot: QtBot) -> None:
    window, page, read, _beside = _page(qtbot)
    read[1].setEnabled(False)
    read[2].hide()
    read[0].setFocus()
    assert step(page, forward=True)
    assert window.focusWidget() is read[3]
