"""Conversations prepared by questions, and the talk that a visit's papers print."""

from __future__ import annotations

import pytest

from fieldsales.services.operations.conversation import PlanQuestion
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.conversations import conversations, lines, number_of
from fieldsales.store.queries.talk import told_facts
from tests.workspaces import Add


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业", industry="pig_farm")


@pytest.fixture
def deal(add: Add, customer: str) -> str:
    return add("deal", title="断奶料年单", stage="needs", customer_id=customer)


def _keys(workspace: Workspace, which: str, text: str = "") -> list[str]:
    numbers = conversations(workspace.store, which, text)  # type: ignore[arg-type]
    return [one.key for one in lines(workspace.store, numbers) if one is not None]


def test_deals_stand_by_their_last_question_and_count_those_of_their_visits(
    workspace: Workspace, add: Add, customer: str, deal: str
) -> None:
    other = add("deal", title="母猪料", stage="needs", customer_id=customer)
    add("deal", title="成了的", stage="won", customer_id=customer)
    assert len(_keys(workspace, "deals")) == 2
    workspace.run(PlanQuestion(other, "用多少？", "situation"))
    visit = add("visit", customer_id=customer, deal_id=deal, starts_at="2026-11-09T01:00:00Z")
    add("visit_item", visit_id=visit, kind="question", text="怎么样？", answer="不好")
    workspace.run(PlanQuestion(deal, "谁定？", "situation"))
    add("need", customer_id=customer, deal_id=deal, text="拉稀", statement="implied")
    assert _keys(workspace, "deals") == [f"deal:{deal}", f"deal:{other}"]
    first = lines(workspace.store, conversations(workspace.store, "deals"))[0]
    assert first is not None
    assert (first.questions, first.asked, first.implied, first.explicit) == (2, 1, 1, 0)
    assert (first.customer, first.deal) == ("海润牧业", "断奶料年单")


def test_visits_to_come_and_held_stand_apart(
    workspace: Workspace, add: Add, customer: str, deal: str
) -> None:
    def visit(state: str, day: int) -> str:
        starts_at = f"2026-11-{day:02}T01:00:00Z"
        about = {"customer_id": customer, "deal_id": deal, "state": state}
        return add("visit", starts_at=starts_at, **about)

    late, soon = visit("planned", 20), visit("running", 9)
    held, silent = visit("concluded", 2), visit("concluded", 1)
    visit("cancelled", 12)
    add("visit_item", visit_id=held, kind="question", text="怎么样？", done=1)
    assert _keys(workspace, "coming") == [f"visit:{soon}", f"visit:{late}"]
    assert _keys(workspace, "held") == [f"visit:{held}"]
    assert _keys(workspace, "held", "断奶") == [f"visit:{held}"]
    assert _keys(workspace, "coming", "hrmy") == [f"visit:{soon}", f"visit:{late}"]
    assert _keys(workspace, "coming", "没有这家") == []
    found = number_of(workspace.store, f"visit:{silent}")
    assert found is not None
    assert found[0] == "held"
    workspace.run(TrashRecords("visit", (late,)))
    assert number_of(workspace.store, f"visit:{late}") is None
    assert lines(workspace.store, [999_999]) == [None]


def test_the_talk_of_a_visit_is_its_own_conversations(
    workspace: Workspace, add: Add, customer: str, deal: str
) -> None:
    add("worksheet", title="什么都能卖")
    general = add("worksheet", title="猪场通用", industry="pig_farm")
    before = add("visit", customer_id=customer, starts_at="2026-11-01T01:00:00Z", state="concluded")
    for code, text, worked in (
        ("why_dearer", "贵四分", "no"),
        ("pay_later", "账期短", "yes"),
        ("", "说不清", ""),
    ):
        about = {"visit_id": before, "kind": "objection", "done": 1}
        add("visit_item", code=code, text=text, worked=worked, **about)
    visit = add("visit", customer_id=customer, deal_id=deal, starts_at="2026-11-09T01:00:00Z")
    talk = told_facts(workspace.store, visit).talk
    assert talk.sheet is not None
    assert talk.sheet.id == general
    assert sorted(item.text for item in talk.expected) == ["说不清", "贵四分"]
    own = add("worksheet", title="海润的", customer_id=customer, deal_id=deal)
    add("worksheet_row", worksheet_id=own, feature="乳清粉")
    talk = told_facts(workspace.store, visit).talk
    assert talk.sheet is not None
    assert talk.sheet.id == own
    assert [row.feature for row in talk.rows] == ["乳清粉"]
