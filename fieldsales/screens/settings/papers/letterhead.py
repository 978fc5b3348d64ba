"""The sender of all papers: name, address, logo."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from fieldsales.errors import UserError
from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, group, labelled
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.queries.papers import LETTERHEAD_FIELDS
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.pieces import button, column, row
from fieldsales.widgets.small_picture import scaled


class Letterhead(Group):
    """Belongs to the file."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.lines: dict[str, QLineEdit] = {}
        self._logo = QLabel()
        self._logo.setAccessibleName(words("settings.logo"))
        self._remove_logo = button(
            look, words("settings.logo_remove"), self._forget_logo, role="quiet"
        )
        fields = []
        for name in LETTERHEAD_FIELDS:
            line = QLineEdit()
            line.setProperty("calm", True)
            line.setMaxLength(200)
            line.setPlaceholderText(words(f"settings.{name}_hint"))
            line.editingFinished.connect(self._saver(name))
            self.lines[name] = line
            fields.append(labelled(look, f"settings.{name}", line))
        choose = button(look, words("settings.logo_choose"), self._choose_logo, icon="attach")
        logo = QWidget()
        logo.setLayout(row(look, self._logo, choose, self._remove_logo, None, gap=12))
        fields.append(labelled(look, "settings.logo", logo))
        made = group(look, "settings.letterhead", *fields, hint="settings.letterhead_hint")
        self.setLayout(column(look, made))

    def refresh(self) -> None:
        for name, line in self.lines.items():
            if not (line.hasFocus() and line.isModified()):
                line.setText(str(setting(self.context.store, f"letterhead.{name}", "")))
        self._show_logo()

    def _saver(self, name: str) -> Callable[[], None]:
        def save() -> None:
            text = self.lines[name].text().strip()
            if text != str(setting(self.context.store, f"letterhead.{name}", "")):
                self.context.run(ChangeSetting(f"letterhead.{name}", text))

        return save

    def _choose_logo(self) -> None:
        words = self.context.words
        pattern = words("settings.pictures") + " (*.png *.jpg *.jpeg *.gif *.bmp *.webp)"
        chosen, _ = QFileDialog.getOpenFileName(self, words("settings.logo_choose"), "", pattern)
        if chosen:
            self.set_logo(Path(chosen))

    def set_logo(self, path: Path) -> None:
        """Takes a picture file as the logo, scaled down to what a letterhead needs."""
        try:
            content = scaled(path)
        except UserError as trouble:
            self.context.tell(trouble)
            return
        kept = KeepFile(name=path.name, content=content, kind="photo")
        if self.context.run(kept) is not None:
            self.context.run(ChangeSetting("letterhead.logo", kept.sha256))

    def _forget_logo(self) -> None:
        said = self.context.words("settings.logo_removed")
        self.context.run(ChangeSetting("letterhead.logo", ""), undoable=said)

    def _show_logo(self) -> None:
        sha256 = str(setting(self.context.store, "letterhead.logo", ""))
        picture = QPixmap()
        if sha256:
            with suppress(UserError):  # it is gone: then there is none
                picture.loadFromData(self.context.store.kept.read(sha256))
        self._remove_logo.setVisible(bool(sha256))
        if picture.isNull():
            self._logo.hide()
            return
        height = self.context.look.theme.px(40)
        self._logo.setPixmap(
            picture.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)
        )
        self._logo.show()
