"""Where a line of a proposal is begun."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from fieldsales.widgets.chooser import ChooserLine


class Entry(ChooserLine):
    """Where a line is begun: a product is picked, or Enter takes what was typed as it stands."""

    entered = Signal(str)
    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = self.text().strip()
        picks = self.suggestions.isVisible() and self.suggestions.current()
        if event.matches(QKeySequence.StandardKey.Paste):
            board = QApplication.clipboard().text()
            if "\t" in board or "\n" in board.strip():
                self.pasted.emit(board)
                return
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and text and not picks:
            self.suggestions.hide()
            self.entered.emit(text)
            return
        super().keyPressEvent(event)
