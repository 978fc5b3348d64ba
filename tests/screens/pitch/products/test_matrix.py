"""The matrix of industries and products: rated by keys, by the switch and by the menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit

from fieldsales.domain.product import Solution
from fieldsales.screens.pitch.products.page import ProductsPage
from fieldsales.services.operations.products import RateSolution
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.words import PSEUDO
from tests.screens.pitch.conftest import Shown, ShowPitch
from tests.widgets.clip_check import clipped
from tests.workspaces import Add


def _matrix(shown: Shown) -> ProductsPage:
    page = shown.page
    assert isinstance(page, ProductsPage)
    shown.screen.show_record("matrix", "")
    return page


def _cells(workspace: Workspace) -> list[tuple[str, str, str]]:
    found = workspace.store.records(
        Solution, "SELECT * FROM solution WHERE trashed_at IS NULL ORDER BY industry"
    )
    return [(one.industry, one.fit, one.note) for one in found]


def test_rated_and_emptied_by_keys(show_pitch: ShowPitch, workspace: Workspace, add: Add) -> None:
    add("customer", name="海润牧业", industry="pig_farm")
    add("product", name="保育康 551")
    page = _matrix(show_pitch("products"))
    grid = page.matrix.grid
    assert grid.cells.headerData(0, Qt.Orientation.Vertical) == "养猪"  # somebody is in it
    assert QApplication.focusWidget() is grid
    QTest.keyClick(grid, Qt.Key.Key_1)
    assert _cells(workspace) == [("pig_farm", "high", "")]
    QTest.keyClick(grid, Qt.Key.Key_2)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_3)
    assert sorted(fit for _, fit, _ in _cells(workspace)) == ["none", "some"]
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    assert _cells(workspace) == [("pig_farm", "some", "")]
    page.matrix.fit.choose("none")  # of the cell below, which is empty now
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert page.matrix.fit.key == "some"
    workspace.reverse(workspace.to_undo())
    assert _cells(workspace) == [("pig_farm", "some", "")]


def test_a_note_stays_with_its_cell_and_survives_another_rating(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    product = add("product", name="保育康 551")
    other = add("product", name="母羊冬补料")
    workspace.run(RateSolution("pig_farm", product, "high"))
    workspace.run(RateSolution("pig_farm", other, "some", "冬天"))
    page = _matrix(show_pitch("products"))
    grid, note = page.matrix.grid, page.matrix.note
    QTest.keyClick(grid, Qt.Key.Key_Return)
    line = note.cells["note"].editor.target()
    assert isinstance(line, QLineEdit | QPlainTextEdit)
    assert QApplication.focusWidget() is line
    QTest.keyClicks(line, "from weaning")
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert note.binder.value("note") == "冬天"
    QTest.keyClick(grid, Qt.Key.Key_Left)
    QTest.keyClick(grid, Qt.Key.Key_2)
    assert ("pig_farm", "some", "from weaning") in _cells(workspace)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is grid


def test_the_menu_rates_and_leads_to_the_product(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    add("product", name="保育康 551")
    page = _matrix(show_pitch("products"))
    grid = page.matrix.grid
    spot = grid.visualRect(grid.cells.index(1, 0)).center()
    grid.customContextMenuRequested.emit(QPoint(spot))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "部分合适").trigger()
    menu.close()
    assert [fit for _, fit, _ in _cells(workspace)] == ["some"]
    grid.product_wanted.emit(grid.cells.products[0].id)
    assert page.stack.currentWidget() is page.halves
    assert page.card.name.full_text() == "保育康 551"
    page.show_matrix()
    assert page.go_back()
    assert page.stack.currentWidget() is page.halves


@pytest.mark.parametrize("lang", ["zh_CN", "en", PSEUDO])
def test_nothing_is_clipped(show_pitch: ShowPitch, workspace: Workspace, lang: str) -> None:
    workspace.run(LoadSample())
    shown = show_pitch("products", size=(1280, 720), lang=lang)
    _matrix(shown)
    for _ in range(4):
        QApplication.processEvents()
    assert not clipped(shown.screen)
