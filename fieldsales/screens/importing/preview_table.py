"""The file's first rows as a table, read but not written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QRect,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fieldsales.screens.importing.column_header import ColumnHeader
from fieldsales.screens.importing.preview_model import Index, PreviewModel
from fieldsales.services.importing.sheet import Row
from fieldsales.widgets.look import Look

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight
_ROW, _PAD, _END = 30, 12, 4  # px at 100 %


class _Cells(QStyledItemDelegate):
    """Paints a cell; of columns that are left out in faint ink."""

    def __init__(self, look: Look, model: PreviewModel, header: ColumnHeader) -> None:
        super().__init__(header)
        self._look, self._model, self._header = look, model, header

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._look.theme, option.rect
        unused = self._header.marks[index.column()] == "unused"
        if unused:
            painter.fillRect(rect, theme.colour("paper-2"))
        line = theme.px(1)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), line, theme.colour("hairline"))
        text = self._model.data(index)
        if text:
            pad = theme.px(_PAD)
            inside = rect.adjusted(pad, 0, -theme.px(_END), 0)
            painter.setFont(theme.font())
            painter.setPen(theme.colour("ink-3" if unused else "ink"))
            shown = theme.metrics().elidedText(text, _ELIDE, inside.width())
            painter.drawText(inside, _LEFT, shown)


class _RowNumbers(QHeaderView):
    """The rows' numbers as a spreadsheet shows them."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._look = look
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(look.theme.px(_ROW))
        self.setMinimumSectionSize(look.theme.px(_ROW))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme = self._look.theme
        painter.fillRect(rect, theme.colour("paper"))
        line = theme.px(1)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), line, theme.colour("hairline"))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-3"))
        number = self.model().headerData(section, Qt.Orientation.Vertical)
        painter.drawText(rect.adjusted(0, 0, -theme.px(8), 0), _RIGHT, number)


class PreviewTable(QTableView):
    """The rows to look at; the header above them is where things are chosen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.preview = PreviewModel()
        self.setModel(self.preview)
        self.columns = ColumnHeader(look, self.preview, self)
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(_RowNumbers(look, self))
        self.setItemDelegate(_Cells(look, self.preview, self.columns))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(look.theme.px(_ROW))
        self.setAccessibleName(look.words("importing.preview"))

    def show_rows(self, rows: Sequence[Row], names: Sequence[str]) -> None:
        """Shows a file from its first row and column on."""
        self.preview.show_rows(rows, names)
        widest = self._look.theme.metrics("caption").horizontalAdvance(str(rows[-1][0]))
        self.verticalHeader().setFixedWidth(widest + self._look.theme.px(12))
        self.scrollToTop()
        self.horizontalScrollBar().setValue(0)
        self.columns.current = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the page goes back
        else:
            super().keyPressEvent(event)
