"""Notices that nobody is at the laptop: no key, no mouse for a while; or it was put to sleep."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

_EVERY = 5.0  # seconds between two looks
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
# what a Linux desktop says on its bus: (which bus, path, interface, signal)
_TOLD = (
    ("system", "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep"),
    ("session", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("session", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"),
)


class Idleness(QObject):
    """`left` comes once the laptop was left alone for `minutes`, or slept; 0 minutes is never.

    A sleep is noticed on waking by the clock on every system, and before it where the desktop's bus
    tells of it, as it does of its own lock.
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
        self._buses: list[object] = []

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
        self._listen()

    def stop(self) -> None:
        if not self._timer.isActive():
            return
        self._timer.stop()
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

    @Slot(bool)
    def told(self, away: bool) -> None:
        """By the desktop: it goes to sleep or is locked, or is there again."""
        if away:
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _HANDS:
            self._touched = time.monotonic()
        return False

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            self.touch()

    def _listen(self) -> None:
        if self._buses:
            return
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a system without
            return
        for which, path, interface, signal in _TOLD:
            bus = QDBusConnection.systemBus() if which == "system" else QDBusConnection.sessionBus()
            slot: Any = SLOT("told(bool)")  # the stubs want bytes, which it refuses
            if bus.isConnected() and bus.connect("", path, interface, signal, self, slot):
                self._buses.append(bus)
