"""The line that begins a checklist: about whom, as it asks, and the button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.checklist import ChecklistResult
from fieldsales.domain.clock import local_day
from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import fields
from fieldsales.domain.product import Product
from fieldsales.domain.visit import Visit
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.store.queries import customers
from fieldsales.store.queries.products import products
from fieldsales.store.queries.visits import latest_visits
from fieldsales.store.search import fold
from fieldsales.widgets.chooser import Finder, ReferenceEditor
from fieldsales.widgets.form import FieldCell
from fieldsales.widgets.pieces import button, column, row
from fieldsales.widgets.suggestions import Suggestion

_MOST = 12


class StartLine(QWidget):
    """What it is about is found by typing; a plan for a product may be for a name of one's own."""

    wanted = Signal(object)  # about what: Mapping[str, str]

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._of = "self"
        self.cells = {
            of: self._cell(of, finder)
            for of, finder in (
                ("customer", self._customers()),
                ("product", self._products()),
                ("visit", self._visits()),
            )
        }
        self.go = button(look, words("checklists.start"), self.start, icon="check", role="primary")
        line = row(look, gap=12)
        for cell in self.cells.values():
            line.addWidget(cell, 1, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.go, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self.setLayout(column(look, line, gap=0))

    def _cell(self, of: str, finder: Finder) -> FieldCell:
        look, words = self._context.look, self._context.words
        editor = ReferenceEditor(
            look, fields(ChecklistResult)[f"{of}_id"], finder, words(f"checklists.hint.{of}"),
            calm=False,
        )  # fmt: skip
        editor.line.returnPressed.connect(self.start)
        return FieldCell(look, editor, words(f"checklists.about.{of}"))

    def show_for(self, of: str) -> None:
        """What it asks for: a customer, a product, a visit, or nothing but the button."""
        self._of = of
        for name, cell in self.cells.items():
            cell.setVisible(name == of)
            cell.editor.set_value(None)
            cell.say("", "")

    def focus(self) -> None:
        """Where beginning begins."""
        cell = self.cells.get(self._of)
        target = cell.editor.target() if cell is not None else self.go
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def start(self) -> None:
        """Begins it, or says what is missing."""
        cell = self.cells.get(self._of)
        if cell is None:
            self.wanted.emit({})
            return
        typed = cell.editor.typed().strip()
        try:
            chosen = cell.editor.value()
        except FieldError as wrong:
            if self._of != "product":
                cell.say(self._context.words(wrong.code, **wrong.params), "wrong")
                return
            self.wanted.emit({"subject": typed})  # a line of products, a region
            return
        if not chosen:
            cell.say(self._context.words(f"checklists.needs.{self._of}"), "wrong")
            self.focus()
            return
        self.wanted.emit({f"{self._of}_id": str(chosen)})

    # finding

    def _customers(self) -> Finder:
        store = self._context.store

        def find(asked: str) -> Sequence[Suggestion]:
            found = customers.likely(store, asked, _MOST)
            return [Suggestion(one.id, one.name, one.region, "building") for one in found]

        def title(row_id: str) -> str:
            found = store.record(Customer, row_id)
            return found.name if found else ""

        return Finder(find, title)

    def _products(self) -> Finder:
        store = self._context.store

        def find(asked: str) -> Sequence[Suggestion]:
            wanted = fold(asked)
            return [
                Suggestion(one.product.id, one.product.name, one.product.code, "cart")
                for one in products(store)
                if wanted in fold(f"{one.product.name} {one.product.code}")
            ][:_MOST]

        def title(row_id: str) -> str:
            found = store.record(Product, row_id)
            return found.name if found else ""

        return Finder(find, title)

    def _visits(self) -> Finder:
        context = self._context
        store, words = context.store, context.words

        def told(visit: Visit, name: str) -> str:
            return words("checklists.visit", name=name, day=words.date(local_day(visit.starts_at)))

        def find(asked: str) -> Sequence[Suggestion]:
            wanted = customers.found_ids(store, asked) if asked else None
            return [
                Suggestion(visit.id, told(visit, name), visit.objective, "visit")
                for visit, name in latest_visits(store, _MOST, among=wanted)
            ]

        def title(row_id: str) -> str:
            visit = store.record(Visit, row_id)
            customer = store.record(Customer, visit.customer_id) if visit else None
            return told(visit, customer.name) if visit and customer else ""

        return Finder(find, title)
