"""The grip by which one of several lines below each other is dragged to another place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import IconLabel, hairline, set_style

Siblings = Callable[[], Sequence[QWidget]]  # all lines in order


class Grip(IconLabel):
    """`lines` gives all of them in order; `dropped` tells the place the own one is to take.

    The keyboard has its own way: this one is for the mouse.
    """

    dropped = Signal(int)

    def __init__(self, look: Look, lines: Siblings, tip: str) -> None:
        super().__init__(look, "drag", "ink-3", 16)
        self._lines = lines
        self._mark: QWidget | None = None
        self.setToolTip(tip)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def _gap(self, y: int) -> int:
        """The gap between lines that is nearest to a height on the screen; 0 is above the first."""
        middles = [line.mapToGlobal(line.rect().center()).y() for line in self._lines()]
        return sum(y > middle for middle in middles)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        lines = self._lines()
        gap = self._gap(event.globalPosition().toPoint().y())
        beside = lines[min(gap, len(lines) - 1)]
        holder = beside.parentWidget()
        if self._mark is None:
            self._mark = hairline(self._look)
            self._mark.setParent(holder)
            set_style(self._mark, "surface", "accent")
            self._mark.setFixedHeight(self._look.theme.px(2))
        y = beside.y() - 1 if gap < len(lines) else beside.y() + beside.height() - 1
        self._mark.setGeometry(0, max(0, y), holder.width(), self._mark.height())
        self._mark.show()
        self._mark.raise_()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if self._mark is None:
            return
        self._mark.hide()
        self._mark.deleteLater()
        self._mark = None
        gap = self._gap(event.globalPosition().toPoint().y())
        own = next((at for at, line in enumerate(self._lines()) if line.isAncestorOf(self)), gap)
        place = gap - 1 if gap > own else gap
        if place != own:
            self.dropped.emit(place)
