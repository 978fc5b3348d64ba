"""The system's own notifications, where the desktop has a place for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

_SHOWN = 20_000  # ms


class Notifier(QObject):
    """Shows a notification; a click on it does what came with the last one."""

    def __init__(self, icon: QIcon) -> None:
        super().__init__()
        self._icon = icon
        self._tray: QSystemTrayIcon | None = None  # it shows in the desktop's bar: only when needed
        self._clicked: Callable[[], object] | None = None

    @staticmethod
    def available() -> bool:
        """Whether this desktop shows notifications of programs."""
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    def show(self, title: str, text: str, clicked: Callable[[], object]) -> None:
        """Says something outside of the window; nothing where that is not possible."""
        if not self.available():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._icon, self)
            self._tray.messageClicked.connect(self._click)
            self._tray.show()
        self._clicked = clicked
        self._tray.showMessage(title, text, self._icon, _SHOWN)

    def stop(self) -> None:
        """Takes the icon out of the desktop's bar."""
        if self._tray is not None:
            self._tray.hide()
            self._tray.deleteLater()
            self._tray = None

    def _click(self) -> None:
        if self._clicked is not None:
            self._clicked()
