"""A new deal: customer, title and amount in a line below the strip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import fields
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.services.operations.deals import AddDeal
from fieldsales.services.operations.records import AddRecord
from fieldsales.store.queries import customers
from fieldsales.store.queries.currencies import base_currency
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.form import FieldCell, make_editor
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.question import Question
from fieldsales.widgets.suggestions import Suggestion

_MOST = 12
_NAMES = ("customer_id", "title", "amount")


class NewDeal(Question):
    """The form. Enter makes the deal at the first stage; Esc leaves, what was typed is kept."""

    made = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.pipeline_id = ""
        look, words = context.look, context.words
        self.cells: dict[str, FieldCell] = {}
        for name in _NAMES:
            editor = make_editor(
                look,
                fields(Deal)[name],
                hint=words(f"funnel.new_{name}"),
                finder=self._finder() if name == "customer_id" else None,
                calm=False,
            )
            self.cells[name] = FieldCell(look, editor, words(f"field.deal.{name}"))
        self.go = button(look, words("funnel.new_go"), self.submit, icon="check")
        self.cancel = button(look, words("funnel.new_cancel"), self.left.emit, role="quiet")
        buttons = row(look, self.go, self.cancel, gap=4)
        buttons.setContentsMargins(0, look.theme.px(20), 0, 0)
        line = row(look, *self.cells.values(), buttons, None, gap=12)
        for at, stretch in enumerate((4, 5, 3)):
            line.setStretch(at, stretch)
        line.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        for cell in self.cells.values():
            line.setAlignment(cell, Qt.AlignmentFlag.AlignTop)
        self._wrong = label(look, tone="bad", wrap=True)
        self._wrong.hide()
        ground = QWidget()
        ground.setProperty("surface", "card")
        ground.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = column(look, line, self._wrong, gap=4)
        side = look.theme.px(16)
        inside.setContentsMargins(side, look.theme.px(12), side, look.theme.px(12))
        ground.setLayout(inside)
        self.setLayout(column(look, ground, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def _finder(self) -> Finder:
        store = self._context.store

        def find(asked: str) -> Sequence[Suggestion]:
            found = customers.likely(store, asked, _MOST)
            return [Suggestion(one.id, one.name, one.region, "building") for one in found]

        def title(row_id: str) -> str:
            customer = store.record(Customer, row_id)
            return customer.name if customer else ""

        def create(name: str) -> str:
            operation = AddRecord("customer", {"name": name})
            self._context.workspace.run(operation)
            return operation.row_id

        return Finder(find, title, create)

    def editor(self, name: str) -> Editor:
        return self.cells[name].editor

    def start(self, pipeline_id: str, customer_id: str = "") -> None:
        """Shows the form with the cursor in the first field that is empty."""
        self.pipeline_id = pipeline_id
        self.editor("amount").set_context({"currency": base_currency(self._context.store)})
        if customer_id:
            self.editor("customer_id").set_value(customer_id)
        self.show()
        first = "title" if self.editor("customer_id").typed() else "customer_id"
        self.editor(first).target().setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Makes the deal, or says below a field what is wrong with it."""
        values: dict[str, object] = {}
        for name, cell in self.cells.items():
            cell.say("", "")
            try:
                values[name] = cell.editor.value()
            except FieldError as wrong:
                self.cells[name].refuse(self._context.words(wrong.code, **wrong.params))
                return
        for name in ("customer_id", "title"):
            if not values[name]:
                self.cells[name].refuse(self._context.words(f"funnel.new_needs_{name}"))
                return
        added = AddDeal(values, self.pipeline_id)
        said = self._context.words("funnel.added", deal=values["title"])
        if self._context.run(added, undoable=said) is None:
            return
        for cell in self.cells.values():
            cell.editor.set_value(None)
        self.hide()
        self.made.emit(added.row_id)
