"""What a column can fill, and the map that puts a row's cells into fields.

A target is a field's name (`phone`), a part of one (`name.family`, `address.city`), and where
customers are imported also a field of the person in the same row (`contact.mobile`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import Kind, Record, fields
from fieldsales.domain.product import Product
from fieldsales.services.importing import headers
from fieldsales.services.importing.joining import address, full_name
from fieldsales.services.importing.sheet import Cells

KINDS = ("customers", "contacts", "deals", "products", "receivables", "payments", "sales")
# without it a row is nothing
MAIN = {
    "customers": "name",
    "contacts": "name",
    "deals": "title",
    "products": "name",
    "receivables": "amount",
    "payments": "amount",
    "sales": "amount",
}
PRICE = ("price", "currency", "tax_percent")  # of a product's usual price list
# of what was paid of a receivable so far: fields of a payment
PAID = {"paid": "amount", "paid_on": "received_on", "method": "method"}
MARGIN = "margin"  # of a sale: what it earned, in place of its cost
_TARGETS = {
    "receivables": (
        *("number", "customer", "kind", "title", "amount", "currency", "issued_on", "due_on"),
        *("terms", "days", *PAID, "note"),
    ),
    "payments": (
        *("customer", "number", "amount", "currency", "received_on", "method", "reference"),
        "note",
    ),
    "sales": (
        *("customer", "dated", "product_name", "quantity", "unit", "amount", "currency"),
        *("cost", MARGIN, "source"),
    ),
}
NAME_PARTS = ("family", "middle", "given")
ADDRESS_PARTS = ("country", "region", "city", "district", "street", "postcode")
PERSON = "contact."

_JOINTS = {"phone": " / ", "tags": "、", "note": "\n", "preferences": "\n"}


def targets(kind: str) -> tuple[str, ...]:
    """All that a column can fill when importing one of KINDS, in forms' order."""
    if kind in _TARGETS:
        return _TARGETS[kind]
    if kind == "deals":
        own = tuple(_importable(Deal))
        at = own.index("commission_percent")
        return (own[0], "customer", "stage", *own[1:at], "partner", *own[at:], "tags")
    if kind == "products":
        first, *rest = _importable(Product)
        return (first, *rest[:2], *PRICE, *rest[2:])
    if kind == "contacts":
        own = _with_parts(_importable(Contact))
        return (own[0], "customer", *own[1:])
    people = _with_parts(_importable(Contact))
    return (
        *_with_parts(_importable(Customer)),
        "tags",
        *(PERSON + target for target in people),
    )


def _importable(noun: type[Record]) -> list[str]:
    return [
        name
        for name, spec in fields(noun).items()
        if spec.shown and not spec.sealed and spec.kind is not Kind.REFERENCE
    ]


def _with_parts(names: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        found.append(name)
        if name == "address":
            found.extend(f"address.{part}" for part in ADDRESS_PARTS)
    if "mobile" in found:  # only people have names in parts
        found[1:1] = [f"name.{part}" for part in NAME_PARTS]
    return tuple(found)


def field_of(target: str) -> str:
    """The field a target belongs to: `contact.address.city` is of `contact.address`."""
    person = target.startswith(PERSON)
    bare = target.removeprefix(PERSON).partition(".")[0]
    return PERSON + bare if person else bare


def takes_several(target: str) -> bool:
    """Whether several columns may fill it, joined: numbers, tags, notes."""
    return target.removeprefix(PERSON) in _JOINTS


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The target of each column, None for one that is left out."""

    targets: tuple[str | None, ...]

    @property
    def fields(self) -> frozenset[str]:
        """Fields that some column fills."""
        return frozenset(field_of(target) for target in self.targets if target)

    def column(self, field: str) -> int | None:
        """The first column that fills a field or a part of it."""
        for index, target in enumerate(self.targets):
            if target and field_of(target) == field:
                return index
        return None

    def filler(self) -> Callable[[Cells], dict[str, str]]:
        """A function from a row's cells to texts by field, empty ones left out."""
        by_field: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for index, target in enumerate(self.targets):
            if target:
                field = field_of(target)
                by_field[field].append((target[len(field) + 1 :], index))
        single = [
            (field, found[0][1])
            for field, found in by_field.items()
            if len(found) == 1 and not found[0][0]
        ]
        joined = [
            (field, found, _joiner(field))
            for field, found in by_field.items()
            if len(found) > 1 or found[0][0]
        ]

        def fill(cells: Cells) -> dict[str, str]:
            row = {field: text for field, index in single if (text := cells[index])}
            for field, found, join in joined:
                text = join([(part, cells[index]) for part, index in found if cells[index]])
                if text:
                    row[field] = text
            return row

        return fill

    def remembered(self, columns: Sequence[str]) -> dict[str, str]:
        """What to keep for the next file with such columns: target by folded header."""
        return {
            headers.fold(column) or column: target or ""
            for column, target in zip(columns, self.targets, strict=True)
        }


def _joiner(field: str) -> Callable[[list[tuple[str, str]]], str]:
    bare = field.removeprefix(PERSON)
    if bare == "name":
        return _join_name
    if bare == "address":
        return _join_address
    joint = _JOINTS.get(bare, " ")
    return lambda found: joint.join(dict.fromkeys(text for _, text in found))


def _join_name(found: list[tuple[str, str]]) -> str:
    parts = dict(found)
    return parts.get("", "") or full_name(**parts)


def _join_address(found: list[tuple[str, str]]) -> str:
    parts: dict[str, str] = {}
    for part, text in found:
        key = part or "street"
        parts[key] = f"{parts[key]} {text}" if key in parts else text
    return address(parts)
