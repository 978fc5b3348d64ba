"""Products by what a user does: found, made, filled in, priced, thrown away and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from fieldsales.domain.product import SPOKEN, Price, Product
from fieldsales.domain.worksheet import Worksheet
from fieldsales.screens.pitch.products.page import ProductsPage
from fieldsales.services.operations.products import RateSolution, SetPrice
from fieldsales.services.operations.sample import LoadSample
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.counted import CountedNote
from fieldsales.widgets.form import FieldCell
from fieldsales.words import PSEUDO
from tests.screens.pitch.conftest import Shown, ShowPitch
from tests.widgets.clip_check import clipped
from tests.workspaces import Add


def _settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def _type(cell: FieldCell, text: str) -> None:
    line = cell.editor.target()
    assert isinstance(line, QLineEdit)
    line.insert(text)  # as an input method does; keyClicks knows ASCII alone


def _products(shown: Shown) -> ProductsPage:
    page = shown.page
    assert isinstance(page, ProductsPage)
    return page


def _names(page: ProductsPage) -> list[str]:
    return [row.product.name for row in page.list.shown()]


def test_a_product_is_made_by_its_name_and_filled_in_on_its_card(
    show_pitch: ShowPitch, workspace: Workspace
) -> None:
    page = _products(show_pitch("products"))
    assert page.stack.currentWidget() is page.empty
    assert page.new_record()
    _type(page.newcomer.cells["name"], "保育康 551")
    QTest.keyClick(page.newcomer.cells["name"].editor.target(), Qt.Key.Key_Return)
    assert _names(page) == ["保育康 551"]
    assert page.card.name.full_text() == "保育康 551"
    _type(page.card.form.cells["unit"], "吨")
    page.flush()
    row_id = page.card.product_id
    found = workspace.store.record(Product, row_id)
    assert found is not None
    assert found.unit == "吨"


def test_a_name_is_wanted(show_pitch: ShowPitch) -> None:
    page = _products(show_pitch("products"))
    page.new_record()
    QTest.keyClick(page.newcomer.cells["name"].editor.target(), Qt.Key.Key_Return)
    assert page.newcomer.cells["name"].message()
    QTest.keyClick(page.newcomer.cells["name"].editor.target(), Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.empty


def test_found_by_initials_and_code(show_pitch: ShowPitch, add: Add) -> None:
    add("product", name="保育康 551", code="QH-Z551")
    add("product", name="母羊冬补料", code="QH-Y720")
    page = _products(show_pitch("products"))
    for asked in ("myd", "冬补", "Y720"):
        page.list.search.setText(asked)
        QTest.keyClick(page.list.search, Qt.Key.Key_Down)
        assert _names(page) == ["母羊冬补料"], asked
    assert page.card.name.full_text() == "母羊冬补料"


def test_the_price_that_holds_today_is_marked(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    product = add("product", name="保育康 551", unit="吨")
    workspace.run(SetPrice(product, 478000, "CNY", 9, "2026-01-01"))
    workspace.run(SetPrice(product, 500000, "CNY", 9, "2027-01-01"))
    page = _products(show_pitch("products"))
    prices = page.card.prices
    marked = [line.face.title for line in prices.lines if line.face.bold]
    assert marked == ["¥4,780.00 / 吨"]
    assert "¥4,385.32" in prices.lines[1].face.subtitle  # 4,780 without 9 %
    prices.begin_adding()
    QTest.keyClicks(prices.amount, "4,900")
    QTest.keyClick(prices.amount, Qt.Key.Key_Return)
    added = workspace.store.records(Price, "SELECT * FROM price WHERE valid_from = '2026-11-09'")
    assert [(one.amount, one.currency, one.tax_percent) for one in added] == [(490000, "CNY", 9)]
    assert page.list.shown()[0].price == added[0]
    _type(prices.form.cells["list_name"], "经销商")
    page.flush()
    assert [line.face.title for line in prices.lines if line.face.bold and not line.isHidden()] == [
        "¥4,900.00 / 吨",
        "¥4,780.00 / 吨",
    ]


def test_a_text_too_long_is_said_so_and_kept_whole(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    product = add("product", name="保育康 551", spoken="好。")
    page = _products(show_pitch("products"))
    cell = page.card.told.cells["spoken"]
    editor = cell.editor
    assert isinstance(editor, CountedNote)
    long = "猪" * (SPOKEN + 1)
    QApplication.clipboard().setText(long)
    editor.text.selectAll()
    editor.text.paste()
    assert "501" in editor.count.text()
    assert editor.count.property("tone") == "bad"
    page.flush()
    assert editor.typed() == long
    assert "501" in cell.message()
    kept = workspace.store.record(Product, product)
    assert kept is not None
    assert kept.spoken == "好。"
    again = _products(show_pitch("products"))
    assert again.card.told.cells["spoken"].editor.typed() == long  # the draft outlives the window


def test_thrown_away_while_open_and_taken_back(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    add("product", name="保育康 551")
    shown = show_pitch("products")
    page = _products(shown)
    QTest.keyClick(page.list.list.rows, Qt.Key.Key_Delete)
    assert not _names(page)
    _settle()
    assert shown.told[-1].act is not None
    shown.told[-1].act()
    assert _names(page) == ["保育康 551"]
    assert page.detail.currentWidget() is page.card


@pytest.mark.parametrize("lang", ["zh_CN", "en", PSEUDO])
def test_nothing_is_clipped(show_pitch: ShowPitch, workspace: Workspace, lang: str) -> None:
    workspace.run(LoadSample())
    shown = show_pitch("products", size=(1280, 720), lang=lang)
    page = _products(shown)
    page.show_example()
    _settle()
    assert not clipped(shown.screen)
    page.new_record()
    _settle()
    assert not clipped(shown.screen)


def test_whom_it_fits_is_told_and_led_to(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    product = add("product", name="保育康 551", sizes="d")
    small = add("customer", name="高家羊场", industry="pig_farm", employees=20)
    add("customer", name="大集团", industry="pig_farm", employees=5000)
    unknown = add("customer", name="贺家饲料店", industry="feed_dealer")
    workspace.run(RateSolution("feed_dealer", product, "some"))
    workspace.run(RateSolution("pig_farm", product, "high"))
    workspace.run(RateSolution("telecom", product, "none"))
    shown = show_pitch("products")
    fits = _products(shown).card.fits
    assert [line.face.key for line in fits.lines if not line.isHidden()] == [small, unknown]
    fits.lines[0].clicked.emit()
    assert shown.opened == [("customer", small)]


def test_a_worksheet_is_begun_and_keeps_the_name_of_a_product_that_goes(
    show_pitch: ShowPitch, workspace: Workspace, add: Add
) -> None:
    product = add("product", name="保育康 551")
    shown = show_pitch("products")
    page = _products(shown)
    page.card.start_worksheet()
    kind, sheet_id = shown.opened[-1]
    assert kind == "worksheet"
    assert [line.face.key for line in page.card.sheets.lines] == [sheet_id]
    page.trash_shown()
    sheet = workspace.store.record(Worksheet, sheet_id)
    assert sheet is not None
    assert (sheet.product_id, sheet.product_name) == (product, "保育康 551")


def test_a_picture_is_pasted(show_pitch: ShowPitch, workspace: Workspace, add: Add) -> None:
    add("product", name="保育康 551")
    page = _products(show_pitch("products"))
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0x00AA66)
    QApplication.clipboard().setImage(picture)
    QTest.keyClick(page.card, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.card.card is not None
    kept = [one for one, _ in page.card.card.pictures]
    assert kept[0].kind == "photo"
    assert kept[0].for_customer
    assert len(page.card.files.tiles) == len(kept)
    QApplication.clipboard().clear()
    QTest.keyClick(page.card, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(page.card.card.pictures) == len(kept)
