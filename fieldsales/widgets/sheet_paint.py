"""How a sheet is painted: its titles and its cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fieldsales.widgets.chips import chip_width, paint_chip
from fieldsales.widgets.list_views import paint_ground
from fieldsales.widgets.look import Look
from fieldsales.widgets.sheet_rows import Index, RowStyle, SheetModel

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight
_HEAD = 30  # px at 100 %


class SheetHead(QHeaderView):
    """Titles in small type over a line."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setFixedHeight(look.theme.px(_HEAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, model = self._look.theme, self.model()
        painter.fillRect(rect, theme.colour("paper"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.colour("line"))
        assert isinstance(model, SheetModel)
        column = model.columns[section]
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-2"))
        pad = theme.px(8)
        inside = rect.adjusted(pad, 0, -pad, 0)
        text = theme.metrics("caption").elidedText(column.title, _ELIDE, inside.width())
        painter.drawText(inside, _RIGHT if column.right else _LEFT, text)


class SheetCells(QStyledItemDelegate):
    """Paints a cell; the first one may have a second line and chips."""

    def __init__(
        self, look: Look, view: QTableView, model: SheetModel[Any], style: Callable[[Any], RowStyle]
    ) -> None:
        super().__init__(view)
        self._look, self._view, self._model, self._style = look, view, model, style

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, theme, model = self._look, self._look.theme, self._model
        row, column = model.rows[index.row()], model.columns[index.column()]
        style, first = self._style(row), index.column() == 0
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect
        focused = self._view.hasFocus() and self._view.currentIndex() == index
        paint_ground(look, painter, rect, selected=selected, current=False, hovered=False)
        if focused and not model.locked:
            painter.setPen(theme.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        pad = theme.px(8)
        inside = rect.adjusted(pad, 0, -pad, 0)
        if style.spans and first:
            total = model.columns[-1].text(row)
            self._write(painter, inside, total, style, right=True)
            inside.setRight(inside.right() - theme.metrics(bold=True).horizontalAdvance(total) - 8)
        if first and style.below:
            below = inside.adjusted(0, theme.px(25), 0, -theme.px(5))
            inside.setBottom(inside.top() + theme.px(28))
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink-2"))
            text = theme.metrics("caption").elidedText(style.below, _ELIDE, below.width())
            painter.drawText(below, _LEFT, text)
        if first:
            taken = sum(chip_width(look, chip) + theme.px(6) for chip in style.chips)
            width = self._write(
                painter, inside.adjusted(0, 0, -taken, 0), column.text(row), style, right=False
            )
            left = inside.left() + width + theme.px(8)
            for chip in style.chips:
                left = paint_chip(look, painter, left, inside.center().y() + 1, chip) + theme.px(6)
        else:
            self._write(painter, inside, column.text(row), style, right=column.right)

    def _write(
        self, painter: QPainter, rect: QRect, text: str, style: RowStyle, *, right: bool
    ) -> int:
        """Writes a line; gives how wide it is."""
        theme = self._look.theme
        metrics = theme.metrics(bold=style.bold)
        shown = metrics.elidedText(text, _ELIDE, max(0, rect.width()))
        painter.setFont(theme.font(bold=style.bold))
        painter.setPen(theme.colour(style.role))
        painter.drawText(rect, _RIGHT if right else _LEFT, shown)
        return metrics.horizontalAdvance(shown)
