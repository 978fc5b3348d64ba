"""A line of settings: kept when it is left, and what is wrong said below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from fieldsales.errors import UserError
from fieldsales.screens.contract import Context
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.pieces import column, label


class TypedLine(QWidget):
    """What is wrong stays until it is put right; `keep` raises UserError for it."""

    def __init__(self, context: Context, keep: Callable[[str], None], suffix: str) -> None:
        super().__init__()
        look = context.look
        self._words = context.words
        self._keep = keep
        self.line = LineEdit(look)
        self.line.setMaximumWidth(look.theme.px(200))
        self.line.set_suffix(suffix)
        self.line.editingFinished.connect(self._finished)
        self.wrong = label(look, size="caption", tone="bad", wrap=True)
        self.wrong.hide()
        self.setLayout(column(look, self.line, self.wrong, gap=4))
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def show_text(self, text: str) -> None:
        """Shows what is stored, unless somebody types or what was typed is wrong."""
        if self.wrong.isHidden() and not (self.line.hasFocus() and self.line.isModified()):
            self.line.setText(text)

    def _finished(self) -> None:
        if not self.line.isModified():
            return
        self.wrong.hide()
        try:
            self._keep(self.line.text().strip())
        except UserError as trouble:
            self.wrong.setText(self._words(trouble.code, **trouble.params))
            self.wrong.show()
            return
        self.line.setModified(False)
