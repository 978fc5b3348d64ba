"""The banner over the window while a copy of the file is looked at: which, and the ways on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Command, Context
from fieldsales.store.backup import Backup
from fieldsales.widgets.pieces import ElidedLabel, IconLabel, button, row


class LookingBanner(QWidget):
    """Stays as long as the copy is open: nobody takes it for the file they work in."""

    def __init__(self, context: Context, copy: Backup) -> None:
        super().__init__()
        look, words = context.look, context.words
        self.setProperty("surface", "notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        said = words("backups.looking", when=words.moment(copy.made_at))
        text = ElidedLabel(look, said, bold=True)
        put_back = partial(context.restore_wanted.emit, copy)
        home = Command(words("backups.return"), "back", context.return_wanted.emit)
        instead = Command(words("backups.restore"), "restore", put_back)
        self.commands = (home, instead)
        back = button(look, home.title, home.act, icon=home.icon)
        restore = button(look, instead.title, instead.act, icon=instead.icon, role="quiet")
        line = row(look, IconLabel(look, "eye", "warn", 18), text, restore, back, gap=12)
        line.setStretchFactor(text, 1)
        side = look.theme.px(24)
        line.setContentsMargins(side, look.theme.px(6), side, look.theme.px(6))
        self.setLayout(line)
