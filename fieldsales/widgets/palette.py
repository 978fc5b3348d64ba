"""The palette (Ctrl+K): any thing and any command, found by typing, without the mouse.

It is an ordinary child of the window, not a popup, so that Chinese input methods work in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QWidget
from shiboken6 import isValid

from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import IconLabel, column, hairline, label, row
from fieldsales.widgets.suggestions import Hit, SuggestionModel, step, suggestion_list

COMMAND_MARK = ">"
_MOST = 9  # rows shown at once


class Palette(QWidget):
    """A line and its hits over the window `host`.

    `find(text)` gives the hits; a text that begins with `>` asks for commands only, and Tab puts
    that mark there or takes it away. The item picked is emitted by `chosen`, once the palette has
    closed and the focus is back where it was.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, host: QWidget, find: Callable[[str], Sequence[Hit]]) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self._find = find
        self._before: QWidget | None = None
        theme, words = look.theme, look.words
        self.line = QLineEdit()
        self.line.setProperty("role", "bare")
        self.line.setFont(theme.font("title"))
        self.line.setPlaceholderText(words("widgets.palette_hint"))
        self.line.setAccessibleName(words("widgets.palette"))
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self._model = SuggestionModel()
        self.list: QListView = suggestion_list(look, self._model)
        self.list.setStyleSheet("background: transparent")
        self.list.clicked.connect(self._take)
        self._none = label(look, words("widgets.palette_nothing"), tone="muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setFixedHeight(theme.px(56))
        keys = label(look, words("widgets.palette_keys"), size="caption", tone="faint")
        self._box = QFrame(self)
        self._box.setProperty("surface", "float")
        head = row(look, IconLabel(look, "search", "ink-3", 18), self.line, gap=12)
        side = theme.px(16)
        head.setContentsMargins(side, theme.px(4), side, theme.px(4))
        self.line.setMinimumHeight(theme.px(40))
        body = column(look, self.list, self._none, gap=0, margin=4)
        foot = row(look, keys, None)
        foot.setContentsMargins(side, theme.px(6), side, theme.px(6))
        self._box.setLayout(
            column(look, head, hairline(look), body, hairline(look), foot, gap=0, margin=1)
        )
        self.hide()
        host.installEventFilter(self)

    def open(self, text: str = "") -> None:
        """Show the palette with a text; what is focused now gets the focus back."""
        if self.isVisible():
            self.line.selectAll()
            return
        self._before = QApplication.focusWidget()
        self.line.setText(text)
        self._search(self.line.text())
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.setCursorPosition(len(text))

    def close_palette(self) -> None:
        if not self.isVisible():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before):  # its page may have gone meanwhile
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def hits(self) -> list[Hit]:
        """What is shown, best first."""
        return list(self._model.hits)

    def _search(self, text: str) -> None:
        hits = self._find(text)
        self._model.set_hits(hits, text.lstrip(COMMAND_MARK))
        if hits:
            self.list.setCurrentIndex(self._model.index(0, 0))
        self.list.setVisible(bool(hits))
        self._none.setVisible(not hits and bool(text.strip(COMMAND_MARK + " ")))
        theme = self._look.theme
        shown = hits[:_MOST]
        height = sum(theme.px(44 if hit.subtitle else 36) for hit in shown)
        self.list.setFixedHeight(height)
        if self.isVisible():
            self._place()

    def _take(self) -> None:
        item = self._model.hit(self.list.currentIndex().row())
        if item is not None:
            self.close_palette()
            self.chosen.emit(item)

    def _toggle_commands(self) -> None:
        text = self.line.text().lstrip(COMMAND_MARK + " ")
        marked = self.line.text().startswith(COMMAND_MARK)
        self.line.setText(text if marked else f"{COMMAND_MARK}{text}")

    def _place(self) -> None:
        theme = self._look.theme
        self.setGeometry(self._host.rect())
        width = min(theme.px(640), self.width() - theme.px(32))
        self._box.setFixedWidth(width)
        self._box.layout().activate()
        self._box.adjustSize()
        top = max(theme.px(24), self.height() // 8)
        self._box.move((self.width() - width) // 2, top)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host:
            if event.type() == QEvent.Type.Resize and self.isVisible():
                self._place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        elif event.type() == QEvent.Type.FocusOut and self.isVisible():
            focus = QApplication.focusWidget()
            if focus is not None and not self.isAncestorOf(focus):
                self._before = None
                self.close_palette()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step(self.list, 1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step(self.list, _MOST if key == Qt.Key.Key_PageDown else -_MOST)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._toggle_commands()
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._box.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        veil = QColor(theme.colour("shadow"))
        veil.setAlphaF(0.45 if theme.dark else 0.18)
        painter.fillRect(self.rect(), veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shade = QColor(theme.colour("shadow"))
        box = QRectF(self._box.geometry())
        for spread in range(1, 9):  # a soft shadow: only what floats has one
            shade.setAlphaF(0.018 if not theme.dark else 0.05)
            painter.setBrush(shade)
            reach = theme.px(2) * spread
            grown = box.adjusted(-reach, -reach / 2, reach, reach).translated(
                QPoint(0, theme.px(2))
            )
            painter.drawRoundedRect(grown, theme.px(6) + reach, theme.px(6) + reach)
