"""What was filled in about a customer, a deal or a visit, as it stands on their pages."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldsales.screens.checklist import FilledSection
from fieldsales.screens.contract import Context
from fieldsales.services.operations.checklists import AnswerItem, KeepChecklist, StartChecklist
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.checklists import results
from tests.screens.conftest import OpenContext
from tests.workspaces import Add

OWN = """
title = "回访三问"
of = "customer"
[section.a]
title = "问"
[item.b]
section = "a"
kind = "yes"
text = "用得顺吗"
"""


@pytest.fixture
def context(open_context: OpenContext) -> Context:
    return open_context()


def _opened(context: Context) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: found.append((kind, row_id)))
    return found


def test_a_customer_offers_the_checklists_about_it_ones_own_first(
    qtbot: QtBot, context: Context, workspace: Workspace, add: Add
) -> None:
    customer = add("customer", name="海润牧业")
    workspace.run(KeepChecklist(OWN))
    section = FilledSection(context, "customer")
    qtbot.addWidget(section)
    section.show_for(customer)
    opened = _opened(context)
    choices = dict(section.choices())
    assert list(choices) == ["回访三问", "客户满意度", "维护七条", "价值定位"]
    choices["维护七条"]()
    [filled] = results(workspace.store, customer_id=customer)
    assert opened == [("checklist_result", filled.result.id)]
    workspace.run(AnswerItem(filled.result.id, "names", "5"))
    section.show_for(customer)
    [line] = section.lines
    assert line.face.title == "维护七条"
    assert line.face.aside.startswith("7 分")
    line.clicked.emit()
    assert len(opened) == 2


def test_a_won_deal_wants_its_service_and_any_other_says_nothing(
    qtbot: QtBot, context: Context, workspace: Workspace, add: Add
) -> None:
    customer = add("customer", name="海润牧业")
    deal = add("deal", title="断奶料", customer_id=customer)
    section = FilledSection(context, "deal")
    qtbot.addWidget(section)
    section.show()
    section.show_for(deal)
    assert not section.isVisible()
    section.show_for(deal, "after_purchase")
    assert section.isVisible()
    opened = _opened(context)
    section.offers.press("after_purchase")
    assert opened == [("checklist", f"after_purchase@deal:{deal}")]
    workspace.run(StartChecklist("after_purchase", "购后服务", {"deal_id": deal}))
    section.show_for(deal, "after_purchase")
    assert section.offers.keys() == []
    assert [line.face.title for line in section.lines] == ["购后服务"]
