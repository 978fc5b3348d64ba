"""The window that asks for the password: at the start, and after the file was locked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from fieldsales.errors import EnvironmentProblem
from fieldsales.services.passwords import patience
from fieldsales.store.sealing import Key
from fieldsales.widgets.look import Look
from fieldsales.widgets.password_line import PasswordLine
from fieldsales.widgets.pieces import IconLabel, button, column, label, row, set_tone

_WRONG = "lock/wrong"  # of the laptop's state: how often in a row, also before a restart
_WIDE = 360  # px at 100 %


class UnlockWindow(QWidget):
    """Says nothing of the file, not even its name. After a few wrong tries each has to wait.

    `unlock` gives the key of what was typed, or raises EnvironmentProblem.
    """

    unlocked = Signal(object)  # Key
    left = Signal()  # closed without

    def __init__(self, look: Look, state: QSettings, unlock: Callable[[str], Key]) -> None:
        super().__init__()
        words, px = look.words, look.theme.px
        self._look = look
        self._state = state
        self._unlock = unlock
        self._open = False
        self._wait = 0
        self.setWindowTitle(words("window.title"))
        self.setProperty("surface", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(px(480), px(400))
        self.password = PasswordLine(look, words("lock.password"))
        self.password.setMinimumHeight(px(36))
        self.password.returnPressed.connect(self.try_)
        self.told = label(look, words("lock.ask"), tone="muted", wrap=True)
        self.told.setMinimumHeight(px(40))
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.button = button(look, words("lock.unlock"), self.try_, icon="lock", role="primary")
        self.button.setMinimumHeight(px(36))
        name = label(look, words("lock.password"), size="caption", tone="muted")
        name.setBuddy(self.password)
        inside = QWidget()
        inside.setFixedWidth(px(_WIDE))
        inside.setLayout(
            column(
                look,
                row(look, IconLabel(look, "lock", "accent", 32), None),
                label(look, words("lock.title"), size="page", bold=True, wrap=True),
                8,
                column(look, name, self.password, gap=4),
                self.button,
                self.told,
                gap=12,
            )
        )
        forgotten = label(look, words("lock.forgotten"), size="caption", tone="muted", wrap=True)
        forgotten.setFixedWidth(px(_WIDE))
        middle = column(look, None, inside, None, forgotten, gap=0, margin=24)
        self.setLayout(row(look, None, middle, None))
        self._tick = QTimer(self, interval=1_000)
        self._tick.timeout.connect(self._count_down)
        self._hold_off()

    def sizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(px(960), px(600))

    def try_(self) -> None:
        """Opens, or says that this was not it."""
        typed = self.password.text()
        if not typed or self._wait:
            return
        try:
            key = self._unlock(typed)
        except EnvironmentProblem as trouble:
            if trouble.code == "store.wrong_password":
                self._state.setValue(_WRONG, self._wrong() + 1)
                self._state.sync()
            self._say(self._look.words(trouble.code, **trouble.params), bad=True)
            self.password.forget()
            self._hold_off()
            return
        self._state.remove(_WRONG)
        self.password.forget()
        self._open = True
        self.unlocked.emit(key)

    def _wrong(self) -> int:
        said = str(self._state.value(_WRONG) or "0")
        return int(said) if said.isdecimal() else 0

    def _hold_off(self) -> None:
        self._wait = patience(self._wrong())
        if self._wait:
            self._tick.start()
        self._tell_wait()

    def _count_down(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._tick.stop()
            self._say(self._look.words("lock.ask"), bad=False)
        self._tell_wait()

    def _tell_wait(self) -> None:
        waits = self._wait > 0
        self.password.setEnabled(not waits)
        self.button.setEnabled(not waits)
        if waits:
            self._say(self._look.words("lock.wait", n=self._wait), bad=True)
        else:
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, text: str, *, bad: bool) -> None:
        self.told.setText(text)
        set_tone(self.told, "bad" if bad else "muted")

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if not self._open:
            self._open = True  # said once
            self.left.emit()
