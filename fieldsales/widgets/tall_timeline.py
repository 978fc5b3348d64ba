"""A timeline that stands in a page which scrolls, rather than scrolling itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from fieldsales.widgets.look import Look
from fieldsales.widgets.timeline import Timeline, TimelineEntry


class TallTimeline(Timeline):
    """A timeline as high as its entries: the card around it scrolls."""

    pressed_key = Signal(str)  # a plain click, where `opened` is Enter

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        super().set_entries(entries)
        self.fit()

    def fit(self) -> None:
        """Take the height of all entries at this width."""
        height = sum(
            self.sizeHintForIndex(self.model().index(at, 0)).height() for at in self._rows()
        )
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(max(1, height))

    def _rows(self) -> range:
        return range(self.model().rowCount())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        plain = not event.modifiers() and event.button() == Qt.MouseButton.LeftButton
        index: QModelIndex = self.indexAt(event.position().toPoint())
        if plain and index.isValid() and self.current_key():
            self.pressed_key.emit(self.current_key())
