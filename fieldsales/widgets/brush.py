"""A picture in which a rectangle can be drawn: all that stands in it is taken together."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication

from fieldsales.widgets.look import Look
from fieldsales.widgets.picture_block import KeyPicture

_LARGEST = 60.0  # of a dot or bubble, in units of the picture; what is larger is its ground


class BrushPicture(KeyPicture):
    """A drag takes the dots it goes around, a click what is under the mouse. Esc lets go."""

    brushed = Signal(tuple)  # keys of dots

    def __init__(self, look: Look) -> None:
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        super().__init__(look)

    @property
    def frame(self) -> QRectF:
        """The rectangle being drawn, in pixels of this widget; empty while there is none."""
        if self._from is None or self._to is None:
            return QRectF()
        return QRectF(self._from, self._to).normalized()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        far = (event.position() - self._from).manhattanLength()
        if self._to is not None or far >= QApplication.startDragDistance():
            self._to = event.position()
            self.setCursor(Qt.CursorShape.CrossCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        frame, drawn = self.frame, self._to is not None
        self._let_go()
        if not drawn:
            super().mouseReleaseEvent(event)
        elif found := self._within(frame):
            self.brushed.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._from is not None:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._to is None:
            return
        painter = QPainter(self)
        ground = self._theme.colour("accent-soft")
        ground.setAlphaF(0.5)
        painter.setPen(QPen(self._theme.colour("accent"), 1))
        painter.setBrush(ground)
        painter.drawRect(self.frame)

    def _let_go(self) -> None:
        self._from = self._to = None
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()

    def _within(self, frame: QRectF) -> tuple[str, ...]:
        """Keys of the dots whose middle lies in a rectangle of this widget."""
        if self._picture is None:
            return ()
        factor = self.factor()
        return tuple(
            key
            for key, spot in self._spots.items()
            if max(spot.width(), spot.height()) <= _LARGEST
            and frame.contains(spot.center() * factor)
        )
