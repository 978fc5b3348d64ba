"""The library tab on a real file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from fieldsales.screens import library
from fieldsales.screens.sections import SectionedScreen
from tests.screens.conftest import OpenContext
from tests.screens.pitch.conftest import Shown

ShowLibrary = Callable[..., Shown]


@pytest.fixture
def show_library(qtbot: QtBot, open_context: OpenContext) -> ShowLibrary:
    """Opens the tab at a section on the file as it is then."""

    def shown(section: str, size: tuple[int, int] = (1280, 720), lang: str = "zh_CN") -> Shown:
        context = open_context(lang)
        screen = library.build(context)
        assert isinstance(screen, SectionedScreen)
        made = Shown(screen, context)
        context.opened.connect(lambda kind, row_id: made.opened.append((kind, row_id)))
        context.told.connect(made.told.append)
        qtbot.addWidget(screen)
        screen.resize(*size)
        screen.show_section(section)
        with qtbot.waitExposed(screen):
            screen.show()
        screen.activateWindow()
        qtbot.waitUntil(screen.isActiveWindow)
        return made

    return shown
