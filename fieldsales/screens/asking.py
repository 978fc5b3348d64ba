"""A small form that asks for what an operation needs: Enter does it, Esc leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from fieldsales.domain.fields import Field, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError, UserError
from fieldsales.screens.contract import Context
from fieldsales.services.workspace import Operation
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.form import FieldCell, FieldGrid, make_editor
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.money import currency_editor
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.question import Question


class Asking(Question):
    """Fields of a noun and the button that does it; what is wrong stands below its field.

    `settled` tells that the operation ran.
    """

    settled = Signal()

    def __init__(
        self,
        context: Context,
        noun: str,
        names: Sequence[str],
        go: str,
        *,
        finders: Mapping[str, Finder] | None = None,
        wide: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self.context = context
        look, words = context.look, context.words
        self.cells: dict[str, FieldCell] = {}
        for name in names:
            spec = fields(NOUNS[noun])[name]
            text = words(f"field.{noun}.{name}")
            editor = self._editor(spec, text, (finders or {}).get(name))
            editor.setObjectName(name)
            self.cells[name] = FieldCell(look, editor, text)
        self.title = label(look, size="title", bold=True, wrap=True)
        self.grid = FieldGrid(look, [(cell, name in wide) for name, cell in self.cells.items()])
        self.wrong = label(look, tone="bad", wrap=True)
        self.go = button(look, go, self.submit, icon="check", role="primary")
        self.cancel = button(look, words("common.cancel"), self.left.emit, role="quiet")
        self.buttons = row(look, self.go, self.cancel, None, gap=8)
        self.lead = column(look, gap=8)  # above the fields
        self.extra = column(look, gap=8)  # below them
        parts = (self.title, self.lead, self.grid, self.extra, self.wrong, self.buttons)
        self.setLayout(column(look, *parts, gap=12))
        self.wrong.hide()

    def _editor(self, spec: Field, text: str, finder: Finder | None) -> Editor:
        if spec.name == "currency":
            return currency_editor(self.context.look, spec)
        return make_editor(self.context.look, spec, text=text, finder=finder, calm=False)

    def editor(self, name: str) -> Editor:
        return self.cells[name].editor

    def start(self, values: Mapping[str, object], first: str) -> None:
        """Shows the form with these values and the cursor in a field."""
        for name, cell in self.cells.items():
            cell.say("", "")
            cell.editor.set_context(values)
            cell.editor.set_value(values.get(name))
        self.wrong.hide()
        target = self.editor(first).target()
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(target, QLineEdit):
            target.selectAll()

    def values(self) -> dict[str, object] | None:
        """What was typed, as it is stored; None where something is wrong, said below it."""
        found: dict[str, object] = {}
        for name, cell in self.cells.items():
            cell.say("", "")
            try:
                found[name] = cell.editor.field.clean(cell.editor.value())
            except FieldError as wrong:
                self.complain(name, self.context.words(wrong.code, **wrong.params))
                return None
        return found

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        """What is to be done with the values, and the sentence that says it was."""
        raise NotImplementedError

    def submit(self) -> None:
        """Does it, or says what is in the way."""
        self.wrong.hide()
        values = self.values()
        if values is None:
            return
        operation, said = self.operation(values)
        try:
            changed = self.context.workspace.run(operation)
        except FieldError as wrong:
            text = self.context.words(wrong.code, **wrong.params)
            if wrong.field in self.cells:
                self.complain(wrong.field, text)
            else:
                self.say(text)
            return
        except UserError as wrong:
            self.refused(wrong)
            return
        self.settled.emit()
        undo = partial(self.context.undo, changed.op)
        words = self.context.words
        self.context.say(
            Message(said, "success", action=words("common.undo"), act=undo, key="undo")
        )

    def refused(self, wrong: UserError) -> None:
        """The operation was refused; by default it is said above the button."""
        self.say(self.context.words(wrong.code, **wrong.params))

    def say(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.show()

    def complain(self, name: str, text: str) -> None:
        self.cells[name].refuse(text)
