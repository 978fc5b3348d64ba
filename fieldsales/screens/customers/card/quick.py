"""The line above the timeline that notes what just happened."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from fieldsales.domain.interaction import KINDS
from fieldsales.screens.add_line import AddLine
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.entries import INTERACTION_ICONS
from fieldsales.widgets.menus import chosen
from fieldsales.widgets.pieces import ToolButton, row


class QuickAdd(QWidget):
    """What kind of contact, and what was said: one Enter."""

    added = Signal(str, str)  # kind, text

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._words = words
        self.kind = "call"
        self._look = look
        self.kind_button = ToolButton()
        self.kind_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.kind_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        side = look.theme.px(16)
        self.kind_button.setIconSize(QSize(side, side))
        self._menu = QMenu(self.kind_button)
        for code in KINDS:
            action = self._menu.addAction(look.icons(INTERACTION_ICONS[code]), self._named(code))
            action.setData(code)
            action.triggered.connect(self._chosen)
        self.kind_button.setMenu(self._menu)
        self.line = AddLine(context, "customer", "interaction", words("hint.interaction.text"))
        self.line.added.connect(self._add)
        layout = row(look, self.kind_button, self.line, gap=8)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.set_kind("call")

    def _named(self, code: str) -> str:
        return self._words.choice("interaction_kind", code)

    def set_kind(self, kind: str) -> None:
        self.kind = kind
        self.kind_button.setText(self._named(kind))
        self.kind_button.setIcon(self._look.icons(INTERACTION_ICONS[kind]))
        name = self._words("card.kind_of_contact", name=self._named(kind))
        self.kind_button.setAccessibleName(name)

    def begin(self, kind: str) -> None:
        """Choose a kind and put the cursor into the line."""
        self.set_kind(kind)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> None:
        self.begin(chosen(self.sender()))

    def _add(self, text: str) -> None:
        self.added.emit(self.kind, text)
