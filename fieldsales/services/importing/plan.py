"""Decides what an import does: which rows add a record, which change one, which do neither."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import fields
from fieldsales.domain.ids import new_id
from fieldsales.services.importing.conversion import Entry, Problem, Value
from fieldsales.services.importing.sheet import Watch
from fieldsales.services.importing.values import phone_keys, phones_among, with_phones
from fieldsales.store.database import Store
from fieldsales.store.queries import existing
from fieldsales.store.search.folding import fold

MATCHES = {
    "customers": ("name", "phone", "own_id"),
    "contacts": ("name", "phone", "email"),
    "deals": ("title",),  # at the same customer
}
_STEP = 500
_NOTE_LIMIT = fields(Customer)["note"].max_length
_PHONE_LIMIT = fields(Customer)["phone"].max_length
_PHONES = ("phone", "mobile")


@dataclass(slots=True)
class Plan:
    """Records to add and values to set, by id; `taggings` are tags to put on customers.

    `unchanged` and `repeated` count rows. `stages` are those that known deals shall move to.
    """

    customers: dict[str, dict[str, Value]] = field(default_factory=dict)
    contacts: dict[str, dict[str, Value]] = field(default_factory=dict)
    customer_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    contact_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    taggings: dict[str, list[str]] = field(default_factory=dict)
    deals: dict[str, dict[str, Value]] = field(default_factory=dict)
    deal_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    deal_taggings: dict[str, list[str]] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    repeated: int = 0

    @property
    def changed_customers(self) -> int:
        """Known customers that get another value or tag."""
        return len(self.customer_changes.keys() | (self.taggings.keys() - self.customers.keys()))

    @property
    def changed_deals(self) -> int:
        """Known deals that get another value, tag or stage."""
        touched = self.deal_changes.keys() | self.deal_taggings.keys() | self.stages.keys()
        return len(touched - self.deals.keys())


@dataclass(frozen=True, slots=True)
class Question:
    """What rows are: their kind, and by what they are recognised (None: every row is new), which
    stands in `column` of the file. Without `update` a record that is there stays as it is.
    """

    kind: str
    match: str | None
    column: str
    update: bool = True


def name_key(text: object) -> str:
    """What a name is recognised by: width, case, script and blanks do not matter."""
    return "".join(fold(str(text)).split())


def _keys(field_name: str, values: Mapping[str, Value]) -> list[str]:
    if field_name == "phone":
        texts = (str(values.get(name, "") or "") for name in ("mobile", "phone"))
        return [key for text in texts for key in phone_keys(text)]
    key = name_key(values.get(field_name, "") or "")
    return [key] if key else []


def make(store: Store, question: Question, entries: Sequence[Entry], watch: Watch) -> Plan:
    """What importing these entries into the file as it is now would do.

    An empty cell erases nothing, a note is added to the one there is. A row that fits several
    records is a problem.
    """
    planner = _PLANNERS[question.kind](store, question)
    for done, entry in enumerate(entries):
        if done % _STEP == 0:
            watch(done, len(entries))
        planner.take(entry)
    return planner.plan


class _Planner:
    """What planning customers and people have in common."""

    def __init__(self, store: Store, question: Question) -> None:
        self.plan = Plan()
        self._store = store
        self._match = question.match
        self._column = question.column
        self._update = question.update
        self._met: set[str] = set()  # records of which a row has spoken
        self._customers = _Known(store, Customer, self.plan.customers, self.plan.customer_changes)
        self._contacts = _Known(store, Contact, self.plan.contacts, self.plan.contact_changes)
        self._people: dict[str, dict[str, str]] = {}

    def take(self, entry: Entry) -> None:
        raise NotImplementedError

    def _several(self, entry: Entry) -> None:
        problem = Problem(entry.row, self._column, "import.reason.several")
        self.plan.problems.append(problem)

    def _meet(self, row_id: str, added: Mapping[str, object]) -> bool:
        """Counts a row that speaks of a known record; whether the row may change it."""
        if row_id in self._met:
            self.plan.repeated += 1
        self._met.add(row_id)
        if self._update or row_id in added:
            return True
        self.plan.unchanged += 1
        return False

    def _people_at(self, customer_id: str) -> dict[str, str]:
        """Name -> id of the people at a customer, those of this import included."""
        known = self._people.get(customer_id)
        if known is None:
            rows = (
                []
                if customer_id in self.plan.customers
                else existing.people_of(self._store, customer_id)
            )
            known = self._people[customer_id] = {name_key(name): row_id for row_id, name in rows}
        return known


class _Customers(_Planner):
    """Rows that are customers, each perhaps with a person."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._index: dict[str, list[str]] = defaultdict(list)
        if self._match is not None:
            for row_id, value in existing.customers_by(store, self._match):
                for key in _keys(self._match, {self._match: value}):
                    self._index[key].append(row_id)

    def take(self, entry: Entry) -> None:
        keys = _keys(self._match, entry.customer) if self._match else []
        found = {row_id for key in keys for row_id in self._index.get(key, ())}
        if len(found) > 1:
            self._several(entry)
            return
        if found:
            customer_id = found.pop()
            if not self._meet(customer_id, self.plan.customers):
                return
            if entry.loose:
                self._add_phone(customer_id, entry)
            changed = self._customers.change(customer_id, entry.customer)
        else:
            customer_id = self._customers.add(entry.customer)
            self._met.add(customer_id)
            changed = True
            for key in keys:
                self._index[key].append(customer_id)
        changed |= self._tag(customer_id, entry.tags)
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

    def _person(self, customer_id: str, values: dict[str, Value]) -> bool:
        people = self._people_at(customer_id)
        key = name_key(values["name"])
        if key in people:
            return self._contacts.change(people[key], values)
        values["customer_id"] = customer_id
        people[key] = self._contacts.add(values)
        return True


class _People(_Planner):
    """Rows that are people, each perhaps with the name of where they work."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        match = self._match
        self._index: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
        self._firms: dict[str, list[str]] = defaultdict(list)
        for row_id, value in existing.customers_by(store, "name"):
            self._firms[name_key(value)].append(row_id)
        columns = ("mobile", "phone") if match == "phone" else (match,) if match else ()
        for column in columns:
            for row_id, customer_id, value in existing.contacts_by(store, column):
                for key in _keys(match or column, {column: value}):
                    self._index[key].append((row_id, customer_id))

    def take(self, entry: Entry) -> None:
        firm = name_key(entry.customer.get("name", "") or "")
        firms = self._firms.get(firm, []) if firm else []
        keys = _keys(self._match, entry.contact) if self._match else []
        found = {pair for key in keys for pair in self._index.get(key, ())}
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
            self._firms[firm] = [customer_id]
        values = entry.contact
        if customer_id is not None and not (found and len(firms) > 1):
            values["customer_id"] = customer_id
        if found:
            row_id, _ = found.pop()
            changed = self._contacts.change(row_id, values)
            self.plan.unchanged += not changed
            return
        row_id = self._contacts.add(values)
        self._met.add(row_id)
        for key in keys:
            self._index[key].append((row_id, customer_id))


class _Deals(_Planner):
    """Rows that are deals, each of a customer that is known or comes with it."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._deals = _Known(store, Deal, self.plan.deals, self.plan.deal_changes)
        self._firms: dict[str, list[str]] = defaultdict(list)
        for row_id, name in existing.customers_by(store, "name"):
            self._firms[name_key(name)].append(row_id)
        self._index: dict[tuple[str, str], list[str]] = defaultdict(list)
        if self._match is not None:
            for row_id, customer_id, title in existing.deals(store):
                self._index[customer_id, name_key(title)].append(row_id)

    def take(self, entry: Entry) -> None:
        firm, values = name_key(entry.customer["name"]), entry.deal
        firms = self._firms.get(firm, [])
        key = name_key(values["title"])
        found = [row_id for one in firms for row_id in self._index.get((one, key), ())]
        if len(found) > 1 or (len(firms) > 1 and not found):
            self._several(entry)
            return
        if found and not self._meet(found[0], self.plan.deals):
            return
        if found:
            known = {name: self._deals.value(found[0], name) for name in entry.usual}
            new = {name: entry.usual[name] for name, value in known.items() if not value}
            changed = self._change(found[0], {**new, **values})
            changed |= self._tag_deal(found[0], entry.tags)
            self.plan.unchanged += not changed
            return
        if not firms:
            self._firms[firm] = firms = [self._customers.add({"name": entry.customer["name"]})]
        row_id = self._deals.add({**entry.usual, **values, "customer_id": firms[0]})
        self._met.add(row_id)
        self._tag_deal(row_id, entry.tags)
        if self._match is not None:
            self._index[firms[0], key].append(row_id)

    def _change(self, row_id: str, values: dict[str, Value]) -> bool:
        """Sets what differs; a stage is not set, but moved to."""
        if row_id in self.plan.deals:
            return self._deals.change(row_id, values)
        stage = values.pop("stage", None)
        moved = bool(stage) and stage != self._deals.value(row_id, "stage")
        if moved:
            self.plan.stages[row_id] = str(stage)
        return self._deals.change(row_id, values) or moved

    def _tag_deal(self, row_id: str, tags: list[str]) -> bool:
        there = self.plan.deal_taggings.get(row_id, [])
        known = set(there)
        if tags and row_id not in self.plan.deals:
            known |= existing.tags_of_deal(self._store, row_id)
        new = [tag for tag in tags if tag not in known]
        if new:
            self.plan.deal_taggings[row_id] = there + new
        return bool(new)


_PLANNERS: dict[str, type[_Planner]] = {
    "customers": _Customers,
    "contacts": _People,
    "deals": _Deals,
}


class _Known:
    """The records of one noun, those of the file and those this import adds."""

    def __init__(
        self,
        store: Store,
        noun: type[Customer] | type[Contact] | type[Deal],
        added: dict[str, dict[str, Value]],
        changes: dict[str, dict[str, Value]],
    ) -> None:
        self._store = store
        self._noun = noun
        self._added = added
        self._changes = changes

    def add(self, values: dict[str, Value]) -> str:
        """Takes the values over, without a copy: there may be many."""
        row_id = new_id()
        self._added[row_id] = values
        return row_id

    def value(self, row_id: str, name: str) -> Value:
        """What a field of a record holds, as far as this import has come."""
        for known in (self._added, self._changes):
            if name in known.get(row_id, {}):
                return known[row_id][name]
        record = None if row_id in self._added else self._store.record(self._noun, row_id)
        value: Value = getattr(record or self._noun(), name)
        return value

    def change(self, row_id: str, values: Mapping[str, Value]) -> bool:
        """Sets what differs; whether anything did."""
        if row_id in self._added:
            return _merge(self._added[row_id], values, self._added[row_id].get)
        record = self._store.record(self._noun, row_id)
        pending = self._changes.get(row_id, {})
        merged = dict(pending)
        if not _merge(merged, values, lambda name: pending.get(name, getattr(record, name))):
            return False
        # an earlier row of this file may have said otherwise, and this one takes it back
        changes = {name: value for name, value in merged.items() if value != getattr(record, name)}
        self._changes[row_id] = changes
        if not changes:
            del self._changes[row_id]
        return bool(changes)


def _merge(
    into: dict[str, Value], values: Mapping[str, Value], current: Callable[[str], Value]
) -> bool:
    changed = False
    for name, value in values.items():
        old = current(name)
        if value in ("", None) or value == old:
            continue
        if name in _PHONES and phones_among(str(value), str(old or "")):
            continue
        if name != "note" or not old:
            into[name] = value
        elif str(value) in str(old):
            continue
        else:
            into[name] = f"{old}\n{value}"[:_NOTE_LIMIT]
        changed = True
    return changed
