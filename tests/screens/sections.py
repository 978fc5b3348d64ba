"""Tabs of sections on a real file, each opened by a fixture that its folder makes here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import SectionedScreen, SectionPage
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.message_bar import Message
from tests.screens.conftest import OpenContext


@dataclass
class Shown:
    """The tab in a window, and what it asked of the window."""

    screen: SectionedScreen
    context: Context
    opened: list[tuple[str, str]] = field(default_factory=list)
    told: list[Message] = field(default_factory=list)

    @property
    def page(self) -> SectionPage:
        """The section in front."""
        return self.screen.page


ShowSection = Callable[..., Shown]


def shower(tab: ModuleType, name: str) -> Any:
    """A fixture that opens `tab` at a section on the file as it is then."""

    def show(qtbot: QtBot, open_context: OpenContext, workspace: Workspace) -> ShowSection:
        def shown(section: str, size: tuple[int, int] = (1280, 720), lang: str = "zh_CN") -> Shown:
            context = open_context(lang, file=workspace)
            screen = tab.build(context)
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

    return pytest.fixture(name=name)(show)
