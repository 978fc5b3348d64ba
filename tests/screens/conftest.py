"""What screens are given: the open file, the look and a state of the window of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from fieldsales.screens.contract import Context
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.jobs import Jobs
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words

OpenContext = Callable[..., Context]


@pytest.fixture
def open_context(theme: Theme, workspace: Workspace, tmp_path: Path) -> Iterator[OpenContext]:
    """A context in a language, on another `file` if told.

    `inline` false has jobs run on threads of their own.
    """
    contexts: list[Context] = []

    def opened(lang: str = "zh_CN", *, inline: bool = True, file: Workspace = workspace) -> Context:
        look = Look.of(theme, Words(lang), file.clock)
        state = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        contexts.append(Context(file, look, Jobs(inline=inline), state))
        return contexts[-1]

    yield opened
    for context in contexts:
        assert context.jobs.wait()
        context.close()
