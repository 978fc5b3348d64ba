"""How the window speaks and looks: the laptop's own, not the file's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.settings.groups import Group, GroupsPage, group, labelled
from fieldsales.widgets.combo import Combo
from fieldsales.widgets.pieces import column
from fieldsales.widgets.segmented import Option, Segmented
from fieldsales.widgets.theme import MODES, SCALES
from fieldsales.words import LANGUAGES, Words

_FOCUS = "settings/focus"  # what has the focus once the window is built anew


class Looks(Group):
    """Another language or size builds the window anew; another mode only paints it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        look, words, state = context.look, context.words, context.state
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
        made = group(
            look,
            "settings.looks",
            labelled(look, "settings.language", language),
            labelled(look, "settings.mode", mode),
            labelled(look, "settings.scale", scale),
        )
        self.setLayout(column(look, made))

    def _change_look(self, name: str, value: str) -> None:
        """Another language or size: the window is built anew, and the focus is to be here again."""
        focused = self.focusWidget()
        self.context.state.setValue(name, value)
        self.context.state.setValue(_FOCUS, focused.objectName() if focused is not None else "")
        self.context.look_changed.emit()

    def _change_mode(self, key: str) -> None:
        self.context.state.setValue("look/mode", key)
        self.context.look.theme.set_mode(next(mode for mode in MODES if mode == key))


class LooksPage(GroupsPage):
    """The focus is where it was, once the window is built anew."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, Looks(context))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        name = str(self.context.state.value(_FOCUS) or "")
        before = self.findChild(QWidget, name) if name else None
        self.context.state.remove(_FOCUS)
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)
