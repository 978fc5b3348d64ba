"""Two columns where there is room for them, else one below the other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from fieldsales.widgets.look import Look

_SIDE_BY_SIDE = 760  # px at 100 % from which two columns stand beside each other


class Columns(QWidget):
    """Two columns where there is room for them, else one below the other."""

    def __init__(self, look: Look, left: QWidget, right: QWidget, shares: tuple[int, int]) -> None:
        super().__init__()
        self._look = look
        self._parts = (left, right)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look.theme.px(32))
        for part, share in zip(self._parts, shares, strict=True):
            self._layout.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self._look.theme.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._layout.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def minimumSizeHint(self) -> QSize:
        # two columns now must not keep the window from being made narrower
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())
