"""The line about backups that have an earlier password: typed once, they follow the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.errors import EnvironmentProblem, Told
from fieldsales.screens.contract import Context
from fieldsales.services.passwords import catch_up
from fieldsales.widgets.jobs import Job
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.password_line import PasswordLine
from fieldsales.widgets.pieces import IconLabel, button, label, row

_WIDE = 290  # px at 100 %


class FormerLine(QWidget):
    """There only while there are such backups; they were away when the password was changed."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._left: list[Path] = []
        self._folders: list[Path] = []
        look, words = context.look, context.words
        self.setProperty("surface", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.said = label(look, wrap=True)
        self.password = PasswordLine(look, words("backups.former_password"))
        self.password.setPlaceholderText(words("backups.former_password"))
        self.password.setFixedWidth(look.theme.px(_WIDE))
        self.password.returnPressed.connect(self._catch_up)
        self.go = button(look, words("backups.follow"), self._catch_up, icon="lock")
        layout = row(
            look, IconLabel(look, "lock", "warn", 18), self.said, self.password, self.go, gap=12
        )
        layout.setStretchFactor(self.said, 1)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(8), side, look.theme.px(8))
        self.setLayout(layout)
        self.hide()

    def show_left(self, left: Sequence[Path], folders: Sequence[Path]) -> None:
        """Backups that the password of the file does not open; `folders` as in `catch_up`."""
        words = self._context.words
        self._left, self._folders = list(left), list(folders)
        self.said.setText(words("backups.former", n=len(left)))
        self.setVisible(bool(left) and not self._context.store.read_only)

    def _catch_up(self) -> None:
        typed, left, folders = self.password.text(), self._left, self._folders
        path, passphrase = self._context.file, self._context.store.passphrase
        if not typed or not self.go.isEnabled():
            return

        def work(job: Job) -> None:
            catch_up(path, passphrase, left, typed, job.watch, folders=folders)

        self._set_busy(True)
        title = self._context.words("backups.following")
        self._context.jobs.start(work, self._caught_up, self._refused, title)

    def _caught_up(self, _done: None) -> None:
        self.password.forget()
        self._set_busy(False)
        self._context.say(Message(self._context.words("backups.followed"), "success"))
        self.changed.emit()

    def _refused(self, trouble: Told) -> None:
        self._set_busy(False)
        self._context.tell(trouble)
        if isinstance(trouble, EnvironmentProblem) and trouble.code == "store.wrong_password":
            self.password.selectAll()
        self.password.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self.password.setEnabled(not busy)
        self.go.setEnabled(not busy)
