"""Shows a picture of `drawing` in the theme's colours; a shape with a key can be pressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fieldsales.drawing.placing import Rect, bounds
from fieldsales.drawing.qt import paint
from fieldsales.drawing.shapes import Picture, key_at
from fieldsales.widgets.look import Look
from fieldsales.widgets.theme import colours

_BLEED = 6.0  # how far a thick line or the swash of a letter may reach beyond its shape


class PictureView(QWidget):
    """A picture as large as its room allows, never beyond its own size times the scale."""

    clicked = Signal(str)

    def __init__(self, look: Look, picture: Picture | None = None) -> None:
        super().__init__()
        self._look = look
        self._picture: Picture | None = None
        self._rects: list[Rect] = []  # around each shape
        self._tips: Mapping[str, str] = {}
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_picture(picture)

    def set_picture(self, picture: Picture | None, tips: Mapping[str, str] | None = None) -> None:
        """`tips` are tooltips by the keys of shapes."""
        self._picture = picture
        self._rects = [] if picture is None else [bounds(shape) for shape in picture.shapes]
        self._tips = tips or {}
        self.setAccessibleName(picture.alt if picture is not None else "")
        self.updateGeometry()
        self.update()

    def key_at(self, x: float, y: float) -> str:
        """Key of what lies at a point of this widget, '' for none."""
        if self._picture is None:
            return ""
        factor = self.factor()
        return key_at(self._picture, x / factor, y / factor) or ""

    def factor(self) -> float:
        """Pixels of this widget for a unit of the picture."""
        picture = self._picture
        if picture is None or not picture.width or not picture.height:
            return 1.0
        room = min(self.width() / picture.width, self.height() / picture.height)
        return max(0.05, min(room, self._look.theme.scale))

    def sizeHint(self) -> QSize:
        if self._picture is None:
            return QSize(0, 0)
        scale = self._look.theme.scale
        return QSize(round(self._picture.width * scale), round(self._picture.height * scale))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 2

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._picture is None or not self._picture.width:
            return 0
        factor = min(width / self._picture.width, self._look.theme.scale)
        return round(self._picture.height * factor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position().x(), event.position().y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self.key_at(event.position().x(), event.position().y())
        if key and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(key)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            key = self.key_at(event.pos().x(), event.pos().y())
            if key in self._tips:
                QToolTip.showText(event.globalPos(), self._tips[key], self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        factor = self.factor()
        painter = QPainter(self)
        painter.scale(factor, factor)
        seen = self._seen(event.rect(), factor)
        paint(painter, seen, colours("dark" if self._look.theme.dark else "light"))

    def _seen(self, rect: QRect, factor: float) -> Picture:
        """The shapes in a part of this widget: a large picture pans without painting the rest."""
        assert self._picture is not None
        frame = Rect(
            rect.left() / factor - _BLEED,
            rect.top() / factor - _BLEED,
            (rect.right() + 1) / factor + _BLEED,
            (rect.bottom() + 1) / factor + _BLEED,
        )
        pairs = zip(self._picture.shapes, self._rects, strict=True)
        return replace(self._picture, shapes=tuple(s for s, at in pairs if at.touches(frame)))
