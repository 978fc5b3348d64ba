"""A new product: its name and number first, all else on its card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from fieldsales.domain.fields import fields
from fieldsales.domain.product import Product
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.services.operations.records import AddRecord
from fieldsales.widgets.form import FieldCell, make_editor
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.question import Question


class NewProduct(Question):
    """Enter makes the product; Esc leaves, what was typed is kept."""

    made = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        look, words = context.look, context.words
        self.cells: dict[str, FieldCell] = {}
        for name in ("name", "code"):
            editor = make_editor(
                look, fields(Product)[name], hint=words(f"products.hint_{name}"), calm=False
            )
            self.cells[name] = FieldCell(look, editor, words(f"field.product.{name}"))
        self.go = button(look, words("products.make"), self.submit, icon="check")
        cancel = button(look, words("products.cancel"), self.left.emit, role="quiet")
        inside = column(
            look,
            label(look, words("products.new"), size="section", bold=True),
            *self.cells.values(),
            row(look, self.go, cancel, None),
            None,
            gap=16,
            margin=24,
        )
        self.setLayout(inside)
        self.setFocusProxy(self.cells["name"].editor)

    def start(self) -> None:
        """The cursor goes to the name."""
        self.cells["name"].editor.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Makes the product, or says below a field what is wrong with it."""
        words = self._context.words
        values: dict[str, object] = {}
        for name, cell in self.cells.items():
            cell.say("", "")
            try:
                values[name] = cell.editor.field.clean(cell.editor.value())
            except FieldError as wrong:
                cell.refuse(words(wrong.code, **wrong.params))
                return
        added = AddRecord("product", values)
        said = words("products.added", name=values["name"])
        if self._context.run(added, undoable=said) is None:
            return
        for cell in self.cells.values():
            cell.editor.set_value(None)
        self.made.emit(added.row_id)
