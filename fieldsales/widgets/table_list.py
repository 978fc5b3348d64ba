"""A long list as a table: columns to choose, move, size and sort by."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from fieldsales.widgets.list_views import Index, ListTable, paint_ground
from fieldsales.widgets.look import Look
from fieldsales.widgets.rows import WindowedModel

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight
_SELECTED = QStyle.StateFlag.State_Selected
_ROW_HEIGHT = 36


class CellDelegate(QStyledItemDelegate):
    """Paints one cell of a table."""

    def __init__(self, look: Look, model: WindowedModel[Any], view: TableList) -> None:
        super().__init__(view)
        self._look, self._model, self._view = look, model, view
        self._pad = look.theme.px(8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        at, number = index.row(), index.column()
        rect = option.rect
        view, model, theme = self._view, self._model, self._look.theme
        paint_ground(
            self._look,
            painter,
            rect,
            selected=bool(option.state & _SELECTED),
            current=number == view.first_column and view.currentIndex().row() == at,
            hovered=view.hovered_row == at,
        )
        row = model.row(at)
        if row is None:
            return
        column = model.columns[number]
        text = column.text(row)
        if not text:
            return
        pad = self._pad
        left, width = rect.left() + pad, rect.width() - 2 * pad
        metrics = theme.metrics()
        if metrics.horizontalAdvance(text) > width:
            text = metrics.elidedText(text, _ELIDE, width)
        painter.setFont(theme.font())
        painter.setPen(theme.colour(column.role(row) if column.role is not None else "ink"))
        painter.drawText(
            left, rect.top(), width, rect.height(), _RIGHT if column.right else _LEFT, text
        )


class _Header(QHeaderView):
    """Titles in small type; the sorted one in accent with an arrow beside it."""

    def __init__(self, look: Look, model: WindowedModel[Any], view: TableList) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look, self._model = look, model
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(look.theme.px(48))
        self.setFixedHeight(look.theme.px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, column = self._look.theme, self._model.columns[section]
        painter.fillRect(rect, theme.colour("paper"))
        line = theme.px(1)
        painter.fillRect(
            rect.left(), rect.bottom() - line + 1, rect.width(), line, theme.colour("line")
        )
        sort, descending = self._model.sorted_by
        by_this = bool(sort) and column.sort == sort
        pad = theme.px(8)
        inside = rect.adjusted(pad, 0, -pad, 0)
        metrics = theme.metrics("caption", bold=by_this)
        side = theme.px(12)
        room = inside.width() - (side + theme.px(4) if by_this else 0)
        title = self._model.headerData(section, Qt.Orientation.Horizontal)
        text = metrics.elidedText(title, _ELIDE, room)
        width = metrics.horizontalAdvance(text)
        if by_this:
            left = inside.right() - side if column.right else inside.left() + width + theme.px(4)
            spot = QRect(left, inside.center().y() - side // 2, side, side)
            arrow = "chevron-down" if descending else "chevron-up"
            self._look.icons.paint(painter, spot, arrow, "accent")
            if column.right:
                inside.setRight(left - theme.px(4))
        painter.setFont(theme.font("caption", bold=by_this))
        painter.setPen(theme.colour("accent" if by_this else "ink-2"))
        painter.drawText(inside, _RIGHT if column.right else _LEFT, text)


class TableList(ListTable):
    """A table over a windowed model: no grid, hairlines, columns to choose, move and size."""

    layout_changed = Signal()  # columns were moved, sized, hidden or sorted: save the state

    def __init__(self, look: Look, model: WindowedModel[Any]) -> None:
        super().__init__(look, model, _ROW_HEIGHT)
        self._look = look
        self._model = model
        self._restoring = True
        self.first_column = 0
        self._widths = [look.theme.px(column.width) for column in model.columns]
        self.setItemDelegate(CellDelegate(look, model, self))
        header = _Header(look, model, self)
        self.setHorizontalHeader(header)
        for at, column in enumerate(model.columns):
            self.setColumnWidth(at, self._widths[at])
            self.setColumnHidden(at, not column.shown)
        header.sectionClicked.connect(self._sort_clicked)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        header.sectionMoved.connect(self._relaid)
        header.sectionResized.connect(self._resized)
        self._restoring = False

    def columns_menu(self, parent: QWidget) -> QMenu:
        """A menu to choose the columns shown."""
        menu = QMenu(parent)
        self.fill_columns_menu(menu)
        return menu

    def fill_columns_menu(self, menu: QMenu) -> None:
        menu.clear()
        shown = sum(not self.isColumnHidden(at) for at in range(len(self._model.columns)))
        for at in range(len(self._model.columns)):
            title = self._model.headerData(at, Qt.Orientation.Horizontal)
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.setEnabled(shown > 1 or self.isColumnHidden(at))
            action.setData(at)
            action.toggled.connect(self._column_toggled)

    def save_state(self) -> str:
        """Order, widths, columns shown and sorting, as text for the settings."""
        header = self.horizontalHeader()
        columns = self._model.columns
        shown = [columns[header.logicalIndex(at)].key for at in range(len(columns))]
        sort, descending = self._model.sorted_by
        scale = self._look.theme.scale
        return json.dumps(
            {
                "order": shown,
                "hidden": [c.key for at, c in enumerate(columns) if self.isColumnHidden(at)],
                "widths": {
                    c.key: round(self._widths[at] / scale)
                    for at, c in enumerate(columns)
                    if not self.isColumnHidden(at)
                },
                "sort": sort,
                "descending": descending,
            }
        )

    def restore_state(self, state: str) -> None:
        """Take up what `save_state` gave; columns of another version are left as they are."""
        try:
            saved = json.loads(state) if state else {}
        except ValueError:
            return
        if not isinstance(saved, dict):
            return
        header, columns = self.horizontalHeader(), self._model.columns
        at_of = {column.key: at for at, column in enumerate(columns)}
        self._restoring = True
        order = [at_of[key] for key in saved.get("order", ()) if key in at_of]
        for place, at in enumerate(order):
            header.moveSection(header.visualIndex(at), place)
        for key, width in saved.get("widths", {}).items():
            if key in at_of and isinstance(width, int):
                self._widths[at_of[key]] = self._look.theme.px(max(width, 40))
                self.setColumnWidth(at_of[key], self._widths[at_of[key]])
        if "hidden" in saved:
            known = set(saved.get("order", ()))
            for key, at in at_of.items():
                if key in known:
                    self.setColumnHidden(at, key in saved["hidden"])
        if any(column.sort == saved.get("sort") and column.sort for column in columns):
            self._model.order_by(saved["sort"], descending=bool(saved.get("descending")))
        self._restoring = False
        self._find_first()
        if self.isVisible():
            self._fill_width()

    def _sort_clicked(self, at: int) -> None:
        column = self._model.columns[at]
        if column.sort:
            sort, descending = self._model.sorted_by
            downwards = not descending if sort == column.sort else column.descending
            self._model.order_by(column.sort, descending=downwards)
            self.horizontalHeader().viewport().update()
            self.layout_changed.emit()

    def _column_toggled(self, shown: bool) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.setColumnHidden(action.data(), not shown)
        self._relaid()

    def _header_menu(self, spot: QPoint) -> None:
        menu = self.columns_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(spot))

    def _relaid(self) -> None:
        if not self._restoring:
            self._find_first()
            self._fill_width()
            self.layout_changed.emit()

    def _resized(self, at: int, _before: int, width: int) -> None:
        if not self._restoring:
            self._widths[at] = width
            self._relaid()

    def _fill_width(self) -> None:
        """Give the first column what room is left over."""
        others = sum(
            self.columnWidth(at)
            for at in range(len(self._model.columns))
            if at != self.first_column and not self.isColumnHidden(at)
        )
        before, self._restoring = self._restoring, True
        own = self._widths[self.first_column]
        self.setColumnWidth(self.first_column, max(own, self.viewport().width() - others))
        self._restoring = before

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill_width()

    def _find_first(self) -> None:
        header = self.horizontalHeader()
        for place in range(header.count()):
            at = header.logicalIndex(place)
            if not self.isColumnHidden(at):
                self.first_column = at
                return
