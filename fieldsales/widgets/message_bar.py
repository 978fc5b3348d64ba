"""The bar that slides in over a page's foot: one message, one action, then it goes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import (
    QAbstractAnimation,
    QEasingCurve,
    QEvent,
    QObject,
    QPropertyAnimation,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QVBoxLayout, QWidget

from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import ElidedLabel, IconLabel, button, row, tool_button

MessageKind = Literal["info", "success", "warn", "error"]
_FACES = {
    "info": ("info", "accent", "accent-soft"),
    "success": ("success", "good", "good-soft"),
    "warn": ("warning", "warn", "warn-soft"),
    "error": ("error", "bad", "bad-soft"),
}
_LINGER = 8_000
_SLIDE = 140


@dataclass(frozen=True, slots=True)
class Message:
    """What a bar says.

    By default an error or a warning is `lasting`: it stays until it is answered; the others go
    after 8 s. `key` names a message that replaces its earlier self instead of queueing behind it.
    """

    text: str
    kind: MessageKind = "info"
    action: str = ""
    act: Callable[[], object] | None = None
    lasting: bool | None = None
    key: str = ""

    @property
    def stays(self) -> bool:
        if self.lasting is None:
            return self.kind in ("error", "warn")
        return self.lasting


class MessageBar(QWidget):
    """Shows messages one after the other. Esc closes, Alt+A does the action.

    Errors and warnings last until they are closed; anything that can be undone goes by itself,
    though not while the mouse rests on it or it has the focus.
    """

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._queue: deque[Message] = deque()
        self._current: Message | None = None
        theme = look.theme
        self._icon = IconLabel(look, "info", "accent", 18)
        self._text = ElidedLabel(look)
        self._action = button(look, "", self._act, role="link")
        self._close = tool_button(look, "close", look.words("widgets.close_esc"), self.close_bar)
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = row(look, self._icon, self._text, 8, self._action, self._close, gap=8)
        side = theme.px(12)
        layout.setContentsMargins(side, theme.px(4), theme.px(8), theme.px(4))
        layout.setStretchFactor(self._text, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._full = theme.px(44)
        self.setFixedHeight(0)
        self.setVisible(False)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._time_out)
        self._slide = QPropertyAnimation(self, b"maximumHeight", self)
        self._slide.setDuration(_SLIDE)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._grow)
        self._slide.finished.connect(self._slid)
        shortcut = QShortcut(QKeySequence("Alt+A"), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self._act)

    @property
    def current(self) -> Message | None:
        return self._current

    def say(
        self,
        text: str,
        kind: MessageKind = "info",
        *,
        action: str = "",
        act: Callable[[], object] | None = None,
        lasting: bool | None = None,
        key: str = "",
    ) -> None:
        """`show_message` for a message put together here."""
        self.show_message(Message(text, kind, action, act, lasting, key))

    def show_message(self, message: Message) -> None:
        """Show a message now, or after the ones that wait to be answered."""
        current, key = self._current, message.key
        if current is not None and (not current.stays or (key and current.key == key)):
            self._show(message)  # a passing message gives way at once
            return
        if key:
            self._queue = deque(waiting for waiting in self._queue if waiting.key != key)
        self._queue.append(message)
        if current is None:
            self._next()

    def close_bar(self) -> None:
        """Close what is shown; the next waiting message follows."""
        if self._current is None:
            return
        self._current = None
        self._timer.stop()
        if self._queue:
            self._next()
        else:
            self._move(0)
        self.closed.emit()

    def clear(self, key: str = "") -> None:
        """Take back the messages of a key, or all of them."""
        self._queue = deque(waiting for waiting in self._queue if key and waiting.key != key)
        if self._current is not None and (not key or self._current.key == key):
            self.close_bar()

    def _next(self) -> None:
        if self._queue:
            self._show(self._queue.popleft())

    def _show(self, message: Message) -> None:
        self._current = message
        icon, role, _soft = _FACES[message.kind]
        self._icon.set_icon(icon, role)
        self._text.set_text(message.text)
        self._action.setVisible(bool(message.action))
        self._action.setText(message.action)
        self._action.setToolTip("Alt+A")
        self._timer.stop()
        if not message.stays:
            self._timer.start(_LINGER)
        self.setVisible(True)
        self._move(self._full)
        self.update()
        event = QAccessibleAnnouncementEvent(self, message.text)
        if message.kind == "error":
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def _act(self) -> None:
        message = self._current
        if message is None or message.act is None:
            return
        self.close_bar()
        message.act()

    def _time_out(self) -> None:
        if self.underMouse() or self._action.hasFocus():
            self._timer.start(_LINGER // 2)
        else:
            self.close_bar()

    def _move(self, height: int) -> None:
        self._slide.stop()
        # a desktop that asks for less motion switches its menus' fading off too
        calm = not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu)
        if calm or self.window().isHidden() or self.height() == height:
            self._grow(height)
            self._slid()
            return
        self._slide.setStartValue(self.height())
        self._slide.setEndValue(height)
        self._slide.start(QAbstractAnimation.DeletionPolicy.KeepWhenStopped)

    def _grow(self, height: int) -> None:
        self.setFixedHeight(height)

    def _slid(self) -> None:
        if self._current is None:
            self.setVisible(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._current is None and self.height() == 0:
            return
        painter = QPainter(self)
        theme = self._look.theme
        kind = self._current.kind if self._current else "info"
        _icon, role, soft = _FACES[kind]
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.colour(soft))
        painter.fillRect(QRectF(0, 0, rect.width(), 1), theme.colour("line"))
        painter.fillRect(QRectF(0, 0, theme.px(3), rect.height()), theme.colour(role))


class OverFoot(QWidget):
    """A page with the bar over its foot: what passes covers it, what lasts gets room of its own."""

    def __init__(self, page: QWidget, bar: MessageBar) -> None:
        super().__init__()
        self._bar = bar
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(page)
        bar.setParent(self)
        bar.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        bar, message = self._bar, self._bar.current
        height = bar.height() if bar.isVisibleTo(self) else 0
        bar.setGeometry(0, self.height() - height, self.width(), bar.height())
        bar.raise_()
        lasts = message is not None and message.stays
        self.layout().setContentsMargins(0, 0, 0, height if lasts else 0)
