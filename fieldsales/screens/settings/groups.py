"""How a page of settings is put together: groups with a heading, fields with a label."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import SectionPage
from fieldsales.store.journal import Changed
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, label


def group(look: Look, key: str, *parts: QWidget, hint: str = "") -> QWidget:
    """Parts below a heading; `key` and `hint` are words."""
    layout = column(look, label(look, look.words(key), size="section", bold=True), gap=12)
    if hint:
        layout.addWidget(label(look, look.words(hint), tone="muted", wrap=True))
    for part in parts:
        layout.addWidget(part)
    made = QWidget()
    made.setLayout(layout)
    return made


def labelled(look: Look, key: str, editor: QWidget, said: str = "") -> QWidget:
    """A label above its editor; `said` stands in place of the words of the key."""
    text = said or look.words(key)
    name = label(look, text, size="caption", tone="muted", wrap=True)
    name.setBuddy(editor)
    editor.setAccessibleName(text)
    editor.setObjectName(key)
    made = QWidget()
    made.setLayout(column(look, name, editor, gap=4))
    return made


class Group(QWidget):
    """Some settings below a heading, each taking effect at once."""

    def refresh(self) -> None:
        """Shows what holds now; what is being typed stays."""


class GroupsPage(SectionPage):
    """Groups below each other."""

    def __init__(self, context: Context, *groups: Group) -> None:
        super().__init__(context)
        look = context.look
        self.groups = groups
        body = QWidget()
        body.setMaximumWidth(look.theme.px(760))
        body.setLayout(column(look, *groups, None, gap=32, margin=24))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        self.setLayout(column(look, area, gap=0))

    def refresh(self) -> None:
        for one in self.groups:
            one.refresh()

    def follow(self, changed: Changed) -> None:
        if changed.touches("setting"):
            self.refresh()
