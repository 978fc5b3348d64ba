"""The section of the walk-around check, by what a user does there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.screens.pitch.walk_around.page import WalkAroundPage
from fieldsales.services.operations.conversation import CorrectTag
from fieldsales.services.operations.people import TickClue
from fieldsales.services.operations.records import EditRecord, TrashRecords
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.operations.visits import PlanVisit
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.chips import Chip
from fieldsales.words import PSEUDO
from tests.screens.pitch.conftest import Shown, ShowPitch
from tests.widgets.clip_check import clipped
from tests.workspaces import add


def _page(shown: Shown) -> WalkAroundPage:
    assert isinstance(shown.page, WalkAroundPage)
    return shown.page


def _texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def customer(workspace: Workspace) -> str:
    found = add(workspace, "customer", name="海润牧业")
    wang = add(workspace, "contact", name="王建国", customer_id=found)
    add(workspace, "contact", name="李梅", customer_id=found)
    add(workspace, "buying_role", customer_id=found, contact_id=wang, role="decision_maker")
    for code in ("words_a1", "words_a2", "first_a1"):
        workspace.run(TickClue(wang, code, seen_on="2026-11-01"))
    return found


@pytest.fixture
def sheet(workspace: Workspace, customer: str) -> str:
    return add(
        workspace, "worksheet", title="断奶这一关", pitch="先试两栏，再看。", customer_id=customer
    )


def test_a_text_of_ones_own_is_checked_and_outlives_the_window(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace
) -> None:
    page = _page(show_pitch("walk_around"))
    page.setFocus()
    with qtbot.waitSignal(page.panel.walked):
        qtbot.keyClicks(QApplication.focusWidget(), "First we try two pens, then we see. ")
    assert "B" in page.panel.found.sentences[0].tags or page.panel.found.counts["b"] == 1
    page.flush()
    again = _page(show_pitch("walk_around"))
    assert again.panel.text.text().startswith("First we try")


def test_a_worksheet_is_chosen_changed_put_back_and_undone(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace, sheet: str
) -> None:
    shown = show_pitch("walk_around")
    page = _page(shown)
    page.line.setFocus()
    page.line.clear()
    qtbot.keyClicks(page.line, "dnz")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    assert page.panel.text.text() == "先试两栏，再看。"
    assert page.readers.customer_id
    assert not page.back.isEnabled()
    page.panel.text.selectAll()
    qtbot.keyClicks(page.panel.text, "12 kg")
    assert "还没放回原稿" in _texts(page)
    page.back.click()
    kept = "SELECT pitch FROM worksheet"
    assert workspace.store.value(kept) == "12 kg"
    assert shown.context.drafts("walk_around", f"worksheet:{sheet}") == {}
    shown.context.undo()
    assert workspace.store.value(kept) == "先试两栏，再看。"
    assert page.panel.text.text() == "先试两栏，再看。"
    page.there.click()
    assert shown.opened[-1] == ("worksheet", sheet)


def test_what_is_too_long_is_counted_and_not_put_back(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace
) -> None:
    product = add(workspace, "product", name="乳猪宝", spoken="吃得好。")
    shown = show_pitch("walk_around")
    page = _page(shown)
    page.show_record("walk_around", f"product:{product}")
    page.panel.text.setPlainText("好" * 501)
    assert "多了 1 字" in _texts(page)
    assert not page.back.isEnabled()
    page.put_back()
    assert workspace.store.value("SELECT spoken FROM product") == "吃得好。"
    assert len(page.panel.text.text()) == 501


def test_readers_are_left_out_and_taken_in(
    show_pitch: ShowPitch, workspace: Workspace, customer: str, sheet: str
) -> None:
    page = _page(show_pitch("walk_around"))
    page.show_record("walk_around", f"worksheet:{sheet}")
    assert "王建国（决策人）" in page.panel.findings.headline.text()
    chip = next(one for one in page.readers.findChildren(Chip) if "王建国" in one.face.text)
    chip.clicked.emit()
    assert "王建国" not in page.panel.findings.headline.text()
    chip.clicked.emit()
    assert "王建国" in page.panel.findings.headline.text()


def test_a_plan_is_read_with_those_who_will_be_there(
    show_pitch: ShowPitch, workspace: Workspace, customer: str
) -> None:
    li = workspace.store.value("SELECT id FROM contact WHERE name = '李梅'")
    plan = PlanVisit(customer, {"starts_at": "2026-11-12T02:00:00Z"}, (li,))
    workspace.run(plan)
    workspace.run(EditRecord("visit", plan.row_id, {"objective": "谈成两栏试用"}))
    page = _page(show_pitch("walk_around"))
    page.sources.reload()
    assert f"visit:{plan.row_id}" in [one.key for one in page.sources.find("")]
    page.show_record("walk_around", f"visit:{plan.row_id}")
    assert page.panel.text.text() == "谈成两栏试用"
    assert [seat.profile.name for seat in page.readers.seats] == ["李梅"]
    assert not page.back.isVisible()


def test_a_source_that_goes_leaves_its_words(
    show_pitch: ShowPitch, workspace: Workspace, sheet: str
) -> None:
    shown = show_pitch("walk_around")
    page = _page(shown)
    page.show_record("walk_around", f"worksheet:{sheet}")
    workspace.run(TrashRecords("worksheet", (sheet,)))
    assert page.panel.text.text() == "先试两栏，再看。"
    assert "已经删除" in _texts(page)
    assert not page.there.isVisible()
    page.show_record("walk_around", f"worksheet:{sheet}")
    assert shown.told


def test_corrections_are_listed_and_forgotten_by_the_keyboard(
    qtbot: QtBot, show_pitch: ShowPitch, workspace: Workspace
) -> None:
    workspace.run(CorrectTag("头三天", "b", refuses=True))
    shown = show_pitch("walk_around")
    page = _page(shown)
    [rule] = page.corrections.rows.keys()
    row = page.corrections.rows.row(rule)
    assert row is not None
    assert "“头三天”不算 B 务实" in row.line.accessibleName()  # type: ignore[attr-defined]
    row.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert page.corrections.rows.keys() == []
    shown.context.undo()
    assert len(page.corrections.rows.keys()) == 1


@pytest.mark.parametrize("lang", ["en", PSEUDO])
def test_nothing_is_clipped(show_pitch: ShowPitch, workspace: Workspace, lang: str) -> None:
    workspace.run(LoadSample(), wait=5)
    shown = show_pitch("walk_around", (1260, 700), lang)
    shown.page.show_example()
    for _ in range(4):
        QApplication.processEvents()
    assert clipped(shown.page) == []


def test_a_picture_of_the_product_answers_the_question_for_one(
    show_pitch: ShowPitch, workspace: Workspace
) -> None:
    product = add(workspace, "product", name="乳猪宝", spoken="吃得好。")
    page = _page(show_pitch("walk_around"))
    page.show_record("walk_around", f"product:{product}")
    assert "d_picture" not in page.panel.found.answered
    add(workspace, "attachment", product_id=product, kind="photo", name="栏里.jpg")
    page.show_record("walk_around", f"product:{product}")
    assert "d_picture" in page.panel.found.answered


def test_a_products_menu_leads_here(show_pitch: ShowPitch, workspace: Workspace) -> None:
    product = add(workspace, "product", name="乳猪宝", spoken="吃得好。")
    shown = show_pitch("products")
    shown.page.show_record("product", product)
    more = next(
        one
        for one in shown.page.findChildren(QToolButton)
        if one.isVisible() and one.accessibleName() == shown.context.words("products.more")
    )
    more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "检查口头版").trigger()
    menu.close()
    assert shown.opened[-1] == ("walk_around", f"product:{product}")
