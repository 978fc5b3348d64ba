"""Proposals on the pages of a customer and a deal, and begun from a product."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldsales.domain.money.proposal import Proposal
from fieldsales.screens.contract import Context
from fieldsales.screens.proposals import ProposalsSection
from fieldsales.services.operations.proposals import AddProposalLine, StartProposal
from fieldsales.services.workspace import Workspace
from tests.screens.conftest import OpenContext
from tests.workspaces import add


@pytest.fixture
def context(open_context: OpenContext) -> Context:
    return open_context()


def section(qtbot: QtBot, context: Context, customer: str, deal: str | None) -> ProposalsSection:
    made = ProposalsSection(context)
    qtbot.addWidget(made)
    made.show_for(customer, deal)
    made.show()
    return made


def test_a_deal_shows_its_own_and_a_customer_all(
    qtbot: QtBot, workspace: Workspace, context: Context
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    deal = add(workspace, "deal", customer_id=customer, title="秋季用料", currency="CNY")
    ours = StartProposal({"deal_id": deal})
    workspace.run(ours)
    priced = {"product_name": "料", "quantity": "2", "price": "30"}
    workspace.run(AddProposalLine(ours.row_id, priced))
    workspace.run(StartProposal({"customer_id": customer, "title": "零星"}))
    of_deal = section(qtbot, context, customer, deal)
    (line,) = [line for line in of_deal.lines if line.isVisible()]
    assert (line.face.title, line.face.aside) == ("秋季用料", "¥60")
    asked: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: asked.append((kind, row_id)))
    line.clicked.emit()
    assert asked == [("proposal", ours.row_id)]
    assert len(section(qtbot, context, customer, None).lines) == 2


def test_a_new_one_begins_where_it_is_asked_for(
    qtbot: QtBot, workspace: Workspace, context: Context
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    deal = add(workspace, "deal", customer_id=customer, title="秋季用料", currency="USD")
    asked: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: asked.append((kind, row_id)))
    section(qtbot, context, customer, deal).start()
    ((kind, row_id),) = asked
    made = workspace.store.record(Proposal, row_id)
    assert made is not None
    assert (kind, made.deal_id, made.customer_id) == ("proposal", deal, customer)
    assert (made.title, made.currency) == ("秋季用料", "USD")
