"""The Customers tab on a real file, and hands to type Chinese with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import Clock, to_stamp
from fieldsales.domain.ids import new_id
from fieldsales.screens import customers
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.page import CustomersScreen
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words

TODAY = date(2026, 11, 9)
Add = Callable[..., str]


@dataclass(frozen=True)
class AddMany(Operation):
    """Adds many records at once."""

    noun: str
    rows: tuple[Mapping[str, object], ...]

    def apply(self, writer: Writer) -> None:
        writer.insert_many(self.noun, [{"id": new_id(), **row} for row in self.rows])


@dataclass
class Shown:
    """A screen and what it asked of the window."""

    screen: CustomersScreen
    context: Context
    opened: list[tuple[str, str]] = field(default_factory=list)
    told: list[Message] = field(default_factory=list)

    def names(self) -> list[str]:
        """Names in the list, in order."""
        model = self.screen.list.windowed
        return [model.text(at, 0) for at in range(model.rowCount())]

    def undo(self) -> None:
        """Press the Undo of the last message."""
        act = self.told[-1].act
        assert act is not None
        act()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, mode="light", scale=1.0)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def workspace(db_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(db_path, Clock(TODAY))
    yield opened
    opened.close()


@pytest.fixture
def add(workspace: Workspace) -> Add:
    """Adds a record and gives its id: `add("customer", name="海润牧业")`."""

    def added(noun: str, **values: object) -> str:
        operation = AddRecord(noun, values)
        workspace.run(operation)
        return operation.row_id

    return added


@pytest.fixture
def days_ago(workspace: Workspace) -> Callable[[int], str]:
    """A moment so many days before the file's now."""

    def stamp(days: int) -> str:
        return to_stamp(workspace.clock.now() - timedelta(days=days))

    return stamp


Show = Callable[..., Shown]


@pytest.fixture
def show(qtbot: QtBot, theme: Theme, workspace: Workspace, tmp_path: Path) -> Iterator[Show]:
    """Opens the tab on the file as it is then; `width` of its window, `lang` of its words."""
    contexts: list[Context] = []

    def shown(width: int = 1280, lang: str = "zh_CN") -> Shown:
        look = Look.of(theme, Words(lang), workspace.clock)
        state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        context = Context(workspace, look, Jobs(inline=True), state)
        contexts.append(context)
        screen = customers.build(context)
        assert isinstance(screen, CustomersScreen)
        made = Shown(screen, context)
        context.opened.connect(lambda kind, row_id: made.opened.append((kind, row_id)))
        context.told.connect(made.told.append)
        qtbot.addWidget(screen)
        screen.resize(width, 800)
        screen.show()
        qtbot.waitExposed(screen)
        return made

    yield shown
    for context in contexts:
        context.close()


def type_text(target: QWidget, text: str) -> None:
    """Types as an input method does; key events have no Chinese."""
    target.setFocus()
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(target, event)
