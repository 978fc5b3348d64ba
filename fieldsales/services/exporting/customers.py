"""Customers as rows: what the import of customers reads, then their classes and figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from fieldsales.domain.classes.whole import Worth
from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.portfolio import CLASSES, IMPORTANCE
from fieldsales.services import portfolio
from fieldsales.services.exporting.table import Table, Value
from fieldsales.services.importing.naming import target_name
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.exports import customer_rows
from fieldsales.words import Words, minor_digits

KIND = "customers"
_FIELDS = {
    name: spec
    for name, spec in fields(Customer).items()
    if spec.shown and not spec.sealed and spec.kind is not Kind.REFERENCE
}
_MONEY = ("sales", "margin", "value", "lifetime", "losing", "potential")
_TENTHS = ("share", "points")


def table(store: Store, words: Words, customer_ids: Iterable[str] | None = None) -> Table:
    """All customers that are not in the trash by name, or these in their order.

    What is derived is headed so that no import takes it for a field of the customer; an importance
    that is held by hand stands in both.
    """
    base = base_currency(store)
    worths = {one.customer_id: one for one in portfolio.every(store)}
    heads = [target_name(name, KIND, words) for name in _FIELDS]
    heads.append(words("noun.tag"))
    heads += [
        words("classes.head", name=words.choice("class_method", method)) for method in CLASSES
    ]
    figures = [words(f"portfolio.figure.{name}") for name in (*_MONEY, *_TENTHS)]
    heads += [words("classes.head", name=figure) for figure in figures]
    rows = []
    for customer, tags in customer_rows(store, customer_ids):
        worth = worths.get(customer.id)
        held = worth.importance if worth and worth.is_pinned(IMPORTANCE) else ""
        told = replace(customer, importance=held or customer.importance)
        own = [_value(told, spec, base, words) for spec in _FIELDS.values()]
        rows.append((*own, "、".join(tags), *_classes(worth, base, words)))
    return Table(words("noun.customer"), tuple(heads), rows)


def _value(customer: Customer, spec: Field, base: str, words: Words) -> Value:
    value = getattr(customer, spec.name)
    if value in (None, "") or (spec.kind is Kind.FLAG and not value):
        return ""
    if spec.kind is Kind.MONEY:
        return Decimal(value).scaleb(-minor_digits(base))
    if spec.kind is Kind.CHOICE:
        return words.choice(spec.list, value)
    return Decimal(value) if isinstance(value, int) else str(value)


def _classes(worth: Worth | None, base: str, words: Words) -> list[Value]:
    if worth is None:  # a supplier has none
        return [""] * (len(CLASSES) + len(_MONEY) + len(_TENTHS))
    found: list[Value] = [words.choice(method, worth.code(method)) for method in CLASSES]
    digits = minor_digits(base)
    for names, places in ((_MONEY, digits), (_TENTHS, 1)):
        for name in names:
            figure: int | None = getattr(worth, name)
            found.append("" if figure is None else Decimal(figure).scaleb(-places))
    return found
