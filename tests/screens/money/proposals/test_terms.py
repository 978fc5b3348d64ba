"""Prices against the list, other currencies and customers, texts at hand, the walk-around check."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from fieldsales.domain.money.proposal import Proposal
from fieldsales.screens.money.proposals.page import ProposalsPage
from fieldsales.screens.money.proposals.view import ProposalView
from fieldsales.services.operations.proposals import AddProposalLines, StartProposal
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.proposals import lines
from tests.screens.money.conftest import ShowMoney, Shown
from tests.workspaces import add


@dataclass
class Made:
    customer: str
    product: str
    proposal: str


@pytest.fixture
def made(workspace: Workspace) -> Made:
    """A draft for 贺文清 with feed that costs 9160 and a free line."""
    customer = add(workspace, "customer", name="海润牧业")
    person = add(workspace, "contact", name="贺文清", customer_id=customer)
    product = add(workspace, "product", name="乳猪宝", unit="吨")
    add(workspace, "price", product_id=product, amount=916_000, currency="CNY")
    add(workspace, "price", product_id=product, amount=130_000, currency="USD")
    head = {"customer_id": customer, "contact_id": person, "currency": "CNY"}
    begun = StartProposal({**head, "note": "底价八千八"})
    workspace.run(begun)
    rows = ({"product_id": product, "quantity": "2"}, {"product_name": "服务", "price": "300"})
    workspace.run(AddProposalLines(begun.row_id, rows))
    return Made(customer, product, begun.row_id)


def view_of(shown: Shown) -> ProposalView:
    assert isinstance(shown.page, ProposalsPage)
    return shown.page.view


def read(workspace: Workspace, row_id: str) -> Proposal:
    found = workspace.store.record(Proposal, row_id)
    assert found is not None
    return found


def warnings(view: ProposalView) -> str:
    return "\n".join(said.text() for line, said in view.sums.warnings if line.isVisible())


def take_currency(view: ProposalView, code: str) -> None:
    view.forms[1].focus("currency")
    line = view.forms[1].cells["currency"].editor.target()
    assert isinstance(line, QLineEdit)
    line.setText(code)
    line.textEdited.emit(code)
    view.forms[1].flush()


def test_a_price_that_is_not_the_lists_is_named_and_taken_back(
    show_money: ShowMoney, workspace: Workspace, made: Made, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    assert not view.notes.isVisible()
    feed, _ = lines(workspace.store, made.proposal)
    workspace.run(EditRecord("proposal_line", feed.id, {"price": "9000"}))
    assert "乳猪宝" in view.notes.told.text()
    assert "9,160.00" in view.notes.told.text()
    qtbot.mouseClick(view.notes.take, Qt.MouseButton.LeftButton)
    assert lines(workspace.store, made.proposal)[0].price == "9160"
    assert not view.notes.isVisible()


def test_another_currency_asks_about_the_figures(
    show_money: ShowMoney, workspace: Workspace, made: Made, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    take_currency(view, "USD")
    assert view.currency.isVisible()
    assert read(workspace, made.proposal).currency == "CNY"
    qtbot.keyClick(view.currency.by_list, Qt.Key.Key_Escape)
    assert not view.currency.isVisible()
    field = view.forms[1].cells["currency"]
    assert field.message() == ""
    assert field.editor.value() == "CNY"
    take_currency(view, "USD")
    qtbot.mouseClick(view.currency.by_list, Qt.MouseButton.LeftButton)
    assert read(workspace, made.proposal).currency == "USD"
    assert [one.price for one in lines(workspace.store, made.proposal)] == ["1300", ""]
    assert "服务" in warnings(view)  # it has no price now
    assert field.editor.value() == "USD"
    view.desk.context.undo()
    assert read(workspace, made.proposal).currency == "CNY"
    take_currency(view, "EUR")
    assert not view.currency.by_list.isVisible()  # the list has nothing in it
    qtbot.mouseClick(view.currency.keep, Qt.MouseButton.LeftButton)
    assert read(workspace, made.proposal).currency == "EUR"
    assert [one.price for one in lines(workspace.store, made.proposal)] == ["9160", "300"]


def test_what_is_no_currency_is_said_below_it(
    show_money: ShowMoney, workspace: Workspace, made: Made
) -> None:
    view = view_of(show_money("proposals"))
    for typed in ("", "钱"):
        take_currency(view, typed)
        assert view.forms[1].cells["currency"].message()
        assert not view.currency.isVisible()
    take_currency(view, "usd")
    assert view.currency.currency == "USD"
    assert read(workspace, made.proposal).currency == "CNY"


def test_without_a_price_the_currency_is_simply_another_one(
    show_money: ShowMoney, workspace: Workspace
) -> None:
    begun = StartProposal({"customer_id": add(workspace, "customer", name="海润牧业")})
    workspace.run(begun)
    view = view_of(show_money("proposals"))
    take_currency(view, "USD")
    assert not view.currency.isVisible()
    assert read(workspace, begun.row_id).currency == "USD"


@pytest.mark.parametrize("typed", ["US$8000", "usd 8000", "€8000"])
def test_a_price_in_another_currency_is_refused(
    show_money: ShowMoney, workspace: Workspace, made: Made, typed: str
) -> None:
    view = view_of(show_money("proposals"))
    feed, _ = lines(workspace.store, made.proposal)
    assert view.lines.sheet.edit_cell(feed.id, "price", typed)
    assert not view.lines.sheet.flush()
    assert "CNY" in view.lines.trouble.text()
    view.lines.paste(f"二号料\t3\t{typed}")
    assert len(lines(workspace.store, made.proposal)) == 2
    assert lines(workspace.store, made.proposal)[0].price == "9160"


def test_a_copy_for_another_customer_leaves_behind_what_was_theirs(
    show_money: ShowMoney, workspace: Workspace, made: Made, qtbot: QtBot
) -> None:
    other = add(workspace, "customer", name="绿源合作社")
    values = {"with_needs": 1, "terms": "款到发货"}
    workspace.run(EditRecord("proposal", made.proposal, values))
    feed, _ = lines(workspace.store, made.proposal)
    workspace.run(EditRecord("proposal_line", feed.id, {"price": "9000"}))
    shown = show_money("proposals")
    view = view_of(shown)
    view.acting.copy_to()
    asked = view.acting.copying
    field = asked.editor("customer_id").target()
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert asked.cells["customer_id"].message()
    field.setText("绿源")
    field.textEdited.emit("绿源")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    _, row_id = shown.opened[-1]
    copied = read(workspace, row_id)
    assert (copied.customer_id, copied.terms) == (other, "款到发货")
    assert (copied.contact_id, copied.with_needs, copied.note) == (None, 0, "")
    assert [one.price for one in lines(workspace.store, row_id)] == ["9000", "300"]
    shown.page.show_record("proposal", row_id)
    assert "乳猪宝" in view.notes.told.text()


def test_a_shipped_text_is_inserted_and_what_is_to_be_filled_in_is_said(
    show_money: ShowMoney, workspace: Workspace, made: Made
) -> None:
    view = view_of(show_money("proposals"))
    view.terms.blocks.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert "【" in read(workspace, made.proposal).delivery
    assert view.desk.words("proposals.unfilled") in warnings(view)


def test_the_opening_is_walked_around_for_its_reader(
    show_money: ShowMoney, workspace: Workspace, made: Made, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    qtbot.wait(350)
    assert not view.walk.isVisible()
    opening = "我们的料全国第一，绝对没有风险。"
    workspace.run(EditRecord("proposal", made.proposal, {"opening": opening}))
    qtbot.waitUntil(lambda: view.walk.isVisible() and bool(view.walk.panel.found.taboos))
    view.acting.finish()
    assert not view.walk.isVisible()


def test_a_limit_that_breaks_is_said_before_it_is_accepted(
    show_money: ShowMoney, workspace: Workspace, made: Made
) -> None:
    workspace.run(EditRecord("customer", made.customer, {"credit_limit": 1_000_000}))
    view = view_of(show_money("proposals"))
    assert "8,620.00" in warnings(view)
    view.acting.finish()
    view.acting.accept()
    assert "8,620.00" in view.acting.accepting.limit.text()
