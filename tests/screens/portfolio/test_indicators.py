"""What a user does with the balanced indicators: looks, presses, sets targets, is told what is none."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldsales.reports.portfolio.balanced import Balanced
from fieldsales.reports.portfolio.portrait import Portrait
from fieldsales.screens.portfolio.indicators.page import IndicatorsPage
from fieldsales.services.indicators import board
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, PSEUDO, Words
from tests.screens.portfolio.conftest import Shown, ShowPortfolio
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import Add

Key = Qt.Key


def page_of(shown: Shown) -> IndicatorsPage:
    assert isinstance(shown.page, IndicatorsPage)
    return shown.page


def test_a_figure_pressed_lists_who_holds_it_back(
    show_portfolio: ShowPortfolio, sample: Workspace
) -> None:
    page = page_of(show_portfolio("indicators"))
    page.press("paid_on_time")
    assert "按时回款" in page.behind.title.text()
    assert 0 < page.behind.list.model.rowCount() < 20
    assert page.go_back()
    assert page.behind.list.model.rowCount() > 20


def test_a_large_file_shows_what_is_typed_at_once_and_the_rest_as_it_comes(
    show_portfolio: ShowPortfolio, sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Balanced(sample.store, Words("zh_CN"), {})
    steps: list[Balanced] = []
    drawn = IndicatorsPage._take_portrait

    def take(page: IndicatorsPage, portrait: Portrait) -> None:
        assert isinstance(portrait, Balanced)
        drawn(page, portrait)
        steps.append(portrait)

    monkeypatch.setattr("fieldsales.reports.portfolio.classed._LARGE", 1)
    monkeypatch.setattr(IndicatorsPage, "_take_portrait", take)
    page = page_of(show_portfolio("indicators"))
    first, soon, last = steps
    assert "还差 15 项" in first.finding()
    assert first.now["sales_growth"].target == whole.now["sales_growth"].target
    assert first.behind("").numbers == []
    assert soon.now["win_rate"] == whole.now["win_rate"]
    assert "sales_growth" in soon.board.coming
    assert (last.board.readings, last.finding()) == (whole.board.readings, whole.finding())
    assert list(last.behind("").numbers) == list(whole.behind("").numbers)
    assert last.behind("sales_growth").numbers == whole.behind("sales_growth").numbers
    # what changes later leaves what is known in front until it is found out again
    steps.clear()
    page.set.click()
    page.form.targets["sales_growth"].setText("77")
    page.form.submit()
    assert not any(one.is_coming for one in steps)
    assert steps[0].now["sales_growth"].target == 77
    assert steps[0].behind("").numbers


def test_a_review_pressed_leads_to_the_reviews(
    show_portfolio: ShowPortfolio, sample: Workspace
) -> None:
    shown = show_portfolio("indicators")
    page_of(shown).press("reviews_held")
    assert shown.opened == [("portfolio", "review")]


def test_targets_are_typed_kept_drawn_and_undone(
    show_portfolio: ShowPortfolio, workspace: Workspace, add: Add
) -> None:
    add("sale", customer_id=add("customer", name="海润"), dated="2026-10-01", amount=900_00)
    page = page_of(show_portfolio("indicators"))
    page.set.click()
    form = page.form
    assert form.targets["sales_growth"].hasFocus()
    QTest.keyClick(form.targets["sales_growth"], Key.Key_Down)
    QTest.keyClick(form.targets["profit_growth"], Key.Key_Down)
    QTest.keyClick(form.targets["selling_cost"], Key.Key_Up)
    assert form.targets["profit_growth"].hasFocus()
    assert not form.actuals["customers_won"].isVisible()  # the records tell
    form.targets["customers_won"].setText("３")
    form.targets["turnover"].setText("8%")
    form.actuals["turnover"].setText("11.1")
    QTest.keyClick(form.actuals["turnover"], Key.Key_Return)
    assert not form.isVisible()
    now = board(workspace.store).now
    assert (now["customers_won"].target, now["customers_won"].actual) == (3, 1)
    assert page.portrait is not None
    assert "新成交客户" in page.portrait.finding()
    workspace.undo()
    assert board(workspace.store).now["turnover"].target is None


def test_what_is_no_figure_is_said_where_it_stands(
    show_portfolio: ShowPortfolio, sample: Workspace
) -> None:
    page = page_of(show_portfolio("indicators"))
    page.press("turnover")  # nobody stands behind it: it is typed
    form = page.form
    assert form.actuals["turnover"].hasFocus()
    form.actuals["turnover"].setText("一半")
    form.submit()
    assert "人员流失率" in form.wrong.text()
    assert "一半" in form.wrong.text()
    assert form.actuals["turnover"].hasFocus()
    form.actuals["turnover"].setText("")
    form.targets["satisfaction"].setText("7")
    form.submit()
    assert form.targets["satisfaction"].hasFocus()
    assert board(sample.store).now["satisfaction"].target == 4
    QTest.keyClick(form.targets["satisfaction"], Key.Key_Escape)
    assert not form.isVisible()


def test_a_new_quarter_takes_over_the_targets_of_the_last(
    show_portfolio: ShowPortfolio, sample: Workspace
) -> None:
    page = page_of(show_portfolio("indicators"))
    page.set.click()
    form = page.form
    form.targets["sales_growth"].setText("")
    form.targets["bad_debts"].setText("0.1")
    form.same.click()
    assert form.targets["sales_growth"].text() == "8"
    assert form.targets["bad_debts"].text() == "0.1"


def test_looking_back_shows_that_quarter(show_portfolio: ShowPortfolio, sample: Workspace) -> None:
    shown = show_portfolio("indicators")
    page = page_of(shown)
    page.set.click()
    page.options["quarter"].choose("last_quarter")
    assert not page.form.isVisible()
    assert isinstance(page.portrait, Balanced)
    assert page.portrait.board.quarter == board(sample.store, 1).quarter
    page.paper.click()
    assert shown.opened == [("paper", "indicators:last_quarter")]


@pytest.mark.parametrize("lang", [*LANGUAGES, PSEUDO])
def test_nothing_is_cut_off(
    qtbot: QtBot, show_portfolio: ShowPortfolio, sample: Workspace, lang: str
) -> None:
    shown = show_portfolio("indicators", (1180, 640), lang)
    page_of(shown).set.click()
    wait_until_all_fits(qtbot, shown.screen)
