"""What tests of the whole application start from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.app.main import Application
from fieldsales.domain.clock import Clock

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
