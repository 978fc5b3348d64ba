"""What becomes of a proposal: final, sent, accepted, declined, a new version."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from fieldsales.domain.deal import Deal
from fieldsales.domain.money.proposal import Proposal
from fieldsales.domain.money.receivable import Receivable
from fieldsales.screens.money.proposals.page import ProposalsPage
from fieldsales.screens.money.proposals.versions import told
from fieldsales.screens.money.proposals.view import ProposalView
from fieldsales.services.operations.proposals import AddProposalLines, StartProposal
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.proposals import lines, totals_of
from tests.screens.money.conftest import ShowMoney, Shown
from tests.workspaces import add


@pytest.fixture
def proposal(workspace: Workspace) -> str:
    customer = add(workspace, "customer", name="海润牧业")
    deal = add(workspace, "deal", customer_id=customer, title="秋季用料", currency="CNY")
    begun = StartProposal({"deal_id": deal})
    workspace.run(begun)
    rows = [
        {"product_name": "一号料", "quantity": "2", "unit": "吨", "price": "100"},
        {"product_name": "二号料", "quantity": "1", "price": "50"},
    ]
    workspace.run(AddProposalLines(begun.row_id, tuple(rows)))
    return begun.row_id


def view_of(shown: Shown) -> ProposalView:
    assert isinstance(shown.page, ProposalsPage)
    return shown.page.view


def record(workspace: Workspace, row_id: str) -> Proposal:
    found = workspace.store.record(Proposal, row_id)
    assert found is not None
    return found


def press(view: ProposalView, qtbot: QtBot) -> None:
    qtbot.mouseClick(view.main, Qt.MouseButton.LeftButton)


def test_final_sent_and_accepted_by_one_button(
    show_money: ShowMoney, workspace: Workspace, proposal: str, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    press(view, qtbot)
    final = record(workspace, proposal)
    assert final.state == "final"
    assert final.number.endswith("-001")
    assert view.locked.isVisible()
    assert not view.forms[0].isVisible()
    assert not view.lines.entry.isVisible()
    first = lines(workspace.store, proposal)[0].id
    assert not view.lines.sheet.edit_cell(first, "price")
    press(view, qtbot)
    assert record(workspace, proposal).state == "sent"
    press(view, qtbot)
    asked = view.acting.accepting
    assert asked.isVisible()
    qtbot.keyClick(asked.editor("decided_by").target(), Qt.Key.Key_Return)
    accepted = record(workspace, proposal)
    assert accepted.state == "accepted"
    deal = workspace.store.record(Deal, str(accepted.deal_id))
    assert deal is not None
    assert deal.order_amount == 250_00
    (debt,) = workspace.store.records(Receivable, "SELECT * FROM receivable", [])
    assert debt.amount == 250_00
    view.desk.context.undo()
    assert record(workspace, proposal).state == "sent"


def test_the_next_number_is_another_one(
    show_money: ShowMoney, workspace: Workspace, proposal: str
) -> None:
    view = view_of(show_money("proposals"))
    view.acting.finish()
    first = record(workspace, proposal).number
    view.desk.context.undo()
    view.acting.finish()
    assert record(workspace, proposal).number != first  # the customer may have seen it


def test_an_empty_one_is_not_made_final_and_says_why(
    show_money: ShowMoney, workspace: Workspace
) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    begun = StartProposal({"customer_id": customer})
    workspace.run(begun)
    shown = show_money("proposals")
    view_of(shown).acting.finish()
    assert record(workspace, begun.row_id).state == "draft"
    assert shown.told[-1].text == shown.context.words("proposal.nothing_in_it")


def test_declined_asks_for_a_reason(
    show_money: ShowMoney, workspace: Workspace, proposal: str, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    view.acting.finish()
    view.acting.refuse()
    asked = view.acting.declining
    why = asked.editor("decided_why").target()
    qtbot.keyClick(why, Qt.Key.Key_Return)
    assert record(workspace, proposal).state == "final"
    assert asked.cells["decided_why"].message()
    for name, text in (("decided_why", "预算砍了"), ("decided_by", "贺文清")):
        field = asked.editor(name).target()
        assert isinstance(field, QLineEdit)
        field.setText(text)
    qtbot.keyClick(why, Qt.Key.Key_Return)
    found = record(workspace, proposal)
    assert (found.state, found.decided_why) == ("declined", "预算砍了")
    assert found.decided_by == "贺文清"
    assert "预算砍了" in view.locked.text()
    assert not view.acting.isVisible()


def test_a_new_version_says_what_differs_and_only_one_is_begun(
    show_money: ShowMoney, workspace: Workspace, proposal: str
) -> None:
    shown = show_money("proposals")
    view = view_of(shown)
    view.acting.finish()
    view.acting.renew()
    kind, second = shown.opened[-1]
    assert kind == "proposal"
    shown.page.show_record(kind, second)
    feed, other = lines(workspace.store, second)
    workspace.run(EditRecord("proposal_line", feed.id, {"quantity": "3"}))
    extra = {"product_name": "三号料", "quantity": "4", "unit": "吨", "price": "10"}
    workspace.run(AddProposalLines(second, (extra,)))
    sentences = told(view.desk, record(workspace, proposal), record(workspace, second))
    assert "一号料：数量 2 → 3" in sentences
    assert "加了 三号料 4 吨 × ¥10" in sentences
    read = [part.text() for part in view.versions.findChildren(QLabel)]
    assert "一号料：数量 2 → 3" in read
    assert other.product_name == "二号料"
    shown.page.show_record("proposal", proposal)
    view.acting.renew()
    assert shown.opened[-1] == ("proposal", second)


def test_a_copy_is_a_draft_of_its_own(
    show_money: ShowMoney, workspace: Workspace, proposal: str
) -> None:
    shown = show_money("proposals")
    view_of(shown).acting.finish()
    view_of(shown).acting.copy()
    copied = record(workspace, shown.opened[-1][1])
    assert (copied.state, copied.number, copied.series_id) == ("draft", "", copied.id)
    assert len(lines(workspace.store, copied.id)) == 2


def test_new_ones_begin_as_one_that_was_made_the_usual(
    show_money: ShowMoney, workspace: Workspace, proposal: str
) -> None:
    values = {"terms": "款到发货", "tax_mode": "added", "template": "compact"}
    workspace.run(EditRecord("proposal", proposal, values))
    view_of(show_money("proposals")).acting.make_usual()
    begun = StartProposal({"customer_id": record(workspace, proposal).customer_id})
    workspace.run(begun)
    found = record(workspace, begun.row_id)
    assert (found.terms, found.tax_mode, found.template) == ("款到发货", "added", "compact")
    assert found.title == "海润牧业"


def test_the_list_is_narrowed_by_state_and_search(
    show_money: ShowMoney, workspace: Workspace, proposal: str, qtbot: QtBot
) -> None:
    other = StartProposal({"customer_id": add(workspace, "customer", name="绿源合作社")})
    workspace.run(other)
    shown = show_money("proposals")
    page = shown.page
    assert isinstance(page, ProposalsPage)
    page.show_record("proposal", proposal)
    page.view.acting.finish()
    page.list.scopes.choose("final")
    assert [row.proposal.id for row in page.list.shown()] == [proposal]
    total = page.context.words.money(
        totals_of(workspace.store, [page.view.desk.proposal])[proposal],
        page.view.desk.currency,
    )
    assert page.list.sum.text() == f"1 份，共 {total}"
    page.list.show_all()
    assert page.list.sum.text() == f"1 份等客户决定，共 {total}"
    page.list.search.setText("lyhzs")
    qtbot.waitUntil(lambda: [row.proposal.id for row in page.list.shown()] == [other.row_id])


def test_one_in_the_trash_offers_to_come_back(
    show_money: ShowMoney, workspace: Workspace, proposal: str
) -> None:
    shown = show_money("proposals")
    page = shown.page
    assert isinstance(page, ProposalsPage)
    page.trash([proposal])
    assert record(workspace, proposal).trashed_at
    page.show_record("proposal", proposal)
    assert page._gone is not None
    assert page.detail.currentWidget() is page._gone
