"""The page: a few groups below each other, every change taking effect at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldsales import __version__, places
from fieldsales.errors import UserError
from fieldsales.resources import resource
from fieldsales.screens.contract import Context, Screen
from fieldsales.screens.settings.classes import ClassSettings
from fieldsales.screens.settings.day import DaySettings
from fieldsales.screens.settings.feedback import FeedbackSettings
from fieldsales.screens.settings.groups import group, labelled
from fieldsales.screens.settings.money import MoneySettings
from fieldsales.screens.settings.photos import PhotoSettings
from fieldsales.screens.settings.protection import ProtectionSettings
from fieldsales.services.operations.files import KeepFile
from fieldsales.services.operations.settings import ChangeSetting
from fieldsales.store.backup import backups
from fieldsales.store.journal import Changed
from fieldsales.store.queries.papers import LETTERHEAD_FIELDS
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.page_strip import PageStrip
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.small_picture import scaled
from fieldsales.widgets.theme import MODES, SCALES
from fieldsales.words import LANGUAGES, Words

_FOCUS = "settings/focus"  # what has the focus once the window is built anew
_SHEETS = ("a4", "letter")
_MARGINS = ("even", "filed")


class SettingsScreen(Screen):
    """Groups of settings. Those of the papers belong to the file, those of looks to the laptop."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.lines: dict[str, QLineEdit] = {}
        self.papers: dict[str, Segmented] = {}
        self._logo = QLabel()
        self._logo.setAccessibleName(words("settings.logo"))
        self._remove_logo = button(
            look, words("settings.logo_remove"), self._forget_logo, role="quiet"
        )
        self._backups = label(look, tone="muted", wrap=True)
        self.day = DaySettings(context)
        self.feedback = FeedbackSettings(context)
        self.money = MoneySettings(context)
        self.photos = PhotoSettings(context)
        self.classes = ClassSettings(context)
        self.protection = ProtectionSettings(context)
        self._about = self._about_group()
        body = QWidget()
        body.setMaximumWidth(look.theme.px(760))
        body.setLayout(
            column(
                look,
                self._letterhead_group(),
                self._paper_group(),
                self._looks_group(),
                self.day,
                self.feedback,
                self.money,
                self.classes,
                self.protection,
                self.photos,
                self._data_group(),
                self._about,
                None,
                gap=32,
                margin=24,
            )
        )
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        strip = PageStrip(look, words("settings.title"))
        strip.fill()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(strip)
        layout.addWidget(self._scroll, 1)

    def refresh(self) -> None:
        store, words = self.context.store, self.context.words
        for name, line in self.lines.items():
            if not (line.hasFocus() and line.isModified()):
                line.setText(str(setting(store, f"letterhead.{name}", "")))
        for name, choice in self.papers.items():
            chosen = str(setting(store, f"paper.{name}", ""))
            choice.set_key(chosen if chosen in choice.texts() else next(iter(choice.texts())))
        self._show_logo()
        self.day.refresh()
        self.feedback.refresh()
        self.money.refresh()
        self.classes.refresh()
        self.protection.refresh()
        self.photos.refresh()
        found = backups(places.backup_folder(self.context.file))
        if found:
            newest = words.moment(found[0].made_at)
            text = words("settings.backups", n=len(found), newest=newest)
        else:
            text = words("settings.no_backup")
        self._backups.setText(text)

    def concerns(self, changed: Changed) -> bool:
        return changed.touches("setting")

    def show_record(self, kind: str, row_id: str) -> None:
        parts: dict[str, QWidget] = {"about": self._about, "password": self.protection}
        if row_id in parts:
            self._scroll.ensureWidgetVisible(parts[row_id])

    # the groups

    def _letterhead_group(self) -> QWidget:
        look, words = self.context.look, self.context.words
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
        return group(look, "settings.letterhead", *fields, hint="settings.letterhead_hint")

    def _paper_group(self) -> QWidget:
        look, fields = self.context.look, []
        for name, codes in (("size", _SHEETS), ("margin", _MARGINS)):
            words = self.context.words
            options = [Option(code, words(f"settings.paper_{code}")) for code in codes]
            choice = Segmented(look, options, name=words(f"settings.paper_{name}"))
            choice.chosen.connect(partial(self._change_paper, name))
            self.papers[name] = choice
            fields.append(labelled(look, f"settings.paper_{name}", choice))
        return group(look, "settings.papers", *fields)

    def _change_paper(self, name: str, code: str) -> None:
        self.context.run(ChangeSetting(f"paper.{name}", code))

    def _saver(self, name: str) -> Callable[[], None]:
        def save() -> None:
            text = self.lines[name].text().strip()
            if text != str(setting(self.context.store, f"letterhead.{name}", "")):
                self.context.run(ChangeSetting(f"letterhead.{name}", text))

        return save

    def _looks_group(self) -> QWidget:
        look, words, state = self.context.look, self.context.words, self.context.state
        language = Combo(look)
        for code in LANGUAGES:
            language.addItem(Words(code)("settings.own_name"), code)
        language.setCurrentIndex(max(0, language.findData(words.language)))
        language.activated.connect(
            lambda at: self._change_look("look/language", str(language.itemData(at)))
        )
        modes = [Option(mode, words(f"settings.mode_{mode}")) for mode in MODES]
        mode = Segmented(look, modes, name=words("settings.mode"))
        mode.set_key(str(state.value("look/mode", "system")))
        mode.chosen.connect(self._change_mode)
        scales = [
            Option("0", words("settings.scale_system")),
            *(Option(str(scale), f"{scale:.0%}") for scale in SCALES),
        ]
        scale = Segmented(look, scales, name=words("settings.scale"))
        scale.set_key(str(state.value("look/scale", "0")))
        scale.chosen.connect(lambda key: self._change_look("look/scale", key))
        return group(
            look,
            "settings.looks",
            labelled(look, "settings.language", language),
            labelled(look, "settings.mode", mode),
            labelled(look, "settings.scale", scale),
        )

    def _data_group(self) -> QWidget:
        look, words = self.context.look, self.context.words
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
        return group(
            look, "settings.data", labelled(look, "settings.file", place), self._backups, buttons
        )

    def _about_group(self) -> QWidget:
        look, words = self.context.look, self.context.words
        notice = label(look, words("settings.about_methods"), tone="muted", wrap=True)
        font = label(look, words("settings.about_font"), tone="muted", wrap=True)
        licence = button(look, words("settings.font_licence"), self._show_font_licence, role="link")
        return group(
            look,
            "settings.about",
            label(look, words("settings.version", version=__version__)),
            label(look, words("settings.about_text"), wrap=True),
            notice,
            font,
            licence,
        )

    # what they do

    def _change_look(self, name: str, value: str) -> None:
        """Another language or size: the window is built anew, and the focus is to be here again."""
        focused = self.focusWidget()
        self.context.state.setValue(name, value)
        self.context.state.setValue(_FOCUS, focused.objectName() if focused is not None else "")
        self.context.look_changed.emit()

    def _change_mode(self, key: str) -> None:
        self.context.state.setValue("look/mode", key)
        self.context.look.theme.set_mode(next(mode for mode in MODES if mode == key))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        name = str(self.context.state.value(_FOCUS) or "")
        before = self.findChild(QWidget, name) if name else None
        self.context.state.remove(_FOCUS)
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, before, lambda: self._scroll.ensureWidgetVisible(before))

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

    def _show_font_licence(self) -> None:
        path = resource("fonts", "LICENSE_FONT")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
