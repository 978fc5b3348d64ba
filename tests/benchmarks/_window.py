"""What a screen needs to be measured: the application, a light look, a context without a window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from fieldsales.domain.clock import Clock
from fieldsales.screens.contract import Context
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words


def application() -> QApplication:
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    return app


def light_look(clock: Clock | None = None) -> Look:
    theme = Theme(application(), mode="light", scale=1.0)
    return Look.of(theme, Words("zh_CN"), clock or Clock())


def bare_context(workspace: Workspace, folder: Path) -> Context:
    """Jobs run at once; what a window keeps goes into the folder."""
    state = QSettings(str(folder / "bench.ini"), QSettings.Format.IniFormat)
    look = light_look(workspace.store.clock)
    return Context(workspace, look, Jobs(inline=True), state)
