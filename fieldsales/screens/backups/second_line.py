"""The line about the second folder: where, when it was last seen, when to remind of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.second_folder import DAYS, SecondFolder
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.pieces import ElidedLabel, button, label, row


class SecondLine(QWidget):
    """Chooses and forgets the folder; a stick that is not plugged in is no trouble."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look, words = context.look, context.words
        self.folder = SecondFolder(context.state, context.file, look.clock)
        self.said = ElidedLabel(look, tone="muted")
        self._remind = label(look, words("backups.remind"), tone="muted")
        self.days = Combo(look)
        for count in DAYS:
            self.days.addItem(words("backups.remind_days", n=count), count)
        self.days.setAccessibleName(words("backups.remind"))
        self.days.activated.connect(self._change_days)
        self.choose = button(look, words("backups.choose"), self._choose, icon="folder")
        self.forget = button(look, words("backups.forget"), self._forget, role="quiet")
        layout = row(look, self.said, self._remind, self.days, self.choose, self.forget, gap=8)
        layout.setStretchFactor(self.said, 1)
        side = look.theme.px(24)
        layout.setContentsMargins(side, 0, side, look.theme.px(12))
        self.setLayout(layout)

    def refresh(self) -> None:
        words, chosen = self._context.words, self.folder.chosen
        for part in (self._remind, self.days, self.forget):
            part.setVisible(chosen is not None)
        self.choose.setText(words("backups.choose" if chosen is None else "backups.choose_other"))
        if chosen is None:
            self.said.set_text(words("backups.no_second"))
            return
        seen = self.folder.seen
        when = words.date(seen) if seen else "–"
        key = "backups.second" if chosen.is_dir() else "backups.second_away"
        self.said.set_text(words(key, folder=chosen, when=when))
        self.days.setCurrentIndex(max(0, self.days.findData(self.folder.days)))

    def take(self, chosen: Path) -> None:
        """Backups go into this folder, too, from now on."""
        self.folder.choose(chosen)
        self.changed.emit()

    def _choose(self) -> None:
        title = self._context.words("backups.choose")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self.folder.chosen or ""))
        if chosen:
            self.take(Path(chosen))

    def _forget(self) -> None:
        self.folder.choose(None)
        self.changed.emit()

    def _change_days(self, at: int) -> None:
        self.folder.remind_after(int(self.days.itemData(at)))
