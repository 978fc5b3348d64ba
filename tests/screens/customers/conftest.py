"""The Customers tab on a real file, and hands to type Chinese with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.ids import new_id
from fieldsales.screens import customers
from fieldsales.screens.customers.page import CustomersScreen
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from tests.screens.conftest import OpenContext
from tests.screens.on_screen import OnScreen


@dataclass(frozen=True)
class AddMany(Operation):
    """Adds many records at once."""

    noun: str
    rows: tuple[Mapping[str, object], ...]

    def apply(self, writer: Writer) -> None:
        writer.insert_many(self.noun, [{"id": new_id(), **row} for row in self.rows])


class Shown(OnScreen[CustomersScreen]):
    """A screen and what it asked of the window."""

    def names(self) -> list[str]:
        """Names in the list, in order."""
        model = self.screen.list.windowed
        return [model.text(at, 0) for at in range(model.rowCount())]

    def undo(self) -> None:
        """Press the Undo of the last message."""
        act = self.told[-1].act
        assert act is not None
        act()


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot, open_context: OpenContext) -> Show:
    """Opens the tab on the file as it is then; `width` of its window, `lang` of its words."""

    def shown(width: int = 1280, lang: str = "zh_CN") -> Shown:
        context = open_context(lang)
        screen = customers.build(context)
        assert isinstance(screen, CustomersScreen)
        made = Shown(screen, context)
        made.put_up(qtbot, width, 800)
        return made

    return shown


def type_text(target: QWidget, text: str) -> None:
    """Types as an input method does; key events have no Chinese."""
    target.setFocus()
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(target, event)
