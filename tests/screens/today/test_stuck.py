"""Deals that stand still are among the things of the day, until there is a reason for it."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.deal import Deal
from fieldsales.screens import today
from fieldsales.screens.today.line import Line
from fieldsales.services.operations.deals import AddDeal
from fieldsales.services.workspace import Operation, Workspace
from fieldsales.store.journal import Writer
from tests.screens.conftest import OpenContext
from tests.workspaces import TODAY, add


class Aged(Operation):
    """A deal that has stood in its stage for some days."""

    def __init__(self, deal_id: str, days: int) -> None:
        self.deal_id, self.days = deal_id, days

    def apply(self, writer: Writer) -> None:
        stamp = to_stamp(writer.store.clock.now() - timedelta(days=self.days))
        writer.insert("stage_change", {"deal_id": self.deal_id, "to_stage": "target", "at": stamp})


def test_a_stuck_deal_is_shown_opened_and_put_off(
    qtbot: QtBot, open_context: OpenContext, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    for row_id, days in (("fresh", 3), ("slow", 25), ("stale", 80)):
        values = {"title": f"{days} 天", "customer_id": customer}
        workspace.run(AddDeal(values, row_id=row_id))
        workspace.run(Aged(row_id, days))
    context = open_context()
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    screen = today.build(context)
    qtbot.addWidget(screen)
    screen.show()

    def lines() -> dict[str, Line]:
        found = (line for line in screen.findChildren(Line) if line.isVisible())
        return {line.entry.row_id: line for line in found if line.entry.kind == "deal"}

    assert list(lines()) == ["stale", "slow"]
    entry = lines()["stale"].entry
    assert entry.title == "海润牧业 · 80 天"
    assert (entry.subtitle, entry.when, entry.when_tone) == (
        "目标客户 · 没有下一步",
        "停留 80 天",
        "bad",
    )
    lines()["slow"].focusProxy().clicked.emit()  # type: ignore[attr-defined]
    assert opened == [("deal", "slow")]
    assert entry.snooze is not None
    entry.snooze(TODAY + timedelta(days=10), "等预算")
    assert list(lines()) == ["slow"]
    deal = workspace.store.record(Deal, "stale")
    assert deal is not None
    assert (deal.snoozed_until, deal.snooze_reason) == ("2026-11-19", "等预算")
