"""What painted choices share of which one holds: the key, its name, the mouse."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from fieldsales.widgets.look import Look


class Choices(QWidget):
    """Choices by their keys; one is chosen, or none (''). Subclasses lay them out and paint them.

    `chosen` comes from the user only, never from `set_key`. Where `clearable`, a second press
    clears.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, *, name: str, clearable: bool) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._clearable = clearable
        self._key = ""
        self._hovered = -1  # position of the choice under the mouse
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def texts(self) -> Mapping[str, str]:
        """Keys of all choices in order, and how each reads."""
        raise NotImplementedError

    def rects(self) -> list[QRect]:
        """Where each choice stands, in order."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        return self._key

    def set_key(self, key: str) -> None:
        self._key = key
        self.tell()
        self.update()

    def set_name(self, name: str) -> None:
        """What is chosen here, for those who listen to the screen."""
        self._name = name
        self.tell()

    def tell(self) -> None:
        """Says to those who listen to the screen what holds."""
        self.setAccessibleName(f"{self._name} {self.texts().get(self._key, '')}".strip())

    def choose(self, key: str) -> None:
        """As if the user had picked it."""
        if key != self._key:
            self.set_key(key)
            self.chosen.emit(key)

    def at(self, spot: QPoint) -> int:
        """Position of the choice at a point, −1 for none."""
        return next((at for at, rect in enumerate(self.rects()) if rect.contains(spot)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self.at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            key = list(self.texts())[at]
            self.choose("" if self._clearable and key == self._key else key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self.at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()
