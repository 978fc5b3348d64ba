"""Prices of a whole proposal: from today's list, and in another currency."""

from __future__ import annotations

import pytest

from fieldsales.domain.money.proposal import Proposal, ProposalLine
from fieldsales.errors import UserError
from fieldsales.services.operations.proposal_prices import ChangeProposalCurrency, TakeListPrices
from fieldsales.services.operations.proposals import (
    AddProposalLine,
    AddProposalLines,
    MakeProposalFinal,
    SetInstalments,
    StartProposal,
)
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import proposals as queries
from tests.workspaces import Add


@pytest.fixture
def proposal(workspace: Workspace, add: Add) -> str:
    """Feed with a price in two currencies, a premix with one, and a free line."""
    feed = add("product", name="乳猪宝", unit="吨")
    premix = add("product", name="预混料", unit="吨")
    add("price", product_id=feed, amount=916_000, currency="CNY", tax_percent=9)
    add("price", product_id=feed, amount=130_000, currency="USD", tax_percent=9)
    add("price", product_id=premix, amount=500_000, currency="")
    begun = StartProposal({"customer_id": add("customer", name="海润牧业"), "currency": "CNY"})
    workspace.run(begun)
    lines = (
        {"product_id": feed},
        {"product_id": premix, "discount_kind": "amount", "discount": "100"},
        {"product_name": "服务", "price": "300"},
    )
    workspace.run(AddProposalLines(begun.row_id, lines))
    head = {"discount_kind": "amount", "discount": "50"}
    workspace.run(EditRecord("proposal", begun.row_id, head))
    parts = ({"label": "订金", "share_kind": "amount", "share": "1000"}, {"label": "尾款"})
    workspace.run(SetInstalments(begun.row_id, parts))
    return begun.row_id


def read(workspace: Workspace, row_id: str) -> Proposal:
    found = workspace.store.record(Proposal, row_id)
    assert found is not None
    return found


def lines(workspace: Workspace, row_id: str) -> list[ProposalLine]:
    return queries.lines(workspace.store, row_id)


def test_a_line_takes_the_price_in_the_proposals_currency(
    workspace: Workspace, proposal: str
) -> None:
    assert [one.price for one in lines(workspace, proposal)] == ["9160", "5000", "300"]
    feed, premix, _ = lines(workspace, proposal)
    workspace.run(EditRecord("proposal_line", feed.id, {"price": "9000"}))
    workspace.run(TakeListPrices(proposal, (feed.id,)))
    assert lines(workspace, proposal)[0].price == "9160"
    dollars = StartProposal({"customer_id": read(workspace, proposal).customer_id,
                             "currency": "USD"})  # fmt: skip
    workspace.run(dollars)
    for product_id in (feed.product_id, premix.product_id):
        workspace.run(AddProposalLine(dollars.row_id, {"product_id": product_id}))
    assert [one.price for one in lines(workspace, dollars.row_id)] == ["1300", ""]


def test_another_currency_keeps_the_figures(workspace: Workspace, proposal: str) -> None:
    before = [(one.price, one.discount) for one in lines(workspace, proposal)]
    workspace.run(ChangeProposalCurrency(proposal, "USD", by_list=False))
    assert read(workspace, proposal).currency == "USD"
    assert [(one.price, one.discount) for one in lines(workspace, proposal)] == before


def test_another_currency_by_the_list_leaves_nothing_of_the_old_one(
    workspace: Workspace, proposal: str
) -> None:
    workspace.run(ChangeProposalCurrency(proposal, "USD", by_list=True))
    assert [one.price for one in lines(workspace, proposal)] == ["1300", "", ""]
    assert lines(workspace, proposal)[1].discount == ""
    assert read(workspace, proposal).discount == ""
    assert [one.share for one in queries.instalments(workspace.store, proposal)] == ["", ""]
    workspace.undo()
    assert [one.price for one in lines(workspace, proposal)] == ["9160", "5000", "300"]
    assert read(workspace, proposal).currency == "CNY"


def test_a_final_one_keeps_its_prices_and_currency(workspace: Workspace, proposal: str) -> None:
    workspace.run(MakeProposalFinal(proposal, "Q1"))
    first = lines(workspace, proposal)[0].id
    for operation in (
        TakeListPrices(proposal, (first,)),
        ChangeProposalCurrency(proposal, "USD", by_list=True),
    ):
        with pytest.raises(UserError, match="locked"):
            workspace.run(operation)


def test_a_line_of_another_proposal_is_not_among_them(workspace: Workspace, proposal: str) -> None:
    with pytest.raises(UserError, match="gone"):
        workspace.run(TakeListPrices(proposal, ("elsewhere",)))
