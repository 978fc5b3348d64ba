"""The window shown instead of the application when the data file is damaged or cannot be opened."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QScrollArea, QWidget

from fieldsales import places
from fieldsales.errors import EnvironmentProblem
from fieldsales.services.salvaging import lines
from fieldsales.store import backup
from fieldsales.store.backup import Backup, newest_good
from fieldsales.store.restoring import restore
from fieldsales.store.salvage import Salvaged, salvage
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row, set_style

_MENDABLE = ("store.damaged", "store.not_a_database", "store.disk_failed")
_LINES = 160  # px at 100 %: what a report of many kinds of records may take


class DamageWindow(QDialog):
    """Says why, and offers the newest good backup, or what can still be read of the file.

    `at_work`: the file can be opened, and who closes this works on with it. `news` is what to say
    once a good file is in its place.
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
        self._look = look
        self._words = words
        self._path = path
        self._passphrase = passphrase
        self._backup: Backup | None = None
        self._salvaged: Path | None = None
        self.news: Message | None = None
        self.setWindowTitle(words("window.title"))
        self.setMinimumWidth(look.theme.px(560))
        self._title = label(look, size="section", bold=True)
        self._title.setText(words("damage.title_at_work" if at_work else "damage.title"))
        self._reason = label(look, words(trouble.code, **trouble.params), wrap=True)
        self._more = label(look, tone="muted", wrap=True)
        self._report = QScrollArea()
        self._report.setWidgetResizable(True)
        self._report.setFixedHeight(look.theme.px(_LINES))
        self._report.hide()
        leave = button(look, words("damage.work_on" if at_work else "common.close"), self.reject)
        self._take = button(look, words("damage.take_saved"), self._take_saved, role="primary")
        self._take.hide()
        offers: list[QPushButton] = []
        if trouble.code in _MENDABLE:
            offers = self._offers()
        buttons = row(look, None, leave, *offers, self._take)
        parts = (self._title, self._reason, self._more, self._report, 8, buttons)
        self.setLayout(column(look, *parts, gap=12, margin=24))
        self._offered = offers

    def _offers(self) -> list[QPushButton]:
        look, words = self._look, self._words
        found = self._backup = newest_good(places.backup_folder(self._path), self._passphrase)
        self._more.setText(words("damage.kept" if found else "damage.no_copy"))
        if not self._path.is_file():
            return []
        save = button(
            look,
            words("damage.salvage"),
            self._salvage,
            role="normal" if found else "primary",
        )
        if found is None:
            save.setDefault(True)
            return [save]
        date = words.moment(found.made_at)
        back = button(look, words("damage.restore", date=date), self._restore, role="primary")
        back.setDefault(True)
        return [save, back]

    def _restore(self) -> None:
        assert self._backup is not None
        kept = self._put(self._backup.path)
        if kept is not None:
            date = self._words.moment(self._backup.made_at)
            said = self._words("damage.restored", date=date, path=kept)
            self.news = Message(said, "success", lasting=True)
            self.accept()

    def _put(self, source: Path) -> Path | None:
        """Puts a good file in the damaged one's place; where that is now, None if it failed."""
        try:
            return restore(source, self._path, self._passphrase)
        except EnvironmentProblem as trouble:
            self._reason.setText(self._words(trouble.code, **trouble.params))
            return None

    def _salvage(self) -> None:
        """Saves what can be read into a new file beside it, and says how much that was."""
        stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        target = self._path.with_name(f"{self._path.stem}.salvaged-{stamp}{self._path.suffix}")
        for one in self._offered:
            one.setEnabled(False)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            saved = salvage(self._path, target, self._passphrase, self._watch)
        except EnvironmentProblem as trouble:
            self._reason.setText(self._words(trouble.code, **trouble.params))
            for one in self._offered:
                one.setEnabled(True)
            return
        finally:
            QApplication.restoreOverrideCursor()
        self._salvaged = target
        self._tell(saved)

    def _watch(self, done: int, total: int) -> None:
        self._more.setText(self._words("damage.salvaging", percent=100 * done // total))
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _tell(self, saved: Salvaged) -> None:
        words, look = self._words, self._look
        key = "salvage.some_lost" if saved.lost else "salvage.all_there"
        self._title.setText(words("damage.salvaged"))
        self._reason.setText(words(key, n=saved.lost))
        self._more.setText(words("salvage.done", path=self._salvaged))
        told = QWidget()
        told.setLayout(
            column(look, *(label(look, one) for one in lines(saved, words)), None, gap=4, margin=8)
        )
        self._report.setWidget(told)
        self._report.show()
        self._take.show()
        self._take.setDefault(True)
        self._take.setFocus()
        self._offered[0].hide()
        for one in self._offered[1:]:
            set_style(one, "role", "normal")  # the one thing to do is another now
            one.setEnabled(True)

    def _take_saved(self) -> None:
        """What was saved comes in the place of the file."""
        assert self._salvaged is not None
        kept = self._put(self._salvaged)
        if kept is None:
            return
        with suppress(OSError):  # it is in its place now
            backup.drop(self._salvaged)
        self.news = Message(self._words("damage.saved", path=kept), "success", lasting=True)
        self.accept()
