"""Opens the file of the window, or with the user's help what can take its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from fieldsales.app.gate import Gate
from fieldsales.domain.clock import Clock
from fieldsales.errors import EnvironmentProblem
from fieldsales.services.workspace import Workspace
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message


class Opening:
    """What came of it is added to `news`, which is told once the window stands."""

    def __init__(
        self, path: Path, clock: Clock, gate: Gate, look: Callable[[], Look], news: list[Message]
    ) -> None:
        self._path, self._clock, self._gate = path, clock, gate
        self._look = look
        self._news = news

    def open(self) -> Workspace | None:
        """None where the user gave it up."""
        try:
            return Workspace.open(self._path, self._clock, self._gate.passphrase)
        except EnvironmentProblem as trouble:
            return self._read_only(trouble) or self.mended(trouble)

    def _read_only(self, trouble: EnvironmentProblem) -> Workspace | None:
        """A file in a place that takes no writing can still be looked at."""
        if trouble.code != "store.read_only":
            return None
        passphrase = self._gate.passphrase
        try:
            workspace = Workspace.open(self._path, self._clock, passphrase, read_only=True)
        except EnvironmentProblem:
            return None
        self._news.append(Message(self._look().words("window.read_only"), "warn", lasting=True))
        return workspace

    def mended(self, trouble: EnvironmentProblem, *, at_work: bool = False) -> Workspace | None:
        """Says what is wrong; a backup may take the place of a damaged file."""
        from fieldsales.app.damage import DamageWindow  # seldom needed

        passphrase = self._gate.passphrase
        dialog = DamageWindow(self._look(), self._path, trouble, passphrase, at_work=at_work)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        assert dialog.news is not None
        self._news.append(dialog.news)
        return self.open()
