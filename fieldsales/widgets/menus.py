"""Menus that pass: entries that carry what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

Entry = tuple[str, Callable[[], object]]


def chosen(sender: QObject) -> Any:
    """What the menu entry stands for whose signal is being handled."""
    assert isinstance(sender, QAction)
    return sender.data()


def passing_menu(parent: QWidget, entries: Iterable[Entry | None], data: object = None) -> QMenu:
    """A menu that goes once it is closed; None is a line between. `data` is for `chosen`."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        action = menu.addAction(entry[0])
        action.setData(data)
        action.triggered.connect(entry[1])
    return menu
