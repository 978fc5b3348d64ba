"""The two ways a long list shows: calm rows of two lines, and a table."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fieldsales.widgets.chips import ChipFace, chip_width, paint_chip
from fieldsales.widgets.look import Look
from fieldsales.widgets.rows import WindowedModel

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight
_SELECTED = QStyle.StateFlag.State_Selected
_ROWS = QItemSelectionModel.SelectionFlag.Rows


@dataclass(frozen=True, slots=True)
class RowFace:
    """How a row looks in two lines: title and subtitle at the left, asides at the right.

    A role colours its text (`bad` for what is overdue); `mark` is a small icon before the title.
    """

    title: str
    subtitle: str = ""
    aside: str = ""
    below: str = ""
    mark: str = ""
    mark_role: str = "ink-3"
    aside_role: str = "ink-3"
    below_role: str = "ink-3"
    chips: tuple[ChipFace, ...] = ()


def _paint_ground(
    look: Look, painter: QPainter, rect: QRect, *, selected: bool, current: bool, hovered: bool
) -> None:
    theme = look.theme
    if selected:
        painter.fillRect(rect, theme.colour("accent-soft"))
    elif hovered:
        painter.fillRect(rect, theme.colour("paper-2"))
    painter.fillRect(
        rect.left(), rect.bottom(), rect.width(), theme.px(1), theme.colour("hairline")
    )
    if current:
        painter.fillRect(
            rect.left(),
            rect.top(),
            theme.px(3),
            rect.height() - theme.px(1),
            theme.colour("accent"),
        )


class _Keys:
    """Keys and mouse that both views share. Mixed into a QAbstractItemView."""

    opened: Any
    delete_wanted: Any
    hovered_row: int

    def _set_up(self, look: Look) -> None:
        view: Any = self
        view.hovered_row = -1
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.verticalScrollBar().setSingleStep(look.theme.px(20))
        view.setMouseTracking(True)
        view.entered.connect(self._entered)
        view.doubleClicked.connect(self._open)

    def _entered(self, index: QModelIndex) -> None:
        self._hover(index.row())

    def _hover(self, row: int) -> None:
        view: Any = self
        if row != self.hovered_row:
            before, self.hovered_row = self.hovered_row, row
            for at in (before, row):
                if at >= 0:
                    view.update_row(at)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _handle_key(self, event: QKeyEvent) -> bool:
        view: Any = self
        key = event.key()
        current = view.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _CHORD:
            if current.isValid():
                self.opened.emit(current.row())
            return True
        if key == Qt.Key.Key_Space and not event.modifiers() & _CHORD:
            if current.isValid():
                view.selectionModel().select(
                    current, QItemSelectionModel.SelectionFlag.Toggle | _ROWS
                )
            return True
        if key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
            return True
        return False


_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class RowDelegate(QStyledItemDelegate):
    """Paints a row's face in two lines."""

    def __init__(
        self,
        look: Look,
        model: WindowedModel[Any],
        face: Callable[[Any], RowFace],
        view: RowList,
    ) -> None:
        super().__init__(view)
        self._look, self._model, self._face, self._view = look, model, face, view
        self._size = QSize(10, look.theme.px(56))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        at = index.row()
        row = self._model.row(at)
        rect = option.rect
        _paint_ground(
            self._look,
            painter,
            rect,
            selected=bool(option.state & _SELECTED),
            current=self._view.currentIndex().row() == at,
            hovered=self._view.hovered_row == at,
        )
        if row is None:
            return
        theme = self._look.theme
        face = self._face(row)
        left, right = rect.left() + theme.px(16), rect.right() - theme.px(16)
        half = theme.px(22)
        upper = QRect(left, rect.top() + theme.px(7), right - left, half)
        lower = QRect(left, rect.top() + theme.px(28), right - left, theme.px(20))
        self._line(painter, upper, face.title, face.aside, face.aside_role, face)
        self._line(painter, lower, face.subtitle, face.below, face.below_role, None)

    def _line(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        aside: str,
        role: str,
        face: RowFace | None,
    ) -> None:
        """Text at the left, an aside at the right; with `face`, its mark and chips too."""
        look, theme = self._look, self._look.theme
        right = rect.right()
        if aside:
            metrics = theme.metrics("caption")
            width = metrics.horizontalAdvance(aside)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour(role))
            painter.drawText(rect, _RIGHT, aside)
            right -= width + theme.px(12)
        left = rect.left()
        size = "caption"
        if face is not None:
            size = "body"
            if face.mark:
                side = theme.px(14)
                spot = QRect(left, rect.center().y() - side // 2, side, side)
                look.icons.paint(painter, spot, face.mark, face.mark_role)
                left += theme.px(20)
        metrics = theme.metrics(size)
        width = metrics.horizontalAdvance(text)
        chips = face.chips if face is not None else ()
        room = right - left - sum(chip_width(look, chip) + theme.px(6) for chip in chips)
        if width > room:
            text = metrics.elidedText(text, _ELIDE, max(0, room))
            width = metrics.horizontalAdvance(text)
        painter.setFont(theme.font(size))
        painter.setPen(theme.colour("ink" if face is not None else "ink-2"))
        painter.drawText(QRect(left, rect.top(), width + 2, rect.height()), _LEFT, text)
        left += width + theme.px(8)
        for chip in chips:
            left = paint_chip(look, painter, left, rect.center().y() + 1, chip) + theme.px(6)


class RowList(_Keys, QListView):
    """A list of two-line rows over a windowed model."""

    opened = Signal(int)  # position of the row
    delete_wanted = Signal()

    def __init__(
        self, look: Look, model: WindowedModel[Any], face: Callable[[Any], RowFace]
    ) -> None:
        super().__init__()
        self.setModel(model)
        self.setUniformItemSizes(True)
        self.setItemDelegate(RowDelegate(look, model, face, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._set_up(look)

    def update_row(self, at: int) -> None:
        self.update(self.model().index(at, 0))

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump about: there is a search for that."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handle_key(event):
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)


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
        _paint_ground(
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


class TableList(_Keys, QTableView):
    """A table over a windowed model: no grid, hairlines, columns to choose, move and size."""

    opened = Signal(int)  # position of the row
    delete_wanted = Signal()
    layout_changed = Signal()  # columns were moved, sized, hidden or sorted: save the state

    def __init__(self, look: Look, model: WindowedModel[Any]) -> None:
        super().__init__()
        self._look = look
        self._model = model
        self._restoring = True
        self.first_column = 0
        self._widths = [look.theme.px(column.width) for column in model.columns]
        self.setModel(model)
        self.setItemDelegate(CellDelegate(look, model, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.theme.px(36))
        header = _Header(look, model, self)
        self.setHorizontalHeader(header)
        self._set_up(look)
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

    def update_row(self, at: int) -> None:
        top = self.rowViewportPosition(at)
        self.viewport().update(0, top, self.viewport().width(), self.rowHeight(at))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                self.update_row(index.row())

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump about: there is a search for that."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._handle_key(event):
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)
