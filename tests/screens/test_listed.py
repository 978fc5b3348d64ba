"""Sections with a list at the left: alike in place, width, focus and keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from fieldsales.screens import library, money, pitch
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.sections import SectionedScreen
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.theme import Theme
from tests.screens.conftest import OpenContext

LISTED = {
    pitch: ("products", "ffab", "spin", "objections", "closing"),
    library: ("checklists", "phrases"),
    money: ("proposals",),
}


@pytest.fixture
def screens(qtbot: QtBot, open_context: OpenContext, workspace: Workspace) -> list[SectionedScreen]:
    workspace.run(LoadSample())
    context = open_context()
    shown = []
    for tab in LISTED:
        screen = tab.build(context)
        assert isinstance(screen, SectionedScreen)
        qtbot.addWidget(screen)
        screen.resize(1290, 720)
        shown.append(screen)
    return shown


def _pages(screens: list[SectionedScreen]) -> Iterator[tuple[SectionedScreen, ListedPage]]:
    for screen, names in zip(screens, LISTED.values(), strict=True):
        screen.show()
        assert QTest.qWaitForWindowActive(screen)
        for name in names:
            page = screen.show_section(name)
            assert isinstance(page, ListedPage)
            page.show_example()
            QCoreApplication.processEvents()
            yield screen, page
        screen.hide()


def test_a_search_stands_at_the_margin_of_the_page(
    screens: list[SectionedScreen], theme: Theme
) -> None:
    for screen, page in _pages(screens):
        search = page.halves.side.searched
        if search is not None:
            assert search.mapTo(screen, QPoint(0, 0)).x() == theme.px(24), page


def test_the_list_is_as_wide_in_every_section_as_it_was_made_in_one(
    screens: list[SectionedScreen], theme: Theme
) -> None:
    widths = {page.halves.sizes()[0] for _, page in _pages(screens)}
    assert widths == {theme.px(320)}
    _, page = next(_pages(screens))
    page.halves.moveSplitter(theme.px(400), 1)
    assert {page.halves.sizes()[0] for _, page in _pages(screens)} == {theme.px(400)}


def test_a_click_on_a_section_begins_in_its_list(screens: list[SectionedScreen]) -> None:
    for screen, names in zip(screens, LISTED.values(), strict=True):
        screen.show()
        assert QTest.qWaitForWindowActive(screen)
        screen.setFocus()
        for name in reversed(names):
            at = screen.names.index(name)
            QTest.mouseClick(
                screen.switch, Qt.MouseButton.LeftButton, pos=screen.switch.rects()[at].center()
            )
            page = screen.page
            assert isinstance(page, ListedPage)
            assert page.halves.side.list.isAncestorOf(screen.focusWidget()), name
            shown = page.halves.detail
            inside = shown.currentWidget() if isinstance(shown, QStackedWidget) else shown
            assert not isinstance(inside, EmptyState), name  # the first of the list is shown
        screen.hide()


def test_esc_and_back_lead_to_the_list_and_ctrl_f_to_its_search(
    screens: list[SectionedScreen],
) -> None:
    for screen, page in _pages(screens):
        for lead in ("esc", "back"):
            page.halves.detail.setFocus()
            inside = _first_stop(page.halves.detail)
            inside.setFocus()
            assert screen.focusWidget() is inside
            if lead == "back":
                assert screen.go_back()
            else:
                QTest.keyClick(inside, Qt.Key.Key_Escape)
            assert page.halves.side.list.isAncestorOf(screen.focusWidget()), (page, lead)
        assert not screen.go_back()  # the window goes on to the tab before
        search = page.halves.side.searched
        if search is not None:
            QTest.keyClick(screen.focusWidget(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
            assert search.hasFocus()
            QTest.keyClick(search, Qt.Key.Key_Escape)
            assert page.halves.side.list.isAncestorOf(screen.focusWidget())


def _first_stop(detail: QWidget) -> QWidget:
    return next(
        one
        for one in (detail, *detail.findChildren(QWidget))
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    )  # fmt: skip
