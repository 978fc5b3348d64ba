"""A new customer: a few fields in the card's place, a record as soon as there is a name."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from fieldsales.screens.alike import AlikeLines, typed_in
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import AddRecord, EditRecord
from fieldsales.store import drafts
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.pieces import button, label, row

_GROUPS = (
    Group("", ("name",), wide=("name",)),
    Group("", ("region", "phone", "industry", "employees", "source", "horizon")),
)


class NewCustomer(CardScroll):
    """The form. `made` tells the id as soon as there is one, `finished` when the card may open."""

    made = Signal(str)
    finished = Signal(str)  # the new customer's id, '' if none was made
    customer_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look)
        self.context = context
        self.customer_id = ""
        self._waiting: dict[str, object] = {}
        self.form = Form(look, "customer", _GROUPS, self._commit, self._draft, calm=False)
        self.form.setMaximumWidth(look.theme.px(640))
        self.alike = AlikeLines(context, "customer", self._typed)
        self.alike.watch(self.form)
        self.alike.wanted.connect(self.customer_wanted)
        self._done = button(look, words("customers.new_done"), self.finish, icon="check")
        self._hint = label(look, words("customers.new_hint"), tone="muted", wrap=True)
        self.body.addWidget(label(look, words("customers.new"), size="section", bold=True))
        self.body.addWidget(self._hint)
        self.body.addWidget(self.form)
        self.body.addLayout(row(look, self._done, None))
        self.body.addStretch(1)
        name = self.form.cells["name"].editor
        assert isinstance(name, TextEditor)
        name.line.returnPressed.connect(self._next_field)

    def begin(self) -> None:
        """An empty form, or what was typed and never became a customer."""
        self.customer_id = ""
        self._waiting = {}
        self.form.load({}, self.context.drafts("customer", drafts.NEW))
        self.alike.load("")
        self.verticalScrollBar().setValue(0)

    def start(self) -> None:
        """Put the cursor into the name."""
        self.form.focus("name")

    def finish(self) -> None:
        """Save what is there and leave; without a name nothing was made."""
        if self.form.flush() or self.customer_id:
            self.finished.emit(self.customer_id)
        else:
            self.form.focus(self.form.wrong()[0] if self.form.wrong() else "name")

    def give_up(self) -> None:
        """Esc: what is not a customer yet is thrown away."""
        if not self.customer_id:
            for name in self.form.cells:
                self.context.keep_draft("customer", drafts.NEW, name, None)
            self.form.load({})
            self._waiting = {}
        else:
            self.form.flush()
        self.finished.emit(self.customer_id)

    def _commit(self, values: Mapping[str, object]) -> None:
        if self.customer_id:
            self.context.workspace.run(EditRecord("customer", self.customer_id, values))
            return
        self._waiting |= values
        if not self._waiting.get("name"):
            for name in values:  # the rest waits for the name, as drafts
                typed = self.form.cells[name].editor.typed()
                self.context.keep_draft("customer", drafts.NEW, name, typed or None)
            return
        operation = AddRecord("customer", dict(self._waiting))
        self.context.workspace.run(operation)
        self.customer_id = operation.row_id
        for name in self.form.cells:
            self.context.keep_draft("customer", drafts.NEW, name, None)
        self.made.emit(self.customer_id)
        self.alike.load(self.customer_id)

    def _draft(self, name: str, text: str | None) -> None:
        if self.customer_id:
            self.context.keep_draft("customer", self.customer_id, name, text)
        elif text is not None or not self._waits(name):
            self.context.keep_draft("customer", drafts.NEW, name, text)

    def _waits(self, name: str) -> bool:
        # the binder thinks it is stored; until there is a record only the draft holds it
        return not self.customer_id and bool(self._waiting.get(name))

    def _typed(self) -> dict[str, str]:
        return typed_in(self.form)

    def _next_field(self) -> None:
        self.form.focus("region")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.finish()
        else:
            super().keyPressEvent(event)
