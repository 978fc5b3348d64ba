"""The banner over the window while a copy of the file is looked at: which, and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Context
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
        back = button(look, words("backups.return"), context.return_wanted.emit, icon="back")
        restore = button(
            look,
            words("backups.restore"),
            lambda: context.restore_wanted.emit(copy),
            icon="restore",
            role="quiet",
        )
        line = row(look, IconLabel(look, "eye", "warn", 18), text, restore, back, gap=12)
        line.setStretchFactor(text, 1)
        side = look.theme.px(24)
        line.setContentsMargins(side, look.theme.px(6), side, look.theme.px(6))
        self.setLayout(line)
