"""Turns a row into an entry, text by text, and says which texts it could not take and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.keeping import Tag
from fieldsales.domain.money.receivable import Payment, Receivable
from fieldsales.domain.portfolio import Sale
from fieldsales.domain.product import Price, Product
from fieldsales.errors import FieldError
from fieldsales.services.importing import deal_rows, values
from fieldsales.services.importing.converters import LEAP, LUNAR, Unfit, Value, converter
from fieldsales.services.importing.deal_rows import Terms
from fieldsales.services.importing.mapping import MAIN, MARGIN, PAID, PERSON, PRICE, ColumnMap
from fieldsales.services.importing.sheet import Cells, Row

_PHONES = ("mobile", "phone")
_NOTE_LIMIT = fields(Customer)["note"].max_length
# what a spreadsheet shows where it could not work out a value
_FAULTS = frozenset("#DIV/0! #N/A #NAME? #NULL! #NUM! #REF! #VALUE! #SPILL! #CALC!".split())
_TOTALS = frozenset(
    "合计 总计 小计 共计 总和 累计 合計 總計 小計 共計 總和 累計 total totals subtotal sum".split()
) | {"grand total", "sub total", "sub-total"}
_DAYS = (*deal_rows.DAYS, "issued_on", "due_on", "received_on", "dated")
MONEY = ("receivables", "payments")
SALES = "sales"
_NEEDED_OF_SALE = ("dated", "amount")
_REMEMBERED = 5_000  # texts of a column that return from row to row, as regions and days do


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value: the row's number, the column's name, a words key and its
    parameters. `kept` if the row came in all the same, `noted` if the text went into its note.
    """

    row: int
    column: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    kept: bool = False
    noted: bool = False


@dataclass(slots=True)
class Entry:
    """What one row says of a customer, of a person there, of a deal or a product, and its tags.

    Where people are imported, `customer` holds only the name of where they work, if that; where
    deals are, whose they are; `partner` is the name of who brought it, `usual` what such a deal
    takes where nothing else is known; `price` is what a product costs by the usual list. Of a
    receivable, `payment` is what was paid so far; of a payment, `receivable` is what it is for;
    their `amounts` are told by target. The customer's phone is `loose` if it stood beside a person
    without a name.
    """

    row: int
    customer: dict[str, Value] = field(default_factory=dict)
    contact: dict[str, Value] = field(default_factory=dict)
    deal: dict[str, Value] = field(default_factory=dict)
    partner: dict[str, Value] = field(default_factory=dict)
    usual: dict[str, Value] = field(default_factory=dict)
    product: dict[str, Value] = field(default_factory=dict)
    price: dict[str, Value] = field(default_factory=dict)
    receivable: dict[str, Value] = field(default_factory=dict)
    payment: dict[str, Value] = field(default_factory=dict)
    sale: dict[str, Value] = field(default_factory=dict)
    amounts: dict[str, values.Amount] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    loose: bool = False


class Converter:
    """Makes entries of rows for one map of columns; keeps the problems it met.

    A row that sums up others is left out, unless `totals` are wanted like all rows.
    """

    def __init__(
        self,
        kind: str,
        columns: Sequence[str],
        chosen: ColumnMap,
        head: Sequence[Row],
        terms: Terms,
        *,
        totals: bool = False,
    ) -> None:
        self._kind = kind
        self._totals = totals
        self._terms = terms
        self._columns = columns
        self._chosen = chosen
        self._fill = chosen.filler()
        self.problems: list[Problem] = []
        self._fields = {
            name: _Target(spec, spot, lru_cache(maxsize=_REMEMBERED)(convert))
            for name in chosen.fields
            for spec, spot in [self._spec(name)]
            for convert in [converter(spec, self._month_first(name, head), terms)]
        }

    def _spec(self, name: str) -> tuple[Field, str]:
        """The declared field behind a name of the map, and whose it is."""
        if name == "tags":
            return Field(name, Kind.NOTE), "tags"
        if self._kind == "deals":
            if name in ("customer", "partner"):
                return fields(Customer)["name"], name
            return fields(Deal)[name], "deal"
        if self._kind == "products":
            if name in PRICE:
                return fields(Price)["amount" if name == "price" else name], "price"
            return fields(Product)[name], "product"
        if self._kind in MONEY:
            if name == "customer":
                return fields(Customer)["name"], "customer"
            if name == "number" or (self._kind == "receivables" and name not in PAID):
                return fields(Receivable)[name], "receivable"
            return fields(Payment)[PAID.get(name, name)], "payment"
        if self._kind == SALES:
            if name == "customer":
                return fields(Customer)["name"], "customer"
            return fields(Sale)["cost" if name == MARGIN else name], "sale"
        if name.startswith(PERSON):
            return fields(Contact)[name.removeprefix(PERSON)], "contact"
        if self._kind == "customers":
            return fields(Customer)[name], "customer"
        if name == "customer":
            return fields(Customer)["name"], "customer"
        return fields(Contact)[name], "contact"

    def _month_first(self, name: str, head: Sequence[Row]) -> bool | None:
        if not name.endswith("birthday") and name not in _DAYS:
            return None
        index = self._chosen.column(name)
        return values.month_first(cells[index] for _, cells in head if index is not None)

    def entry(self, number: int, cells: Cells) -> Entry | None:
        """The row as an entry; None if it cannot come in, for the `problems` it has."""
        entry = Entry(number)
        refused: set[str] = set()
        notes: list[str] = []
        amounts = entry.amounts
        for name, text in self._fill(cells).items():
            target = self._fields[name]
            if text in _FAULTS:
                code = "import.reason.fault"
                column = self._column(name)
                self.problems.append(Problem(number, column, code, {"value": text}, kept=True))
                continue
            if target.spot == "tags":
                entry.tags = self._tags(number, text, notes)
                continue
            where: dict[str, Value] = getattr(entry, target.spot)
            try:
                value = target.convert(text)
            except FieldError as problem:
                self._tell(number, name, problem, kept=False)
                refused.add(name)
                continue
            except Unfit as problem:
                if self._kind == SALES:  # it has no note that would keep the text
                    kept = name not in _NEEDED_OF_SALE
                    told = dict(problem.params)
                    found = Problem(number, self._column(name), problem.code, told, kept)
                    self.problems.append(found)
                    refused.update(() if kept else (name,))
                    continue
                self._tell(number, name, problem, kept=True)
                notes.append(f"{self._column(name)}：{text}")
                continue
            if isinstance(value, values.Amount):
                amounts[name] = value
                continue
            if isinstance(value, values.Month):
                where |= {target.spec.name: value.last, "monthly": 1}
                continue
            if isinstance(value, values.Terms):
                where["terms"] = value.code
                where.setdefault("days", value.days)
                continue
            where[target.spec.name] = value
            if target.spec.name == "birthday" and LUNAR.match(text):
                where["birthday_calendar"] = "lunar"
                where["birthday_leap"] = int(bool(LEAP.search(text)))
        self._settle(entry, notes)
        if self._kind == "deals":
            for refusal in deal_rows.settle(entry.deal, entry.usual, amounts, self._terms):
                self._tell(number, refusal.field, refusal, kept=False)
                refused.add(refusal.field)
        elif self._kind == "products" and amounts:
            for refusal in deal_rows.cost(entry.price, amounts["price"], self._terms):
                self._tell(number, "price", refusal, kept=False)
                refused.add("price")
        for name, called in self._names(entry).items():
            if not self._totals and str(called).casefold() in _TOTALS:
                self.problems.append(Problem(number, self._column(name), "import.reason.total"))
                return None
        for name, there in self._needed(entry).items():
            if not there and name not in refused:
                self._tell(number, name, FieldError("field.required", name), kept=False)
                refused.add(name)
        return None if refused else entry

    def _needed(self, entry: Entry) -> dict[str, Value]:
        """What a row must say, by target."""
        name = MAIN[self._kind]
        if self._kind == SALES:
            told = {"dated": entry.sale.get("dated"), "customer": entry.customer.get("name")}
            return {name: "amount" if "amount" in entry.amounts else "", **told}
        if self._kind in MONEY:
            owner = entry.customer.get("name")
            if self._kind == "payments":
                owner = owner or entry.receivable.get("number")
            return {name: "amount" if "amount" in entry.amounts else "", "customer": owner}
        needed = {name: self._main(entry).get(name)}
        if self._kind == "deals":
            needed["customer"] = entry.customer.get("name")
        return needed

    def _names(self, entry: Entry) -> dict[str, Value]:
        """Where a row that sums up others says so."""
        if self._kind in MONEY:
            return {
                "customer": entry.customer.get("name", ""),
                "number": entry.receivable.get("number", ""),
            }
        if self._kind == SALES:
            return {"customer": entry.customer.get("name", "")}
        name = MAIN[self._kind]
        return {name: self._main(entry).get(name, "")}

    def _main(self, entry: Entry) -> dict[str, Value]:
        found: dict[str, Value] = getattr(entry, self._kind.removesuffix("s"))
        return found

    def _settle(self, entry: Entry, notes: list[str]) -> None:
        """Finds a place for what has none of its own."""
        if self._kind == "customers" and not entry.contact.get("name"):
            self._without_person(entry, notes)
        main = self._main(entry)
        if notes:
            note = "\n".join(filter(None, (str(main.get("note", "")), *notes)))
            main["note"] = note[:_NOTE_LIMIT]

    def _without_person(self, entry: Entry, notes: list[str]) -> None:
        """A number beside an empty name is the customer's own."""
        numbers = [str(entry.contact.pop(name)) for name in _PHONES if entry.contact.get(name)]
        own = str(entry.customer.get("phone", ""))
        joined = values.with_phones(own, numbers)
        if len(joined) <= fields(Customer)["phone"].max_length:
            entry.customer["phone"] = joined
            entry.loose = not own and bool(joined)
        else:
            notes.extend(numbers)
        notes.extend(
            f"{self._column(PERSON + name)}：{value}"
            for name, value in entry.contact.items()
            if value and name not in ("birthday_calendar", "birthday_leap")
        )
        entry.contact = {}

    def _tags(self, number: int, text: str, notes: list[str]) -> list[str]:
        limit = fields(Tag)["name"].max_length
        found = values.tags(text)
        for long in (tag for tag in found if len(tag) > limit):
            problem = Unfit("field.too_long", limit=limit, length=len(long))
            self._tell(number, "tags", problem, kept=True)
            notes.append(f"{self._column('tags')}：{long}")
        return [tag for tag in found if len(tag) <= limit]

    def _tell(self, row: int, name: str, problem: FieldError | Unfit, *, kept: bool) -> None:
        self.problems.append(
            Problem(row, self._column(name), problem.code, dict(problem.params), kept, kept)
        )

    def _column(self, name: str) -> str:
        index = self._chosen.column(name)
        return name if index is None else self._columns[index]


@dataclass(frozen=True, slots=True)
class _Target:
    spec: Field
    spot: str
    convert: Callable[[str], Any]
