"""What tests of the whole application start from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.app.main import Application
from fieldsales.app.window import Window
from fieldsales.domain.clock import Clock
from fieldsales.screens.contract import Context
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words

Start = Callable[[Path], Application]


@pytest.fixture
def start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    monkeypatch.setenv("FIELDSALES_HOME", str(tmp_path / "home"))
    hook = sys.excepthook
    made: list[Application] = []

    def begin(path: Path) -> Application:
        application = Application(qapp, path, "zh_CN", Clock())
        made.append(application)
        application.start()
        return application

    yield begin
    sys.excepthook = hook
    for application in made:
        if application.window is not None:
            application.window.close()
            application.window.deleteLater()
        application.close()


@pytest.fixture
def context(qapp: QApplication, workspace: Workspace, tmp_path: Path) -> Iterator[Context]:
    state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    look = Look.of(Theme(qapp, mode="light", scale=1.0), Words("zh_CN"), workspace.clock)
    made = Context(workspace, look, Jobs(inline=True), state)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> Window:
    made = Window(context)
    qtbot.addWidget(made)
    made.resize(1366, 768)  # the screen of tests has less room
    made.show_named("today")
    made.show()
    return made
