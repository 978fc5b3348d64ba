"""Notices that nobody is at the laptop: no key, no mouse for a while; or it was put to sleep."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

from fieldsales.app.system_news import SystemNews

_EVERY = 1.0  # seconds between two looks
_SLEPT = 60.0  # seconds between two looks that only a sleep explains
_HANDS = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletMove,
)


class Idleness(QObject):
    """`left` comes once the laptop was left alone for `minutes`, or slept; 0 minutes is never.

    A sleep is noticed before it where the system tells of it, as it does of its own lock. Elsewhere
    the clock tells on waking: a second at most shows what stood there, and no key or click goes in.
    """

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.minutes = 0
        self._watched: QWindow | None = None
        self._touched = self._looked = time.monotonic()
        self._clock = time.time()
        self._timer = QTimer(self, interval=round(_EVERY * 1_000))
        self._timer.timeout.connect(self.look)
        self._news = SystemNews()
        self._news.leaving.connect(self.left)

    def start(self) -> None:
        if self._timer.isActive():
            return
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        # who writes Chinese presses keys that only the input method sees; the caret moves
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touch)
        self._watch(QGuiApplication.focusWindow())
        self.touch()
        self._looked, self._clock = time.monotonic(), time.time()
        self._timer.start()
        self._news.start()

    def stop(self) -> None:
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._news.stop()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.disconnect(self._watch)
        QGuiApplication.inputMethod().cursorRectangleChanged.disconnect(self.touch)
        self._watch(None)

    @Slot()
    def touch(self) -> None:
        """Somebody is there."""
        self._touched = time.monotonic()

    @Slot()
    def look(self) -> None:
        """Whether somebody still is."""
        now, clock = time.monotonic(), time.time()
        # the one clock stands still while the laptop sleeps, the other does not
        slept = max(now - self._looked, clock - self._clock) > _SLEPT
        self._looked, self._clock = now, clock
        if slept or (self.minutes and now - self._touched >= self.minutes * 60):
            self.touch()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _HANDS:
            return False
        if time.time() - self._clock > _SLEPT:
            self.look()
            return True  # it was meant for what is hidden now
        self.touch()
        return False

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            self._news.follow(window)
            self.touch()
