"""A list whose rows are placed by their heights alone: Qt's own asks the model for every row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

_Move = QAbstractItemView.CursorAction
_VISIBLE = QAbstractItemView.ScrollHint.EnsureVisible

Index = QModelIndex | QPersistentModelIndex


class RowList(QListView):
    """Rows below each other, as wide as the view; who derives says how high they are, and paints.

    It is a `QListView` to those who listen and to the selection; nothing of that one's own layout
    is used.
    """

    _edges: Sequence[int] = (0,)  # there before Qt asks for a row, while the view is being made

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def edges(self) -> Sequence[int]:
        """Where each row begins and, at last, where the last one ends; px from 0 on."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, rect: QRect, at: int) -> None:
        """Paints a row where it stands in the viewport."""
        raise NotImplementedError

    def row_at(self, y: int) -> int:
        """The row at a height of the viewport; −1 where there is none."""
        self.executeDelayedItemsLayout()
        at = bisect_right(self._edges, y + self.verticalScrollBar().value()) - 1
        return at if at < len(self._edges) - 1 else -1

    def row_rect(self, at: int) -> QRect:
        """Where a row stands in the viewport."""
        self.executeDelayedItemsLayout()
        top, bottom = self._edges[at], self._edges[at + 1]
        offset = self.verticalScrollBar().value()
        return QRect(0, top - offset, self.viewport().width(), bottom - top)

    # Qt

    def doItemsLayout(self) -> None:
        if self.model() is not None:
            self._edges = self.edges()
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setRange(0, max(0, self._edges[-1] - page))
        QAbstractItemView.updateGeometries(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        clip = event.rect()
        at = self.row_at(clip.top())
        while 0 <= at < len(self._edges) - 1:
            rect = self.row_rect(at)
            if rect.top() > clip.bottom():
                break
            self.paint_row(painter, rect, at)
            at += 1

    def visualRect(self, index: Index) -> QRect:
        return self.row_rect(index.row()) if index.isValid() else QRect()

    def indexAt(self, spot: QPoint) -> QModelIndex:
        at = self.row_at(spot.y())
        return self.model().index(at, 0) if at >= 0 else QModelIndex()

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _VISIBLE) -> None:
        """No further than it takes, whatever the hint."""
        rect, page = self.visualRect(index), self.viewport().height()
        bar = self.verticalScrollBar()
        if rect.top() < 0 or rect.height() > page:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() >= page:
            bar.setValue(bar.value() + rect.bottom() + 1 - page)

    def moveCursor(self, action: _Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The next row on the way that can be stood on, else the last one before it."""
        at, count = self.currentIndex().row(), self.model().rowCount()
        here, page = self.visualRect(self.currentIndex()), self.viewport().height()
        top, bottom = -self.verticalScrollBar().value(), self._edges[-1] - 1
        if action in (_Move.MoveHome, _Move.MoveEnd) or at < 0:
            up, goal = action == _Move.MoveEnd, count - 1 if action == _Move.MoveEnd else 0
        elif action == _Move.MovePageUp:
            up, goal = True, self.row_at(max(top, here.bottom() - page))
        elif action == _Move.MovePageDown:
            up, goal = False, self.row_at(min(top + bottom, here.top() + page))
        else:
            up = action in (_Move.MoveUp, _Move.MovePrevious, _Move.MoveLeft)
            goal = at - 1 if up else at + 1
        onward = range(goal, -1, -1) if up else range(goal, count)
        back = range(goal, at, 1 if up else -1)
        model, enabled = self.model(), Qt.ItemFlag.ItemIsEnabled
        rows = (model.index(one, 0) for one in chain(onward, back))
        return next((one for one in rows if model.flags(one) & enabled), self.currentIndex())

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        one, other = self.indexAt(rect.topLeft()), self.indexAt(rect.bottomRight())
        if one.isValid() and other.isValid():
            first, last = sorted((one, other), key=QModelIndex.row)
            self.selectionModel().select(QItemSelection(first, last), command)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)

    def currentChanged(self, current: Index, previous: Index) -> None:
        QAbstractItemView.currentChanged(self, current, previous)
        if self.hasFocus():
            self._tell(QAccessible.Event.Focus, current)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        QAbstractItemView.selectionChanged(self, selected, deselected)
        for event, changed in (
            (QAccessible.Event.SelectionAdd, selected),
            (QAccessible.Event.SelectionRemove, deselected),
        ):
            if not changed.isEmpty():
                self._tell(event, changed.at(0).topLeft())

    def _tell(self, event: QAccessible.Event, index: Index) -> None:
        """To those who listen: what happened to a row."""
        if index.isValid() and QAccessible.isActive():
            told = QAccessibleEvent(self, event)
            told.setChild(index.row())
            QAccessible.updateAccessibility(told)

    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        return QRegion(self.viewport().rect())
