"""The calculators of the money tab: worked out while typed, the textbook's figures, copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fieldsales.domain.money.proposal import Proposal
from fieldsales.domain.visit import Visit
from fieldsales.methods.calculators.rules import CALCULATIONS
from fieldsales.screens.money.calculators.page import CalculatorsPage
from fieldsales.services.operations.proposals import (
    AddProposalLine,
    MakeProposalFinal,
    StartProposal,
)
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.visits import PlanVisit
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.lines import Line
from fieldsales.words import PSEUDO
from tests.screens.money.conftest import ShowMoney, Shown
from tests.widgets.clip_check import clipped


def _page(shown: Shown) -> CalculatorsPage:
    assert isinstance(shown.page, CalculatorsPage)
    return shown.page


def _settle(page: QWidget) -> QWidget:
    for _ in range(4):
        QApplication.processEvents()
    return page


def _type(page: CalculatorsPage, part: str, text: str) -> None:
    target = page.cells[page.chosen.name, part].editor.target()
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(target, text)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("bad_debt", ["多卖 25,000", "多卖 12,000", "多卖 25,000", "多卖 41,667"]),
        ("late_payment", ["24.0 个月", "8.0 个月", "4.8 个月", "2.4 个月"]),
        ("discount", ["销量 +25.0%", "销量 +66.7%", "销量 +25.0%", "销量 -25.0%"]),
        ("losing", ["丢掉 367,050", "丢掉 465,105", "丢掉 85,000"]),
    ],
)
def test_the_textbook_stands_below_and_can_be_taken(
    show_money: ShowMoney, name: str, told: list[str]
) -> None:
    page = _page(show_money("calculators"))
    page.kinds.choose(name)
    _settle(page)
    lines = [one for one in page.findChildren(Line) if one.isVisible()]
    assert [line.face.aside for line in lines] == told
    QTest.keyClick(lines[-1], Qt.Key.Key_Return)
    assert page.answer.text() == told[-1]


def test_what_is_typed_is_worked_out_at_once_and_copied(show_money: ShowMoney) -> None:
    shown = show_money("calculators")
    page = _page(shown)
    page.choose("bad_debt")
    _type(page, "loss", "1000")
    _type(page, "margin", "4%")
    assert page.answer.text() == "多卖 25,000"
    page.copy.click()
    assert (
        QGuiApplication.clipboard().text()
        == "1,000 收不回来，净利率 4%，要多卖 25,000 才补得回来。"
    )
    picture = page.picture.picture
    assert picture.accessibleName().startswith("1,000 收不回来")


def test_what_makes_no_sense_is_said_below_its_field(show_money: ShowMoney) -> None:
    page = _page(show_money("calculators"))
    page.choose("discount")
    _type(page, "discount", "25")
    assert "吃掉全部毛利" in page.cells["discount", "discount"].message()
    assert not page.answer.isVisible()
    _type(page, "discount", "-10")
    assert page.cells["discount", "discount"].message() == ""
    assert "少卖" in page.picture.finding.text()
    _type(page, "margin", "abc")
    assert page.cells["discount", "margin"].message()
    _type(page, "margin", "")
    page.copy_text()
    assert not page.picture.isVisible()


def test_the_two_numbers_are_kept_for_receivables(
    show_money: ShowMoney, workspace: Workspace
) -> None:
    page = _page(show_money("calculators"))
    page.choose("late_payment")
    _type(page, "margin", "10")
    _type(page, "rate", "7.5")
    page.usual.click()
    store = workspace.store
    assert (setting(store, "money.margin"), setting(store, "money.rate")) == ("10", "7.5")


def test_losing_a_customer_is_worked_out_while_typed(show_money: ShowMoney) -> None:
    page = _page(show_money("calculators"))
    page.choose("losing")
    for part, text in (("yearly", "100000"), ("retention", "50"), ("years", "2")):
        _type(page, part, text)
    assert page.answer.text() == "丢掉 85,000"
    _type(page, "years", "2.5")
    assert "不是整数" in page.cells["losing", "years"].message()
    _type(page, "years", "51")
    assert "50" in page.cells["losing", "years"].message()
    assert not page.into.isVisible()


def _put(page: CalculatorsPage, asked: str) -> None:
    page.into.ask.click()
    line = page.into.line
    QTest.keyClicks(line, asked)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_the_sentence_goes_into_a_visit_to_come_and_can_be_taken_back(
    show_money: ShowMoney, workspace: Workspace
) -> None:
    customer = AddRecord("customer", {"name": "海润牧业"})
    workspace.run(customer)
    visit = PlanVisit(
        customer.row_id, {"starts_at": workspace.store.clock.stamp(), "note": "带样品"}
    )
    workspace.run(visit)
    shown = show_money("calculators")
    page = _page(shown)
    page.choose("late_payment")
    _put(page, "hairun")
    said = "净利率 10%，资金年成本 5%：拖 24.0 个月，这一单就白做了。"

    def note() -> str:
        found = workspace.store.record(Visit, visit.row_id)
        assert found is not None
        return found.note

    assert note() == f"带样品\n{said}"
    assert shown.told[-1].text == "已写进拜访的备注"
    assert page.into.ask.isVisible()
    shown.told[-1].act()  # type: ignore[misc]
    assert note() == "带样品"


def test_the_sentence_goes_into_our_notes_of_a_proposal_that_went_out(
    show_money: ShowMoney, workspace: Workspace
) -> None:
    customer = AddRecord("customer", {"name": "海润牧业"})
    workspace.run(customer)
    begun = StartProposal({"customer_id": customer.row_id, "title": "全年用料"})
    workspace.run(begun)
    line = {"product_name": "保育康", "quantity": "1", "price": "4780"}
    workspace.run(AddProposalLine(begun.row_id, line))
    workspace.run(MakeProposalFinal(begun.row_id, "Q-1"))
    page = _page(show_money("calculators"))
    page.choose("bad_debt")
    _put(page, "hr")
    found = workspace.store.record(Proposal, begun.row_id)
    assert found is not None
    assert found.note == "500 收不回来，净利率 2%，要多卖 25,000 才补得回来。"


def test_a_link_opens_one_and_it_is_there_next_time(show_money: ShowMoney) -> None:
    shown = show_money("calculators")
    shown.screen.show_record("calculator", "discount")
    assert _page(shown).chosen.name == "discount"
    assert shown.context.state.value("calculators/chosen") == "discount"


@pytest.mark.parametrize("lang", ["en", "zh_TW", PSEUDO])
def test_nothing_is_cut_off(show_money: ShowMoney, lang: str) -> None:
    page = _page(show_money("calculators", (1100, 700), lang))
    for name in CALCULATIONS:
        page.choose(name)
        assert clipped(_settle(page)) == []
