"""Widgets in lines, as words in a text."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem
from shiboken6 import getCppPointer, wrapInstance

from fieldsales.widgets.look import Look


class FlowLayout(QLayout):
    """Lays its widgets in lines, as words in a text."""

    def __init__(self, look: Look, gap: int = 8, line_gap: int = 8) -> None:
        super().__init__()
        # Where Qt has them: the Python object of an item may be one left from another at the same
        # address, and becomes invalid with the layout that had that one, which ends the program.
        self._items: list[int] = []
        # asked many times for each change around it; hundreds of items take their time
        self._heights: dict[int, int] = {}
        self._hint = QSize()
        self._gap = look.theme.px(gap)
        self._line_gap = look.theme.px(line_gap)
        self.setContentsMargins(0, 0, 0, 0)

    def _place(self, rect: QRect, *, move: bool) -> int:
        left, top, line = rect.x(), rect.y(), 0
        for item in self._all():
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), rect.width())
            if left > rect.x() and left + width > rect.x() + rect.width():
                left, top, line = rect.x(), top + line + self._line_gap, 0
            if move:
                item.setGeometry(QRect(left, top, width, hint.height()))
            left += width + self._gap
            line = max(line, hint.height())
        return top + line - rect.y()

    def insert(self, position: int, widget: QWidget) -> None:
        """Put a widget before the one at `position`."""
        self.addWidget(widget)
        self._items.insert(position, self._items.pop())
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.extend(getCppPointer(item))

    def _all(self) -> list[QLayoutItem]:
        return [_item(address) for address in self._items]

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return _item(self._items[index]) if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return _item(self._items.pop(index)) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        super().invalidate()
        self._heights.clear()
        self._hint = QSize()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        if self._hint.isValid():
            return self._hint
        widths = [item.sizeHint().width() for item in self._all() if not item.isEmpty()]
        heights = [item.sizeHint().height() for item in self._all() if not item.isEmpty()]
        self._hint = QSize(
            sum(widths) + self._gap * max(0, len(widths) - 1), max(heights, default=0)
        )
        return self._hint

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._all():
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size


def _item(address: int) -> QLayoutItem:
    item = wrapInstance(address, QWidgetItem)
    assert isinstance(item, QLayoutItem)
    return item
