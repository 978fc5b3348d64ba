"""How the page of settings is put together: groups with a heading, fields with a label."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

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
