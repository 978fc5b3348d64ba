"""A closed list of which one holds, by mouse and by keyboard alike."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from fieldsales.store.search import fold, sort_key
from fieldsales.widgets.look import Look

_PAUSE = 1.0  # seconds without a key after which letters begin a new word
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Combo(QComboBox):
    """Space or Enter opens the list on what holds; letters, pinyin or a place in the list pick.

    In the list Enter takes what is marked, Tab takes it and goes on. The wheel scrolls the page:
    it changes nothing unless the list is open.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(look.theme.font())
        self.setMaxVisibleItems(14)
        self.setItemDelegate(QStyledItemDelegate(self))  # the style sheet's paddings
        self._typed = ""
        self._typed_at = 0.0
        self.view().installEventFilter(self)

    def showPopup(self) -> None:
        super().showPopup()
        if not self.view().currentIndex().isValid():
            self.view().setCurrentIndex(self.model().index(0, self.modelColumn()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & _CHORD
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.showPopup()
        elif plain and (found := self._typed_row(event)) >= 0:
            self._take(found)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.view()
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and self._list_key(event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _list_key(self, event: QKeyEvent) -> bool:
        """A key while the list is open; False leaves it to the list."""
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            row = self.view().currentIndex().row()
            self.hidePopup()
            if row >= 0:
                self._take(row)
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            return True
        if event.modifiers() & _CHORD or (found := self._typed_row(event)) < 0:
            return False
        self.view().setCurrentIndex(self.model().index(found, self.modelColumn()))
        return True

    def _take(self, row: int) -> None:
        if row != self.currentIndex():
            self.setCurrentIndex(row)
            self.activated.emit(row)

    def _typed_row(self, event: QKeyEvent) -> int:
        """The row that what is being typed stands for; −1 for none, or if nothing is typed."""
        text = event.text()
        now = time.monotonic()
        fresh = now - self._typed_at > _PAUSE
        if not text.isprintable() or not text.strip() or (fresh and text == " "):
            return -1
        self._typed, self._typed_at = ("" if fresh else self._typed) + fold(text), now
        texts = [fold(self.itemText(row)) for row in range(self.count())]
        for begins in (self._typed, self._typed[-1]):
            for row, known in enumerate(texts):
                if known.startswith(begins) or any(
                    sound.startswith(begins) for sound in _sounds(self.itemText(row))
                ):
                    return row
        if text.isdecimal() and 0 < int(text) <= self.count():
            return int(text) - 1
        return -1


def _sounds(text: str) -> tuple[str, str]:
    """Full pinyin and its initials."""
    syllables = sort_key(text).partition("\t")[0].split()
    return "".join(syllables), "".join(said[0] for said in syllables)
