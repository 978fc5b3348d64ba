"""Classes are of today soon after the start, and once the day turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings
from pytestqt.qtbot import QtBot

from fieldsales.app.renewing import Renewing
from fieldsales.domain.clock import Clock
from fieldsales.screens.contract import Context
from fieldsales.services import portfolio
from fieldsales.services.workspace import Workspace
from fieldsales.store.journal import Changed
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words
from tests.workspaces import add


@pytest.fixture
def context(theme: Theme, workspace: Workspace, tmp_path: Path) -> Iterator[Context]:
    look = Look.of(theme, Words(), workspace.clock)
    state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    made = Context(workspace, look, Jobs(), state)
    yield made
    assert made.jobs.wait()
    made.close()


def test_classes_follow_the_day(context: Context, qtbot: QtBot) -> None:
    workspace, owner = context.workspace, QObject()
    add(workspace, "customer", name="海润牧业")
    told: list[Changed] = []
    context.changed.connect(told.append)
    renewing = Renewing(context, owner)
    assert not portfolio.is_current(workspace.store)
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert portfolio.is_current(workspace.store)
    assert told[0].touches("customer_worth")
    renewing.look()
    assert not context.jobs.running()  # there is nothing to be done
    workspace.store.clock = Clock(date(2026, 11, 10))
    renewing.look()
    qtbot.waitUntil(lambda: len(told) == 2, timeout=10_000)
    assert portfolio.kept_day(workspace.store) == date(2026, 11, 10)
    owner.deleteLater()
