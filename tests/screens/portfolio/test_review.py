"""What a user does in a review: begins, decides by digits, goes on after an interruption, ends."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.domain.review import Review
from fieldsales.screens.portfolio.review.page import ReviewPage
from fieldsales.services.operations.records import RestoreRecords, TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries import reviews as queries
from fieldsales.store.queries.portfolio import pins_in_force
from fieldsales.widgets.editors import Editor
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.portfolio.conftest import Shown, ShowPortfolio
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import TODAY, Add

Key = Qt.Key


@pytest.fixture
def slipping(add: Add) -> str:
    """海润牧业 fell, 绿源 rose; nobody else."""
    fallen = add("customer", name="海润牧业")
    risen = add("customer", name="绿源合作社")
    add("sale", customer_id=fallen, dated="2025-09-10", amount=900_000_00)
    add("sale", customer_id=risen, dated="2026-10-30", amount=300_000_00)
    return fallen


def page_of(shown: Shown) -> ReviewPage:
    assert isinstance(shown.page, ReviewPage)
    return shown.page


def begun(show: ShowPortfolio) -> tuple[Shown, ReviewPage]:
    shown = show("review")
    page = page_of(shown)
    page.empty.focusProxy().click()  # type: ignore[attr-defined]
    return shown, page


def press(page: ReviewPage, key: Key) -> None:
    QTest.keyClick(page.list.list.rows, key)


def write(editor: Editor, text: str) -> None:
    editor.set_value(text)


def decisions(page: ReviewPage) -> list[tuple[str, str, str]]:
    return [(one.customer, one.item.kind, one.item.decision) for one in page.list.found]


def test_nothing_was_reviewed_yet(show_portfolio: ShowPortfolio, slipping: str) -> None:
    page = page_of(show_portfolio("review"))
    assert page.front() is page.empty
    assert not page.begin.isVisible()


def test_help_is_one_press_away(show_portfolio: ShowPortfolio) -> None:
    shown = show_portfolio("review")
    page_of(shown).help.click()
    assert shown.opened == [("help", "m11")]


def test_without_customers_it_says_to_add_them(show_portfolio: ShowPortfolio, add: Add) -> None:
    shown = show_portfolio("review")
    page = page_of(shown)
    assert page.front() is page.nobody
    assert page.commands_here() == []
    for way in page.nobody.findChildren(QPushButton):
        way.click()
    shown.screen.new_record()
    assert shown.opened == [("customer", "new"), ("importing", ""), ("customer", "new")]
    add("customer", name="海润牧业")
    assert page.front() is page.empty


def test_nothing_to_review_is_said(show_portfolio: ShowPortfolio, add: Add) -> None:
    add("customer", name="河套粮贸", kind="supplier")
    shown, page = begun(show_portfolio)
    assert page.front() is page.empty
    assert [one.text for one in shown.told] == ["没有要评的：没人升降，资料也都新鲜。"]


def test_digits_decide_and_go_on_to_the_next(show_portfolio: ShowPortfolio, slipping: str) -> None:
    _, page = begun(show_portfolio)
    first = page.view.one
    assert first is not None
    assert first.customer == "海润牧业"
    assert "→" in page.view.headline.text()
    press(page, Key.Key_1)
    assert page.view.one is not None
    assert page.view.one.item.id != first.item.id
    assert decisions(page)[0] == ("海润牧业", "fell", "accepted")
    while page.view.one is not None:
        press(page, Key.Key_5)
    assert page.detail.currentWidget() is page.summary
    assert "1 家变差" in page.sum_finding.text()


def test_a_correction_asks_for_its_reason_and_esc_leaves_it(
    show_portfolio: ShowPortfolio, workspace: Workspace, slipping: str
) -> None:
    _, page = begun(show_portfolio)
    press(page, Key.Key_2)
    form = page.view.form
    assert form is not None
    form.submit()
    assert form.cells["reason"].message
    QTest.keyClick(form, Key.Key_Escape)
    assert page.view.form is None
    assert page.list.list.rows.hasFocus()
    press(page, Key.Key_2)
    form = page.view.form
    assert form is not None
    write(form.editor("reason"), "只是推迟")
    form.submit()
    [pin] = pins_in_force(workspace.store, slipping, TODAY)
    assert pin.reason == "只是推迟"
    assert decisions(page)[0][2] == "corrected"


def test_a_task_proposes_what_to_do(
    show_portfolio: ShowPortfolio, workspace: Workspace, slipping: str
) -> None:
    _, page = begun(show_portfolio)
    press(page, Key.Key_4)
    assert page.view.form is not None
    page.view.form.submit()
    [(title, due)] = workspace.store.rows("SELECT title, due FROM task")
    assert "海润牧业" in title
    assert due == "2026-11-16"


def test_an_interrupted_review_goes_on_where_it_was(
    show_portfolio: ShowPortfolio, slipping: str
) -> None:
    _, page = begun(show_portfolio)
    press(page, Key.Key_1)
    waiting = page.view.one
    again = page_of(show_portfolio("review"))
    assert again.view.one is not None
    assert waiting is not None
    assert again.view.one.item.id == waiting.item.id
    assert not again.begin.isVisible()


def test_a_customer_trashed_in_the_middle_is_said(
    show_portfolio: ShowPortfolio, workspace: Workspace, slipping: str
) -> None:
    _, page = begun(show_portfolio)
    workspace.run(TrashRecords("customer", (slipping,)))
    assert "回收站" in page.view.gone.text()
    assert not page.view.buttons["task"].isEnabled()
    press(page, Key.Key_4)
    assert page.view.form is None
    page.view.restore.click()
    assert page.view.buttons["task"].isEnabled()


def test_what_is_over_is_only_read(
    show_portfolio: ShowPortfolio, workspace: Workspace, slipping: str
) -> None:
    shown, page = begun(show_portfolio)
    page.finish.click()
    assert page.begin.isVisible()
    press(page, Key.Key_1)
    assert {decision for _, _, decision in decisions(page)} == {""}
    assert not page.view.buttons["accepted"].isVisible()
    page.paper.click()
    [review] = queries.reviews(workspace.store)
    assert shown.opened == [("paper", f"review:{review.id}")]


def test_a_review_goes_to_the_trash_and_comes_back(
    show_portfolio: ShowPortfolio, workspace: Workspace, slipping: str
) -> None:
    _, page = begun(show_portfolio)
    [review] = queries.reviews(workspace.store)
    page.trash()
    assert page.front() is page.empty
    workspace.run(RestoreRecords("review", (review.id,)))
    assert page.front() is page.halves
    assert workspace.store.record(Review, review.id) is not None


@pytest.mark.parametrize("lang", [*LANGUAGES, PSEUDO])
@pytest.mark.parametrize("size", [(1080, 640), (1366, 700)])
def test_nothing_is_cut_off(
    qtbot: QtBot, show_portfolio: ShowPortfolio, sample: Workspace, lang: str, size: tuple[int, int]
) -> None:
    shown = show_portfolio("review", size, lang)
    page = page_of(shown)
    wait_until_all_fits(qtbot, shown.screen)
    page.start()
    for kind in ("fell", "rule", "stale"):
        at = next(at for at, one in enumerate(page.list.found) if one.item.kind == kind)
        page.list.list.select_number(at)
        wait_until_all_fits(qtbot, shown.screen)
        page.view.decide("task")
        wait_until_all_fits(qtbot, shown.screen)
