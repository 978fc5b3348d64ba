"""Visits about to begin and promises due are told once, and to nobody but the rep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QIcon
from pytestqt.qtbot import QtBot

from fieldsales.app import reminders
from fieldsales.app.reminders import Reminders
from fieldsales.domain.clock import to_stamp
from fieldsales.screens.contract import REMINDED, Context
from fieldsales.services.operations.visits import StartVisit
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.notifier import Notifier
from tests.screens.conftest import open_context
from tests.workspaces import TODAY, Add

__all__ = ["open_context"]


class Told(Notifier):
    """Keeps what would be shown on a desktop that shows notifications."""

    def __init__(self) -> None:
        super().__init__(QIcon())
        self.said: list[tuple[str, str]] = []
        self.last: Callable[[], object] = lambda: None

    @staticmethod
    def available() -> bool:
        return True

    def show(self, title: str, text: str, clicked: Callable[[], object]) -> None:
        self.said.append((title, text))
        self.last = clicked


@pytest.fixture
def context(open_context: Callable[..., Context]) -> Context:
    return open_context()


def visit_in(workspace: Workspace, add: Add, minutes: int) -> str:
    customer = add("customer", name="海润牧业", short_name="海润")
    starts_at = to_stamp(workspace.clock.now() + timedelta(minutes=minutes, seconds=5))
    return add("visit", customer_id=customer, starts_at=starts_at, objective="定首批")


def test_a_visit_is_told_once_and_leads_to_its_page(
    qtbot: QtBot, context: Context, workspace: Workspace, add: Add
) -> None:
    visit = visit_in(workspace, add, 10)
    visit_in(workspace, add, 40)
    fronts: list[str] = []
    told = Told()
    remind = Reminders(context, told, lambda: fronts.append("front"))
    remind.look()
    remind.look()
    [(title, text)] = told.said
    assert title.endswith("海润")
    assert text == "10 分钟后 · 定首批"
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    told.last()
    assert (opened, fronts) == ([("visit", visit)], ["front"])
    remind.stop()


def test_how_long_before_is_a_setting_and_never_means_never(
    qtbot: QtBot, context: Context, workspace: Workspace, add: Add
) -> None:
    visit_in(workspace, add, 40)
    told = Told()
    remind = Reminders(context, told, lambda: None)
    context.state.setValue(REMINDED, "0")
    remind.look()
    assert told.said == []
    context.state.setValue(REMINDED, "60")
    remind.look()
    assert len(told.said) == 1
    remind.stop()


def test_what_has_begun_is_not_told(
    qtbot: QtBot, context: Context, workspace: Workspace, add: Add
) -> None:
    workspace.run(StartVisit(visit_in(workspace, add, 10)))
    told = Told()
    remind = Reminders(context, told, lambda: None)
    remind.look()
    assert told.said == []
    remind.stop()


def test_promises_are_told_once_a_day_also_across_a_restart(
    qtbot: QtBot, context: Context, add: Add
) -> None:
    for number in range(4):
        add("task", title=f"送样 {number}", kind="promise", due=str(TODAY - timedelta(days=number)))
    add("task", title="不是承诺", due=str(TODAY))
    add("task", title="他们的", kind="promise", party="them", due=str(TODAY))
    told = Told()
    for _ in range(2):
        remind = Reminders(context, told, lambda: None)
        remind.look()
        remind.stop()
    assert told.said == [("今天要兑现 4 个承诺", "送样 3、送样 2、送样 1 等")]


def test_nothing_is_told_on_a_laptop_in_other_hands(
    qtbot: QtBot,
    context: Context,
    workspace: Workspace,
    add: Add,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lent = SimpleNamespace(tab=SimpleNamespace(lent=lambda _context: True))
    monkeypatch.setattr(reminders, "tabs", lambda: [lent])
    visit_in(workspace, add, 10)
    told = Told()
    remind = Reminders(context, told, lambda: None)
    remind.look()
    assert told.said == []
    remind.stop()


def test_on_a_desktop_without_notifications_the_window_tells_once(
    qtbot: QtBot, context: Context, workspace: Workspace, add: Add
) -> None:
    visit = visit_in(workspace, add, 10)
    assert not Notifier.available()  # as in these tests
    said: list[Message] = []
    context.told.connect(said.append)
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    remind = Reminders(context, Notifier(QIcon()), lambda: None)
    remind.look()
    remind.look()
    [told] = said
    assert told.text.endswith("海润 · 10 分钟后 · 定首批")
    assert told.act is not None
    told.act()
    assert opened == [("visit", visit)]
    remind.stop()
