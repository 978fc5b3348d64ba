"""Writing FFAB worksheets: rows, their needs, the value stack, copies for a customer (M28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import values_of
from fieldsales.domain.ids import new_id
from fieldsales.domain.need import Need
from fieldsales.domain.product import Product
from fieldsales.domain.worksheet import Worksheet, WorksheetRow
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import pitch_links as links

_OWN = ("id", "created_at", "trashed_at")  # of a record, not of what it says


@dataclass(frozen=True)
class StartWorksheet(Operation):
    """Begins a worksheet; `values` are fields of Worksheet. The product's name is kept in it."""

    values: Mapping[str, object]
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        values = dict(self.values)
        if values.get("product_id"):
            product = writer.require(Product, str(values["product_id"]))
            values.setdefault("product_name", product.name)
            values.setdefault("title", product.name)
        values |= _whose(writer, values.get("customer_id"), values.get("deal_id"))
        writer.insert("worksheet", values, self.row_id)


@dataclass(frozen=True)
class CopyWorksheet(Operation):
    """Copies a worksheet, with rows and value stack, for a customer or a deal to be adapted to.

    Needs stay linked within the same customer alone: another has not voiced them.
    """

    worksheet_id: str
    customer_id: str | None = None
    deal_id: str | None = None
    title: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        sheet = writer.require(Worksheet, self.worksheet_id)
        whose = _whose(writer, self.customer_id, self.deal_id)
        values = {**_said(values_of(sheet)), **whose, "title": self.title or sheet.title}
        writer.insert("worksheet", values, self.row_id)
        same = whose["customer_id"] is not None and whose["customer_id"] == sheet.customer_id
        here = {"worksheet_id": self.row_id}
        for row in links.worksheet_rows(writer.store, sheet.id):
            linked = {} if same else {"need_id": None}
            writer.insert("worksheet_row", {**_said(values_of(row)), **here, **linked})
        for part in links.value_parts(writer.store, sheet.id):
            writer.insert("value_part", {**_said(values_of(part)), **here})


@dataclass(frozen=True)
class AddWorksheetRow(Operation):
    """Adds a row at the end; `values` are fields of WorksheetRow."""

    worksheet_id: str
    values: Mapping[str, object] = field(default_factory=dict)
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        writer.require(Worksheet, self.worksheet_id)
        rows = links.worksheet_rows(writer.store, self.worksheet_id)
        last = max((row.position or 0 for row in rows), default=-1)
        own = {"worksheet_id": self.worksheet_id, "position": last + 1}
        writer.insert("worksheet_row", {**self.values, **own}, self.row_id)


@dataclass(frozen=True)
class RemoveWorksheetRow(Operation):
    """Takes a row away."""

    row_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(WorksheetRow, self.row_id)
        writer.delete("worksheet_row", self.row_id)


@dataclass(frozen=True)
class OrderWorksheetRows(Operation):
    """Puts rows of a worksheet into the given order."""

    worksheet_id: str
    row_ids: tuple[str, ...]

    def apply(self, writer: Writer) -> None:
        for position, row_id in enumerate(self.row_ids):
            if writer.require(WorksheetRow, row_id).worksheet_id != self.worksheet_id:
                raise UserError("record.gone")
            writer.update("worksheet_row", row_id, {"position": position})


@dataclass(frozen=True)
class LinkNeed(Operation):
    """Links a row to the explicit need that its benefit answers; None unlinks it (M27).

    The need must be the worksheet's customer's; what is only implied makes no benefit.
    """

    row_id: str
    need_id: str | None

    def apply(self, writer: Writer) -> None:
        row = writer.require(WorksheetRow, self.row_id)
        if self.need_id is not None:
            need = writer.require(Need, self.need_id)
            if need.statement != "explicit":
                raise UserError("worksheet.need_only_implied")
            if need.customer_id != writer.require(Worksheet, row.worksheet_id).customer_id:
                raise UserError("worksheet.other_customers_need")
        writer.update("worksheet_row", row.id, {"need_id": self.need_id})


@dataclass(frozen=True)
class SetValueStack(Operation):
    """Says what the customer gets: (label, amount in minor units) from the bottom up (M28)."""

    worksheet_id: str
    parts: Sequence[tuple[str, int | None]]

    @property
    def merge_key(self) -> str:
        return self.worksheet_id

    def apply(self, writer: Writer) -> None:
        writer.require(Worksheet, self.worksheet_id)
        known = links.value_parts(writer.store, self.worksheet_id)
        for position, (label, amount) in enumerate(self.parts):
            values = {"label": label, "amount": amount, "position": position}
            if position < len(known):
                writer.update("value_part", known[position].id, values)
            else:
                writer.insert("value_part", {**values, "worksheet_id": self.worksheet_id})
        for part in known[len(self.parts) :]:
            writer.delete("value_part", part.id)


def _whose(writer: Writer, customer_id: object, deal_id: object) -> dict[str, object]:
    """A deal's worksheet is its customer's, too."""
    if deal_id:
        deal = writer.require(Deal, str(deal_id))
        if customer_id and customer_id != deal.customer_id:
            raise UserError("visit.other_customer")
        customer_id = deal.customer_id
    if customer_id:
        writer.require(Customer, str(customer_id))
    return {"customer_id": customer_id or None, "deal_id": deal_id or None}


def _said(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name not in _OWN}
