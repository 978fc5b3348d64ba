"""A new worksheet, from nothing or as a copy of another: for which product, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.product import Product
from fieldsales.domain.worksheet import Worksheet
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import any_deal_finder, customers_finder
from fieldsales.services.operations.worksheets import CopyWorksheet, StartWorksheet
from fieldsales.store.queries.products import product_numbers, product_rows
from fieldsales.widgets.card import at_left
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import FieldCell, make_editor
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import button, column, label, row
from fieldsales.widgets.question import Question
from fieldsales.widgets.saved_field import field_of
from fieldsales.widgets.suggestions import Suggestion

_MOST = 12
_WIDE = 560  # px at 100 %
_WHOM = ("anyone", "industry", "customer", "deal")
_FIELD = {"industry": "industry", "customer": "customer_id", "deal": "deal_id"}


def product_finder(context: Context) -> Finder:
    """Products by what was typed."""

    def find(asked: str) -> Sequence[Suggestion]:
        found = product_rows(context.store, product_numbers(context.store, asked)[:_MOST])
        return [
            Suggestion(one.product.id, one.product.name, one.product.code, "tag")
            for one in found
            if one is not None
        ]

    def title(row_id: str) -> str:
        product = context.store.record(Product, row_id)
        return product.name if product else ""

    return Finder(find, title)


@dataclass(frozen=True, slots=True)
class _Of:
    """The worksheet that is copied, '' for a new one."""

    sheet_id: str = ""
    title: str = ""


class NewSheet(Question):
    """Enter makes it; Esc leaves, what was typed is kept."""

    made = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._of = _Of()
        look, words = context.look, context.words
        finders = {
            "product_id": product_finder(context),
            "customer_id": customers_finder(context),
            "deal_id": any_deal_finder(context),
        }
        self.cells: dict[str, FieldCell] = {}
        for name in ("title", "product_id", "industry", "customer_id", "deal_id"):
            key = f"ffab.hint.{name}"
            editor = make_editor(
                look,
                field_of("worksheet", name),
                hint=words(key) if words.has(key) else "",
                finder=finders.get(name),
                calm=False,
            )
            self.cells[name] = FieldCell(look, editor, words(f"field.worksheet.{name}"))
        self.heading = label(look, size="section", bold=True, wrap=True)
        self.hint = label(look, tone="muted", wrap=True)
        self.whom = Picks(look, name=words("ffab.for_whom"), clearable=False)
        self.whom.chosen.connect(self._arrange)
        self.go = button(look, words("ffab.make"), self.submit, icon="check")
        cancel = button(look, words("ffab.not_now"), self.left.emit, role="quiet")
        whom = column(
            look,
            label(look, words("ffab.for_whom"), size="caption", tone="muted"),
            self.whom,
            gap=4,
        )
        inside = QWidget()
        inside.setLayout(
            column(
                look,
                self.heading,
                self.hint,
                self.cells["product_id"],
                whom,
                self.cells["industry"],
                self.cells["customer_id"],
                self.cells["deal_id"],
                self.cells["title"],
                row(look, self.go, cancel, None),
                None,
                gap=16,
            )
        )
        self.setLayout(column(look, at_left(look, inside, _WIDE), margin=24))

    def start(self) -> None:
        """A new one; what was typed before and not made still stands."""
        self._begin(_Of(), _WHOM)

    def adapt(self, sheet: Worksheet) -> None:
        """A copy of a worksheet for somebody."""
        if self._of.sheet_id != sheet.id:
            self.cells["title"].editor.set_value(sheet.title)
        self._begin(_Of(sheet.id, sheet.title), ("customer", "deal"))

    def _begin(self, of: _Of, whom: Sequence[str]) -> None:
        words = self._context.words
        if self._of.sheet_id and not of.sheet_id:
            self.cells["title"].editor.set_value("")
        self._of = of
        copied = bool(of.sheet_id)
        self.heading.setText(words("ffab.adapt_title", name=of.title) if copied
                             else words("ffab.new"))  # fmt: skip
        self.hint.setText(words("ffab.adapt_hint"))
        self.hint.setVisible(copied)
        self.whom.set_picks([Pick(one, words(f"ffab.for.{one}")) for one in whom])
        if self.whom.key not in whom:
            self.whom.set_key(whom[0])
        self.cells["product_id"].setVisible(not copied)
        self.go.setText(words("ffab.make_copy" if copied else "ffab.make"))
        self._arrange()
        first = _FIELD[self.whom.key] if copied else "product_id"
        self.cells[first].editor.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        wanted = _FIELD.get(self.whom.key, "")
        for name in _FIELD.values():
            self.cells[name].setVisible(name == wanted)

    def submit(self) -> None:
        """Makes the worksheet, or says below a field what is wrong with it."""
        values: dict[str, object] = {}
        wanted = _FIELD.get(self.whom.key, "")
        copied = bool(self._of.sheet_id)
        asked = [name for name in ("product_id", wanted, "title") if name]
        for name in asked[1:] if copied else asked:
            try:
                values[name] = self._value(name)
                if name == wanted and not values[name]:
                    raise FieldError("field.required", name)
            except FieldError as wrong:
                self._refuse(name, wrong)
                return
            self.cells[name].say("", "")
        if not copied and not values.get("title") and not values.get("product_id"):
            self._refuse("title", FieldError("ffab.name_or_product", "title"))
            return
        if not values["title"]:
            del values["title"]  # it is called as its product
        operation = self._operation(values)
        if self._context.run(operation) is None:
            return
        for cell in self.cells.values():
            cell.editor.set_value(None)
        self._of = _Of()
        self.made.emit(operation.row_id)

    def _operation(self, values: dict[str, object]) -> StartWorksheet | CopyWorksheet:
        if not self._of.sheet_id:
            return StartWorksheet(values)
        return CopyWorksheet(
            self._of.sheet_id,
            customer_id=_text(values.get("customer_id")) or None,
            deal_id=_text(values.get("deal_id")) or None,
            title=_text(values.get("title")),
        )

    def _value(self, name: str) -> object:
        spec = self.cells[name].editor.field
        value = self.cells[name].editor.value()
        return "" if name == "title" and not str(value).strip() else spec.clean(value)

    def _refuse(self, name: str, wrong: FieldError) -> None:
        self.cells[name].refuse(self._context.words(wrong.code, **wrong.params))


def _text(value: object) -> str:
    return "" if value is None else str(value)
