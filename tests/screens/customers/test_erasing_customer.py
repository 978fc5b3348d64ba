"""A customer is erased from its card: what is said, what is asked, what is left to decide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from fieldsales.screens.customers.erasing import EraseWindow
from fieldsales.screens.second_folder import SecondFolder
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.customers.conftest import Shown, type_text
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import add

Show = Callable[..., Shown]


def _asked(shown: Shown, workspace: Workspace) -> EraseWindow:
    customer = workspace.store.value("SELECT id FROM customer WHERE name = '海润牧业'")
    shown.screen.show_record("customer", customer)
    entries = {one.title: one.act for one in shown.screen.card.acts.commands()}
    act = next(act for title, act in entries.items() if "彻底删除此客户" in title)
    act()
    window = shown.screen.window().findChild(EraseWindow)
    assert window is not None
    return window


def test_erasing_asks_for_the_name_tells_of_copies_and_takes_them_too(
    show: Show, workspace: Workspace, tmp_path: Path
) -> None:
    add(workspace, "customer", name="海润牧业")
    shown = show()
    context = shown.screen.context
    copy = back_up(workspace.store)
    second = SecondFolder(context.state, context.file, context.look.clock)
    second.choose(tmp_path / "in the bag")
    window = _asked(shown, workspace)
    assert not window.act.isEnabled()
    type_text(window.line, "海润牧业")
    QTest.keyClick(window.line, Qt.Key.Key_Return)
    assert not workspace.store.value("SELECT 1 FROM customer")
    assert "还有 1 份旧备份里有这家客户" in window.left.text()
    assert "现在没接上" in window.left.text()
    window.copies.click()
    assert not copy.path.exists()
    window.close()


@pytest.mark.parametrize("lang", [PSEUDO, *LANGUAGES])
def test_nothing_is_clipped(show: Show, workspace: Workspace, qtbot: QtBot, lang: str) -> None:
    customer = add(workspace, "customer", name="海润牧业")
    shown = show(lang=lang)
    shown.screen.show_record("customer", customer)
    shown.screen.card.acts.erase()
    window = shown.screen.window().findChild(EraseWindow)
    assert window is not None
    wait_until_all_fits(qtbot, window)
    window.close()
