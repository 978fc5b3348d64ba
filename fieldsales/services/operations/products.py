"""Prices of products, and which industry each fits (M29, M14)."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldsales.domain.ids import new_id
from fieldsales.domain.product import FITS, Price, Product
from fieldsales.errors import FieldError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import pitch_links as links


@dataclass(frozen=True)
class SetPrice(Operation):
    """Says what a unit costs from a day on, today unless one is given.

    What was said of the same list and day is corrected; earlier prices are kept.
    """

    product_id: str
    amount: int
    currency: str
    tax_percent: int | None = None
    valid_from: str | None = None
    list_name: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Product, self.product_id)
        day = self.valid_from or writer.store.clock.today().isoformat()
        values = {
            "product_id": self.product_id,
            "list_name": self.list_name,
            "amount": self.amount,
            "currency": self.currency,
            "tax_percent": self.tax_percent,
            "valid_from": day,
        }
        known = links.price_id(writer.store, self.product_id, self.list_name, day)
        if known:
            writer.update("price", known, values)
        else:
            writer.insert("price", values, self.row_id)


@dataclass(frozen=True)
class RemovePrice(Operation):
    """Takes a price back."""

    price_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Price, self.price_id)
        writer.delete("price", self.price_id)


@dataclass(frozen=True)
class RateSolution(Operation):
    """Fills a cell of the matrix: how well a product fits an industry; '' empties it (M14)."""

    industry: str
    product_id: str
    fit: str
    note: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Product, self.product_id)
        if not self.industry.strip():
            raise FieldError("field.required", "industry")
        if self.fit and self.fit not in FITS:
            raise FieldError("field.unknown_choice", "fit", value=self.fit)
        known = links.solution_id(writer.store, self.industry, self.product_id)
        values = {"fit": self.fit, "note": self.note}
        if known and not self.fit:
            writer.delete("solution", known)
        elif known:
            writer.update("solution", known, values)
        elif self.fit:
            place = {"industry": self.industry, "product_id": self.product_id}
            writer.insert("solution", {**place, **values}, self.row_id)
