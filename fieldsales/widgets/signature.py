"""A field to sign in: with the mouse, a pen or a finger."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.widgets.look import Look

_WIDE, _HIGH = 480, 160  # px at 100 %
_WHOLE = 1_000  # units of the field's width, as strokes are kept
_MOST = 12_000  # points; far more than a name takes, and what a record has room for
_NEAR = 2  # units; a point so close to the last one says nothing

Stroke = list[tuple[int, int]]
_BEGINS = {QEvent.Type.TabletPress, QEvent.Type.TouchBegin}
_GOES_ON = {QEvent.Type.TabletMove, QEvent.Type.TouchUpdate}
_ENDS = {QEvent.Type.TabletRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel}


class SignatureField(QWidget):
    """Strokes in thousandths of its width. Ctrl+Z takes the last one back, Delete all of them."""

    changed = Signal()

    def __init__(self, look: Look, *, name: str, hint: str) -> None:
        super().__init__()
        self._look = look
        self._hint = hint
        self._drawing = False
        self.strokes: list[Stroke] = []
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(_WIDE), self._look.theme.px(_HIGH))

    def text(self) -> str:
        """The strokes as JSON, '' of none."""
        return json.dumps(self.strokes, separators=(",", ":")) if self.strokes else ""

    def clear(self) -> None:
        """Takes all strokes away."""
        self._drawing = False
        self.strokes.clear()
        self._tell()

    def take_back(self) -> None:
        """Takes the last stroke away."""
        self._drawing = False
        if self.strokes:
            self.strokes.pop()
            self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # drawing

    def _begin(self, at: QPointF) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._drawing = True
        x, y = self._units(at)
        self.strokes.append([(x, y), (x + 1, y)])  # a dot is seen, too
        self._tell()

    def _go_on(self, at: QPointF) -> None:
        if not self._drawing or sum(map(len, self.strokes)) >= _MOST:
            return
        point, stroke = self._units(at), self.strokes[-1]
        if max(abs(point[0] - stroke[-1][0]), abs(point[1] - stroke[-1][1])) >= _NEAR:
            stroke.append(point)
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()

    def _units(self, at: QPointF) -> tuple[int, int]:
        wide = max(1, self.width())
        x, y = min(max(at.x(), 0.0), wide), min(max(at.y(), 0.0), self.height())
        return round(x * _WHOLE / wide), round(y * _WHOLE / wide)

    def _follow(self, kind: QEvent.Type, at: QPointF | None) -> None:
        if kind in _BEGINS and at is not None:
            self._begin(at)
        elif kind in _GOES_ON and at is not None:
            self._go_on(at)
        elif kind in _ENDS:
            self._end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            points = event.points()
            self._follow(event.type(), points[0].position() if points else None)
            event.accept()  # else it comes again as a mouse
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            undoes = event.matches(QKeySequence.StandardKey.Undo)
            if undoes and self.strokes:
                event.accept()  # the window's undo waits until nothing is drawn
                return True
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._follow(event.type(), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "line"), theme.px(1)))
        painter.setBrush(theme.colour("paper"))
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))
        line = round(self.height() * 0.76) + 0.5
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(theme.px(24), line), QPointF(self.width() - theme.px(24), line))
        if not self.strokes:
            painter.setPen(theme.colour("ink-3"))
            painter.setFont(theme.font())
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._hint)
        pen = QPen(theme.colour("ink"), theme.px(2))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self.strokes:
            self._draw(painter, stroke)

    def _draw(self, painter: QPainter, stroke: Stroke) -> None:
        unit = self.width() / _WHOLE
        path = QPainterPath(QPointF(stroke[0][0] * unit, stroke[0][1] * unit))
        for x, y in stroke[1:]:
            path.lineTo(x * unit, y * unit)
        painter.drawPath(path)
