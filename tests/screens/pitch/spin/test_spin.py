"""SPIN sheets by what a user does: questions planned, asked, answered, and gaps mended."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.domain.need import Need
from fieldsales.domain.visit import VisitItem
from fieldsales.screens.pitch.spin.page import SpinPage
from fieldsales.screens.spin_questions import KindSection, QuestionRow
from fieldsales.services.library import library
from fieldsales.services.operations.conversation import PlanQuestion
from fieldsales.services.operations.records import RestoreRecords, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.worksheets import worksheets
from fieldsales.words import PSEUDO
from tests.screens.pitch.conftest import Shown, ShowPitch
from tests.screens.visit.conftest import at, say
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import Add

Key, Alt, Ctrl = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业", industry="pig_farm")


@pytest.fixture
def deal(add: Add, customer: str) -> str:
    return add("deal", title="断奶料年单", stage="needs", customer_id=customer)


@pytest.fixture
def visit(add: Add, customer: str, deal: str) -> str:
    return add("visit", customer_id=customer, deal_id=deal, starts_at=at(1))


def _page(shown: Shown) -> SpinPage:
    page = shown.page
    assert isinstance(page, SpinPage)
    return page


def _plan(workspace: Workspace, deal: str, text: str, code: str = "problem") -> str:
    operation = PlanQuestion(deal, text, code)
    workspace.run(operation)
    return operation.row_id


def _item(workspace: Workspace, row_id: str) -> VisitItem:
    found = workspace.store.record(VisitItem, row_id)
    assert found is not None
    return found


def _needs(workspace: Workspace) -> list[Need]:
    return workspace.store.records(Need, "SELECT * FROM need WHERE trashed_at IS NULL")


def _row(section: KindSection, row_id: str) -> QuestionRow:
    return cast("QuestionRow", section.rows.row(row_id))


def _planned(page: SpinPage, kind: str) -> list[str]:
    return [item.text for item in page.sheet.desk.items_of(kind)]


def _texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_questions_come_from_the_bank_of_the_industry_or_from_oneself(
    show_pitch: ShowPitch, workspace: Workspace, deal: str
) -> None:
    page = _page(show_pitch("spin"))
    assert page.sheet.key == f"deal:{deal}"
    section = page.sheet.kinds["problem"]
    first = section.bank.keys()[0]
    assert "pig_farm" in library("zh_CN").questions[first].industries
    section.bank.press(first)
    section.line.setFocus()
    say("断奶头三天怎么喂？")
    QTest.keyClick(section.line, Key.Key_Return)
    assert _planned(page, "problem") == [
        library("zh_CN").questions[first].text,
        "断奶头三天怎么喂？",
    ]
    assert first not in {question.code for question in page.sheet.desk.bank("problem")}
    page.context.undo()
    assert len(_planned(page, "problem")) == 1


def test_the_bank_is_searched_by_pinyin(show_pitch: ShowPitch, deal: str) -> None:
    page = _page(show_pitch("spin"))
    found = page.sheet.desk.found("problem", "lx")
    assert found
    assert all(question.kind == "problem" for question in found)
    assert page.sheet.desk.found("problem", "zzzzzz") == []


def test_a_question_too_long_is_told_of_and_not_lost(
    show_pitch: ShowPitch, workspace: Workspace, deal: str
) -> None:
    shown = show_pitch("spin")
    page = _page(shown)
    line = page.sheet.kinds["payoff"].line
    line.setFocus()
    line.setText("好" * 501)
    QTest.keyClick(line, Key.Key_Return)
    assert len(line.text()) == 501
    assert shown.told
    assert _planned(page, "payoff") == []


def test_an_answer_becomes_a_need_by_one_key(
    show_pitch: ShowPitch, workspace: Workspace, deal: str, customer: str
) -> None:
    row_id = _plan(workspace, deal, "拉稀多不多？")
    page = _page(show_pitch("spin"))
    row = _row(page.sheet.kinds["problem"], row_id)
    row.answer.setFocus()
    say("上个月拉了一个礼拜")
    QTest.keyClick(row.reply.text, Key.Key_I, Ctrl)
    [need] = _needs(workspace)
    assert (need.text, need.statement) == ("上个月拉了一个礼拜", "implied")
    assert (need.customer_id, need.deal_id) == (customer, deal)
    item = _item(workspace, row_id)
    assert (item.answer, item.done, item.need_id) == ("上个月拉了一个礼拜", 1, need.id)
    assert page.sheet.desk.flow.implied == 1
    QTest.keyClick(row.reply.text, Key.Key_E, Ctrl)
    [need] = _needs(workspace)
    assert need.statement == "explicit"
    assert page.sheet.needs.lines[0].face.title == "上个月拉了一个礼拜"


def test_without_an_answer_the_key_asks_for_one(
    show_pitch: ShowPitch, workspace: Workspace, deal: str
) -> None:
    row_id = _plan(workspace, deal, "拉稀多不多？")
    row = _row(_page(show_pitch("spin")).sheet.kinds["problem"], row_id)
    row.text.setFocus()
    QTest.keyClick(row.question.text, Key.Key_E, Ctrl)
    assert _needs(workspace) == []
    assert QApplication.focusWidget() is row.reply.text


def test_an_answer_longer_than_a_need_stays_whole_and_says_so(
    show_pitch: ShowPitch, workspace: Workspace, deal: str
) -> None:
    row_id = _plan(workspace, deal, "怎么回事？")
    shown = show_pitch("spin")
    row = _row(_page(shown).sheet.kinds["problem"], row_id)
    row.answer.setFocus()
    say("长" * 700)
    QTest.keyClick(row.reply.text, Key.Key_I, Ctrl)
    assert len(_needs(workspace)[0].text) == 500
    assert len(_item(workspace, row_id).answer) == 700
    assert "500" in shown.told[-1].text


def test_a_tick_says_it_was_asked_and_the_cursor_goes_to_the_answer(
    show_pitch: ShowPitch, workspace: Workspace, deal: str
) -> None:
    row_id = _plan(workspace, deal, "谁说了算？", "situation")
    page = _page(show_pitch("spin"))
    row = _row(page.sheet.kinds["situation"], row_id)
    row.tick.click()
    assert _item(workspace, row_id).done == 1
    assert QApplication.focusWidget() is row.reply.text
    assert page.sheet.desk.flow.totals["situation"].asked == 1


def test_questions_are_put_into_order_by_keys(
    show_pitch: ShowPitch, workspace: Workspace, deal: str, visit: str, add: Add
) -> None:
    for text in ("甲", "乙"):
        _plan(workspace, deal, text)
        _plan(workspace, deal, f"背景{text}", "situation")
        add("visit_item", visit_id=visit, kind="question", code="problem", text=text)
    page = _page(show_pitch("spin"))
    page.show_record("spin", f"deal:{deal}")
    mine = [item for item in page.sheet.desk.items_of("problem") if item.deal_id]
    QTest.keyClick(_row(page.sheet.kinds["problem"], mine[1].id).question.text, Key.Key_Up, Alt)
    texts = [item.text for item in page.sheet.desk.items_of("problem") if item.deal_id]
    assert texts == ["乙", "甲"]
    assert _planned(page, "situation") == ["背景甲", "背景乙"]
    page.show_record("spin", f"visit:{visit}")
    first = page.sheet.desk.items_of("problem")[0]
    QTest.keyClick(_row(page.sheet.kinds["problem"], first.id).question.text, Key.Key_Down, Alt)
    assert _planned(page, "problem") == ["乙", "甲"]


def test_what_is_planned_for_the_deal_goes_to_its_next_visit(
    show_pitch: ShowPitch, workspace: Workspace, deal: str, visit: str
) -> None:
    row_id = _plan(workspace, deal, "拉稀多不多？")
    page = _page(show_pitch("spin"))
    page.show_record("spin", f"deal:{deal}")
    take = page.sheet.head.take
    assert "1 个问题" in take.text()
    take.click()
    assert _item(workspace, row_id).visit_id == visit
    assert not take.isVisible()
    assert _planned(page, "problem") == ["拉稀多不多？"]  # the deal's sheet shows it all the same


def test_a_gap_leads_to_what_mends_it(
    show_pitch: ShowPitch, workspace: Workspace, deal: str, customer: str, add: Add
) -> None:
    add("need", customer_id=customer, deal_id=deal, text="拉稀要减半", statement="explicit")
    row_id = _plan(workspace, deal, "拉稀多不多？")
    shown = show_pitch("spin")
    page = _page(shown)
    _row(page.sheet.kinds["problem"], row_id).tick.click()
    assert "难处没追问后果" in page.sheet.picture.picture.accessibleName()
    page.sheet.picture.clicked.emit("gap:no_implication")
    assert QApplication.focusWidget() is page.sheet.kinds["implication"].line
    assert page.sheet.kinds["implication"].bank.keys()
    for link in page.sheet.gaps.findChildren(QPushButton):
        if link.text() == "打开话术表，接上利益":
            link.click()
    [sheet] = worksheets(workspace.store)
    assert (sheet.customer_id, sheet.deal_id) == (customer, deal)
    assert shown.opened[-1] == ("worksheet", sheet.id)
    page.sheet.mend("need_without_benefit")
    assert len(worksheets(workspace.store)) == 1  # the same one again


def test_an_advantage_is_not_called_a_benefit(
    show_pitch: ShowPitch, workspace: Workspace, deal: str, customer: str, add: Add
) -> None:
    sheet = add("worksheet", title="话术", customer_id=customer, deal_id=deal)
    wanted = add("need", customer_id=customer, text="拉稀要减半", statement="explicit")
    add("worksheet_row", worksheet_id=sheet, benefit="药费省一半", need_id=wanted)
    add("worksheet_row", worksheet_id=sheet, benefit="夜里会报警")
    page = _page(show_pitch("spin"))
    told = {line.face.title: line.face.subtitle for line in page.sheet.benefits.lines}
    assert told["药费省一半"] == "利益，回应：拉稀要减半"
    assert "只是优点" in told["夜里会报警"]
    assert "只是优点" in page.sheet.picture.picture.accessibleName()


def test_ones_own_question_is_kept_for_the_next_customer(
    show_pitch: ShowPitch, workspace: Workspace, deal: str, add: Add
) -> None:
    row_id = _plan(workspace, deal, "头三天怎么喂？")
    page = _page(show_pitch("spin"))
    row = _row(page.sheet.kinds["problem"], row_id)
    row.text.setFocus()
    QTest.keyClick(row.question.text, Key.Key_B, Ctrl)
    assert _planned(page, "problem") == ["头三天怎么喂？"]
    neighbour = add("customer", name="绿源猪场", industry="pig_farm")
    other = add("deal", title="试单", customer_id=neighbour)
    page.show_record("spin", f"deal:{other}")
    assert page.sheet.desk.bank("problem")[0].text == "头三天怎么喂？"


def test_a_question_of_no_kind_is_sorted_on_the_sheet(
    show_pitch: ShowPitch, workspace: Workspace, deal: str
) -> None:
    row_id = _plan(workspace, deal, "谁签字？", "")
    page = _page(show_pitch("spin"))
    unsorted = page.sheet.kinds[""]
    assert unsorted.isVisible()
    _row(unsorted, row_id).sort("situation")
    assert _planned(page, "situation") == ["谁签字？"]
    assert not unsorted.isVisible()


def test_a_deal_that_goes_while_it_is_open_is_told_of_and_comes_back(
    show_pitch: ShowPitch, workspace: Workspace, deal: str
) -> None:
    _plan(workspace, deal, "拉稀多不多？")
    page = _page(show_pitch("spin"))
    workspace.run(TrashRecords("deal", (deal,)))
    assert page.detail.currentWidget() is page.gone
    workspace.run(RestoreRecords("deal", (deal,)))
    assert page.detail.currentWidget() is page.sheet
    assert _planned(page, "problem") == ["拉稀多不多？"]


def test_the_lists_part_deals_from_visits_and_are_searched(
    show_pitch: ShowPitch, workspace: Workspace, deal: str, visit: str, customer: str, add: Add
) -> None:
    held = add("visit", customer_id=customer, starts_at=at(-3), state="concluded")
    add("visit_item", visit_id=held, kind="question", code="problem", text="怎么样？", done=1)
    page = _page(show_pitch("spin"))
    page.show_record("spin", f"visit:{held}")
    assert page.list.which.key == "held"
    assert page.list.key() == f"visit:{held}"
    page.list.which.choose("coming")
    assert [one.key for one in page.list.shown()] == [f"visit:{visit}"]
    page.list.search.setText("没有这一家")
    page.list.reload()
    assert "没有找到" in _texts(page.list)


def test_an_empty_file_says_where_to_begin(show_pitch: ShowPitch, workspace: Workspace) -> None:
    page = _page(show_pitch("spin"))
    assert "还没有进行中的商机" in _texts(page)
    assert not page.detail.isVisible()
    page.list.which.choose("coming")
    assert "还没有排好的拜访" in _texts(page)


def test_keys_lead_into_the_sheet_and_back(
    show_pitch: ShowPitch, workspace: Workspace, deal: str
) -> None:
    row_id = _plan(workspace, deal, "拉稀多不多？")
    page = _page(show_pitch("spin"))
    page.list.list.focus_list()
    QTest.keyClick(page.list.list.shown, Key.Key_Return)
    row = _row(page.sheet.kinds["problem"], row_id)
    assert QApplication.focusWidget() is row.question.text
    QTest.keyClick(row.question.text, Key.Key_Escape)
    assert QApplication.focusWidget() is page.list.list.shown
    assert page.new_record()
    assert QApplication.focusWidget() is page.sheet.kinds["situation"].line
    assert page.go_back()
    assert QApplication.focusWidget() is page.list.list.shown
    assert not page.go_back()  # out of the section


def test_a_deal_that_is_won_is_only_read(
    show_pitch: ShowPitch, workspace: Workspace, customer: str, add: Add
) -> None:
    won = add("deal", title="老单", stage="won", customer_id=customer)
    _plan(workspace, won, "拉稀多不多？")
    page = _page(show_pitch("spin"))
    page.show_record("spin", f"deal:{won}")
    assert _planned(page, "problem") == ["拉稀多不多？"]
    assert not page.sheet.kinds["problem"].line.isVisible()
    assert not page.new_record()


@pytest.mark.parametrize("filled", [False, True])
def test_nothing_is_clipped(
    show_pitch: ShowPitch, workspace: Workspace, qtbot: QtBot, filled: bool
) -> None:
    if filled:
        workspace.run(LoadSample())
    shown = show_pitch("spin", (1270, 700), PSEUDO)
    if filled:
        shown.screen.show_example()
        assert _page(shown).sheet.key
    wait_until_all_fits(qtbot, shown.page)
