"""Long lists fetch what shows, sort by asking, and keep selection and layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
import shiboken6
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.list_page import ListPage
from fieldsales.widgets.list_views import RowFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.rows import ROW_ROLE, SORT_ROLE, Column, WindowedModel


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    name: str
    amount: int


COLUMNS = [
    Column[Row]("name", "field.customer.name", lambda row: row.name, 200, sort="name"),
    Column[Row](
        "amount",
        "field.deal.amount",
        lambda row: f"{row.amount:,}",
        100,
        right=True,
        sort="amount",
        descending=True,
        value=lambda row: row.amount,
        tooltip=lambda row: f"{row.amount} 元",
        role=lambda row: "bad" if row.amount < 0 else "ink",
    ),
    Column[Row]("note", "field.customer.note", lambda _row: "", 100, shown=False),
]


class Source:
    """A table of rows that counts what is asked of it."""

    def __init__(self, count: int) -> None:
        self.rows = {n: Row(n, f"客户 {n}", (n * 37) % 1000) for n in range(1, count + 1)}
        self.fetched: list[Sequence[int]] = []

    def numbers(self, sort: str, descending: bool) -> list[int]:
        key: Callable[[Row], object] = (
            (lambda row: row.amount) if sort == "amount" else (lambda row: row.number)
        )
        return [row.number for row in sorted(self.rows.values(), key=key, reverse=descending)]

    def fetch(self, numbers: Sequence[int]) -> list[Row | None]:
        self.fetched.append(list(numbers))
        return [self.rows.get(number) for number in numbers]


def _model(look: Look, source: Source) -> WindowedModel[Row]:
    model = WindowedModel(look.words, COLUMNS, source.numbers, source.fetch, sort="name")
    model.reload()
    return model


def _face(row: Row) -> RowFace:
    return RowFace(row.name, "地区", f"{row.amount}", chips=(ChipFace("A"),), mark="flag")


@pytest.fixture
def source() -> Source:
    return Source(1000)


@pytest.fixture
def page(qtbot: QtBot, look: Look, source: Source) -> ListPage:
    page = ListPage(look, _model(look, source), _face)
    page.resize(600, 400)
    qtbot.addWidget(page)
    page.show()
    return page


def test_model_keeps_the_rules_of_models(look: Look, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(_model(look, Source(300)))


def test_only_what_is_looked_at_is_fetched(look: Look) -> None:
    source = Source(100_000)
    model = _model(look, source)
    assert model.rowCount() == 100_000
    assert source.fetched == []
    assert model.index(70_123, 0).data() == "客户 70124"
    assert model.index(70_150, 0).data() == "客户 70151"
    assert [len(numbers) for numbers in source.fetched] == [200]


def test_pages_are_forgotten_again(look: Look) -> None:
    source = Source(20_000)
    model = _model(look, source)
    for at in range(0, 20_000, 200):
        model.row(at)
    assert len(model._pages) < 30
    model.row(0)
    assert len(source.fetched) == 101


def test_roles(look: Look, source: Source) -> None:
    model = _model(look, source)
    index = model.index(4, 1)
    assert index.data() == "185"
    assert index.data(SORT_ROLE) == 185
    assert index.data(ROW_ROLE) == source.rows[5]
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "185 元"
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert model.data(QModelIndex()) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == look.words("field.customer.name")


def test_sorting_asks_for_new_numbers(look: Look, source: Source) -> None:
    model = _model(look, source)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    amounts = [model.index(at, 1).data(SORT_ROLE) for at in range(50)]
    assert amounts == sorted(amounts, reverse=True)
    assert model.sorted_by == ("amount", True)
    model.sort(2)  # a column that cannot be sorted
    assert model.sorted_by == ("amount", True)


def test_refresh_fetches_changed_rows(look: Look, source: Source, qtbot: QtBot) -> None:
    model = _model(look, source)
    assert model.index(4, 0).data() == "客户 5"
    source.rows[5] = Row(5, "改了", 1)
    assert model.index(4, 0).data() == "客户 5"
    with qtbot.waitSignal(model.dataChanged) as signal:
        model.refresh([5])
    assert signal.args[0].row() == 4
    assert model.index(4, 0).data() == "改了"
    model.refresh([99_999])  # not in the list: nothing to do


def test_a_row_that_is_gone_shows_empty(page: ListPage, source: Source) -> None:
    del source.rows[2]
    page.model.refresh()
    assert page.model.index(1, 0).data() == ""
    assert page.model.index(1, 0).data(SORT_ROLE) is None
    page.grab()
    page.set_view("table")
    page.grab()


def test_selection_and_current_row_survive_a_reload(page: ListPage, source: Source) -> None:
    assert page.select_number(500)
    page.rows.selectAll()
    assert page.selected_count() == 1000
    page.select_number(500)
    del source.rows[3]
    page.model.reload()
    assert page.current_number() == 500
    assert page.selected_numbers() == [500]


def test_current_row_that_vanished_is_told(page: ListPage, source: Source, qtbot: QtBot) -> None:
    page.select_number(3)
    del source.rows[3]
    with qtbot.waitSignal(page.current_changed) as signal:
        page.model.reload()
    assert signal.args == [-1]
    assert page.selected_numbers() == []


@pytest.mark.parametrize("view", ["rows", "table"])
def test_keys(page: ListPage, qtbot: QtBot, view: str) -> None:
    page.set_view(view)
    page.focus_list()
    assert page.current_number() == 1
    QTest.keyClick(page.shown, Qt.Key.Key_Down)
    assert page.current_number() == 2
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.shown, Qt.Key.Key_Return)
    assert opened.args == [2]
    QTest.keyClick(page.shown, Qt.Key.Key_Space)
    assert page.selected_count() == 0
    QTest.keyClick(page.shown, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.selected_count() == 1000
    assert page.selected_numbers()[:3] == [1, 2, 3]
    with qtbot.waitSignal(page.delete_wanted):
        QTest.keyClick(page.shown, Qt.Key.Key_Delete)
    QTest.keyClicks(page.shown, "9")  # typing does not jump about
    assert page.current_number() == 3


@pytest.mark.parametrize("view", ["rows", "table"])
def test_home_and_end_go_to_the_ends_of_the_list(page: ListPage, qtbot: QtBot, view: str) -> None:
    page.set_view(view)  # type: ignore[arg-type]
    page.select_number(500)
    page.shown.setFocus()
    ends = [page.model.number(at) for at in (0, page.model.rowCount() - 1)]
    for key, number in zip((Qt.Key.Key_Home, Qt.Key.Key_End), ends, strict=True):
        qtbot.keyClick(page.shown, key)
        assert page.current_number() == number
        assert page.selected_numbers() == [number]
    qtbot.keyClick(page.shown, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert page.selected_count() == page.model.rowCount()


def test_one_selection_in_both_views(page: ListPage) -> None:
    page.select_number(7)
    page.set_view("table")
    assert page.selected_numbers() == [7]
    assert page.table.currentIndex().row() == 6
    page.select_number(9)
    page.set_view("rows")
    assert page.selected_numbers() == [9]


def test_the_selection_outlives_pythons_hold_on_a_view(page: ListPage) -> None:
    page.select_number(3)
    shiboken6.invalidate(page.table)  # as happens when Qt lends Python a widget around the page
    assert page.selected_numbers() == [3]


def test_header_sorts_the_way_a_column_is_wanted(page: ListPage) -> None:
    page.set_view("table")
    header = page.table.horizontalHeader()
    header.sectionClicked.emit(1)
    assert page.model.sorted_by == ("amount", True)
    header.sectionClicked.emit(1)
    assert page.model.sorted_by == ("amount", False)
    header.sectionClicked.emit(2)
    assert page.model.sorted_by == ("amount", False)


def test_layout_is_kept(qtbot: QtBot, look: Look, page: ListPage, source: Source) -> None:
    page.set_view("table")
    table = page.table
    menu = table.columns_menu(table)
    menu.actions()[2].trigger()
    table.horizontalHeader().moveSection(1, 0)
    table.setColumnWidth(0, 333)
    table.horizontalHeader().sectionClicked.emit(1)
    state = table.save_state()
    other = ListPage(look, _model(look, source), _face)
    qtbot.addWidget(other)
    other.table.restore_state(state)
    assert other.table.save_state() == state
    assert not other.table.isColumnHidden(2)
    assert other.table.horizontalHeader().logicalIndex(0) == 1
    assert other.model.sorted_by == ("amount", True)


@pytest.mark.parametrize("state", ["", "{", "[]", '{"order": ["gone"], "widths": {"name": "x"}}'])
def test_a_layout_of_another_version_does_no_harm(page: ListPage, state: str) -> None:
    before = page.table.save_state()
    page.table.restore_state(state)
    assert page.table.save_state() == before


def test_the_last_column_cannot_be_hidden(page: ListPage) -> None:
    table = page.table
    for at in (1, 2):
        table.setColumnHidden(at, True)
    menu = table.columns_menu(table)
    assert not menu.actions()[0].isEnabled()


def test_nothing_to_show_is_the_empty_state(page: ListPage, source: Source) -> None:
    source.rows.clear()
    page.model.reload()
    assert page.currentWidget() is page._empty
    source.rows[1] = Row(1, "新", 1)
    page.model.reload()
    assert page.currentWidget() is page.rows


def test_a_long_aside_leaves_the_text_its_half(qtbot: QtBot, look: Look) -> None:
    def told(below: str) -> QImage:
        source = Source(1)
        face = RowFace("海润", "名字一样", below=below)
        shown = ListPage(look, _model(look, source), lambda _row: face)
        shown.resize(300, 200)
        qtbot.addWidget(shown)
        shown.show()
        return shown.grab().toImage().copy(0, 0, 80, 200)

    assert told("定边") == told("鄂尔多斯市鄂托克前旗上海庙能源化工基地" * 2)
