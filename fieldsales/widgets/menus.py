"""Menus of entries that carry what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

Act = Callable[[], object]
Entry = tuple[str, Act] | tuple[str, Act, object]  # text, what it does, what it stands for


def chosen(sender: QObject) -> Any:
    """What the menu entry stands for whose signal is being handled."""
    assert isinstance(sender, QAction)
    return sender.data()


def passing_menu(parent: QWidget, entries: Iterable[Entry | None], data: object = None) -> QMenu:
    """A menu that goes once it is closed; None is a line between.

    `data` is what `chosen` gives for entries that name nothing of their own.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _fill(menu, entries, data)
    return menu


def give_menu(owner: QPushButton, entries: Iterable[Entry | None]) -> None:
    """The button opens a menu of these instead of being pressed."""
    menu = QMenu(owner)
    _fill(menu, entries, None)
    owner.setMenu(menu)


def tick(menu: QMenu, text: str, ticked: bool, act: Act) -> None:
    """An entry that is on or off."""
    action = menu.addAction(_shown(text))
    action.setCheckable(True)
    action.setChecked(ticked)
    action.triggered.connect(act)


def _shown(text: str) -> str:
    return text.replace("&", "&&")  # else it would mark a key


def _fill(menu: QMenu, entries: Iterable[Entry | None], data: object) -> None:
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        text, act, *own = entry
        action = menu.addAction(_shown(text))
        action.setData(own[0] if own else data)
        action.triggered.connect(act)
