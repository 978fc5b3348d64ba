"""What a day holds, how often to be in touch and when to be reminded are settings."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldsales.screens import settings
from fieldsales.screens.contract import REMINDED, Context
from fieldsales.screens.settings.work.day import DaySettings
from fieldsales.services import festivals
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.rhythm import rhythms
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.notifier import Notifier
from tests.screens.conftest import OpenContext


@pytest.fixture
def day(qtbot: QtBot, open_context: OpenContext) -> DaySettings:
    return built(qtbot, open_context())


def built(qtbot: QtBot, context: Context) -> DaySettings:
    screen: Any = settings.build(context)
    qtbot.addWidget(screen)
    screen.show()
    found = screen.show_section("work").findChild(DaySettings)
    assert isinstance(found, DaySettings)
    found.screen = screen  # type: ignore[attr-defined]  # a window lives as long as its name
    return found


def test_what_a_day_holds_is_kept_in_the_file(day: DaySettings, workspace: Workspace) -> None:
    assert day.fits.key == "12"
    day.fits.choose("20")
    assert setting(workspace.store, "today.fits") == 20
    workspace.undo()
    assert day.fits.key == "12"


def test_days_between_contacts_are_numbers(day: DaySettings, workspace: Workspace) -> None:
    line = day.rhythm["major"].line
    for typed, days, wrong in (
        ("21", 21, False),
        ("每周", 21, True),
        ("-3", 21, True),
        ("0", 0, False),
    ):
        line.setText(typed)
        line.setModified(True)
        line.editingFinished.emit()
        assert rhythms(workspace.store)["major"] == days
        assert day.rhythm["major"].wrong.isVisible() is wrong
    assert rhythms(workspace.store)["vip"] == 14


def test_where_the_desktop_shows_no_notifications_the_window_reminds(day: DaySettings) -> None:
    assert not Notifier.available()
    assert day.before.isEnabled()
    assert any("窗口下方" in one.text() for one in day.findChildren(QLabel))


def test_how_long_before_is_kept_on_the_laptop(
    qtbot: QtBot, open_context: OpenContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Notifier, "available", staticmethod(lambda: True))
    context = open_context()
    found = built(qtbot, context)
    assert found.before.key == "15"
    found.before.choose("30")
    assert context.state.value(REMINDED) == "30"


def test_festivals_to_greet_for_are_ticked(day: DaySettings, workspace: Workspace) -> None:
    assert day.festivals["spring"].isChecked()
    assert not day.festivals["little_year_south"].isChecked()
    day.festivals["little_year_south"].click()
    day.festivals["spring"].click()
    assert "little_year_south" in festivals.kept(workspace.store)
    assert "spring" not in festivals.kept(workspace.store)
    workspace.undo()
    assert day.festivals["spring"].isChecked()
