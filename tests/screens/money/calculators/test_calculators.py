"""The calculators of the money tab: worked out while typed, the textbook's figures, copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fieldsales.screens.money.calculators.page import CalculatorsPage
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


def test_a_link_opens_one_and_it_is_there_next_time(show_money: ShowMoney) -> None:
    shown = show_money("calculators")
    shown.screen.show_record("calculator", "discount")
    assert _page(shown).chosen.name == "discount"
    assert shown.context.state.value("calculators/chosen") == "discount"


@pytest.mark.parametrize("lang", ["en", "zh_TW", PSEUDO])
def test_nothing_is_cut_off(show_money: ShowMoney, lang: str) -> None:
    page = _page(show_money("calculators", (1100, 700), lang))
    for name in ("bad_debt", "late_payment", "discount"):
        page.choose(name)
        assert clipped(_settle(page)) == []
