"""Making a new customer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldsales.domain.customer import Customer
from fieldsales.screens.customers.newcomer import NewCustomer
from fieldsales.services.workspace import Workspace
from fieldsales.store import drafts
from fieldsales.widgets.pieces import ElidedLabel
from tests.screens.customers.conftest import Shown, type_text

Add = Callable[..., str]
Show = Callable[..., Shown]


def begin(shown: Shown) -> NewCustomer:
    shown.screen.new_record()
    form = shown.screen.detail.currentWidget()
    assert isinstance(form, NewCustomer)
    return form


def put(form: NewCustomer, name: str, text: str) -> None:
    target = form.form.cells[name].editor.target()
    type_text(target, text)
    QTest.keyClick(target, Qt.Key.Key_Return)


def test_a_name_makes_a_customer_and_the_rest_follows(show: Show, workspace: Workspace) -> None:
    shown = show()
    form = begin(shown)
    put(form, "region", "定边")
    assert shown.names() == []
    put(form, "name", "海润牧业")
    assert shown.names() == ["海润牧业"]
    put(form, "employees", "120")
    [record] = workspace.store.records(Customer, "SELECT * FROM customer")
    assert (record.name, record.region, record.employees) == ("海润牧业", "定边", 120)
    assert drafts.of(workspace.store, "customer", "new") == {}
    QTest.keyClick(
        form.form.cells["phone"].editor.target(),
        Qt.Key.Key_Return,
        Qt.KeyboardModifier.ControlModifier,
    )
    assert shown.screen.detail.currentWidget() is shown.screen.card
    assert shown.screen.card.header.name.label.full_text() == "海润牧业"


def test_a_similar_name_is_said_but_stops_nobody(show: Show, add: Add, qtbot: QtBot) -> None:
    known = add("customer", name="定边海润牧业有限公司", region="定边")
    shown = show()
    form = begin(shown)
    type_text(form.form.cells["name"].editor.target(), "海润牧业")

    def link() -> QPushButton:
        return form.findChild(QPushButton, known)

    qtbot.waitUntil(lambda: link() is not None)
    assert link().text() == "定边海润牧业有限公司 · 定边"
    QTest.keyClick(form.form.cells["name"].editor.target(), Qt.Key.Key_Return)
    assert len(shown.names()) == 2
    link().click()
    assert shown.screen.card.customer_id == known


def test_esc_throws_away_what_is_no_customer_yet(
    show: Show, add: Add, workspace: Workspace
) -> None:
    add("customer", name="安达")
    shown = show()
    form = begin(shown)
    put(form, "region", "定边")
    QTest.keyClick(form.form.cells["region"].editor.target(), Qt.Key.Key_Escape)
    assert shown.names() == ["安达"]
    assert begin(shown).form.cells["region"].editor.typed() == ""
    assert drafts.of(workspace.store, "customer", "new") == {}


def test_half_a_form_survives_the_program(show: Show, workspace: Workspace, qtbot: QtBot) -> None:
    shown = show()
    form = begin(shown)
    type_text(form.form.cells["region"].editor.target(), "定边")
    qtbot.waitUntil(
        lambda: drafts.of(workspace.store, "customer", "new") == {"region": "定边"}, timeout=2_000
    )
    again = begin(show())
    assert again.form.cells["region"].editor.typed() == "定边"
    put(again, "name", "海润牧业")
    [record] = workspace.store.records(Customer, "SELECT * FROM customer")
    assert record.region == "定边"


def test_in_an_empty_file_the_form_stands_alone(show: Show) -> None:
    shown = show()
    form = begin(shown)
    assert form.isVisible()
    assert not shown.screen.list.isVisible()
    put(form, "name", "海润牧业")
    assert shown.screen.list.isVisible()
    assert form.isVisible()


def test_the_same_number_is_said_below_the_number(show: Show, add: Add, qtbot: QtBot) -> None:
    known = add("customer", name="绿源养殖", phone="0912-421 6688")
    shown = show()
    form = begin(shown)
    put(form, "name", "海润牧业")
    cell = form.form.cells["phone"]
    type_text(cell.editor.target(), "09124216688")
    qtbot.waitUntil(lambda: cell.findChild(QPushButton, known) is not None)
    said = [one.full_text() for one in cell.findChildren(ElidedLabel)]
    assert said == ["电话一样"]
    beside = [one for one in cell.findChildren(QPushButton) if one.text() == "对比合并"]
    beside[0].click()
    assert shown.opened[-1] == ("duplicates", f"customer:{form.customer_id}:{known}")
