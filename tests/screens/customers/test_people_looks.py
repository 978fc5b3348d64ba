"""Every text of the page of people fits, in words half as long again and in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from fieldsales.screens.customers.erasing import EraseWindow
from fieldsales.services.operations.people import AddVacantPost
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.store.backup import back_up
from fieldsales.store.queries import customers
from fieldsales.words import LANGUAGES, PSEUDO
from tests.screens.customers.conftest import Shown
from tests.widgets.clip_check import wait_until_all_fits
from tests.workspaces import add

Show = Callable[..., Shown]


@pytest.mark.parametrize("width", [960, 1270])  # of a window of 1366 the rail takes the rest
@pytest.mark.parametrize("lang", [PSEUDO, *LANGUAGES])
def test_nothing_is_clipped(
    show: Show, workspace: Workspace, qtbot: QtBot, lang: str, width: int
) -> None:
    workspace.run(LoadSample())
    shown = show(width=width, lang=lang)
    customer = customers.fullest(workspace.store)
    assert customer is not None
    shown.screen.show_record("people", customer)
    page = shown.screen.pages.people
    for view in ("list", "chart", "climate", "matrix"):
        page.show_view(view)
        wait_until_all_fits(qtbot, page)
    page.show_view("list")
    someone = page.desk.people.persons[0].contact.id
    page.show_person(someone)
    page.person.show_code()
    page.person.show_history()
    wait_until_all_fits(qtbot, page.person)
    post = AddVacantPost(customer, "场长助理")
    workspace.run(post)
    page.show_person(post.row_id)
    wait_until_all_fits(qtbot, page.person)
    page.show_person(someone)
    page.person.erase()
    window = page.window().findChild(EraseWindow)
    assert window is not None
    wait_until_all_fits(qtbot, window)
    back_up(workspace.store)  # which holds them, so that there is something to decide
    name = workspace.store.value("SELECT name FROM contact WHERE id = ?", [someone])
    window.line.setText(name)
    window.act.click()
    assert window.copies.isVisible()
    wait_until_all_fits(qtbot, window)
    window.close()
    stranger = add(workspace, "customer", name="新客户")
    shown.screen.show_record("people", stranger)
    for view in ("list", "chart", "climate", "matrix"):
        page.show_view(view)
        wait_until_all_fits(qtbot, page)
