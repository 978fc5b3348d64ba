"""A proposal is written, by what a user does there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.money.proposal import Proposal, ProposalLine
from fieldsales.screens.money.proposals.page import ProposalsPage
from fieldsales.screens.money.proposals.view import ProposalView
from fieldsales.services.operations.proposals import AddProposalLines, StartProposal
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.proposals import instalments, lines, text_blocks
from tests.screens.money.conftest import ShowMoney, Shown
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import add


@dataclass
class Made:
    """A customer with a limit, a product with its price, and an empty proposal."""

    customer: str
    product: str
    proposal: str


@pytest.fixture
def made(workspace: Workspace) -> Made:
    customer = add(workspace, "customer", name="海润牧业", credit_limit=1_000_00)
    product = add(workspace, "product", name="育肥料", code="YF-2", unit="吨")
    add(
        workspace, "price", product_id=product, amount=3_270_00, currency="CNY", tax_percent=9,
        cost=2_500_00, minimum=2_900_00,
    )  # fmt: skip
    begun = StartProposal({"customer_id": customer, "title": "秋季用料", "currency": "CNY"})
    workspace.run(begun)
    return Made(customer, product, begun.row_id)


def view_of(shown: Shown) -> ProposalView:
    assert isinstance(shown.page, ProposalsPage)
    return shown.page.view


def of(workspace: Workspace, made: Made) -> list[ProposalLine]:
    return lines(workspace.store, made.proposal)


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def say(line: QLineEdit, text: str) -> None:
    """Typed by an input method: the key clicks of tests know no Chinese."""
    line.insert(text)
    line.textEdited.emit(line.text())


def test_a_product_by_its_pinyin_fills_the_line_and_enter_goes_on(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    view.lines.begin()
    qtbot.keyClicks(view.lines.entry, "yfl")
    qtbot.keyClick(view.lines.entry, Qt.Key.Key_Return)
    (line,) = of(workspace, made)
    assert (line.product_name, line.unit, line.price, line.tax_percent) == (
        "育肥料", "吨", "3270", "9",
    )  # fmt: skip
    assert (line.cost, line.minimum, line.quantity) == ("2500", "2900", "1")
    cell = view.lines.sheet.line
    assert cell is not None
    qtbot.keyClicks(cell, "12")  # in place of the 1
    assert "39,240.00" in view.sums.total.text()  # before it is saved
    assert "叁万玖仟贰佰肆拾元整" in view.sums.capital.text()
    for _ in range(5):
        cell = view.lines.sheet.line
        assert cell is not None
        qtbot.keyClick(cell, Qt.Key.Key_Return)
    assert of(workspace, made)[0].quantity == "12"
    assert focused() is view.lines.entry


def test_what_was_typed_without_a_product_is_a_line_too(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    view.lines.begin()
    say(view.lines.entry, "上门安装")
    qtbot.keyClick(view.lines.entry, Qt.Key.Key_Return)
    assert [line.product_name for line in of(workspace, made)] == ["上门安装"]


def lines_made(workspace: Workspace, made: Made) -> list[str]:
    rows = [
        {"product_name": "一号料", "quantity": "2", "price": "100"},
        {"product_name": "二号料", "quantity": "1", "price": "50"},
        {"product_name": "三号料", "quantity": "4", "price": "10"},
    ]
    workspace.run(AddProposalLines(made.proposal, tuple(rows)))
    return [line.id for line in of(workspace, made)]


@pytest.mark.parametrize(
    ("typed", "kind", "value", "total"),
    [
        ("5%", "percent", "5", "280.00"),
        ("¥30", "amount", "30", "260.00"),
        ("9折", "percent", "10", "270.00"),
        ("95折", "percent", "5", "280.00"),
        ("10", "percent", "10", "270.00"),
    ],
)
def test_a_discount_as_people_write_it(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot,
    typed: str, kind: str, value: str, total: str,
) -> None:  # fmt: skip
    first = lines_made(workspace, made)[0]
    view = view_of(show_money("proposals"))
    assert view.lines.sheet.edit_cell(first, "discount", "")
    cell = view.lines.sheet.line
    assert cell is not None
    say(cell, typed)
    qtbot.keyClick(cell, Qt.Key.Key_Tab)
    line = of(workspace, made)[0]
    assert (line.discount_kind, line.discount) == (kind, value)
    assert total in view.sums.total.text() or kind == "percent"


def test_what_makes_no_sense_is_said_and_not_kept(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    first = lines_made(workspace, made)[0]
    view = view_of(show_money("proposals"))
    for key, typed in (("quantity", "0"), ("quantity", "很多"), ("discount", "120%")):
        assert view.lines.sheet.edit_cell(first, key, typed)
        cell = view.lines.sheet.line
        assert cell is not None
        qtbot.keyClick(cell, Qt.Key.Key_Return)
        assert view.lines.sheet.line is cell  # still open
        assert view.lines.trouble.isVisible()
        qtbot.keyClick(cell, Qt.Key.Key_Escape)
        assert not view.lines.trouble.isVisible()
    line = of(workspace, made)[0]
    assert (line.quantity, line.discount) == ("2", "")


def test_lines_are_ordered_and_removed_by_keys_and_come_back(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    ids = lines_made(workspace, made)
    view = view_of(show_money("proposals"))
    view.lines.sheet.choose(ids[0])
    qtbot.keyClick(view.lines.sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [line.id for line in of(workspace, made)] == [ids[1], ids[0], ids[2]]
    assert view.lines.sheet.current() == ids[0]
    qtbot.keyClick(view.lines.sheet, Qt.Key.Key_Delete)
    assert [line.id for line in of(workspace, made)] == [ids[1], ids[2]]
    view.desk.context.undo()
    assert [line.id for line in of(workspace, made)] == [ids[1], ids[0], ids[2]]


def test_rows_of_a_spreadsheet_become_lines(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    view.lines.begin()
    QGuiApplication.clipboard().setText(
        "产品\t数量\t单位\t单价\n猪场\n育肥料\t3\n送货\t1\t次\t1,200.50\t5%\n"
    )
    qtbot.keyClick(view.lines.entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    heading, feed, freight = of(workspace, made)
    assert (heading.kind, heading.text) == ("heading", "猪场")
    assert (feed.product_id, feed.quantity, feed.price) == (made.product, "3", "3270")
    assert (freight.product_name, freight.unit, freight.price) == ("送货", "次", "1200.5")
    assert freight.discount == "5"


def test_headings_and_subtotals_sum_what_belongs_to_them(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    lines_made(workspace, made)
    view = view_of(show_money("proposals"))
    view.lines.add_kind("subtotal")
    cell = view.lines.sheet.line
    assert cell is not None
    qtbot.keyClick(cell, Qt.Key.Key_Escape)
    model = view.lines.sheet.sheet
    last = model.index(model.rowCount() - 1, model.columnCount() - 1)
    assert last.data() == "¥290.00"


def test_only_we_see_margin_limit_and_lowest_prices(
    show_money: ShowMoney, made: Made, workspace: Workspace
) -> None:
    row = {"product_id": made.product, "quantity": "2", "discount": "10"}
    workspace.run(AddProposalLines(made.proposal, (row,)))
    view = view_of(show_money("proposals"))
    assert "400.00" in view.sums.margin.text()  # 2 × (3 270 × 0.9 ÷ 1.09 − 2 500)
    said = " ".join(said.text() for line, said in view.sums.warnings if line.isVisible())
    assert "育肥料" in said
    assert "1,000.00" in said  # the limit


def test_instalments_of_a_usual_split_and_one_more(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    lines_made(workspace, made)
    view = view_of(show_money("proposals"))
    action = next(one for one in view.parts.usual.menu().actions() if one.data() == "three")
    action.trigger()
    assert [one.share for one in instalments(workspace.store, made.proposal)] == ["30", "60", ""]
    model = view.parts.sheet.sheet
    amounts = [model.index(at, 3).data() for at in range(3)]
    assert amounts == ["¥87.00", "¥174.00", "¥29.00"]
    second = instalments(workspace.store, made.proposal)[1]
    assert view.parts.sheet.edit_cell(second.id, "due", "12-31")
    cell = view.parts.sheet.line
    assert cell is not None
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    changed = instalments(workspace.store, made.proposal)[1]
    assert changed.due == "day"
    assert (changed.due_on or "").endswith("12-31")
    assert view.parts.sheet.edit_cell(second.id, "share", "90%")
    cell = view.parts.sheet.line
    assert cell is not None
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    assert view.parts.trouble.isVisible()  # 30 + 90 are more than there is


def test_a_colour_of_ones_own_or_of_those_offered(
    show_money: ShowMoney, workspace: Workspace, made: Made
) -> None:
    shown = show_money("proposals")
    shown.screen.show_record("proposal", made.proposal)
    form = view_of(shown).forms[1]
    line = form.cells["accent"].editor.target()
    assert isinstance(line, QLineEdit)

    def kept(typed: str) -> str:
        line.clear()
        say(line, typed)
        form.flush()
        found = workspace.store.record(Proposal, made.proposal)
        assert found is not None
        return found.accent

    assert kept("酒红") == "wine"
    assert kept("#1f3a68") == "#1f3a68"
    assert kept("大红") == "#1f3a68"
    assert "#1F3A68" in form.cells["accent"].message()


def test_lines_are_grouped_inserted_and_made_optional_by_keys(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    rows = ({"product_name": "一号料", "price": "1"}, {"product_name": "二号料", "price": "2"})
    workspace.run(AddProposalLines(made.proposal, rows))
    view = view_of(show_money("proposals"))
    view.lines.focus_first()
    sheet, control = view.lines.sheet, Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(sheet, Qt.Key.Key_E, control)
    assert [line.role for line in lines(workspace.store, made.proposal)] == ["optional", "counted"]
    qtbot.keyClick(sheet, Qt.Key.Key_E, control)
    qtbot.keyClick(sheet, Qt.Key.Key_E, control)
    assert lines(workspace.store, made.proposal)[0].role == "counted"
    qtbot.keyClick(sheet, Qt.Key.Key_G, control)
    cell = sheet.line
    assert cell is not None
    cell.setText("保育段")
    qtbot.keyClick(cell, Qt.Key.Key_Escape)
    assert [line.kind for line in lines(workspace.store, made.proposal)] == [
        "heading", "item", "item",
    ]  # fmt: skip
    sheet.choose(lines(workspace.store, made.proposal)[1].id)
    qtbot.keyClick(sheet, Qt.Key.Key_Insert)
    assert sheet.line is not None
    sheet.line.setText("三号料")
    qtbot.keyClick(sheet.line, Qt.Key.Key_Return)
    names = [line.product_name for line in lines(workspace.store, made.proposal)]
    assert names == ["", "一号料", "三号料", "二号料"]


def test_a_text_is_kept_and_used_again(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    view = view_of(show_money("proposals"))
    view.terms.form.focus("terms")
    field = focused()
    assert isinstance(field, QPlainTextEdit)
    field.insertPlainText("货到 30 天内付款。")
    view.flush()
    view.terms.blocks.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    keep = view.desk.words("proposals.keep_block", kind="条款")
    next(action for action in menu.actions() if action.text() == keep).trigger()
    menu.close()
    (block,) = text_blocks(workspace.store)
    assert (block.kind, block.text) == ("terms", "货到 30 天内付款。")


def test_an_empty_file_offers_the_first_and_ctrl_n_makes_one_for_a_customer(
    show_money: ShowMoney, workspace: Workspace, qtbot: QtBot
) -> None:
    customer = add(workspace, "customer", name="绿源合作社")
    shown = show_money("proposals")
    page = shown.page
    assert isinstance(page, ProposalsPage)
    assert page.stack.currentWidget() is page.empty
    shown.screen.new_record()
    page.newcomer.whom.choose("customer")
    field = page.newcomer.cells["customer_id"].editor.target()
    assert isinstance(field, QLineEdit)
    field.setFocus()
    say(field, "绿源")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(page.newcomer, Qt.Key.Key_Return)
    (found,) = workspace.store.records(Proposal, "SELECT * FROM proposal", [])
    assert (found.customer_id, found.title) == (customer, "绿源合作社")
    assert focused() is page.view.lines.entry


def test_one_begun_from_a_product_has_it_in(
    show_money: ShowMoney, made: Made, workspace: Workspace
) -> None:
    shown = show_money("proposals")
    page = shown.page
    assert isinstance(page, ProposalsPage)
    page.show_record("proposal", f"new:product:{made.product}")
    assert "育肥料" in page.newcomer.product.text()
    page.newcomer.whom.choose("customer")
    page.newcomer.cells["customer_id"].editor.set_value(made.customer)
    page.newcomer.submit()
    (line,) = lines(workspace.store, page.view.desk.proposal_id)
    assert (line.product_id, line.price) == (made.product, "3270")


def test_another_product_takes_the_place_of_one(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    first = lines_made(workspace, made)[0]
    view = view_of(show_money("proposals"))
    assert view.lines.sheet.edit_cell(first, "name", "")
    cell = view.lines.sheet.line
    assert cell is not None
    qtbot.keyClicks(cell, "yfl")
    assert cell.suggestions.isVisible()
    qtbot.keyClick(cell, Qt.Key.Key_Return)
    line = of(workspace, made)[0]
    assert (line.product_id, line.product_name, line.price) == (made.product, "育肥料", "3270")
    assert line.quantity == "2"  # what was agreed stays


def test_lines_are_dropped_at_another_place(
    show_money: ShowMoney, made: Made, workspace: Workspace, qtbot: QtBot
) -> None:
    ids = lines_made(workspace, made)
    sheet = view_of(show_money("proposals")).lines.sheet
    sheet.choose(ids[0])
    below = sheet.visualRect(sheet.model().index(2, 0)).bottomLeft()
    data = sheet.model().mimeData([sheet.model().index(0, 0)])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    sheet.dropEvent(QDropEvent(QPointF(below), Qt.DropAction.MoveAction, data, buttons, keys))
    assert [line.id for line in of(workspace, made)] == [ids[1], ids[2], ids[0]]


@pytest.mark.parametrize("lang", ["zh_CN", "zh_TW", "en"])
def test_the_sample_stands_in_its_room(
    show_money: ShowMoney, workspace: Workspace, qtbot: QtBot, lang: str
) -> None:
    workspace.run(LoadSample())
    shown = show_money("proposals", (1290, 700), lang)
    page = shown.page
    assert isinstance(page, ProposalsPage)
    for row in page.list.shown():
        page.show_record("proposal", row.proposal.id)
        wait_until_all_fits(qtbot, page)
