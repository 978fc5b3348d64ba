"""A few choices side by side of which one holds: a view switch, a scale from −2 to +2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from fieldsales.widgets.choices import Choices
from fieldsales.widgets.look import Look


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; with `icon_only` the text is its tooltip."""

    key: str
    text: str
    icon: str = ""
    icon_only: bool = False


class Segmented(Choices):
    """Options of which one is chosen, or none where `clearable`.

    Arrow keys move the choice, a digit takes the nth, Delete clears. One that `slides` may be
    narrower than its options: then the chosen one stands in its middle, as far as it can.
    """

    def __init__(
        self,
        look: Look,
        options: Sequence[Option],
        *,
        name: str = "",
        clearable: bool = False,
        slides: bool = False,
    ) -> None:
        super().__init__(look, name=name, clearable=clearable)
        self.slides = slides
        self._options = list(options)
        self._key = "" if clearable else self._options[0].key
        across = QSizePolicy.Policy.Maximum if slides else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.tell()

    def texts(self) -> Mapping[str, str]:
        return {option.key: option.text for option in self._options}

    def _position(self) -> int:
        keys = [option.key for option in self._options]
        return keys.index(self._key) if self._key in keys else -1

    def _widths(self) -> list[int]:
        theme = self._look.theme
        metrics = theme.metrics()
        widths = []
        for option in self._options:
            width = 0 if option.icon_only else metrics.horizontalAdvance(option.text)
            if option.icon:
                width += theme.px(16 if option.icon_only else 22)
            widths.append(max(width + theme.px(20), theme.px(36)))
        return widths

    def rects(self) -> list[QRect]:
        widths, at = self._widths(), self._position()
        rects, left = [], 0
        if (over := sum(widths) - self.width()) > 0 and self.slides and at >= 0:
            middle = sum(widths[:at]) + widths[at] // 2
            left = -min(max(middle - self.width() // 2, 0), over)
        for width in widths:
            rects.append(QRect(left, 0, width, self.height()))
            left += width
        return rects

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()), self._look.theme.px(32))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(max(self._widths()), whole.height()) if self.slides else whole

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            position = self.at(event.pos())
            if position >= 0 and self._options[position].icon_only:
                QToolTip.showText(event.globalPos(), self._options[position].text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, position = event.key(), self._position()
        last = len(self._options) - 1
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            target = min(position + 1, last)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            target = max(position - 1, 0)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._clearable:
            self.choose("")
            return
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 <= last:
            target = key - Qt.Key.Key_1
        else:
            super().keyPressEvent(event)
            return
        if target != position:
            self.choose(self._options[target].key)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.px(6)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "paper-3"), 1))
        painter.setBrush(theme.colour("paper-3"))
        painter.drawRoundedRect(whole, radius, radius)
        current = self._position()
        for position, (rect, option) in enumerate(zip(self.rects(), self._options, strict=True)):
            chosen = position == current
            if chosen:
                inside = QRectF(rect).adjusted(2.5, 2.5, -2.5, -2.5)
                painter.setPen(QPen(theme.colour("line"), 1))
                painter.setBrush(theme.colour("paper"))
                painter.drawRoundedRect(inside, radius - 2, radius - 2)
            role = "accent" if chosen else "ink" if position == self._hovered else "ink-2"
            self._paint_option(painter, rect, option, role)

    def _paint_option(self, painter: QPainter, rect: QRect, option: Option, role: str) -> None:
        theme = self._look.theme
        if option.icon:
            side = theme.px(16)
            if option.icon_only:
                self._look.icons.paint(painter, _centred(rect, side), option.icon, role)
                return
            spot = QRect(rect.left() + theme.px(10), rect.center().y() - side // 2 + 1, side, side)
            self._look.icons.paint(painter, spot, option.icon, role)
            rect = rect.adjusted(theme.px(22), 0, 0, 0)
        painter.setPen(theme.colour(role))
        painter.setFont(theme.font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, option.text)


def _centred(rect: QRect, side: int) -> QRect:
    return QRect(
        rect.left() + (rect.width() - side) // 2, rect.top() + (rect.height() - side) // 2,
        side, side,
    )  # fmt: skip
