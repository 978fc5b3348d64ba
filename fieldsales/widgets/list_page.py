"""A long list on a page: rows or table over one model and one selection, or its empty state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.widgets.list_views import ListTable, RowFace, RowList
from fieldsales.widgets.look import Look
from fieldsales.widgets.rows import WindowedModel
from fieldsales.widgets.table_list import TableList

View = Literal["rows", "table"]
_KEPT = 2_000  # selections larger than this are not carried over a reload


class ListPage(QStackedWidget):
    """Shows a windowed model in two-line rows or as a table; nothing in it shows `empty`.

    Rows are spoken of by their numbers. Selection and current row survive a reload.
    """

    opened = Signal(int)  # number: Enter or double click
    current_changed = Signal(int)  # number, −1 for none
    selection_changed = Signal(int)  # how many are selected
    delete_wanted = Signal()
    menu_wanted = Signal(QPoint)  # where, on the screen
    layout_changed = Signal()

    def __init__(
        self,
        look: Look,
        model: WindowedModel[Any],
        face: Callable[[Any], RowFace],
        *,
        empty: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.model = model
        self._face = face
        self.rows = RowList(look, model, face)
        self.table = TableList(look, model)
        # made here, not by a view: Python would lose one of Qt's own with whatever refers to it
        self._selection = QItemSelectionModel(model, self)
        for view in (self.rows, self.table):
            own = view.selectionModel()
            view.setSelectionModel(self._selection)
            own.deleteLater()
        self._empty = empty or QWidget()
        for part in (self.rows, self.table, self._empty):
            self.addWidget(part)
        self._view: View = "rows"
        self._kept: tuple[list[int], int] = ([], -1)
        self._restoring = False
        for view in (self.rows, self.table):
            view.opened.connect(self._open)
            view.delete_wanted.connect(self.delete_wanted)
            view.customContextMenuRequested.connect(self._menu)
        self.table.layout_changed.connect(self.layout_changed)
        self._selection.currentRowChanged.connect(self._current_moved)
        self._selection.selectionChanged.connect(self._selected)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self._show()

    def told(self) -> list[tuple[str, ...]]:
        """All that is listed, in its order: the texts of the table's columns; of a list that has
        one column alone title, subtitle, chips and asides.
        """
        model, found = self.model, []
        for at in range(model.rowCount()):
            row = model.row(at)
            if row is None:
                continue
            if len(model.columns) > 1:
                found.append(tuple(column.text(row) for column in model.columns))
                continue
            face = self._face(row)
            chips = "、".join(chip.text for chip in face.chips)
            found.append((face.title, face.subtitle, chips, face.aside, face.below))
        return found

    @property
    def view(self) -> View:
        return self._view

    @property
    def shown(self) -> ListTable:
        """The view in use."""
        return self.rows if self._view == "rows" else self.table

    def set_view(self, view: View) -> None:
        self._view = view
        self._show()
        index = self._selection.currentIndex()
        if index.isValid():
            self.shown.scrollTo(index)

    def set_empty(self, empty: QWidget) -> None:
        """Replace what shows where there are no rows."""
        focused = self._empty.isAncestorOf(self.focusWidget())
        self.removeWidget(self._empty)
        self._empty.deleteLater()
        self._empty = empty
        self.addWidget(empty)
        self._show()
        if focused:
            self.setFocus()

    def current_number(self) -> int:
        """Number of the current row, −1 for none."""
        index = self._selection.currentIndex()
        return self.model.number(index.row()) if index.isValid() else -1

    def selected_count(self) -> int:
        return sum(found.height() for found in self._ranges())

    def selected_numbers(self) -> list[int]:
        """Numbers of the selected rows in the order shown."""
        positions = sorted((found.top(), found.bottom()) for found in self._ranges())
        numbers: list[int] = []
        for top, bottom in positions:
            numbers.extend(self.model.numbers[top : bottom + 1])
        return numbers

    def select_number(self, number: int) -> bool:
        """Make a row the current and only selected one; False if it is not in the list."""
        at = self.model.position(number)
        if at is None:
            return False
        index = self.model.index(at, 0)
        self._selection.setCurrentIndex(index, _ONLY)
        self.shown.scrollTo(index)
        return True

    def neighbour(self) -> int:
        """Number of the row to go on with once those selected are gone: the next, else the one
        before; −1 for none.
        """
        taken = set(self.selected_numbers())
        current = self._selection.currentIndex().row()
        after = range(max(0, current), self.model.rowCount())
        for at in (*after, *range(min(current, self.model.rowCount()) - 1, -1, -1)):
            if self.model.number(at) not in taken:
                return self.model.number(at)
        return -1

    def clear_selection(self) -> None:
        self._selection.clearSelection()

    def focus_list(self) -> None:
        # before the focus comes: Qt makes the first row the current one then, but selects none
        if not self._selection.currentIndex().isValid() and self.model.rowCount():
            self._selection.setCurrentIndex(self.model.index(0, 0), _ONLY)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ranges(self) -> list[QItemSelectionRange]:
        # a row selected as a whole may stand in several ranges of columns: count column 0 alone
        selection = self._selection.selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        return [found for found in ranges if found.left() == 0]

    def _show(self) -> None:
        filled = self.model.rowCount() > 0
        self.setCurrentWidget(self.shown if filled else self._empty)
        self.setFocusProxy(self.shown if filled else self._empty)

    def _open(self, at: int) -> None:
        self.opened.emit(self.model.number(at))

    def _menu(self, spot: QPoint) -> None:
        self.menu_wanted.emit(self.shown.viewport().mapToGlobal(spot))

    def _current_moved(self, current: QModelIndex) -> None:
        if not self._restoring:
            self.current_changed.emit(self.model.number(current.row()) if current.isValid() else -1)

    def _selected(self) -> None:
        if not self._restoring:
            self.selection_changed.emit(self.selected_count())

    def _keep(self) -> None:
        self._restoring = True
        numbers = self.selected_numbers() if self.selected_count() <= _KEPT else []
        self._kept = (numbers, self.current_number())

    def _restore(self) -> None:
        numbers, current = self._kept
        at = self.model.position(current) if current >= 0 else None
        if at is not None:
            self._selection.setCurrentIndex(
                self.model.index(at, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        selection = QItemSelection()
        for place in self.model.positions(numbers):
            index = self.model.index(place, 0)
            selection.select(index, index)
        if not selection.isEmpty():
            self._selection.select(selection, QItemSelectionModel.SelectionFlag.Select | _ROWS)
        self._restoring = False
        self._show()
        if current >= 0 and at is None:
            self.current_changed.emit(-1)
        self.selection_changed.emit(self.selected_count())


_ROWS = QItemSelectionModel.SelectionFlag.Rows
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROWS
