"""A large picture to zoom and pan in; one of its parts can be dragged onto another."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea

from fieldsales.drawing.shapes import Picture
from fieldsales.widgets.look import Look
from fieldsales.widgets.picture_block import KeyPicture

_STEP = 1.25
_SMALLEST, _LARGEST = 0.1, 2.0
_READABLE = 0.7  # the first look shows less of the picture rather than letters below this zoom
_EDGE = 32  # px from the rim where a drag pans
_WAYS = {
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Up: (0, -1),
}


class _Canvas(KeyPicture):
    """The picture at its zoom; what is held moves with the mouse, the ground pans."""

    dropped = Signal(str, str)
    panned = Signal(QPoint)
    dragged_to = Signal(QPoint)
    stepped = Signal(QRectF)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, look: Look) -> None:
        self.zoom = 1.0
        self._pressed: QPointF | None = None
        self._at = QPointF()  # on the screen, where the ground was last held
        self.held = ""  # the part under the mouse when it was pressed
        self.dragging = False
        self.target = ""
        super().__init__(look)

    def factor(self) -> float:
        return self.zoom * self._look.theme.scale

    def spot(self, key: str) -> QRectF:
        """Where a part stands in this widget; empty where there is none."""
        found, factor = self._spots.get(key, QRectF()), self.factor()
        return QRectF(
            found.x() * factor, found.y() * factor, found.width() * factor, found.height() * factor
        )

    def take_size(self) -> None:
        picture = self._picture
        if picture is not None:
            factor = self.factor()
            self.setFixedSize(round(picture.width * factor), round(picture.height * factor))

    def go(self, key: str) -> None:
        """Makes a part the current one."""
        if key in self._spots:
            self._go(key)

    def _cancel(self) -> None:
        self._pressed, self.held, self.dragging, self.target = None, "", False, ""
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position()
        self._at = event.globalPosition()
        self.held = self.key_at(event.position().x(), event.position().y())
        if self.held:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.go(self.held)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        far = (event.position() - self._pressed).manhattanLength()
        if not self.held:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.panned.emit((self._at - event.globalPosition()).toPoint())
            self._at = event.globalPosition()
        elif self.dragging or far >= QApplication.startDragDistance():
            self.dragging = True
            self._at = event.position()
            under = self.key_at(event.position().x(), event.position().y())
            self.target = under if under != self.held else ""
            self.setCursor(Qt.CursorShape.DragMoveCursor)
            self.dragged_to.emit(event.position().toPoint())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, dragging, target = self.held, self.dragging, self.target
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._cancel()
        if dragging and target:
            self.dropped.emit(held, target)
        elif held and not dragging:
            self.clicked.emit(held)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        key = self.key_at(event.pos().x(), event.pos().y()) if by_mouse else self.current
        if key:
            self.go(key)
            spot = event.globalPos()
            if not by_mouse:
                spot = self.mapToGlobal(self.spot(key).center().toPoint())
            self.menu_wanted.emit(key, spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.dragging:
            self._cancel()
        elif key in _WAYS and not event.modifiers():
            self._step_towards(*_WAYS[key])
        else:
            super().keyPressEvent(event)

    def _step_towards(self, x: int, y: int) -> None:
        """To the nearest part on that side."""
        here = self._spots.get(self.current)
        if here is None:
            self._go(self.keys[0])
            return
        nearest, least = "", 0.0
        for key, spot in self._spots.items():
            way = spot.center() - here.center()
            along = x * way.x() + y * way.y()
            aside = abs(y * way.x()) + abs(x * way.y())
            far = along + 2 * aside
            if along > 1 and (not nearest or far < least):
                nearest, least = key, far
        if nearest:
            self._go(nearest)
            self.stepped.emit(self.spot(nearest))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.dragging:
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
        if self.target:
            painter.drawRoundedRect(self.spot(self.target), 4, 4)
        ghost = self.spot(self.held)
        assert self._pressed is not None
        ghost.translate(self._at - self._pressed)
        ground = theme.colour("accent-soft")
        ground.setAlpha(160)
        painter.setBrush(ground)
        painter.drawRoundedRect(ghost, 4, 4)
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font())
        said = self._named.get(self.held, "").partition("\n")[0]
        painter.drawText(ghost, Qt.AlignmentFlag.AlignCenter, said)


class ZoomView(QScrollArea):
    """Ctrl+wheel, + and − zoom, 0 fits; dragging the ground pans, arrows go from part to part.

    `dropped` says which part was let go on which other; whether that means anything is decided by
    who listens.
    """

    clicked = Signal(str)
    dropped = Signal(str, str)
    menu_wanted = Signal(str, QPoint)  # part, where on the screen
    zoomed = Signal(int)  # percent

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._untouched = True  # what the first look shows follows the room there is
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.canvas = _Canvas(look)
        self.canvas.clicked.connect(self.clicked)
        self.canvas.dropped.connect(self.dropped)
        self.canvas.menu_wanted.connect(self.menu_wanted)
        self.canvas.panned.connect(self._pan)
        self.canvas.dragged_to.connect(self._follow)
        self.canvas.stepped.connect(self._show)
        self.setWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.actionTriggered.connect(self._touch)

    def show_picture(self, picture: Picture, tips: Mapping[str, str]) -> None:
        """Shows another state of the picture where the user is; `tips` name its parts."""
        self.canvas.set_picture(picture, tips)
        if self._untouched and self.isVisible():
            self._first_look()
        else:
            self.canvas.take_size()

    def begin(self) -> None:
        """Another picture: the next look is a first one."""
        self._untouched = True

    def _touch(self) -> None:
        self._untouched = False

    def _first_look(self) -> None:
        """All of it, or its upper middle where that would be too small to read."""
        self._set_zoom(max(self._fitting(), _READABLE))
        keys = self.canvas.keys
        if keys:
            spot = self.canvas.spot(keys[0])
            self.horizontalScrollBar().setValue(
                round(spot.center().x()) - self.viewport().width() // 2
            )
        self.verticalScrollBar().setValue(0)

    def _fitting(self) -> float:
        picture = self.canvas.sizeHint()
        if picture.isEmpty():
            return 1.0
        room = self.viewport().size()
        return min(room.width() / picture.width(), room.height() / picture.height(), 1.0)

    def zoom_in(self) -> None:
        self.zoom_by(_STEP)

    def zoom_out(self) -> None:
        self.zoom_by(1 / _STEP)

    def fit(self) -> None:
        """All of it."""
        self._touch()
        self._set_zoom(self._fitting())

    def zoom_by(self, factor: float, around: QPoint | None = None) -> None:
        """Zooms; the point `around` of the viewport, by default its middle, stays where it is."""
        spot = around if around is not None else self.viewport().rect().center()
        self._touch()
        before = self.canvas.zoom
        inside = self.canvas.mapFrom(self.viewport(), spot)
        self._set_zoom(before * factor)
        moved = inside * (self.canvas.zoom / before) - spot
        self.horizontalScrollBar().setValue(moved.x())
        self.verticalScrollBar().setValue(moved.y())

    def _set_zoom(self, zoom: float) -> None:
        self.canvas.zoom = min(max(zoom, _SMALLEST), _LARGEST)
        self.canvas.take_size()
        self.zoomed.emit(round(100 * self.canvas.zoom))

    def go(self, key: str) -> None:
        """Makes a part the current one and brings it into view."""
        self.canvas.go(key)
        self._show(self.canvas.spot(key))

    def _show(self, spot: QRectF) -> None:
        self._touch()
        if not spot.isEmpty():
            middle = spot.center().toPoint()
            self.ensureVisible(
                middle.x(), middle.y(), round(spot.width()), round(spot.height()) + _EDGE
            )

    def _pan(self, by: QPoint) -> None:
        self._touch()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    def _follow(self, spot: QPoint) -> None:
        self.ensureVisible(spot.x(), spot.y(), _EDGE, _EDGE)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(480), self._look.theme.px(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._untouched and self.canvas.keys:
            self._first_look()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            away = event.angleDelta().y() > 0
            self.zoom_by(_STEP if away else 1 / _STEP, event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Escape:
            event.ignore()  # the page goes back
        else:
            super().keyPressEvent(event)
