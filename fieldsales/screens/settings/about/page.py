"""What this program is, and whose work is in it."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from fieldsales import __version__, places
from fieldsales.resources import resource
from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, group
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row


class About(Group):
    """Version, what it is, licences."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look, words = context.look, context.words
        notice = label(look, words("settings.about_methods"), tone="muted", wrap=True)
        font = label(look, words("settings.about_font"), tone="muted", wrap=True)
        licence = QWidget()
        read = button(look, words("settings.font_licence"), self._show_font_licence, role="link")
        reports = button(look, words("settings.reports"), self._show_reports, role="link")
        licence.setLayout(row(look, read, reports, None))
        made = group(
            look,
            "settings.about",
            label(look, words("settings.version", version=__version__)),
            label(look, words("settings.about_text"), wrap=True),
            notice,
            font,
            licence,
        )
        self.setLayout(column(look, made))

    def _show_reports(self) -> None:
        folder = places.log_folder()
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._context.say(Message(self._context.words("settings.reports_in", path=folder)))

    def _show_font_licence(self) -> None:
        path = resource("fonts", "LICENSE_FONT")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
