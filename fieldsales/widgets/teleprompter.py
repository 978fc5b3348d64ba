"""A text to be read from a distance: the sentence that is said stands out, the rest is dim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.widgets.look import Look

_WIDE = 860  # px at 100 % that a line is long at most: the eye must find the next one
_GAP = 20
_ABOVE = 0.3  # of the height stands before what is said
_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


class Teleprompter(QWidget):
    """Paragraphs, of which one is said; `share` says how far it should be by now.

    With `flowing` the text moves with the share, else from paragraph to paragraph.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: Sequence[str] = ()
        self._colours: Mapping[int, str] = {}
        self._at = 0
        self._share = 0.0
        self._flowing = False
        self._spots: list[tuple[int, int]] = []  # top and height of each, from the first
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._measure()
        self.show_at(0)

    def show_at(
        self,
        at: int,
        share: float = 0.0,
        *,
        flowing: bool = False,
        colours: Mapping[int, str] | None = None,
    ) -> None:
        """Which paragraph is said, and the colour roles of those that were marked."""
        self._at, self._share, self._flowing = at, share, flowing
        self._colours = colours or {}
        if at < len(self._lines):
            self.setAccessibleName(self._lines[at])
        self.update()

    def _measure(self) -> None:
        metrics = self._look.theme.metrics("prompt")
        gap, width = self._look.theme.px(_GAP), self._column().width()
        self._spots = []
        top = 0
        for line in self._lines:
            height = metrics.boundingRect(QRect(0, 0, width, 10_000), _FLAGS, line).height()
            self._spots.append((top, height))
            top += height + gap

    def _column(self) -> QRect:
        theme = self._look.theme
        width = min(theme.px(_WIDE), self.width() - 2 * theme.px(24))
        return QRect((self.width() - width) // 2, 0, max(1, width), self.height())

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(640), self._look.theme.px(360))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(320), self._look.theme.px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._spots:
            return
        theme, column = self._look.theme, self._column()
        painter = QPainter(self)
        painter.setFont(theme.font("prompt"))
        at = min(self._at, len(self._spots) - 1)
        top, height = self._spots[at]
        moved = round(self._share * height) if self._flowing else 0
        start = round(self.height() * _ABOVE) - top - moved
        for number, (line, (above, tall)) in enumerate(zip(self._lines, self._spots, strict=True)):
            rect = QRect(column.left(), start + above, column.width(), tall)
            if rect.bottom() < 0 or rect.top() > self.height():
                continue
            said = number == self._at
            role = self._colours.get(number) or ("ink" if said else "ink-3")
            painter.setPen(theme.colour(role))
            painter.drawText(rect, _FLAGS, line)
            if said:
                self._paint_pace(painter, rect)

    def _paint_pace(self, painter: QPainter, rect: QRect) -> None:
        """A bar at the left that fills as the sentence should be said."""
        theme = self._look.theme
        bar = QRect(rect.left() - theme.px(16), rect.top(), theme.px(4), rect.height())
        painter.fillRect(bar, theme.colour("paper-3"))
        bar.setHeight(round(rect.height() * self._share))
        painter.fillRect(bar, theme.colour("accent"))
