"""A new proposal: for a deal or a customer; a product may already be in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.product import Product
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import any_deal_finder, customers_finder
from fieldsales.services.operations.proposals import AddProposalLine, StartProposal
from fieldsales.widgets.card import at_left
from fieldsales.widgets.form import FieldCell, make_editor
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.question import Question
from fieldsales.widgets.saved_field import field_of

_WIDE = 560  # px at 100 %
_FIELD = {"deal": "deal_id", "customer": "customer_id"}


class NewProposal(Question):
    """Enter makes it; Esc leaves, what was typed is kept."""

    made = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._product_id = ""
        look, words = context.look, context.words
        finders = {"deal_id": any_deal_finder(context), "customer_id": customers_finder(context)}
        self.cells: dict[str, FieldCell] = {}
        for name in ("deal_id", "customer_id", "title"):
            hint = words(f"proposals.hint_{name}")
            editor = make_editor(
                look, field_of("proposal", name), hint=hint, finder=finders.get(name), calm=False
            )
            self.cells[name] = FieldCell(look, editor, words(f"field.proposal.{name}"))
        self.product = label(look, tone="muted", wrap=True)
        self.product.hide()
        self.whom = Picks(look, name=words("proposals.for_whom"), clearable=False)
        self.whom.set_picks([Pick(one, words(f"proposals.for_{one}")) for one in _FIELD])
        self.whom.set_key("deal")
        self.whom.chosen.connect(self._arrange)
        self.go = button(look, words("proposals.make"), self.submit, icon="check")
        cancel = button(look, words("proposals.not_now"), self.left.emit, role="quiet")
        caption = label(look, words("proposals.for_whom"), size="caption", tone="muted")
        inside = QWidget()
        inside.setLayout(
            column(
                look,
                label(look, words("proposals.new"), size="section", bold=True),
                self.product,
                column(look, caption, self.whom, gap=4),
                self.cells["deal_id"],
                self.cells["customer_id"],
                self.cells["title"],
                row(look, self.go, cancel, None),
                None,
                gap=16,
            )
        )
        self.setLayout(column(look, at_left(look, inside, _WIDE), margin=24))
        self._arrange()

    def start(self) -> None:
        """A new one; what was typed before and not made still stands."""
        self.take_product("")
        self._arrange()
        self.cells[_FIELD[self.whom.key]].editor.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def take_product(self, product_id: str) -> None:
        """A product that is to be in it from the beginning; '' for none."""
        self._product_id = product_id
        found = self._context.store.record(Product, product_id) if product_id else None
        self.product.setVisible(found is not None)
        if found is not None:
            self.product.setText(self._context.words("proposals.with_product", name=found.name))

    def _arrange(self) -> None:
        for key, name in _FIELD.items():
            self.cells[name].setVisible(key == self.whom.key)

    def submit(self) -> None:
        """Makes the proposal, or says below a field what is wrong with it."""
        values: dict[str, object] = {}
        for name in (_FIELD[self.whom.key], "title"):
            editor = self.cells[name].editor
            value = editor.value()
            try:
                if name != "title" or str(value).strip():
                    values[name] = editor.field.clean(value)
                if name != "title" and not values[name]:
                    raise FieldError("field.required", name)
            except FieldError as wrong:
                self.cells[name].refuse(self._context.words(wrong.code, **wrong.params))
                return
            self.cells[name].say("", "")
        operation = StartProposal(values)
        if self._context.run(operation) is None:
            return
        if self._product_id:
            self._context.run(AddProposalLine(operation.row_id, {"product_id": self._product_id}))
        for cell in self.cells.values():
            cell.editor.set_value(None)
        self.take_product("")
        self.made.emit(operation.row_id)
