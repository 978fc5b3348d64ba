"""Decides what an import does: which rows add a record, which change one, which do neither."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import fields
from fieldsales.domain.portfolio import IMPORTANCE
from fieldsales.services.importing.conversion import Entry
from fieldsales.services.importing.converters import Value
from fieldsales.services.importing.deal_plan import Deals
from fieldsales.services.importing.money_plan import Payments, Receivables
from fieldsales.services.importing.planner import (
    Index,
    Insert,
    Plan,
    Planner,
    Question,
    customers_by_name,
    name_key,
)
from fieldsales.services.importing.product_plan import Products
from fieldsales.services.importing.sale_plan import Sales
from fieldsales.services.importing.values import phone_keys, with_phones
from fieldsales.store.beside import beside
from fieldsales.store.database import Store
from fieldsales.store.queries import existing

MATCHES = {
    "customers": ("name", "phone", "own_id"),
    "contacts": ("name", "phone", "email"),
    "deals": ("title",),  # at the same customer
    "products": ("name", "code"),
    "receivables": ("number",),  # at the same customer
    "payments": ("received_on",),  # by the same customer, for the same, the same amount
    "sales": ("dated",),  # to the same customer, of the same product, the same amount
}
_BATCH = 1000  # entries whose records are written at once
_PHONE_LIMIT = fields(Customer)["phone"].max_length


def make(
    store: Store, question: Question, entries: Iterable[Entry], insert: Insert | None = None
) -> Plan:
    """What importing these entries into the file as it is now would do.

    An empty cell erases nothing, a note is added to the one there is. A row that fits several
    records is a problem. What is to be added is handed to `insert` while the entries go by, as a
    noun and records with their ids, so that a long file is never in memory; without it nothing is
    written.
    """
    planner = _PLANNERS[question.kind](store, question)
    rest = iter(entries)
    batch = list(islice(rest, _BATCH))
    while batch:
        for entry in batch:
            planner.take(entry)
        with beside(lambda: planner.let_go(insert)):  # while the next ones are read
            batch = list(islice(rest, _BATCH))
    return planner.plan


def _keys(field_name: str, values: Mapping[str, Value]) -> list[str]:
    if field_name == "phone":
        texts = (str(values.get(name, "") or "") for name in ("mobile", "phone"))
        return [key for text in texts for key in phone_keys(text)]
    key = name_key(values.get(field_name, "") or "")
    return [key] if key else []


class _Customers(Planner):
    """Rows that are customers, each perhaps with a person."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._index: Index[str] = Index()
        if self._match == "name":
            self._index = customers_by_name(store)
        elif self._match is not None:
            for row_id, value in existing.customers_by(store, self._match):
                for key in _keys(self._match, {self._match: value}):
                    self._index.add(key, row_id)

    def take(self, entry: Entry) -> None:
        importance = str(entry.customer.pop(IMPORTANCE, ""))
        keys = _keys(self._match, entry.customer) if self._match else []
        found = {row_id for key in keys for row_id in self._index.get(key)}
        if len(found) > 1:
            self._several(entry)
            return
        if found:
            customer_id = found.pop()
            if not self._meet(customer_id, self.plan.customers):
                return
            if entry.loose:
                self._add_phone(customer_id, entry)
            self._keep_name(customer_id, entry.customer)
            changed = self._customers.change(customer_id, entry.customer)
        else:
            customer_id = self._customers.add(entry.customer)
            self._met.add(customer_id)
            changed = True
            for key in keys:
                self._index.add(key, customer_id)
        changed |= self._tag(customer_id, entry.tags)
        changed |= self._pin(customer_id, importance)
        changed |= bool(entry.contact) and self._person(customer_id, entry.contact)
        self.plan.unchanged += not changed

    def _add_phone(self, customer_id: str, entry: Entry) -> None:
        """A number beside a person without a name does not replace the customer's own."""
        number = str(entry.customer.pop("phone"))
        both = with_phones(str(self._customers.value(customer_id, "phone")), number.split(" / "))
        if len(both) <= _PHONE_LIMIT:
            entry.customer["phone"] = both
        else:
            note = (str(entry.customer.get("note", "")), number)
            entry.customer["note"] = "\n".join(filter(None, note))

    def _tag(self, customer_id: str, tags: list[str]) -> bool:
        if not tags:
            return False
        there = self.plan.taggings.get(customer_id, [])
        known = set(there)
        if customer_id not in self.plan.customers:
            known |= existing.tags_of(self._store, customer_id)
        new = [tag for tag in tags if tag not in known]
        if new:
            self.plan.taggings[customer_id] = there + new
        return bool(new)

    def _pin(self, customer_id: str, code: str) -> bool:
        """What a file says of the importance is held by hand: the rule may say otherwise (M06)."""
        held = self.plan.pins.get(customer_id, "")
        if code and not held and customer_id not in self.plan.customers:
            held = existing.importance_held(self._store, customer_id)
        if code in ("", held):
            return False
        self.plan.pins[customer_id] = code
        return True

    def _person(self, customer_id: str, values: dict[str, Value]) -> bool:
        self._look_at_people(customer_id)
        key = customer_id, name_key(values["name"])
        if key in self._people:
            self._keep_name(self._people[key], values)
            return self._contacts.change(self._people[key], values)
        values["customer_id"] = customer_id
        self._people[key] = self._contacts.add(values)
        return True


class _People(Planner):
    """Rows that are people, each perhaps with the name of where they work."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        match = self._match
        self._index: Index[tuple[str, str | None]] = Index()
        self._firms = customers_by_name(store)
        columns = ("mobile", "phone") if match == "phone" else (match,) if match else ()
        for column in columns:
            for row_id, customer_id, value in existing.contacts_by(store, column):
                for key in _keys(match or column, {column: value}):
                    self._index.add(key, (row_id, customer_id))
        if match == "name":
            for row_id, customer_id, name in existing.merged_names(store, "contact"):
                there = self._index.get(name_key(name))
                if customer_id not in {firm for _, firm in there}:
                    self._index.add(name_key(name), (row_id, customer_id))

    def take(self, entry: Entry) -> None:
        firm = name_key(entry.customer.get("name", "") or "")
        firms = self._firms.get(firm) if firm else []
        keys = _keys(self._match, entry.contact) if self._match else []
        found = {pair for key in keys for pair in self._index.get(key)}
        if self._match == "name" and firm:
            # the same name elsewhere is another person; one without a firm may now have found it
            found = {pair for pair in found if pair[1] in {*firms, None}}
        if len({row_id for row_id, _ in found}) > 1 or (len(firms) > 1 and not found):
            self._several(entry)
            return
        if found and not self._meet(next(iter(found))[0], self.plan.contacts):
            return
        customer_id = firms[0] if firms else None
        if firm and not firms:
            customer_id = self._customers.add({"name": entry.customer["name"]})
            self._firms.add(firm, customer_id)
        values = entry.contact
        if customer_id is not None and not (found and len(firms) > 1):
            values["customer_id"] = customer_id
        if found:
            row_id, _ = found.pop()
            self._keep_name(row_id, values)
            changed = self._contacts.change(row_id, values)
            self.plan.unchanged += not changed
            return
        row_id = self._contacts.add(values)
        self._met.add(row_id)
        for key in keys:
            self._index.add(key, (row_id, customer_id))


_PLANNERS: dict[str, type[Planner]] = {
    "customers": _Customers,
    "contacts": _People,
    "deals": Deals,
    "products": Products,
    "receivables": Receivables,
    "payments": Payments,
    "sales": Sales,
}
