"""What another file holds is looked through in the window, taken over and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fieldsales.domain.clock import Clock
from fieldsales.screens.importing.page import ImportingScreen
from fieldsales.screens.taking.page import TakingScreen
from fieldsales.services.erasing import erase_customer
from fieldsales.services.exchange import customer_file
from fieldsales.services.exchange.customer import PARTS, chosen
from fieldsales.services.exchange.files import export
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Workspace
from fieldsales.words import Words
from tests.screens.conftest import OpenContext
from tests.workspaces import Add, add, data


@pytest.fixture
def other(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    """A colleague's file with a customer and a person."""
    opened = Workspace.open(tmp_path / "other.db", clock)
    customer = add(opened, "customer", name="定边县海润牧业有限公司", phone="0912-3300018")
    add(opened, "contact", name="王建国", customer_id=customer)
    yield opened
    opened.close()


@pytest.fixture
def page(open_context: OpenContext, qtbot: QtBot) -> TakingScreen:
    made = TakingScreen(open_context("en"))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def whole(other: Workspace, tmp_path: Path) -> str:
    path = tmp_path / "all.json"
    export(other.store, path, Words())
    return str(path)


@pytest.fixture
def customer(other: Workspace, tmp_path: Path) -> str:
    path = tmp_path / "hairun.customer"
    row_id = other.store.value("SELECT id FROM customer")
    customer_file.write(path, chosen(other.store, row_id, PARTS), "oats 42")
    return str(path)


def test_everything_is_taken_over_and_back(
    page: TakingScreen, whole: str, other: Workspace, workspace: Workspace
) -> None:
    before = data(workspace)
    page.show_record("package", whole)
    assert page.stack.currentWidget() is page.preview
    assert (page.go.text(), page.go.isEnabled()) == ("Bring in 2 records", True)
    assert data(workspace) == before
    page.go.click()
    assert data(workspace) == data(other)
    page.context.undo()
    assert data(workspace) == before
    page.show_record("package", whole)
    page.go.click()
    page.show_record("package", whole)
    assert not page.go.isEnabled()


def test_who_was_erased_here_does_not_come_back_unsaid(
    page: TakingScreen, whole: str, workspace: Workspace
) -> None:
    page.show_record("package", whole)
    page.go.click()
    erase_customer(workspace, workspace.store.value("SELECT id FROM customer"))
    page.show_record("package", whole)
    remark = "had been erased here for good"
    assert [one for one in page.preview.findChildren(QLabel) if remark in one.text()]
    page.go.click()
    assert [one for one in page.stack.currentWidget().findChildren(QLabel) if remark in one.text()]


def test_the_choice_of_what_stays_is_heeded(
    page: TakingScreen, whole: str, workspace: Workspace
) -> None:
    page.show_record("package", whole)
    page.go.click()
    row_id = workspace.store.value("SELECT id FROM customer")
    workspace.run(EditRecord("customer", row_id, {"note": "mine"}))
    page.show_record("package", whole)
    assert not page.go.isEnabled()
    page.preview.choices.choose("theirs")
    assert page.go.text() == "Bring in one record"
    page.go.click()
    assert workspace.store.value("SELECT note FROM customer") == ""


def test_a_customer_joins_the_one_that_is_here(
    page: TakingScreen, customer: str, workspace: Workspace, add: Add
) -> None:
    ours = add("customer", name="定边县海润牧业有限公司", phone="0912-3300018")
    page.show_record("package", customer)
    page.password.setText("barley")
    page.password.returnPressed.emit()
    assert page.stack.currentWidget() is not page.preview
    page.password.setText("oats 42")
    page.password.returnPressed.emit()
    [(twin, choice)] = page.preview.alike.values()
    assert (twin.here, choice.key) == (ours, "join")
    opened: list[tuple[str, str]] = []
    page.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    page.go.click()
    assert workspace.store.rows("SELECT count(*) FROM customer") == [(1,)]
    page.stack.currentWidget().focusProxy().click()  # type: ignore[attr-defined]
    assert opened == [("customer", ours)]


def test_who_only_looks_alike_stays_apart(
    page: TakingScreen, customer: str, workspace: Workspace, add: Add
) -> None:
    add("customer", name="定边县海润牧业有限公司", phone="0912-3300018")
    page.show_record("package", customer)
    page.password.setText("oats 42")
    page.password.returnPressed.emit()
    [(_, choice)] = page.preview.alike.values()
    choice.choose("apart")
    page.go.click()
    assert workspace.store.rows("SELECT count(*) FROM customer") == [(2,)]


def test_a_broken_file_is_told_and_another_one_chosen(
    page: TakingScreen, whole: str, workspace: Workspace
) -> None:
    Path(whole).write_bytes(Path(whole).read_bytes()[:-9])
    before = data(workspace)
    page.show_record("package", whole)
    assert page.stack.currentWidget() is not page.preview
    assert not page.go.isVisibleTo(page)
    opened: list[str] = []
    page.context.opened.connect(lambda kind, _row_id: opened.append(kind))
    page.stack.currentWidget().focusProxy().click()  # type: ignore[attr-defined]
    assert opened == ["importing"]
    assert data(workspace) == before


def test_the_import_hands_such_a_file_over(
    open_context: OpenContext, qtbot: QtBot, whole: str
) -> None:
    page = ImportingScreen(open_context())
    qtbot.addWidget(page)
    opened: list[tuple[str, str]] = []
    page.context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    page.open_file(Path(whole))
    assert opened == [("package", whole)]
