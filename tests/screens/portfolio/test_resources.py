"""What a user does with the planned shares: changes them, is told what does not add up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldsales.domain.classes.resources import Plan
from fieldsales.screens.portfolio.resources.page import ResourcesPage
from fieldsales.services.resource_plan import plan
from fieldsales.services.workspace import Workspace
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.portfolio.conftest import Shown, ShowPortfolio
from tests.widgets.clip_check import wait_until_all_fits

Key = Qt.Key


def page_of(shown: Shown) -> ResourcesPage:
    assert isinstance(shown.page, ResourcesPage)
    return shown.page


def test_a_column_that_does_not_add_up_is_refused_in_words(
    show_portfolio: ShowPortfolio, sample: Workspace
) -> None:
    page = page_of(show_portfolio("resources"))
    page.change.click()
    page.form.lines["money", "attack"].setText("70")
    QTest.keyClick(page.form.lines["money", "attack"], Key.Key_Return)
    assert "钱" in page.form.wrong.text()
    assert "130%" in page.form.wrong.text()
    assert plan(sample.store) == Plan()
    page.form.lines["money", "attack"].setText("一半")
    page.form.submit()
    assert "一半" in page.form.wrong.text()


def test_a_plan_is_kept_shown_and_undone(show_portfolio: ShowPortfolio, sample: Workspace) -> None:
    page = page_of(show_portfolio("resources"))
    page.options["span"].choose("year")
    page.change.click()
    page.form.lines["time", "attack"].setText("60")
    page.form.lines["time", "defend"].setText("20")
    QTest.keyClick(page.form.lines["time", "defend"], Key.Key_Return)
    assert not page.form.isVisible()
    assert plan(sample.store).column("time") == {"attack": 60, "defend": 20, "maintain": 20}
    assert page.portrait is not None
    assert "60 %" in page.portrait.tips()["time:attack"]
    sample.undo()
    assert plan(sample.store) == Plan()


def test_esc_leaves_the_plan(show_portfolio: ShowPortfolio, sample: Workspace) -> None:
    page = page_of(show_portfolio("resources"))
    page.change.click()
    QTest.keyClick(page.form.lines["time", "attack"], Key.Key_Escape)
    assert not page.form.isVisible()


@pytest.mark.parametrize("lang", [*LANGUAGES, PSEUDO])
def test_nothing_is_cut_off(
    qtbot: QtBot, show_portfolio: ShowPortfolio, sample: Workspace, lang: str
) -> None:
    shown = show_portfolio("resources", (1180, 640), lang)
    page_of(shown).change.click()
    wait_until_all_fits(qtbot, shown.screen)
