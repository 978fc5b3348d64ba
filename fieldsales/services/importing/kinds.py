"""Guesses what a table lists: customers, people, deals, products, what is owed, paid or sold."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.services.importing import guessing, headers
from fieldsales.services.importing.sheet import Cells

# Names of the column of a person in a list of customers.
_BESIDE_A_CUSTOMER = ("联系人", "contact", "contact person", "contact name")


def guess_kind(columns: Sequence[str], rows: Sequence[Cells]) -> str:
    """One of `mapping.KINDS`; `rows` are some of the sheet's first."""
    named = {headers.fold(column) for column in columns}
    if _deals(named):
        return "deals"
    if _sales(named):
        return "sales"
    if money := _money(named):
        return money
    customer, contact = headers.names()["customer"], headers.names()["contact"]
    if _products(named):
        return "products"
    if named & (contact["name.family"].strong | contact["name.given"].strong):
        return "contacts"
    if named & (customer["name"].strong - contact["customer"].strong):
        return "customers"
    beside = {headers.fold(name) for name in _BESIDE_A_CUSTOMER}
    if named & contact["name"].strong and not named & beside:
        return "contacts"
    if named & customer["name"].strong:
        return "customers"
    by_values = guessing.guess(columns, rows, "customers")
    return "customers" if by_values.column("name") is not None else "contacts"


def _deals(named: set[str]) -> bool:
    deal = headers.names()["deal"]
    beside = (deal[name].strong for name in ("customer", "stage", "amount"))
    return bool(
        named & deal["title"].strong
        or (named & deal["title"].weak and all(named & one for one in beside))
    )


def _sales(named: set[str]) -> bool:
    """Customer, day and what was sold; an amount alone would be owed or paid as well."""
    sale = headers.names()["sale"]
    told = all(named & (sale[name].strong | sale[name].weak) for name in ("customer", "dated"))
    surely = named & sale["amount"].strong
    goods = named & (sale["product_name"].strong | sale["quantity"].strong)
    earned = named & (sale["cost"].strong | sale["margin"].strong)
    some = named & (sale["amount"].strong | sale["amount"].weak)
    return bool(told and (surely or (some and earned) or (some and goods and not _debts(named))))


def _debts(named: set[str]) -> bool:
    """Whether a number, a day to pay by or what was paid speaks of an invoice."""
    debt, payment = headers.names()["receivable"], headers.names()["payment"]
    names = ("number", "issued_on", "due_on", "terms", "days", "paid", "paid_on", "method")
    return bool(
        any(named & debt[name].strong for name in names) or named & payment["method"].strong
    )


def _money(named: set[str]) -> str:
    """`receivables`, `payments`, or '' where it is neither."""
    debt, payment = headers.names()["receivable"], headers.names()["payment"]
    numbered = named & debt["number"].strong
    owed = named & (debt["amount"].strong | debt["amount"].weak)
    dated = named & (debt["issued_on"].strong | debt["due_on"].strong)
    surely = named & (debt["amount"].strong - payment["amount"].weak)
    if (owed and dated) or (surely and numbered):
        return "receivables"
    came = named & payment["amount"].strong
    told = named & (payment["received_on"].strong | payment["method"].strong)
    any_number = numbered or named & debt["number"].weak
    if (came and (told or numbered)) or (owed and told and any_number):
        return "payments"
    return "receivables" if owed and numbered else ""


def _products(named: set[str]) -> bool:
    names = headers.names()
    product, customer, contact = names["product"], names["customer"], names["contact"]
    others = (entry.strong for name, entry in product.items() if name != "name")
    people = (customer["name"], customer["phone"], contact["name"], contact["mobile"])
    return bool(
        named & product["name"].strong
        and any(named & strong for strong in others)
        and not any(named & one.strong for one in people)
    )
