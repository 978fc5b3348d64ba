"""The rail on the left: one button a tab, with its icon, its word and how much waits there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from fieldsales.screens.contract import Tab
from fieldsales.widgets.look import Look


class RailButton(QAbstractButton):
    """One tab. The badge counts what wants doing there."""

    def __init__(self, look: Look, tab: Tab, shortcut: str) -> None:
        super().__init__()
        self._look = look
        self.tab = tab
        self.badge = 0
        self.setText(look.words(tab.title))
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.text())
        self.setToolTip(f"{self.text()} ({shortcut})" if shortcut else self.text())
        look.theme.changed.connect(self.update)

    def set_badge(self, count: int) -> None:
        self.badge = count
        name = f"{self.text()} {count}" if count else self.text()
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        words = theme.metrics("caption", bold=True).horizontalAdvance(self.text()) + theme.px(24)
        return QSize(max(theme.px(76), words), theme.px(60))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(theme.px(6), theme.px(3), -theme.px(6), -theme.px(3))
        lit = self.isChecked()
        if lit or self.underMouse() or self.hasFocus():
            painter.setPen(theme.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft" if lit else "paper-3"))
            painter.drawRoundedRect(area, theme.px(6), theme.px(6))
        role = "accent-strong" if lit else "ink-2"
        side = theme.px(20)
        left = (self.width() - side) // 2
        self._look.icons(self.tab.icon, role).paint(painter, left, theme.px(9), side, side)
        painter.setFont(theme.font("caption", bold=lit))
        painter.setPen(theme.colour(role))
        words = area.adjusted(0, theme.px(28), 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.badge:
            self._paint_badge(painter, left + side)

    def _paint_badge(self, painter: QPainter, left: int) -> None:
        theme = self._look.theme
        text = str(self.badge) if self.badge < 100 else "99+"
        font = theme.font("caption", bold=True)
        painter.setFont(font)
        height = theme.px(16)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + theme.px(8))
        spot = QRectF(left - theme.px(6), theme.px(4), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(spot, height / 2, height / 2)
        painter.setPen(theme.colour("on-accent"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QWidget):
    """The tabs of the window, those at the bottom set apart."""

    chosen = Signal(int)

    def __init__(self, look: Look, tabs: list[Tab]) -> None:
        super().__init__()
        self.setProperty("surface", "paper-2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, look.theme.px(8), 0, look.theme.px(8))
        layout.setSpacing(0)
        self.buttons: dict[int, RailButton] = {}
        for place in ("top", "bottom"):
            if place == "bottom":
                layout.addStretch(1)
            for index, tab in enumerate(tabs):
                if tab.place == place:
                    number = len(self.buttons) + 1
                    shortcut = f"Ctrl+{number}" if place == "top" else ""
                    made = RailButton(look, tab, shortcut)
                    made.clicked.connect(
                        lambda _checked=False, index=index: self.chosen.emit(index)
                    )
                    self.buttons[index] = made
                    layout.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        widest = max(button.sizeHint().width() for button in self.buttons.values())
        for button in self.buttons.values():
            button.setFixedWidth(widest)
        self.setAccessibleName(look.words("window.rail"))

    def set_current(self, index: int) -> None:
        """Marks a tab; a hidden tab leaves the mark where it was."""
        if index in self.buttons:
            self.buttons[index].setChecked(True)
