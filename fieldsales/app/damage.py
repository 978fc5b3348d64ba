"""The window shown instead of the application when the data file is damaged or cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.store.backup import Backup, newest_good, restore
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import button, column, label, row

_MENDABLE = ("store.damaged", "store.not_a_database", "store.disk_failed")


class DamageWindow(QDialog):
    """Says why, and offers the newest good backup where that helps.

    `at_work`: the file can be opened, and who closes this works on with it.
    """

    def __init__(
        self,
        look: Look,
        path: Path,
        trouble: EnvironmentProblem,
        passphrase: str = "",
        *,
        at_work: bool = False,
    ) -> None:
        super().__init__()
        words = look.words
        self._words = words
        self._path = path
        self._passphrase = passphrase
        self._backup: Backup | None = None
        self.kept: Path | None = None
        self.setWindowTitle(words("window.title"))
        self.setMinimumWidth(look.theme.px(520))
        self._reason = label(look, words(trouble.code, **trouble.params), wrap=True)
        title = "damage.title_at_work" if at_work else "damage.title"
        parts = [label(look, words(title), size="section", bold=True), self._reason]
        leave = words("damage.work_on" if at_work else "common.close")
        buttons = [button(look, leave, self.reject)]
        if trouble.code in _MENDABLE:
            self._backup = newest_good(places.backup_folder(path), passphrase)
            found = self._backup is not None
            text = words("damage.kept" if found else "damage.no_copy")
            parts.append(label(look, text, tone="muted", wrap=True))
        if self._backup is not None:
            date = self.date(look)
            buttons.append(
                button(look, words("damage.restore", date=date), self._restore, role="primary")
            )
            buttons[-1].setDefault(True)
        self.setLayout(column(look, *parts, 8, row(look, None, *buttons), gap=12, margin=24))

    def date(self, look: Look) -> str:
        """When the offered backup was made."""
        return look.words.moment(self._backup.made_at) if self._backup else ""

    def _restore(self) -> None:
        assert self._backup is not None
        try:
            self.kept = restore(self._backup.path, self._path, self._passphrase)
        except EnvironmentProblem as trouble:
            self._reason.setText(self._words(trouble.code, **trouble.params))
            return
        self.accept()
