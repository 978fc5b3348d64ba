"""The line a list is searched by: its icon, a way to clear it, a pause while typing."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import tool_button

_PAUSE = 120  # ms without a key until the list is searched


class SearchLine(QLineEdit):
    """Filters as it is typed into; ↓ and Enter go on to the list, Esc clears."""

    asked = Signal(str)
    list_wanted = Signal()
    first_wanted = Signal()

    def __init__(self, look: Look, hint: str) -> None:
        super().__init__()
        self._look = look
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setTextMargins(look.theme.px(22), 0, look.theme.px(24), 0)
        self._clear = tool_button(look, "close", look.words("widgets.clear_search"), self.clear_now)
        self._clear.setParent(self)
        self._clear.setProperty("inline", True)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self._ask)
        self.textChanged.connect(self._changed)

    def clear_now(self) -> None:
        """Search for nothing any more, without waiting."""
        self.clear()
        self._ask()

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._timer.start()

    def _ask(self) -> None:
        self._timer.stop()
        self.asked.emit(self.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 4
        self._clear.setGeometry(self.width() - side - 2, 2, side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._look.theme
        side = theme.px(16)
        spot = QRect(theme.px(10), (self.height() - side) // 2, side, side)
        self._look.icons.paint(QPainter(self), spot, "search", "ink-3")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
            if key == Qt.Key.Key_Down:
                self.list_wanted.emit()
            else:
                self.first_wanted.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear_now()
        else:
            super().keyPressEvent(event)
