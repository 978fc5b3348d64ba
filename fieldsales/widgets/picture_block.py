"""Pictures with the line that says what is seen: as wide as their room, worked by keys too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from fieldsales.drawing.placing import bounds
from fieldsales.drawing.shapes import Arc, Box, Picture
from fieldsales.widgets.look import Look
from fieldsales.widgets.picture_view import PictureView
from fieldsales.widgets.pieces import column, label

Draw = Callable[[float], Picture]  # a room in px at 100 % -> what fits it
Tips = Callable[[], Mapping[str, str]]


class KeyPicture(PictureView):
    """A picture whose parts are gone through by arrow keys; Enter presses the current one."""

    def __init__(self, look: Look) -> None:
        self._theme = look.theme
        self._spots: dict[str, QRectF] = {}
        self._named: Mapping[str, str] = {}
        self._alt = ""
        self.current = ""
        super().__init__(look)

    def set_picture(self, picture: Picture | None, tips: Mapping[str, str] | None = None) -> None:
        super().set_picture(picture, tips)
        self._named = tips or {}
        self._alt = picture.alt if picture is not None else ""
        self._spots = _spots(picture) if picture is not None else {}
        if self.current not in self._spots:
            self.current = ""
        policy = Qt.FocusPolicy.TabFocus if self._spots else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    @property
    def keys(self) -> tuple[str, ...]:
        """The parts that can be pressed, in their order."""
        return tuple(self._spots)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }
        if event.key() in ways and not event.modifiers():
            self._step(ways[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.current:
                self.clicked.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _step(self, way: int) -> None:
        keys = self.keys
        at = keys.index(self.current) + way if self.current else 0
        self._go(keys[min(max(at, 0), len(keys) - 1)])

    def _go(self, key: str) -> None:
        self.current = key
        self.setAccessibleName(" ".join(filter(None, (self._alt, self._named.get(key, "")))))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.current and self._spots:
            self._go(self.keys[0])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        spot = self._spots.get(self.current)
        if spot is None or not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        factor = self.factor()
        painter.scale(factor, factor)
        painter.setPen(QPen(self._theme.colour("accent"), 1.5))
        painter.drawRoundedRect(spot.adjusted(1, 1, -1, -1), 4, 4)


def _spots(picture: Picture) -> dict[str, QRectF]:
    """Key -> where the largest of its boxes and discs stands, in the order of the picture."""
    found: dict[str, QRectF] = {}
    for shape in picture.shapes:
        if shape.key is None or not isinstance(shape, Box | Arc):
            continue
        rect = bounds(shape)
        spot = QRectF(rect.left, rect.top, rect.width, rect.height)
        before = found.setdefault(shape.key, spot)
        if spot.width() * spot.height() > before.width() * before.height():
            found[shape.key] = spot
    return found


class PictureBlock(QWidget):
    """One line that says what is to be seen, the picture below it, of a kind of its own if told."""

    clicked = Signal(str)

    def __init__(self, look: Look, picture: KeyPicture | None = None) -> None:
        super().__init__()
        self._look = look
        self._draw: Draw | None = None
        self._tips: Tips = dict
        self.finding = label(look, wrap=True)
        self.picture = picture or KeyPicture(look)
        self.picture.clicked.connect(self.clicked)
        self.setLayout(column(look, self.finding, self.picture, gap=8))

    def show_picture(
        self, finding: str, draw: Draw | None, tips: Mapping[str, str] | Tips | None = None
    ) -> None:
        """`draw` is asked again whenever the room changes; None shows the finding alone.

        `tips` that depend on what was drawn are asked for after that.
        """
        self.finding.setText(finding)
        self.finding.setVisible(bool(finding))
        self._draw = draw
        self._tips = tips if callable(tips) else partial(dict, tips or {})
        self.picture.setVisible(draw is not None)
        self._redraw()

    def _redraw(self) -> None:
        if self._draw is not None:
            room = max(120.0, self.width() / self._look.theme.scale)
            picture = self._draw(room)
            self.picture.set_picture(picture, self._tips())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._redraw()
