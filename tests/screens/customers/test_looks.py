"""Every text of the tab fits, in words half as long again and in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.customers.conftest import Shown
from tests.widgets.clip_check import wait_until_all_fits

Show = Callable[..., Shown]


@pytest.mark.parametrize("lang", [PSEUDO, *LANGUAGES])
def test_nothing_is_clipped(show: Show, workspace: Workspace, qtbot: QtBot, lang: str) -> None:
    workspace.run(LoadSample())
    shown = show(width=1366, lang=lang)
    screen = shown.screen
    wait_until_all_fits(qtbot, screen)
    screen.show_example()
    card = screen.card
    qtbot.waitUntil(lambda: card.details is not None and card.details.isVisible())
    card.people.open_record(card.people.items[0].contact.id)
    card.deals.open_record(card.deals.items[0].id)
    card.tasks.more_wanted(card.tasks.items[0])
    wait_until_all_fits(qtbot, card)
    screen.new_record()
    wait_until_all_fits(qtbot, screen.detail)
    screen.list.focus_list()
    QTest.keyClick(screen.list.shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    wait_until_all_fits(qtbot, screen.detail)
