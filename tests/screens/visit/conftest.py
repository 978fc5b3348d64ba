"""The page of a visit on a real file, and hands to work it with."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.visit import Visit, VisitFacts
from fieldsales.screens.visit.page import VisitScreen
from fieldsales.services.operations.visits import (
    LogVisit,
    PlanVisit,
)
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.visits import visit_facts
from tests.screens.conftest import OpenContext
from tests.workspaces import TODAY, add


class Pages:
    """Makes pages, and keeps what these asked of the window."""

    def __init__(self, open_context: OpenContext, qtbot: QtBot) -> None:
        self._open_context, self._qtbot = open_context, qtbot
        self.opened: list[tuple[str, str]] = []
        self.told: list[str] = []

    def open(self, visit_id: str = "", language: str = "zh_CN") -> VisitScreen:
        context = self._open_context(language)
        context.opened.connect(lambda kind, row_id: self.opened.append((kind, row_id)))
        context.told.connect(lambda message: self.told.append(message.text))
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
def pages(open_context: OpenContext, qtbot: QtBot) -> Pages:
    return Pages(open_context, qtbot)


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
