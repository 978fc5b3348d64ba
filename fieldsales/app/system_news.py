"""What the system itself says of its sleep and of its own lock, where it says so."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

_LOGIN = "org.freedesktop.login1"
_PATIENCE = 500  # ms that logind has to answer
_PAINTED = 200  # ms after which what hides the windows stands on the screen
# who says on the bus of a Linux desktop that it is locked
_LOCKERS = ("freedesktop", "gnome", "mate", "cinnamon", "xfce")
# Windows: message, and what it says
_LEAVING = {
    (0x0218, 0x04),  # WM_POWERBROADCAST, it goes to sleep
    (0x0218, 0x12),  # and woke, also where it had no time to say so
    (0x02B1, 0x07),  # WM_WTSSESSION_CHANGE, locked
}


class SystemNews(QObject):
    """`leaving` comes before the laptop sleeps, and when it is locked.

    Linux: logind waits with the sleep until the windows are hidden; desktops tell of their lock.
    Windows: its messages to a window. macOS says it to no program of ours.
    """

    leaving = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._login: QDBusConnection | None = None
        self._delay: object = None  # as long as we hold it, logind waits
        self._let_go = QTimer(self, singleShot=True, interval=_PAINTED)
        self._let_go.timeout.connect(self._sleep_on)
        self._heard = False
        self._messages = WindowsMessages(self.leaving.emit)

    def start(self) -> None:
        if sys.platform == "win32":
            _application().installNativeEventFilter(self._messages)
        elif sys.platform == "linux":
            self._listen()

    def stop(self) -> None:
        if sys.platform == "win32":
            _application().removeNativeEventFilter(self._messages)
        self._sleep_on()
        self._login = None

    def follow(self, window: QWindow) -> None:
        """Windows tells of its lock to windows that asked for it."""
        if sys.platform == "win32":
            from ctypes import WinDLL, wintypes

            WinDLL("wtsapi32").WTSRegisterSessionNotification(wintypes.HWND(window.winId()), 0)

    @Slot(bool)
    def sleeps(self, about_to: bool) -> None:
        """Said by logind, before and after."""
        if about_to:
            self.leaving.emit()
            self._let_go.start()
        elif not self._let_go.isActive():
            self._hold()

    @Slot(bool)
    def locks(self, locked: bool) -> None:
        """Said by the desktop."""
        if locked:
            self.leaving.emit()

    def _listen(self) -> None:
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:  # a system without
            return
        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        if system.isConnected():
            self._login = system
            self._hold()
        if self._heard:
            return
        self._heard = True
        sleeps: Any = SLOT("sleeps(bool)")  # the stubs want bytes, which it refuses
        locks: Any = SLOT("locks(bool)")
        leaving: Any = SLOT("leaving()")
        system.connect("", "", f"{_LOGIN}.Manager", "PrepareForSleep", self, sleeps)
        system.connect("", "", f"{_LOGIN}.Session", "Lock", self, leaving)
        for desktop in _LOCKERS:
            session.connect("", "", f"org.{desktop}.ScreenSaver", "ActiveChanged", self, locks)

    def _hold(self) -> None:
        """Asks logind to wait with a sleep for us; where there is none, nobody says it either."""
        from PySide6.QtDBus import QDBus, QDBusMessage

        if self._login is None or self._delay is not None:
            return
        asked = QDBusMessage.createMethodCall(
            _LOGIN, f"/{_LOGIN.replace('.', '/')}", f"{_LOGIN}.Manager", "Inhibit"
        )
        asked.setAutoStartService(False)
        asked.setArguments(["sleep", "fieldsales", "hides customers", "delay"])
        said = self._login.call(asked, QDBus.CallMode.Block, _PATIENCE)
        if said.type() == QDBusMessage.MessageType.ReplyMessage:
            self._delay = said.arguments()[0]

    @Slot()
    def _sleep_on(self) -> None:
        self._delay = None


class WindowsMessages(QAbstractNativeEventFilter):
    """Hears of sleep and lock what Windows says to every window."""

    def __init__(self, leaving: Callable[[], object]) -> None:
        super().__init__()
        self._leaving = leaving

    def nativeEventFilter(self, kind: Any, message: int) -> tuple[bool, int]:
        from ctypes import wintypes  # a start elsewhere goes without

        if kind == b"windows_generic_MSG":
            said = wintypes.MSG.from_address(int(message))
            if (said.message, said.wParam) in _LEAVING:
                self._leaving()
        return False, 0


def _application() -> QGuiApplication:
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    return app
