"""Checklists by what a user does: begun, filled in by keys, compared, thrown away, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from fieldsales.domain.checklist import Filled
from fieldsales.domain.task import Task
from fieldsales.resources import ROOT
from fieldsales.screens.library.checklists.overview import HELP
from fieldsales.screens.library.checklists.page import ChecklistsPage
from fieldsales.services.operations.checklists import AnswerItem, StartChecklist
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.checklists import results
from fieldsales.widgets.checklist_rows import ScaleItem, TickItem, TypedItem
from fieldsales.words import PSEUDO
from tests.screens.library.conftest import ShowLibrary
from tests.screens.pitch.conftest import Shown
from tests.widgets.clip_check import clipped
from tests.workspaces import Add


@pytest.fixture
def customer(add: Add) -> str:
    return add("customer", name="海润牧业")


def _page(shown: Shown) -> ChecklistsPage:
    page = shown.page
    assert isinstance(page, ChecklistsPage)
    return page


def _type(editor: QWidget, text: str) -> None:
    """As an input method does; keyClicks knows ASCII alone."""
    if isinstance(editor, QLineEdit):
        editor.insert(text)
    else:
        assert isinstance(editor, QPlainTextEdit)
        editor.insertPlainText(text)


def _answers(workspace: Workspace, code: str) -> dict[str, str]:
    return {one.item: one.value for one in _last(workspace, code).answers}


def _last(workspace: Workspace, code: str) -> Filled:
    return results(workspace.store, code)[0]


def _settle() -> None:
    for _ in range(6):
        QApplication.processEvents()


def _texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_one_about_ourselves_is_begun_and_filled_in_by_digits_and_arrows(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    shown = show_library("checklists")
    page = _page(shown)
    page.show_record("checklist", "self_audit")
    QTest.keyClick(page.listing.list.rows, Qt.Key.Key_Return)
    QTest.keyClick(page.overview.line.go, Qt.Key.Key_Return)
    assert page.detail.currentWidget() is page.filling
    rows = page.filling.sheet.items.rows
    first, second = list(rows)[:2]
    assert QApplication.focusWidget() is rows[first].stop
    QTest.keyClick(rows[first].stop, Qt.Key.Key_4)
    QTest.keyClick(rows[first].stop, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is rows[second].stop
    QTest.keyClick(rows[second].stop, Qt.Key.Key_5)
    assert _answers(workspace, "self_audit") == {first: "4", second: "5"}
    assert "18 分" in _texts(page.filling)
    shown.context.undo()
    assert _answers(workspace, "self_audit") == {first: "4"}
    second_row = rows[second]
    assert isinstance(second_row, ScaleItem)
    assert second_row.scale.key == ""


def test_one_about_a_customer_asks_for_it_first(
    show_library: ShowLibrary, workspace: Workspace, customer: str
) -> None:
    page = _page(show_library("checklists"))
    page.show_record("checklist", "value_proposition")
    cell = page.overview.line.cells["customer"]
    page.overview.line.start()
    assert cell.message() == "先选一位客户。"
    _type(cell.editor.target(), "海润牧业")
    page.overview.line.start()
    assert _last(workspace, "value_proposition").result.customer_id == customer
    items = page.filling.sheet.items
    code, tick = next((code, one) for code, one in items.rows.items() if isinstance(one, TickItem))
    QTest.keyClick(tick.stop, Qt.Key.Key_1)
    assert _answers(workspace, "value_proposition") == {code: "1"}
    QTest.keyClick(tick.stop, Qt.Key.Key_Space)
    assert _answers(workspace, "value_proposition") == {code: ""}


def test_a_plan_may_be_for_a_region_and_numbers_are_checked(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    page.show_record("checklist", "seven_questions")
    _type(page.overview.line.cells["product"].editor.target(), "陕北区")
    page.overview.line.start()
    assert _last(workspace, "seven_questions").result.subject == "陕北区"
    row = page.filling.sheet.items.rows["quantity"]
    assert isinstance(row, TypedItem)
    actual, target = (cell.editor.target() for cell in row.cells)
    _type(actual, "几车")
    page.flush()
    assert "不是数字" in row.cells[0].message()
    assert actual.property("wrong")
    assert isinstance(actual, QLineEdit)
    actual.clear()
    _type(actual, "1,200")
    _type(target, "2000")
    page.flush()
    [answer] = _last(workspace, "seven_questions").answers
    assert (answer.value, answer.target) == ("1200", "2000")


def test_a_text_too_long_is_neither_saved_nor_lost(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    page.show_record("checklist", "seven_questions")
    _type(page.overview.line.cells["product"].editor.target(), "陕北区")
    page.overview.line.start()
    row = page.filling.sheet.items.rows["what"]
    assert isinstance(row, TypedItem)
    _type(row.cells[0].editor.target(), "好" * 2_001)
    page.flush()
    assert "2001" in row.cells[0].message().replace(",", "")
    assert _answers(workspace, "seven_questions") == {}
    again = _page(show_library("checklists"))
    again.show_record("checklist_result", _last(workspace, "seven_questions").result.id)
    kept = again.filling.sheet.items.rows["what"]
    assert isinstance(kept, TypedItem)
    assert kept.cells[0].editor.typed() == "好" * 2_001


def test_the_time_before_stands_beside_each_item(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    for day, value in (("2026-05-01", "2"), ("2026-11-01", "4")):
        start = StartChecklist("self_audit", "自检", {"filled_on": day}, {"plan": value})
        workspace.run(start)
    page = _page(show_library("checklists"))
    page.show_record("checklist_result", start.row_id)
    row = page.filling.sheet.items.rows["plan"]
    assert (row.before.full_text(), row.before.property("tone")) == ("上次：2/5", "good")
    assert "比上次（2026-05-01，3 分）高 5 分" in _texts(page.filling)
    assert len(page.filling.picture.picture.keys) == 2


def test_an_item_becomes_a_task_with_its_day(
    show_library: ShowLibrary, workspace: Workspace, customer: str
) -> None:
    shown = show_library("checklists")
    page = _page(shown)
    page.show_record("checklist", f"after_purchase@customer:{customer}")
    row = page.filling.sheet.items.rows["call_first"]
    assert isinstance(row, TickItem)
    assert row.task is not None
    row.task.click()
    [answer] = _last(workspace, "after_purchase").answers
    task = workspace.store.record(Task, answer.task_id)
    assert task is not None
    assert (task.due, task.customer_id) == ("2026-11-12", customer)
    assert "海润牧业" in task.title
    assert row.task.text() == "任务：3 天后"
    row.task.click()
    assert shown.opened[-1] == ("task", task.id)


def test_all_that_is_to_be_done_later_becomes_tasks_with_one_press(
    show_library: ShowLibrary, workspace: Workspace, customer: str
) -> None:
    shown = show_library("checklists")
    page = _page(shown)
    page.show_record("checklist", f"after_purchase@customer:{customer}")
    [one] = [
        made for made in page.filling.findChildren(QPushButton) if made.text() == "4 件都变成任务"
    ]
    one.click()
    days = workspace.store.rows(
        "SELECT due FROM task WHERE customer_id = ? ORDER BY due", [customer]
    )
    assert [day for (day,) in days] == ["2026-11-12", "2026-11-16", "2026-11-23", "2026-12-09"]
    assert not one.isVisible()
    shown.context.undo()
    assert one.isVisible()
    assert workspace.store.value("SELECT count(*) FROM task WHERE trashed_at IS NULL") == 0


def test_what_was_filled_in_last_about_a_record_is_shown_rather_than_begun_again(
    show_library: ShowLibrary, workspace: Workspace, add: Add
) -> None:
    product = add("product", name="551")
    page = _page(show_library("checklists"))
    for _ in range(2):
        page.show_record("checklist", f"seven_questions@product:{product}")
        assert page.detail.currentWidget() is page.filling
    assert len(results(workspace.store, product_id=product)) == 1


def test_a_result_is_thrown_away_and_taken_back(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    shown = show_library("checklists")
    page = _page(shown)
    start = StartChecklist("self_audit", "自检")
    workspace.run(start)
    page.show_record("checklist_result", start.row_id)
    page.filling.trash()
    assert page.detail.currentWidget() is page.gone
    shown.context.undo()
    assert page.detail.currentWidget() is page.filling
    QTest.keyClick(page.filling.sheet.items.rows["plan"].stop, Qt.Key.Key_Escape)
    assert page.detail.currentWidget() is page.overview
    assert not page.go_back()


def test_a_result_that_went_while_it_was_typed_in_says_so(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    start = StartChecklist("need_questions", "五句", {}, {"who": "老人"})
    workspace.run(start)
    page.show_record("checklist_result", start.row_id)
    row = page.filling.sheet.items.rows["able"]
    _type(row.stop, "会")
    workspace.run(TrashRecords("checklist_result", (start.row_id,)))
    assert page.detail.currentWidget() is page.gone
    page.flush()
    page.gone.focusProxy().setFocus()
    assert "不在了" in _texts(page.gone)


def test_what_is_changed_elsewhere_is_shown(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    page = _page(show_library("checklists"))
    start = StartChecklist("self_audit", "自检")
    workspace.run(start)
    page.show_record("checklist_result", start.row_id)
    workspace.run(AnswerItem(start.row_id, "plan", "3"))
    row = page.filling.sheet.items.rows["plan"]
    assert isinstance(row, ScaleItem)
    assert row.scale.key == "3"


@pytest.mark.parametrize("size", [(1366, 640), (1100, 600)])
@pytest.mark.parametrize("filled", [False, True])
def test_nothing_is_clipped(
    show_library: ShowLibrary, workspace: Workspace, size: tuple[int, int], filled: bool
) -> None:
    if filled:
        workspace.run(LoadSample())
    page = _page(show_library("checklists", size, PSEUDO))
    for code in page.listing.codes:
        page.show_record("checklist", code)
        _settle()
        assert clipped(page) == [], code
        page.show_result(_begun(workspace, code))
        _settle()
        assert clipped(page) == [], code


def _begun(workspace: Workspace, code: str) -> str:
    start = StartChecklist(code, code)
    workspace.run(start)
    return start.row_id


def test_each_method_leads_to_the_page_that_explains_it(
    show_library: ShowLibrary, workspace: Workspace
) -> None:
    shown = show_library("checklists")
    page = _page(shown)
    for code, help_page in HELP.items():
        page.show_record("checklist", code)
        page.overview.tools["help"].click()
        assert shown.opened[-1] == ("help", help_page)
        assert (ROOT / "help" / "zh_CN" / f"{help_page}.md").exists()
    page.show_record("checklist", "satisfaction")
    assert not page.overview.tools["help"].isVisible()
