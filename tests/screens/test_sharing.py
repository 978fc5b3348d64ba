"""A customer is handed to a colleague from the window."""

from __future__ import annotations

import errno
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fieldsales.screens.customers.page import CustomersScreen
from fieldsales.screens.sharing.page import SharingScreen
from fieldsales.services.exchange.files import package
from fieldsales.services.operations.records import TrashRecords
from fieldsales.services.workspace import Workspace
from fieldsales.store import _connection
from fieldsales.store.sealing import Key
from fieldsales.widgets.message_bar import Message
from tests.screens.conftest import OpenContext
from tests.workspaces import Add, add


@pytest.fixture
def page(open_context: OpenContext, qtbot: QtBot) -> SharingScreen:
    made = SharingScreen(open_context("en"))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def customer(add: Add) -> str:
    row_id = add("customer", name="海润/牧业", feeling_note="难缠")
    add("contact", name="王建国", customer_id=row_id)
    return row_id


def test_the_parts_chosen_are_written(
    page: SharingScreen, customer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(name).name)
        return str(tmp_path / "给小李"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    page.show_record("share", customer)
    page.parts["people"].setChecked(False)
    page.password.setText("oats 42")
    page.go.click()
    assert asked == ["海润 牧业.customer"]
    found = package(tmp_path / "给小李.customer", "oats 42")
    assert found is not None
    assert found.head.tables == {"customer": 1}
    page.show_record("share", customer)
    assert page.parts["people"].isChecked()
    assert not page.password.text()


@pytest.mark.parametrize("password", ["", "oats 42"], ids=["plain", "sealed"])
def test_a_full_disk_is_said_and_leaves_nothing(
    page: SharingScreen,
    customer: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    password: str,
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setitem(_connection.PRAGMAS, "max_page_count", 1)
    target = tmp_path / "stick" / "给小李.customer"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    said: list[Message] = []
    page.context.told.connect(said.append)
    page.show_record("share", customer)
    page.password.setText(password)
    page.go.click()
    assert [one.text.startswith("The disk is full") for one in said] == [True]
    assert not list(target.parent.iterdir())


@pytest.mark.parametrize(("password", "said"), [("", True), ("oats 42", False)])
def test_what_leaves_an_encrypted_file_open_is_said(
    open_context: OpenContext,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    password: str,
    said: bool,
) -> None:
    key = Key(b"a" * 16, b"fsl\x01 a test's salt"[:16])
    with closing(Workspace.open(tmp_path / "sealed.db", passphrase=key.passphrase)) as workspace:
        customer = add(workspace, "customer", name="海润牧业")
        context = open_context("en", file=workspace)
        page = SharingScreen(context)
        qtbot.addWidget(page)
        told: list[Message] = []
        context.told.connect(told.append)
        place = str(tmp_path / "one.customer")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (place, ""))
        page.show_record("share", customer)
        page.password.setText(password)
        page.go.click()
        assert ("whoever has it can read it" in told[-1].text) is said


def test_nothing_is_written_where_no_place_is_chosen(
    page: SharingScreen, customer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    page.context.told.connect(said.append)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.show_record("share", customer)
    page.go.click()
    assert not said


def test_without_a_customer_it_leads_to_them(
    page: SharingScreen, customer: str, workspace: Workspace
) -> None:
    page.show_record("share", customer)
    workspace.run(TrashRecords("customer", (customer,)))
    page.refresh()
    assert not page.go.isVisibleTo(page)
    opened: list[str] = []
    page.context.opened.connect(lambda kind, _row_id: opened.append(kind))
    page.stack.currentWidget().focusProxy().click()  # type: ignore[attr-defined]
    assert opened == ["customers"]


def test_the_card_leads_here(open_context: OpenContext, qtbot: QtBot, customer: str) -> None:
    context = open_context("en")
    screen = CustomersScreen(context)
    qtbot.addWidget(screen)
    opened: list[tuple[str, str]] = []
    context.opened.connect(lambda kind, row_id: opened.append((kind, row_id)))
    screen.show_record("customer", customer)
    [command] = [one for one in screen.commands_here() if "colleague" in one.title]
    command.act()
    assert opened == [("share", customer)]
