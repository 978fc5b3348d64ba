"""The five purchase factors on a deal's page, rated by keys and clicks (M24)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldsales.domain.task import Task
from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.deal.factors import FactorEditing, FactorsSection
from fieldsales.screens.funnel.deal_page import DealPage
from fieldsales.services.operations.deals import EditDeal
from fieldsales.store.queries.people import factor_ratings
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.conftest import OpenContext
from tests.screens.customers.conftest import type_text
from tests.screens.funnel.conftest import AddADeal
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import TODAY

LEFT = Qt.MouseButton.LeftButton


class Shown:
    """A page of a deal with hands to rate its factors."""

    def __init__(self, page: DealPage, context: Context, qtbot: QtBot) -> None:
        self.page, self.context, self.qtbot = page, context, qtbot

    @property
    def section(self) -> FactorsSection:
        return self.page.factors

    def open(self, code: str) -> FactorEditing:
        self.qtbot.mouseClick(self.section.line_of(code), LEFT)
        found = self.page.findChild(FactorEditing)
        assert found is not None
        assert found.isVisible()
        return found

    def rate(self, code: str, ours: str, theirs: str) -> None:
        form = self.open(code)
        self.qtbot.keyClicks(form.ours, ours)
        self.qtbot.keyClicks(form.theirs, theirs)
        self.qtbot.mouseClick(self.section.line_of(code), LEFT)

    def ratings(self) -> list[tuple[str, int | None, str, int | None, str]]:
        found = factor_ratings(self.context.store, self.page.deal_id)
        return [(one.factor, one.ours, one.rival, one.theirs, one.evidence) for one in found]

    def tasks(self) -> list[Task]:
        return self.context.store.records(Task, "SELECT * FROM task WHERE trashed_at IS NULL")


@pytest.fixture
def made(qtbot: QtBot, open_context: OpenContext) -> Shown:
    return opened(open_context(), qtbot)


def opened(context: Context, qtbot: QtBot) -> Shown:
    page = DealPage(context)
    context.changed.connect(page.follow)
    qtbot.addWidget(page)
    page.resize(1180, 900)
    page.show()
    qtbot.waitExposed(page)
    return Shown(page, context, qtbot)


def test_ratings_show_where_we_are_behind(made: Shown, add_deal: AddADeal) -> None:
    deal = add_deal("全年用料", competitor="双禾")
    made.page.show_deal(deal)
    assert not made.section.picture.picture.isVisible()
    assert not made.section.make_task.isVisible()
    made.rate("value", "4", "3")
    made.rate("price", "2", "4")
    assert made.ratings() == [("value", 4, "双禾", 3, ""), ("price", 2, "双禾", 4, "")]
    assert made.section.picture.picture.isVisible()
    assert "价格比双禾低 2 分" in made.section.picture.finding.text()
    line = made.section.line_of("price")
    assert line is not None
    assert line.accessibleName().endswith("2 : 4")


def test_the_weakest_becomes_a_task_by_one_click(made: Shown, add_deal: AddADeal) -> None:
    made.page.show_deal(add_deal("全年用料", competitor="双禾"))
    made.rate("trust", "1", "4")
    made.qtbot.mouseClick(made.section.make_task, LEFT)
    [task] = made.tasks()
    assert task.title in made.section.next.text()
    assert task.deal_id == made.page.deal_id
    assert task.due == (TODAY + timedelta(days=7)).isoformat()
    assert not made.section.make_task.isVisible()  # it is one already
    made.context.undo()
    assert made.tasks() == []
    assert made.section.make_task.isVisible()


def test_evidence_is_kept_with_the_rival_it_was_told_of(made: Shown, add_deal: AddADeal) -> None:
    made.page.show_deal(add_deal("全年用料", competitor="双禾、宁川"))
    form = made.open("price")
    made.qtbot.keyClicks(form.ours, "3")
    type_text(form.evidence.line, "双禾的报价单")
    made.qtbot.keyClick(form.evidence.line, Qt.Key.Key_Return)
    made.qtbot.mouseClick(form.rivals, LEFT, pos=form.rivals.rects()[1].center())
    assert form.evidence.line.text() == ""
    assert form.ours.key == "3"  # ours is the same against anybody
    made.qtbot.keyClicks(form.theirs, "5")
    assert made.ratings() == [
        ("price", 3, "双禾", None, "双禾的报价单"),
        ("price", 3, "宁川", 5, ""),
    ]
    assert "比宁川低 2 分" in made.section.picture.finding.text()


def test_what_is_typed_is_saved_when_the_page_turns(made: Shown, add_deal: AddADeal) -> None:
    first, second = add_deal("全年用料"), add_deal("教槽料")
    made.page.show_deal(first)
    form = made.open("need")
    type_text(form.evidence.line, "场长亲口说的")
    made.page.show_deal(second)
    assert made.ratings() == []
    made.page.show_deal(first)
    assert made.ratings() == [("need", None, "", None, "场长亲口说的")]


def test_without_a_rival_it_asks_for_one(made: Shown, add_deal: AddADeal) -> None:
    deal = add_deal("全年用料")
    made.page.show_deal(deal)
    form = made.open("value")
    made.qtbot.mouseClick(form.name_rival, LEFT)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert made.page.terms.isAncestorOf(focused)
    made.context.run(EditDeal("deal", deal, {"competitor": "宁川"}))
    assert form.rivals.key == "宁川"
    assert not form.name_rival.isVisible()


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
def test_no_word_is_cut(
    language: str, qtbot: QtBot, open_context: OpenContext, add_deal: AddADeal
) -> None:
    shown = opened(open_context(language), qtbot)
    shown.page.show_deal(add_deal("全年用料", competitor="双禾、宁川"))
    shown.rate("price", "2", "4")
    shown.open("price")
    wait_until_all_fits(qtbot, shown.page.factors)
