"""A figure of the plan, a target or a rate, that is typed where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from fieldsales.screens.contract import Context
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.pieces import set_style


class PlannedLine(LineEdit):
    """Enter or leaving takes it, Esc puts back what stood there."""

    taken = Signal()

    def __init__(self, context: Context, name: str, hint: str) -> None:
        super().__init__(context.look)
        self._stood = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.returnPressed.connect(self._take)
        self.left.connect(self._take)

    def show_text(self, text: str) -> None:
        """What is on record; what is being typed stays."""
        if self.text() == self._stood or not self.hasFocus():
            self.setText(text)
            set_style(self, "wrong", False)
        self._stood = text

    def _take(self) -> None:
        if self.text().strip() != self._stood:
            self.taken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._stood:
            self.setText(self._stood)
            set_style(self, "wrong", False)
        else:
            super().keyPressEvent(event)
