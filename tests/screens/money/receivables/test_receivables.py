"""What a user does with what is owed: sees who to call, receives money, notes steps, gives up."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from fieldsales.domain.money.receivable import Payment, Receivable
from fieldsales.domain.task import Task
from fieldsales.screens.asking import Asking
from fieldsales.screens.money.receivables.page import ReceivablesPage
from fieldsales.services.operations.receivables import AddReceivable, ReceivePayment
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.queries.receivables import open_amounts
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.lines import Line
from fieldsales.words import PSEUDO
from tests.screens.money.conftest import ShowMoney, Shown
from tests.widgets.clip_check import clipped
from tests.workspaces import Add

DUE = {"issued_on": "2026-09-01", "terms": "day", "due_on": "2026-10-30"}


@pytest.fixture
def hairun(add: Add) -> str:
    return add("customer", name="海润牧业")


@pytest.fixture
def late(workspace: Workspace, hairun: str) -> str:
    """1,000.00 that is ten days late."""
    values = {"customer_id": hairun, "amount": 100_000, "number": "F-1", "title": "育肥料", **DUE}
    return _owe(workspace, values)


def _owe(workspace: Workspace, values: dict[str, object]) -> str:
    added = AddReceivable(values)
    workspace.run(added)
    return added.row_id


def _page(shown: Shown) -> ReceivablesPage:
    assert isinstance(shown.page, ReceivablesPage)
    return shown.page


def _texts(page: QWidget) -> str:
    for _ in range(4):
        QApplication.processEvents()
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def _rows(page: ReceivablesPage) -> list[str]:
    model = page.list.list.model
    return [page.list._face(model.row(at)).title for at in range(model.rowCount())]


def _type(form: Asking, name: str, text: str) -> None:
    target = form.editor(name).target()
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(target, text)


def _choose(line: Line, at: int) -> None:
    """Presses an entry of what a line of money offers."""
    assert line.more is not None
    line.more.click()
    menu = line.findChildren(QMenu)[-1]
    menu.actions()[at].trigger()
    menu.close()


def _enter(form: Asking, name: str) -> None:
    QTest.keyClick(form.editor(name).target(), Qt.Key.Key_Return)


def _open(workspace: Workspace, row_id: str) -> int:
    return open_amounts(workspace.store, [row_id])[row_id]


def test_an_empty_file_invites_and_makes_an_invoice(
    show_money: ShowMoney, workspace: Workspace, hairun: str
) -> None:
    page = _page(show_money("receivables"))
    assert "还没有应收款" in _texts(page)
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    form = page.adding
    form.editor("customer_id").set_value(hairun)
    _type(form, "number", "F-7")
    _enter(form, "number")
    assert form.cells["amount"].message()  # what is missing stands below its field
    _type(form, "amount", "1200")
    _enter(form, "amount")
    [made] = workspace.store.records(Receivable, "SELECT * FROM receivable")
    assert (made.amount, made.number, made.due_on) == (120_000, "F-7", "2026-12-09")
    assert page.detail.currentWidget() is page.view
    assert "¥1,200.00" in _texts(page)


def test_who_to_call_today_stands_first_with_what_lateness_costs(
    show_money: ShowMoney, workspace: Workspace, hairun: str, late: str, add: Add
) -> None:
    other = add("customer", name="金穗")
    soon = _owe(workspace, {"customer_id": other, "amount": 50_000, "days": 30})
    shown = show_money("receivables")
    page = _page(shown)
    assert _rows(page) == ["海润牧业"]
    texts = _texts(page)
    assert "利息已吃掉 ¥1.64" in texts  # 1 000 at 6 % for 10 days
    assert "¥1,000（67%）已逾期" in texts
    page.list.views.choose("open")
    assert _rows(page) == ["海润牧业", "金穗"]
    assert page.view.debt is not None
    page.list.picture.picture.clicked.emit("not_due")
    assert _rows(page) == ["金穗"]
    page.list.show_all()
    page.list.views.choose("customers")
    assert _rows(page) == ["海润牧业", "金穗"]
    assert page.detail.currentWidget() is page.owner
    [line] = [one for one in page.owner.findChildren(Line) if one.isVisible()]
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert page.detail.currentWidget() is page.view
    page.view.customer.click()
    assert shown.opened == [("customer", hairun)]
    assert soon


def test_a_part_is_paid_then_all_and_what_is_more_is_asked_about(
    show_money: ShowMoney, workspace: Workspace, late: str
) -> None:
    shown = show_money("receivables")
    page = _page(shown)
    page.list.list.focus_list()
    QTest.keyClick(page.list.list.rows, Qt.Key.Key_Return)
    form = page.paying
    assert page.detail.currentWidget().isAncestorOf(form)
    _type(form, "amount", "400")
    _enter(form, "amount")
    assert _open(workspace, late) == 60_000
    assert "¥600.00" in _texts(page)
    QTest.mouseClick(page.view.pay, Qt.MouseButton.LeftButton)
    _type(form, "amount", "700")
    _enter(form, "amount")
    assert _open(workspace, late) == 60_000
    assert "多出来的要作为客户余额留着吗" in _texts(page)
    QTest.mouseClick(form.keep, Qt.MouseButton.LeftButton)
    assert _open(workspace, late) == 0
    assert "¥0.00" in _texts(page)
    told = shown.told[-1]
    assert told.act is not None
    told.act()
    assert _open(workspace, late) == 60_000


def test_esc_leaves_a_form_and_nothing_is_written(
    show_money: ShowMoney, workspace: Workspace, late: str
) -> None:
    page = _page(show_money("receivables"))
    for ask in (page.receive, page.note_step, page.write_off, page.new_record):
        ask()
        assert page.detail.currentWidget() is not page.view
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
        assert page.detail.currentWidget() is page.view
    assert workspace.store.records(Payment, "SELECT * FROM payment") == []


def test_several_debts_are_settled_the_one_due_first_before(
    show_money: ShowMoney, workspace: Workspace, hairun: str, late: str
) -> None:
    second = _owe(workspace, {"customer_id": hairun, "amount": 50_000, "number": "F-2"})
    page = _page(show_money("receivables"))
    page.receive()
    assert [tick.isChecked() for tick in page.paying.ticks.values()] == [True, False]
    page.paying.ticks[second].click()
    _type(page.paying, "amount", "1300")
    _enter(page.paying, "amount")
    assert (_open(workspace, late), _open(workspace, second)) == (0, 20_000)


def test_a_step_has_its_words_and_a_promise_becomes_a_task(
    show_money: ShowMoney, workspace: Workspace, hairun: str, late: str, add: Add
) -> None:
    add("contact", name="贺文清", customer_id=hairun)
    shown = show_money("receivables")
    page = _page(shown)
    page.note_step()
    form = page.collecting
    assert form.editor("step").value() == "call"
    form.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert all(part in copied for part in ("贺文清", "F-1", "¥1,000", "2026-10-30", "10 天"))
    form.editor("step").set_value("letter")
    form.editor("step").edited.emit()
    assert "七天内付清" in form.text.text()
    _type(form, "promised_on", "11-20")
    _enter(form, "promised_on")
    [task] = workspace.store.records(Task, "SELECT * FROM task")
    assert (task.due, task.kind) == ("2026-11-20", "collect")
    assert "¥1,000" in task.title
    assert _rows(page) == []  # a promise is waited for
    assert page.view.steps.isVisible()


def test_giving_up_needs_a_reason_and_can_be_taken_back(
    show_money: ShowMoney, workspace: Workspace, late: str
) -> None:
    page = _page(show_money("receivables"))
    page.write_off()
    form = page.giving_up
    _enter(form, "written_off")
    assert form.cells["written_off_why"].message()
    form.editor("written_off_why").set_typed("small")
    form.submit()
    assert _open(workspace, late) == 0
    page.list.views.choose("settled")
    assert _rows(page) == ["海润牧业"]
    page.write_off()
    _type(form, "written_off", "0")
    _enter(form, "written_off")
    assert _open(workspace, late) == 100_000


def test_the_balance_is_set_against_a_debt_and_taken_back(
    show_money: ShowMoney, workspace: Workspace, hairun: str, late: str
) -> None:
    workspace.run(ReceivePayment({"customer_id": hairun, "amount": 30_000}))
    page = _page(show_money("receivables"))
    [offer] = [one for one in page.view.findChildren(QPushButton) if "余额" in one.text()]
    offer.click()
    assert _open(workspace, late) == 70_000
    assert "收款与冲抵" in _texts(page)
    [line] = [one for one in page.view.payments.findChildren(Line) if one.isVisible()]
    _choose(line, 0)
    assert _open(workspace, late) == 100_000


def test_a_payment_noted_by_mistake_is_deleted_and_undone(
    show_money: ShowMoney, workspace: Workspace, hairun: str, late: str
) -> None:
    workspace.run(ReceivePayment({"customer_id": hairun, "amount": 30_000}, (late,)))
    page = _page(show_money("receivables"))
    page.show_record("receivable", late)
    assert "收款与冲抵" in _texts(page)
    [line] = [one for one in page.view.payments.findChildren(Line) if one.isVisible()]
    _choose(line, 1)
    assert _open(workspace, late) == 100_000
    assert not page.view.payments.isVisible()
    workspace.undo()
    assert _open(workspace, late) == 70_000


def test_the_papers_of_what_is_owed_are_opened(
    show_money: ShowMoney, hairun: str, late: str
) -> None:
    shown = show_money("receivables")
    page = _page(shown)
    page.show_record("receivable", late)
    page.print.click()
    menu = page.findChildren(QMenu)[-1]
    for action in menu.actions():
        action.trigger()
    kinds = ("statement", "ageing", "commission")
    ids = (hairun, "all", "all")
    assert shown.opened == [("paper", ":".join(one)) for one in zip(kinds, ids, strict=True)]
    menu.close()


def test_a_debt_that_was_a_mistake_goes_and_comes_back(
    show_money: ShowMoney, workspace: Workspace, late: str
) -> None:
    page = _page(show_money("receivables"))
    page.view.trash.click()
    gone = page.detail.currentWidget()
    assert isinstance(gone, EmptyState)
    gone.findChildren(QPushButton)[0].click()
    assert page.detail.currentWidget() is page.view
    assert _open(workspace, late) == 100_000


def test_searching_finds_by_initials_and_number(
    show_money: ShowMoney, workspace: Workspace, late: str, add: Add
) -> None:
    other = add("customer", name="金穗")
    _owe(workspace, {"customer_id": other, "amount": 5, "number": "K-9", **DUE})
    page = _page(show_money("receivables"))
    for asked, title in (("hrmy", "海润牧业"), ("K-9", "金穗")):
        page.list.search.setText(asked)
        page.list.reload()
        assert _rows(page) == [title]


@pytest.mark.parametrize("lang", ["en", "zh_TW", PSEUDO])
def test_nothing_is_cut_off(show_money: ShowMoney, workspace: Workspace, lang: str) -> None:
    workspace.run(LoadSample())
    page = _page(show_money("receivables", (1100, 700), lang))
    page.show_example()
    for ask in (None, page.receive, page.note_step, page.write_off, page.new_record):
        if ask is not None:
            ask()
        _texts(page)
        assert clipped(page) == []
