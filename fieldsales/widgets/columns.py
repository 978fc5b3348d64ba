"""Two columns where there is room for them, else one below the other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from fieldsales.widgets.look import Look

_SIDE_BY_SIDE = 760  # px at 100 % from which two columns stand beside each other


class TwoColumns(QBoxLayout):
    """The layout of it, for a widget that knows how wide it is."""

    def __init__(self, look: Look, *, gap: int = 24, wide_from: int = _SIDE_BY_SIDE) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom)
        self._wide_from = look.theme.px(wide_from)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(look.theme.px(gap))

    @property
    def beside(self) -> bool:
        """Whether the columns stand beside each other."""
        return self.direction() == QBoxLayout.Direction.LeftToRight

    def fit(self, width: int) -> bool:
        """Takes the room there is; whether the columns stand otherwise than before."""
        was, way = self.beside, QBoxLayout.Direction
        self.setDirection(way.LeftToRight if width >= self._wide_from else way.TopToBottom)
        return self.beside != was


class Columns(QWidget):
    """Two widgets as such columns."""

    def __init__(self, look: Look, left: QWidget, right: QWidget, shares: tuple[int, int]) -> None:
        super().__init__()
        self._parts = (left, right)
        self._layout = TwoColumns(look, gap=32)
        for part, share in zip(self._parts, shares, strict=True):
            self._layout.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._layout.fit(self.width())

    def minimumSizeHint(self) -> QSize:
        # two columns now must not keep the window from being made narrower
        widest = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(widest, super().minimumSizeHint().height())
