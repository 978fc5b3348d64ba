"""Where the file lies, when it was backed up last, and the ways to copies and to the trash."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales import places
from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.store.backup import backups
from fieldsales.widgets.pieces import button, column, label, row


class Place(Group):
    """Nothing is set here: it tells, and leads on."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self._backups = label(look, tone="muted", wrap=True)
        place = label(look, str(self.context.file), tone="muted", wrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QWidget()
        open_page = self.context.open
        buttons.setLayout(
            row(
                look,
                button(look, words("backups.go"), lambda: open_page("backups", ""), icon="backup"),
                button(look, words("menu.trash"), lambda: open_page("trash", ""), icon="trash"),
                None,
            )
        )
        made = group(
            look, "settings.data", labelled(look, "settings.file", place), self._backups, buttons
        )
        self.setLayout(column(look, made))

    def refresh(self) -> None:
        words, found = self.context.words, backups(places.backup_folder(self.context.file))
        text = words("settings.no_backup")
        if found:
            newest = words.moment(found[0].made_at)
            text = words("settings.backups", n=len(found), newest=newest)
        self._backups.setText(text)
