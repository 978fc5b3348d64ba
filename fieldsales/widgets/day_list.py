"""A day as a list of things to go to: moved to another day by dragging, or by its digit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from fieldsales.widgets.list_views import paint_ground
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import set_style

_FACE = int(Qt.ItemDataRole.UserRole)
_HIGH = 56  # px at 100 %
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class DayFace:
    """Who, and why or when; what is `fixed` stays on its day."""

    key: str
    title: str
    below: str = ""
    tooltip: str = ""
    fixed: bool = False


class DayList(QListWidget):
    """`moved` gives the key and the number of the day it is to go to, 0 for none.

    Digits move the current one, Delete takes it out; ← and → go to the lists beside it.
    """

    moved = Signal(str, int)
    opened = Signal(str)
    beside = Signal(int)  # −1 or 1

    def __init__(self, look: Look, number: int, days: int) -> None:
        super().__init__()
        self._look, self._number, self._days = look, number, days
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(_Delegate(look, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(self._open)

    def show_faces(self, faces: Sequence[DayFace]) -> None:
        """Shows these in order; the one that was current stays so, else its place does."""
        kept, at = self.current_key(), self.currentRow()
        self.clear()
        for face in faces:
            item = QListWidgetItem(f"{face.title} {face.below}".strip())
            item.setData(_FACE, face.key)
            item.setToolTip(face.tooltip)
            item.setSizeHint(QSize(0, self._look.theme.px(_HIGH)))
            if face.fixed:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
            self.addItem(item)
        self._faces = list(faces)
        keys = [face.key for face in faces]
        if kept in keys:
            self.setCurrentRow(keys.index(kept))
        elif faces:
            self.setCurrentRow(min(max(at, 0), len(faces) - 1))

    def face(self, row: int) -> DayFace:
        return self._faces[row]

    def current_key(self) -> str:
        item = self.currentItem()
        return str(item.data(_FACE)) if item is not None else ""

    def _open(self) -> None:
        if key := self.current_key():
            self.opened.emit(key)

    def _move(self, key: str, number: int) -> None:
        if key and number != self._number and not self.face(self.currentRow()).fixed:
            self.moved.emit(key, number)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        digit = key - Qt.Key.Key_0
        if 0 <= digit <= self._days:
            self._move(self.current_key(), digit)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._move(self.current_key(), 0)
        elif key in _STEPS:
            self.beside.emit(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        made = QMimeData()
        made.setText("\n".join(str(item.data(_FACE)) for item in items))
        return made

    def mimeTypes(self) -> list[str]:
        return ["text/plain"]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if isinstance(event.source(), DayList):
            event.acceptProposedAction()
            set_style(self, "lit", event.source() is not self)  # where it would land

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_style(self, "lit", False)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if isinstance(event.source(), DayList):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        set_style(self, "lit", False)
        source = event.source()
        if isinstance(source, DayList) and source is not self:
            event.setDropAction(Qt.DropAction.IgnoreAction)  # the lists are shown anew instead
            event.accept()
            self.moved.emit(event.mimeData().text(), self._number)


class _Delegate(QStyledItemDelegate):
    """Two lines; what is fixed in a quieter colour."""

    def __init__(self, look: Look, view: DayList) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, face = self._look.theme, self._view.face(index.row())
        here = self._view.hasFocus() and self._view.currentRow() == index.row()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        rect: QRect = option.rect
        paint_ground(self._look, painter, rect, selected=here, current=here, hovered=hovered)
        inside = rect.adjusted(theme.px(8), theme.px(7), -theme.px(8), 0)
        for text, size, role, top in (
            (face.title, "body", "ink-2" if face.fixed else "ink", 0),
            (face.below, "caption", "ink-3" if face.fixed else "ink-2", 21),
        ):
            painter.setFont(theme.font(size))
            painter.setPen(theme.colour(role))
            line = QRect(inside.left(), inside.top() + theme.px(top), inside.width(), theme.px(22))
            shown = theme.metrics(size).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(
                line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown
            )
