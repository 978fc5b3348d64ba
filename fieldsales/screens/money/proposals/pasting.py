"""Rows pasted from a spreadsheet as lines of a proposal: name, quantity, unit, price."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsales.domain.fields import clean_text
from fieldsales.errors import FieldError
from fieldsales.screens.money.proposals.cells import OTHER_CURRENCY, number
from fieldsales.store.database import Store
from fieldsales.store.queries.products import products
from fieldsales.store.search import fold
from fieldsales.widgets.typed import parse_amount

_LONGEST = 200  # characters of a name
_UNIT = 30
_MOST = 500  # rows


def pasted_lines(store: Store, text: str, currency: str) -> list[Mapping[str, object]]:
    """Fields of ProposalLine for each row; a product known by name or code brings its card along.

    The first cell with letters is the name, numbers after it are quantity and price, one in percent
    the discount, a short text the unit. A table's own headings are left out; a name that stands
    alone among rows with numbers is a heading here, too. Raises FieldError where an amount names
    another currency.
    """
    known: dict[str, str] = {}
    for one in products(store):
        for name in (one.product.name, one.product.code):
            if name:
                known.setdefault(fold(name), one.product.id)
    rows = [_values(row.split("\t"), known, currency) for row in text.splitlines()[:_MOST]]
    figured = any("quantity" in row for row in rows)
    found: list[Mapping[str, object]] = []
    for at, row in enumerate(row for row in rows if row):
        if not figured or row.keys() & {"quantity", "product_id"}:
            found.append(row)
        elif row.keys() == {"product_name"}:
            found.append({"kind": "heading", "text": row["product_name"]})
        elif at:
            found.append(row)
    return found


def _values(cells: list[str], known: Mapping[str, str], currency: str) -> dict[str, object]:
    """A row's fields, empty where it has no name."""
    values: dict[str, object] = {}
    for cell in filter(None, map(clean_text, cells)):
        figure = _figure(cell, currency)
        if "product_name" not in values:
            if not figure:
                values["product_name"] = cell[:_LONGEST]
                if product_id := known.get(fold(cell)):
                    values["product_id"] = product_id
        elif figure:
            name = "price" if "quantity" in values else "quantity"
            values.setdefault(name, figure)
        elif cell[-1] in "%％" and (percent := _figure(cell[:-1], currency)):
            values |= {"discount": percent, "discount_kind": "percent"}
        elif len(cell) <= _UNIT:
            values.setdefault("unit", cell)
    return values


def _figure(cell: str, currency: str) -> str:
    try:
        return number(cell, "price", currency).lstrip("+")
    except FieldError as wrong:
        if wrong.code == OTHER_CURRENCY and parse_amount(cell) is not None:
            raise
        return ""
