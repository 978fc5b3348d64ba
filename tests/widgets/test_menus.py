"""What the entries of menus show, and what they stand for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldsales.widgets.menus import chosen, passing_menu


class Page(QWidget):
    """What was picked in its menu."""

    picked = Signal(object)

    def pick(self) -> None:
        self.picked.emit(chosen(self.sender()))


def test_an_entry_shows_its_text_and_gives_what_it_stands_for(qtbot: QtBot) -> None:
    page = Page()
    qtbot.addWidget(page)
    picked: list[object] = []
    page.picked.connect(picked.append)
    entries = [("周 & 李", page.pick, "own"), None, ("another", page.pick)]
    first, line, second = passing_menu(page, entries, "common").actions()
    assert first.text() == "周 && 李"  # one is shown
    assert line.isSeparator()
    first.trigger()
    second.trigger()
    assert picked == ["own", "common"]
