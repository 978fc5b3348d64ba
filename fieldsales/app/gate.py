"""Who may look: asks for the password of the file at the start, and after it was locked.

Locking hides every window at once, the taskbar's pictures of them with it, and takes what was
copied out of the clipboard; nothing of the file is told until the password is there again. The
windows stay behind it as they are, and what was just typed goes into the file first: it comes back,
after a crash, too. The key stays in memory so long; it is gone once the program ends.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Signal, Slot
from PySide6.QtGui import QClipboard, QDrag
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from fieldsales.app.idleness import Idleness
from fieldsales.errors import EnvironmentProblem
from fieldsales.screens.contract import LOCKED_AFTER, LOCKED_USUALLY, REMEMBERED
from fieldsales.store.sealing import is_plain, salt_of
from fieldsales.widgets.look import Look
from fieldsales.widgets.open_copy import forget_copies

if TYPE_CHECKING:
    from fieldsales.app.unlocking import UnlockWindow
    from fieldsales.store.sealing import Key

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
_WAITED_FOR = Qt.WindowModality.ApplicationModal  # by a call that goes on once it is closed
_CANCELLING = ("xcb", "windows")  # where Qt can end a drag before it is let go


class Gate(QObject):
    """Holds the key of an encrypted file while the program runs.

    `at_work`: whether the file is open in a window; while it is mended or converted nothing locks.
    """

    opened = Signal()  # the key is known, at the start
    left = Signal()  # whoever was asked closed the window
    locked_now = Signal(bool)

    def __init__(
        self,
        app: QApplication,
        path: Path,
        state: QSettings,
        look: Callable[[], Look],
        at_work: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._app = app
        self._path = path
        self._state = state
        self._look = look
        self._at_work = at_work
        self._key: Key | None = None
        self._hidden: dict[QWidget, QWidget | None] = {}  # windows, and where in each one typed
        self._asking: UnlockWindow | None = None
        self._idle = Idleness()
        self._idle.left.connect(self.lock)

    @property
    def passphrase(self) -> str:
        return self._key.passphrase if self._key else ""

    @property
    def locked(self) -> bool:
        return self._asking is not None

    def is_shut(self) -> bool:
        """Whether the file asks for a password; also one whose head is spoilt, by its backups."""
        if salt_of(self._path) is not None:
            return True
        if is_plain(self._path) or not self._path.is_file():
            return False
        from fieldsales.services import passwords  # a start goes without

        return passwords.is_locked(self._path)

    def take(self, key: Key | None) -> None:
        """The file has this key from now on; without one nothing locks."""
        self._key = key
        if key is None:
            self._idle.stop()
        else:
            self.follow_settings()
            self._idle.start()

    @Slot()
    def follow_settings(self) -> None:
        """How long one may be away."""
        said = str(self._state.value(LOCKED_AFTER) or "")
        self._idle.minutes = int(said) if said.isdecimal() else LOCKED_USUALLY

    def ask(self, given: str | None = None) -> None:
        """Asks for the password of a file that is not open yet; `opened` or `left` follows.

        Who started with it, or whose key the system keeps, is not asked.
        """
        key = None
        if given is not None:
            with suppress(EnvironmentProblem):
                key = self._unlock(given)
        elif self._remembers():
            from fieldsales.services import remembering

            key = remembering.recalled(self._path)
        if key is None:
            self._ask(None)
        else:
            self.take(key)
            self.opened.emit()

    def remember(self, wanted: bool) -> None:
        """Gives the key to the system's store of secrets, or takes it out.

        Raises EnvironmentProblem("lock.no_keyring").
        """
        from fieldsales.services import remembering

        if wanted and self._key is not None:
            remembering.remember(self._path, self._key)
            self._state.setValue(REMEMBERED, "yes")
        else:
            remembering.forget(self._path)
            self._state.remove(REMEMBERED)

    def follow_key(self) -> None:
        """The file has another key: so has the store of secrets, where it keeps it."""
        if self._remembers():
            try:
                self.remember(self._key is not None)
            except EnvironmentProblem:  # then it is asked for
                self._state.remove(REMEMBERED)

    def _remembers(self) -> bool:
        return str(self._state.value(REMEMBERED)) == "yes"

    @Slot()
    def lock(self) -> None:
        """Hides all there is until the password was given; nothing where there is none."""
        if self._key is None or self.locked or not self._at_work():
            return
        forget_copies()
        _forget_copied()
        if self._app.platformName() in _CANCELLING:
            QDrag.cancel()
        self._app.setQuitOnLastWindowClosed(False)
        before = self._app.activeWindow()
        for shown in self._app.topLevelWidgets():
            if not shown.isVisible():
                continue
            typing = shown.focusWidget()
            if typing is not None:
                typing.clearFocus()  # it is saved, or kept as a draft
            if isinstance(shown, QDialog) and shown.windowModality() is _WAITED_FOR:
                shown.reject()  # hidden it would end as well
            elif shown.windowType() in _PASSING:
                shown.close()
            else:
                self._hidden[shown] = typing
                shown.hide()
        windows = [one for one in self._hidden if not isinstance(one, QDialog)]
        self._ask(before if before in windows else next(iter(windows), None))
        self.locked_now.emit(True)

    def close(self) -> None:
        """The program ends."""
        self._idle.stop()
        if self._key is not None:
            forget_copies()
        if self._asking is not None:
            self._asking.left.disconnect(self.left)
            self._asking.close()
            self._asking.deleteLater()
            self._asking = None

    @Slot()
    def to_front(self) -> None:
        """Who starts the program again is asked here."""
        if self._asking is not None:
            self._asking.raise_()
            self._asking.activateWindow()

    def _ask(self, in_place_of: QWidget | None) -> None:
        from fieldsales.app.unlocking import UnlockWindow  # few files have a password

        self._asking = UnlockWindow(self._look(), self._state, self._unlock)
        self._asking.unlocked.connect(self._unlocked)
        self._asking.left.connect(self.left)
        if in_place_of is not None:
            self._asking.setGeometry(in_place_of.geometry())
            self._asking.setWindowState(in_place_of.windowState())
        self._asking.show()
        self._asking.activateWindow()

    def _unlock(self, typed: str) -> Key:
        from fieldsales.services import passwords

        return passwords.unlock(self._path, typed)

    @Slot(object)
    def _unlocked(self, key: Key) -> None:
        asking, first = self._asking, self._key is None
        assert asking is not None
        self._asking = None
        self.take(key)
        from_below = sorted(self._hidden, key=lambda one: isinstance(one, QDialog))
        for hidden in from_below:
            typing = self._hidden[hidden]
            hidden.setWindowState(hidden.windowState() & ~Qt.WindowState.WindowMinimized)
            hidden.show()
            if typing is not None and isValid(typing):
                typing.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        if self._hidden:
            self._app.setQuitOnLastWindowClosed(True)
            from_below[-1].activateWindow()
        self._hidden.clear()
        if first:
            self.opened.emit()
        asking.close()
        asking.deleteLater()
        self.locked_now.emit(False)


def _forget_copied() -> None:
    """Empties the clipboard of what was copied here; what others put there is not ours to take."""
    clipboard = QApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
    if clipboard.ownsSelection():  # of X11: what is marked
        clipboard.clear(QClipboard.Mode.Selection)
