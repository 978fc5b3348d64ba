"""Long lists: what rows and tables share, and the calm rows of two lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from fieldsales.widgets.chips import ChipFace, chip_width, paint_chip
from fieldsales.widgets.look import Look
from fieldsales.widgets.rows import WindowedModel

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight
_SELECTED = QStyle.StateFlag.State_Selected
_ROW_HEIGHT = 56
_ROWS = QItemSelectionModel.SelectionFlag.Rows


@dataclass(frozen=True, slots=True)
class RowFace:
    """How a row looks in two lines: title and subtitle at the left, asides at the right.

    A role colours its text (`bad` for what is overdue); `mark` is an icon before both lines.
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


def paint_ground(
    look: Look, painter: QPainter, rect: QRect, *, selected: bool, current: bool, hovered: bool
) -> None:
    """The ground of a row or a cell, with the hairline below it."""
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


class ListTable(QTableView):
    """Keys and mouse of both views: Enter opens, Space selects, Delete asks to delete.

    A `QTableView` even for rows of two lines: a `QListView` asks the model for every one of 100 000
    rows at each reset (0.2 s), this one for none.
    """

    opened = Signal(int)  # position of the row
    delete_wanted = Signal()

    def __init__(self, look: Look, model: WindowedModel[Any], row_height: int) -> None:
        super().__init__()
        self.hovered_row = -1
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.theme.px(row_height))
        self.verticalScrollBar().setSingleStep(look.theme.px(20))
        self.setMouseTracking(True)
        self.entered.connect(self._entered)
        self.doubleClicked.connect(self._open)

    def update_row(self, at: int) -> None:
        """Paint a whole row anew."""
        top = self.rowViewportPosition(at)
        # not `viewport()`: for its answer PySide makes all classes of widgets there are, 6 ms
        self.setDirtyRegion(QRegion(0, top, self.width(), self.rowHeight(at)))

    def hover(self, row: int) -> None:
        """Show a row as the one under the mouse; −1 for none."""
        if row != self.hovered_row:
            before, self.hovered_row = self.hovered_row, row
            for at in (before, row):
                if at >= 0:
                    self.update_row(at)

    def _entered(self, index: QModelIndex) -> None:
        self.hover(index.row())

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                self.update_row(index.row())

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump about: there is a search for that."""

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row, not to the ends of this one."""
        if action in _ENDS:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, current = event.key(), self.currentIndex()
        plain = not event.modifiers() & _CHORD
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if current.isValid():
                self.opened.emit(current.row())
        elif key == Qt.Key.Key_Space and plain:
            self.selectionModel().select(current, QItemSelectionModel.SelectionFlag.Toggle | _ROWS)
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            event.ignore()  # the page goes back
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hover(-1)
        super().leaveEvent(event)


_ENDS = (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd)
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

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        at = index.row()
        row = self._model.row(at)
        rect = option.rect
        paint_ground(
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
        left, right = rect.left() + theme.px(24), rect.right() - theme.px(16)
        if face.mark:
            side = theme.px(18)
            spot = QRect(left, rect.center().y() - side // 2, side, side)
            self._look.icons.paint(painter, spot, face.mark, face.mark_role)
            left += theme.px(30)
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
        """Text at the left, an aside at the right; with `face`, its chips too."""
        look, theme = self._look, self._look.theme
        right = rect.right()
        if aside:
            metrics, gap = theme.metrics("caption"), theme.px(12)
            told = theme.metrics("body" if face is not None else "caption").horizontalAdvance(text)
            most = max(rect.width() // 2, rect.width() - told - gap)  # neither hides the other
            aside = metrics.elidedText(aside, _ELIDE, most)
            width = metrics.horizontalAdvance(aside)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour(role))
            painter.drawText(rect, _RIGHT, aside)
            right -= width + gap
        left = rect.left()
        size = "caption"
        if face is not None:
            size = "body"
        metrics = theme.metrics(size)
        width = metrics.horizontalAdvance(text)
        chips = face.chips if face is not None else ()
        least = min(width, (right - left) // 3)  # the title is what the row is known by
        while chips and right - left - self._taken(chips) < least:
            chips = chips[:-1]
        room = right - left - self._taken(chips)
        if width > room:
            text = metrics.elidedText(text, _ELIDE, max(0, room))
            width = metrics.horizontalAdvance(text)
        painter.setFont(theme.font(size))
        painter.setPen(theme.colour("ink" if face is not None else "ink-2"))
        painter.drawText(QRect(left, rect.top(), width + 2, rect.height()), _LEFT, text)
        left += width + theme.px(8)
        for chip in chips:
            left = paint_chip(look, painter, left, rect.center().y() + 1, chip) + theme.px(6)

    def _taken(self, chips: tuple[ChipFace, ...]) -> int:
        """Pixels of the line that chips take."""
        gap = self._look.theme.px(6)
        return sum(chip_width(self._look, chip) + gap for chip in chips)


class RowList(ListTable):
    """A list of two-line rows over a windowed model."""

    def __init__(
        self, look: Look, model: WindowedModel[Any], face: Callable[[Any], RowFace]
    ) -> None:
        super().__init__(look, model, _ROW_HEIGHT)
        self.setItemDelegate(RowDelegate(look, model, face, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        for at in range(1, len(model.columns)):
            self.setColumnHidden(at, True)  # the face says it all
