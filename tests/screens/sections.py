"""Tabs of sections on a real file, each opened by a fixture that its folder makes here."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from fieldsales.screens.sections import SectionedScreen, SectionPage
from fieldsales.services.workspace import Workspace
from tests.screens.conftest import OpenContext
from tests.screens.on_screen import OnScreen


class Shown(OnScreen[SectionedScreen]):
    """The tab in a window, and what it asked of the window."""

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
            screen.show_section(section)
            made.put_up(qtbot, *size)
            return made

        return shown

    return pytest.fixture(name=name)(show)
