"""Who is to be called about money stands among the things of the day, and the badge counts it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldsales.screens import today
from fieldsales.screens.contract import Screen
from fieldsales.screens.money import TAB
from fieldsales.screens.today.line import Line
from fieldsales.services.operations.receivables import NoteCollecting, ReceivePayment
from fieldsales.services.workspace import Workspace
from tests.screens.conftest import OpenContext
from tests.workspaces import add


@pytest.fixture
def debts(workspace: Workspace) -> dict[str, str]:
    """One that is late, one promised for today, one promised and not paid, one not due yet."""
    whose = {"customer_id": add(workspace, "customer", name="海润牧业"), "currency": "CNY"}
    days = {
        "late": "2026-11-01",
        "today": "2026-11-05",
        "broken": "2026-10-01",
        "soon": "2027-01-01",
    }
    ids = {
        key: add(workspace, "receivable", **whose, number=key, amount=amount, due_on=days[key])
        for key, amount in (("late", 100_000), ("today", 200_000), ("broken", 300_000), ("soon", 1))
    }
    for key, promised in (("today", "2026-11-09"), ("broken", "2026-11-07")):
        step = {"step": "call", "done_on": "2026-11-06", "promised_on": promised}
        workspace.run(NoteCollecting(ids[key], step))
    return ids


@pytest.fixture
def lines(qtbot: QtBot, open_context: OpenContext) -> Callable[[], list[Line]]:
    made: list[Screen] = []

    def shown() -> list[Line]:
        if not made:
            made.append(today.build(open_context()))
            qtbot.addWidget(made[0])
            made[0].show()
        found = [line for line in made[0].findChildren(Line) if line.isVisible()]
        return [line for line in found if line.entry.icon == "money"]

    return shown


def test_broken_promises_come_first_and_a_payment_takes_its_line_away(
    workspace: Workspace,
    debts: dict[str, str],
    lines: Callable[[], list[Line]],
    qtbot: QtBot,
) -> None:
    shown = lines()
    assert [line.entry.row_id for line in shown] == [
        debts[one] for one in ("broken", "today", "late")
    ]
    broken, of_today, late = (line.entry for line in shown)
    assert broken.title == "海润牧业 · ¥3,000"
    assert (late.when, late.when_tone) == ("逾期 8 天", "bad")
    assert len({entry.subtitle for entry in (broken, of_today, late)}) == 3
    opened: list[tuple[str, str]] = []
    screen = shown[0].window()
    assert isinstance(screen, Screen)
    screen.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    qtbot.mouseClick(shown[0].focusProxy(), Qt.MouseButton.LeftButton)
    assert opened == [("receivable", debts["broken"])]
    [customer] = {whose for (whose,) in workspace.store.rows("SELECT customer_id FROM receivable")}
    paid = ReceivePayment({"customer_id": customer, "amount": 300_000}, (debts["broken"],))
    workspace.run(paid)
    assert [line.entry.row_id for line in lines()] == [debts["today"], debts["late"]]
    workspace.undo()
    assert lines()[0].entry.row_id == debts["broken"]


def test_the_badge_of_the_tab_counts_who_is_to_be_called(
    workspace: Workspace, debts: dict[str, str]
) -> None:
    assert TAB.badge is not None
    assert TAB.badge(workspace.store) == 3
    workspace.run(NoteCollecting(debts["late"], {"step": "call", "done_on": "2026-11-09"}))
    assert TAB.badge(workspace.store) == 2  # called today
    workspace.undo()
    assert TAB.badge(workspace.store) == 3
