"""A sheet of some hundred rows edited in place: cells typed into, rows ordered and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDropEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QScrollArea,
    QTableView,
)

from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import set_style
from fieldsales.widgets.sheet_paint import SheetCells, SheetHead
from fieldsales.widgets.sheet_rows import Row, RowStyle, SheetColumn, SheetModel
from fieldsales.widgets.suggestions import Suggestion

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_HEIGHT, _TALL = 36, 50  # px at 100 %


class Sheet(QTableView, Generic[Row]):
    """As high as its rows. Enter, F2 or a letter edits; Enter goes on to the next cell.

    `accept` is given a row's id, a column's key and what was typed, `take` what was picked there;
    both answer with what is wrong, in words, or ''.
    """

    typing = Signal(str, str, str)  # id, key, text: at each key
    stopped = Signal()  # nothing is typed any more
    wrong = Signal(str)  # what is wrong with what was typed; '' once it is not
    current_changed = Signal(str)  # id, '' for none
    ran_out = Signal()  # Enter in the last cell
    ordered = Signal(object)  # ids in the new order
    remove_wanted = Signal(object)  # ids
    pasted = Signal(str)
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(
        self,
        look: Look,
        columns: Sequence[SheetColumn[Row]],
        style: Callable[[Row], RowStyle],
        accept: Callable[[str, str, str], str],
        take: Callable[[str, str, str], str],
        *,
        name: str,
    ) -> None:
        super().__init__()
        self.sheet: SheetModel[Row] = SheetModel(columns)
        self.row_style = style
        self._look, self._accept, self._take = look, accept, take
        self._line: ChooserLine | None = None
        self._cell = ("", "")  # id and key of what is edited
        self.setModel(self.sheet)
        self.setAccessibleName(name)
        self.setItemDelegate(SheetCells(look, self, self.sheet, style))
        header = SheetHead(look, self)
        self.setHorizontalHeader(header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        for turn in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            turn(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragDropOverwriteMode(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.selectionModel().currentRowChanged.connect(self._moved)
        for at, column in enumerate(columns):
            self.setColumnWidth(at, look.theme.px(column.width))

    # showing

    def show_rows(self, rows: Sequence[Row], *, locked: bool = False) -> None:
        """Shows these; the current row, and what is being typed, stay."""
        current, column = self.current(), max(0, self.currentIndex().column())
        at = self.currentIndex().row()
        self.sheet.locked = locked
        self.setDragEnabled(not locked)
        if self._line is not None and not any(row.id == self._cell[0] for row in rows):
            self._close()
        self.sheet.show_rows(rows)
        px = self._look.theme.px
        self.clearSpans()
        for place, row in enumerate(rows):
            style = self.row_style(row)
            self.setRowHeight(place, px(_TALL if style.below else _HEIGHT))
            if style.spans:
                self.setSpan(place, 0, 1, len(self.sheet.columns))
        self.setFixedHeight(self.horizontalHeader().height() + self.verticalHeader().length())
        if current and self.current() != current and rows:
            found = self.sheet.at(current)
            place = found if found >= 0 else min(at, len(rows) - 1)
            self._go(place, column)
        self._lay_line()

    def current(self) -> str:
        """The id of the current row, '' for none."""
        at = self.currentIndex().row()
        return self.sheet.rows[at].id if 0 <= at < len(self.sheet.rows) else ""

    def selected(self) -> list[str]:
        """Ids of the rows selected, in order."""
        found = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.sheet.rows[at].id for at in found]

    def choose(self, row_id: str) -> None:
        """Makes a row the current one."""
        if (at := self.sheet.at(row_id)) >= 0:
            self._go(at, 0)

    def _go(self, at: int, column: int) -> None:
        index = self.sheet.index(at, column)
        how = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, how.ClearAndSelect | how.Rows)
        self._into_view(index)

    def _into_view(self, index: QModelIndex) -> None:
        above: QObject | None = self.parent()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parent()
        inside = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and inside is not None and self.isVisible():
            spot = self.viewport().mapTo(inside, self.visualRect(index).center())
            above.ensureVisible(spot.x(), spot.y(), 0, self._look.theme.px(_TALL * 2))

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.current_changed.emit(self.current())
        self._into_view(self.currentIndex())

    def _menu(self, spot: QPoint) -> None:
        self.menu_wanted.emit(self.viewport().mapToGlobal(spot))

    # editing

    @property
    def line(self) -> ChooserLine | None:
        """The line that is typed into, while there is one."""
        return self._line

    def edit_cell(self, row_id: str, key: str, typed: str | None = None) -> bool:
        """Opens a cell for typing, with `typed` in place of what it holds; False if it takes none.

        What was open is closed first, and must be right.
        """
        at = self.sheet.at(row_id)
        place = next((n for n, one in enumerate(self.sheet.columns) if one.key == key), -1)
        if at < 0 or place < 0 or not self.flush():
            return False
        held = self.sheet.typed(at, place)
        if held is None:
            return False
        self._go(at, place)
        column = self.sheet.columns[place]
        line = self._line = ChooserLine(self._look, column.find or _nothing, calm=False)
        self._cell = (row_id, key)
        line.setParent(self.viewport())
        line.setAccessibleName(column.title)
        line.setText(held if typed is None else typed)
        if column.right:
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line.textEdited.connect(self._typed)
        line.picked.connect(self._picked)
        line.left.connect(self._left)
        line.installEventFilter(self)
        self._lay_line()
        line.show()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed is None:
            line.selectAll()
        else:
            line.textEdited.emit(typed)
        return True

    def flush(self) -> bool:
        """Saves what is being typed; False, and it stays open, if it is wrong."""
        if self._line is None:
            return True
        at = self.sheet.at(self._cell[0])
        place = self._column(self._cell[1])
        text = self._line.text()
        if at >= 0 and text != self.sheet.typed(at, place):
            said = self._accept(*self._cell, text)
            self.wrong.emit(said)
            if said:
                set_style(self._line, "wrong", True)
                return False
        else:
            self.wrong.emit("")
        self._close()
        return True

    def _column(self, key: str) -> int:
        return [one.key for one in self.sheet.columns].index(key)

    def _close(self) -> None:
        line, self._line = self._line, None
        if line is None:
            return
        focused = line.hasFocus()
        line.removeEventFilter(self)
        line.hide()
        line.deleteLater()
        if focused:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.stopped.emit()

    def _lay_line(self) -> None:
        if self._line is None:
            return
        at, place = self.sheet.at(self._cell[0]), self._column(self._cell[1])
        self._line.setGeometry(self.visualRect(self.sheet.index(at, place)).adjusted(0, 1, 0, -2))

    def _typed(self, text: str) -> None:
        self.typing.emit(*self._cell, text)

    def _picked(self, key: str, _text: str) -> None:
        cell = self._cell
        said = self._take(*cell, key)
        self.wrong.emit(said)
        if not said:
            self._close()
            self._step(cell, 1)

    def _left(self) -> None:
        """The user went elsewhere: what is wrong is said, and not kept."""
        if self._line is not None and not self.flush():
            self._close()

    def _step(self, cell: tuple[str, str], by: int) -> None:
        """To the next cell that can be typed into, or the one before."""
        count = len(self.sheet.columns)
        spot = self.sheet.at(cell[0]) * count + self._column(cell[1]) + by
        while 0 <= spot < len(self.sheet.rows) * count:
            at, place = divmod(spot, count)
            if self.sheet.typed(at, place) is not None:
                self.edit_cell(self.sheet.rows[at].id, self.sheet.columns[place].key)
                return
            spot += by
        if by > 0:
            self.ran_out.emit()

    def _line_key(self, event: QKeyEvent, line: ChooserLine) -> bool:
        """A key in the line that is typed into; False leaves it to the line."""
        key, cell = event.key(), self._cell
        listed = line.suggestions.isVisible()
        if key == Qt.Key.Key_Escape and not listed:
            self.wrong.emit("")
            self._close()
            return True
        if key in _ENTER and listed and line.suggestions.current():
            return False
        if key in _ENTER or key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if self.flush():
                self._step(cell, -1 if key == Qt.Key.Key_Backtab else 1)
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not listed and not event.modifiers():
            at = self.sheet.at(cell[0]) + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= at < len(self.sheet.rows) and self.flush():
                self.edit_cell(self.sheet.rows[at].id, cell[1])
            return True
        return False

    # order

    def shift(self, by: int) -> None:
        """Moves the selected rows up or down by one place."""
        ids = [row.id for row in self.sheet.rows]
        chosen = self.selected()
        places = [ids.index(one) for one in chosen]
        ends = places and (places[0] + by < 0 or places[-1] + by >= len(ids))
        if not places or ends or self.sheet.locked:
            return
        for one in reversed(chosen) if by > 0 else chosen:
            at = ids.index(one)
            ids.insert(at + by, ids.pop(at))
        self.ordered.emit(ids)

    def _drop(self, place: int) -> None:
        ids = [row.id for row in self.sheet.rows]
        chosen = self.selected()
        before = [one for one in ids[:place] if one not in chosen]
        after = [one for one in ids[place:] if one not in chosen]
        if [*before, *chosen, *after] != ids:
            self.ordered.emit([*before, *chosen, *after])

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift(1 if key == Qt.Key.Key_Down else -1)
        elif event.matches(QKeySequence.StandardKey.Paste) and not self.sheet.locked:
            self.pasted.emit(QApplication.clipboard().text())
        elif key == Qt.Key.Key_Delete and not self.sheet.locked:
            if self.selected():
                self.remove_wanted.emit(self.selected())
        elif not index.isValid() or event.modifiers() & _CHORD:
            super().keyPressEvent(event)
        elif key in (*_ENTER, Qt.Key.Key_F2):
            if not self._open(index):
                event.ignore()
        elif event.text().strip() and event.text().isprintable():
            self._open(index, event.text())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex, typed: str | None = None) -> bool:
        row, column = self.sheet.rows[index.row()], self.sheet.columns[index.column()]
        return self.edit_cell(row.id, column.key, typed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        index = self.currentIndex()
        opened = index.isValid() and self._line is None and self._open(index, "")
        if opened and (line := self.line) is not None:
            QApplication.sendEvent(line, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._open(index)

    def dropEvent(self, event: QDropEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        place = len(self.sheet.rows)
        if index.isValid():
            rect = self.visualRect(index)
            place = index.row() + (event.position().y() > rect.center().y())
        event.setDropAction(Qt.DropAction.IgnoreAction)  # the rows move once the file says so
        event.accept()
        self._drop(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        others = sum(self.columnWidth(at) for at in range(1, len(self.sheet.columns)))
        least = self._look.theme.px(self.sheet.columns[0].width)
        self.setColumnWidth(0, max(least, self.viewport().width() - others))
        self._lay_line()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self._line
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._line is not None
            and self._line_key(event, self._line)
        ):
            return True
        return super().eventFilter(watched, event)


def _nothing(_text: str) -> Sequence[Suggestion]:
    return ()
