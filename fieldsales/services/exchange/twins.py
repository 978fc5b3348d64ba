"""What a colleague's customer brings that is here already under another id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.services import duplicates
from fieldsales.services.exchange.package import CUSTOMER, Package
from fieldsales.services.importing.sheet import Watch
from fieldsales.store import exchange
from fieldsales.store.database import Store
from fieldsales.store.merging import kept

SURE = 90  # percent from which on two are taken for one unless somebody says otherwise
_SURE_OF_PEOPLE = 85  # at one customer: the same name, and nothing that speaks against it
_MOST = 200_000  # rows of a customer
_BY_NAME = ("tag", "product")  # of these the name alone tells

_Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Twin:
    """A customer of the package, and which it may be here; `reasons` as of a Likeness."""

    id: str
    name: str
    here: str
    name_here: str
    reasons: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """The rows of a package by table; only of a customer's, which is small."""

    rows: Mapping[str, Sequence[_Told]]

    @classmethod
    def of(cls, package: Package, watch: Watch | None = None) -> Brought:
        """Raises UserError where it is broken, or too much for a customer."""
        rows: dict[str, list[_Told]] = {}
        count = 0
        for batch in package.batches(watch or Watch()):
            count += len(batch.rows)
            if count > _MOST:
                raise UserError("exchange.too_big", name=package.name)
            if "id" not in batch.columns or not exchange.are_simple(batch.rows):
                raise UserError("exchange.damaged", name=package.name)
            told = (dict(zip(batch.columns, row, strict=True)) for row in batch.rows)
            rows.setdefault(batch.table, []).extend(told)
        return cls(rows)

    def new(self, store: Store, noun: str) -> Iterator[_Told]:
        """Rows of a noun whose ids are not here."""
        rows = self.rows.get(noun, ())
        here = exchange.standing(store, noun, (), [str(row.get("id")) for row in rows])
        return (row for row in rows if row.get("id") not in here)


def twins(store: Store, brought: Brought) -> list[Twin]:
    """Customers of it that look like one here; the likeliest of each."""
    return [
        found for row in brought.new(store, CUSTOMER) if (found := _twin(store, row)) is not None
    ]


def same(store: Store, brought: Brought, customers: Mapping[str, str]) -> dict[str, str]:
    """Ids here by those in the package, once it is said which `customers` are the same: theirs, of
    people at them, of tags and products, and of what only links two of these. What was merged into
    another here stands for that one.
    """
    found = {**_merged(store, brought), **customers}
    if customers:
        for row in brought.new(store, "contact"):
            house = customers.get(str(row.get("customer_id")))
            if house:
                somebody = _person_here(store, {**row, "customer_id": house})
                if somebody and somebody not in found.values():
                    found[str(row["id"])] = somebody
    for noun in _BY_NAME:
        new = list(brought.new(store, noun))
        here = exchange.names_here(store, noun, [str(row.get("name")) for row in new])
        found |= {row["id"]: here[row["name"]] for row in new if row.get("name") in here}
    for noun, record in NOUNS.items():
        specs = fields(record)
        if all(spec.kind is Kind.REFERENCE and spec.required for spec in specs.values()):
            for row in brought.new(store, noun):
                ends = {name: found.get(row.get(name, ""), row.get(name)) for name in specs}
                link = exchange.linked(store, noun, ends)
                if link is not None:
                    found[row["id"]] = link
    return found


def _merged(store: Store, brought: Brought) -> dict[str, str]:
    """Ids of what is here in the trash, having been merged, and of what stands for it."""
    ids = [
        str(row.get("id")) for noun in (CUSTOMER, "contact") for row in brought.rows.get(noun, ())
    ]
    return {row_id: stands for row_id in ids if (stands := kept(store, row_id)) != row_id}


def _twin(store: Store, row: _Told) -> Twin | None:
    typed = _typed(row)
    for one in duplicates.likely(store, CUSTOMER, typed):
        sure = one.score >= SURE
        return Twin(str(row["id"]), typed.get("name", ""), one.id, one.name, one.reasons, sure)
    return None


def _person_here(store: Store, row: _Told) -> str | None:
    """Who at the customer of a person of the package is that one, and nobody as much."""
    house = exchange.referring(store, "contact", {"customer_id": [row["customer_id"]]})
    alike = duplicates.among(store, "contact", _typed(row), house)
    best = [one.id for one in alike if one.score == alike[0].score >= _SURE_OF_PEOPLE]
    return best[0] if len(best) == 1 else None


def _typed(row: _Told) -> dict[str, str]:
    texts = {name: value for name, value in row.items() if isinstance(value, str)}
    return {**texts, "id": ""}
