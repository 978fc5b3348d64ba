"""The walk-around check of what a visit's plan means to say."""

from __future__ import annotations

from fieldsales.services.operations.people import TickClue
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from tests.screens.visit.conftest import Pages, planned, texts
from tests.workspaces import add


def test_the_plan_is_checked_for_those_who_will_be_there(
    pages: Pages, workspace: Workspace, customer: str
) -> None:
    wang = add(workspace, "contact", name="王建国", customer_id=customer)
    for code in ("words_a1", "first_a1", "desk_a1"):
        workspace.run(TickClue(wang, code, seen_on="2026-10-20"))
    visit = planned(workspace, customer, wang)
    page = pages.open(visit)
    walk = page.plan.walk
    assert not walk.isVisible()
    workspace.run(EditRecord("visit", visit, {"objective": "先试两栏，再看。"}))
    assert "王建国是 A 型，这段话里未发现一个数字" in texts(walk)
    workspace.run(EditRecord("visit", visit, {"objective": "我们的料最好，一头省 12 元。"}))
    said = texts(walk)
    assert "未发现一个数字" not in said
    assert "“最好”" in said
