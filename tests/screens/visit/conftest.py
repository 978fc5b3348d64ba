"""The page of a visit on a real file, and hands to work it with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import Clock, to_stamp
from fieldsales.domain.visit import Visit, VisitFacts
from fieldsales.screens.contract import Context
from fieldsales.screens.visit.page import VisitScreen
from fieldsales.services.operations.visits import (
    LogVisit,
    PlanVisit,
)
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.visits import visit_facts
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words
from tests.workspaces import add

TODAY = date(2026, 11, 9)  # a Monday


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Iterator[Theme]:
    yield Theme(qapp, mode="light", scale=1.0)
    qapp.setStyleSheet("")


@pytest.fixture
def workspace(db_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(db_path, Clock(TODAY))
    yield opened
    opened.close()


class Pages:
    """Makes contexts and pages, and sees that they go again."""

    def __init__(self, workspace: Workspace, theme: Theme, folder: Path, qtbot: QtBot) -> None:
        self.workspace, self._theme, self._folder, self._qtbot = workspace, theme, folder, qtbot
        self.contexts: list[Context] = []
        self.opened: list[tuple[str, str]] = []
        self.told: list[str] = []

    def open(self, visit_id: str = "", language: str = "zh_CN") -> VisitScreen:
        look = Look.of(self._theme, Words(language), self.workspace.clock)
        state = QSettings(str(self._folder / "window.ini"), QSettings.Format.IniFormat)
        context = Context(self.workspace, look, Jobs(inline=True), state)
        context.opened.connect(lambda kind, row_id: self.opened.append((kind, row_id)))
        context.told.connect(lambda message: self.told.append(message.text))
        self.contexts.append(context)
        page = VisitScreen(context)
        self._qtbot.addWidget(page)
        page.resize(1280, 700)
        with self._qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        if visit_id:
            page.show_record("visit", visit_id)
        return page


@pytest.fixture
def pages(workspace: Workspace, theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[Pages]:
    made = Pages(workspace, theme, tmp_path, qtbot)
    yield made
    for context in made.contexts:
        context.close()


@pytest.fixture
def customer(workspace: Workspace) -> str:
    return add(workspace, "customer", name="海润牧业有限公司", industry="pig_farm")


@pytest.fixture
def deal(workspace: Workspace, customer: str) -> str:
    return add(workspace, "deal", title="育肥料年单", stage="value", customer_id=customer)


def at(days: int, hour: int = 10) -> str:
    return to_stamp(datetime.combine(TODAY + timedelta(days), time(hour)).astimezone())


def planned(workspace: Workspace, customer: str, *people: str, **values: object) -> str:
    operation = PlanVisit(customer, {"starts_at": at(1), **values}, people)
    workspace.run(operation)
    return operation.row_id


def running(workspace: Workspace, customer: str) -> str:
    operation = LogVisit(customer)
    workspace.run(operation)
    return operation.row_id


def facts(workspace: Workspace, visit_id: str) -> VisitFacts:
    return visit_facts(workspace.store, visit_id)


def visit(workspace: Workspace, visit_id: str) -> Visit:
    return facts(workspace, visit_id).visit


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def say(text: str) -> None:
    """Types into what has the focus, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focus(), event)


def texts(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


# where it opens, and what it says on top
