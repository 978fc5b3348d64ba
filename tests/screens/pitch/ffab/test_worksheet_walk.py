"""The walk-around check beside the pitch of a worksheet."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from fieldsales.screens.pitch.ffab.page import WorksheetsPage
from fieldsales.services.operations.people import TickClue
from fieldsales.services.workspace import Workspace
from tests.screens.pitch.conftest import ShowPitch
from tests.workspaces import add


def test_the_pitch_is_checked_for_the_customers_people_while_it_is_written(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    wang = add(workspace, "contact", name="王建国", customer_id=customer)
    for code in ("words_a1", "first_a1", "desk_a1"):
        workspace.run(TickClue(wang, code, seen_on="2026-10-20"))
    product = add(workspace, "product", name="教槽料", glossary="净能：能用上的\n系水力\n糊化度")
    sheet = add(
        workspace,
        "worksheet",
        title="断奶这一关",
        customer_id=customer,
        product_id=product,
        pitch="先试两栏，再看。",
    )
    shown = show_pitch("ffab")
    page = shown.page
    assert isinstance(page, WorksheetsPage)
    page.show_record("worksheet", sheet)
    walk = page.sheet.walk
    walk.check()
    assert "王建国是 A 型" in walk.panel.findings.headline.text()
    note = page.sheet.whole.note.text
    note.selectAll()
    note.insertPlainText("一头猪省 12.5 元。净能、系水力和糊化度都高。")
    qtbot.waitUntil(lambda: walk.panel.found.counts["a"] == 1)
    assert {mark.words for mark in walk.panel.found.taboos} >= {"净能", "系水力", "糊化度"}
    assert "王建国" not in walk.panel.findings.headline.text()
    walk.action.click()  # type: ignore[union-attr]
    assert shown.opened[-1] == ("walk_around", f"worksheet:{sheet}")
