"""Decides what an import does: which rows add a record, which change one, which do neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import fields
from fieldsales.domain.ids import new_id
from fieldsales.services.importing.conversion import Entry, Problem, Value
from fieldsales.services.importing.values import phone_keys, phones_among, with_phones
from fieldsales.store.database import Store
from fieldsales.store.queries import existing
from fieldsales.store.queries.pipelines import pipelines
from fieldsales.store.search.folding import fold

MATCHES = {
    "customers": ("name", "phone", "own_id"),
    "contacts": ("name", "phone", "email"),
    "deals": ("title",),  # at the same customer
}
Insert = Callable[[str, Sequence[Mapping[str, Value]]], None]
_T = TypeVar("_T")
_BATCH = 1000  # records written at once
_NOTE_LIMIT = fields(Customer)["note"].max_length
_PHONE_LIMIT = fields(Customer)["phone"].max_length
_PHONES = ("phone", "mobile")


@dataclass(slots=True)
class Plan:
    """Ids of records added, values to set by id; `taggings` are tags to put on customers.

    Among the changes may be some of records added. `unchanged` and `repeated` count rows. `stages`
    are those to which deals shall move that are there.
    """

    customers: set[str] = field(default_factory=set)
    contacts: set[str] = field(default_factory=set)
    customer_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    contact_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    taggings: dict[str, list[str]] = field(default_factory=dict)
    deals: set[str] = field(default_factory=set)
    deal_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    deal_taggings: dict[str, list[str]] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    repeated: int = 0

    @property
    def changed_customers(self) -> int:
        """How many known customers get another value or tag."""
        return len((self.customer_changes.keys() | self.taggings.keys()) - self.customers)

    @property
    def changed_contacts(self) -> int:
        """How many known people get another value."""
        return len(self.contact_changes.keys() - self.contacts)

    @property
    def changed_deals(self) -> int:
        """How many known deals get another value, tag or stage."""
        touched = self.deal_changes.keys() | self.deal_taggings.keys() | self.stages.keys()
        return len(touched - self.deals)


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
    for entry in entries:
        planner.take(entry)
        if planner.waiting >= _BATCH:
            planner.let_go(insert)
    planner.let_go(insert)
    return planner.plan


class _Index(Generic[_T]):
    """Which records have a key; nearly always one, so a list is kept only for further ones."""

    def __init__(self) -> None:
        self._first: dict[str, _T] = {}
        self._more: dict[str, list[_T]] = {}

    def add(self, key: str, value: _T) -> None:
        if key in self._first:
            self._more.setdefault(key, []).append(value)
        else:
            self._first[key] = value

    def get(self, key: str) -> list[_T]:
        if key not in self._first:
            return []
        return [self._first[key], *self._more.get(key, ())]


class _Planner:
    """What planning customers, people and deals has in common."""

    def __init__(self, store: Store, question: Question) -> None:
        self.plan = Plan()
        self._store = store
        self._match = question.match
        self._column = question.column
        self._update = question.update
        self._met: set[str] = set()  # records of which a row has spoken
        self._customers = _Known(store, Customer, self.plan.customers, self.plan.customer_changes)
        self._contacts = _Known(store, Contact, self.plan.contacts, self.plan.contact_changes)
        self._people: dict[tuple[str, str], str] = {}  # by customer and name
        self._looked_at: set[str] = set()  # customers whose people are in there

    @property
    def waiting(self) -> int:
        """How many records wait to be written."""
        return len(self._customers.pending) + len(self._contacts.pending)

    def let_go(self, insert: Insert | None) -> None:
        """Has what waits written; customers first, people refer to them."""
        for noun, known in (("customer", self._customers), ("contact", self._contacts)):
            if insert is not None and known.pending:
                insert(noun, [{**values, "id": id_} for id_, values in known.pending.items()])
            known.pending.clear()

    def take(self, entry: Entry) -> None:
        raise NotImplementedError

    def _several(self, entry: Entry) -> None:
        problem = Problem(entry.row, self._column, "import.reason.several")
        self.plan.problems.append(problem)

    def _meet(self, row_id: str, added: set[str]) -> bool:
        """Counts a row that speaks of a known record; whether the row may change it."""
        if row_id in self._met:
            self.plan.repeated += 1
        self._met.add(row_id)
        if self._update or row_id in added:
            return True
        self.plan.unchanged += 1
        return False

    def _look_at_people(self, customer_id: str) -> None:
        """Gets to know the people at a customer that was there before."""
        if customer_id not in self.plan.customers and customer_id not in self._looked_at:
            self._looked_at.add(customer_id)
            for row_id, name in existing.people_of(self._store, customer_id):
                self._people[customer_id, name_key(name)] = row_id


class _Customers(_Planner):
    """Rows that are customers, each perhaps with a person."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._index: _Index[str] = _Index()
        if self._match is not None:
            for row_id, value in existing.customers_by(store, self._match):
                for key in _keys(self._match, {self._match: value}):
                    self._index.add(key, row_id)

    def take(self, entry: Entry) -> None:
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
            changed = self._customers.change(customer_id, entry.customer)
        else:
            customer_id = self._customers.add(entry.customer)
            self._met.add(customer_id)
            changed = True
            for key in keys:
                self._index.add(key, customer_id)
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
        self._look_at_people(customer_id)
        key = customer_id, name_key(values["name"])
        if key in self._people:
            return self._contacts.change(self._people[key], values)
        values["customer_id"] = customer_id
        self._people[key] = self._contacts.add(values)
        return True


class _People(_Planner):
    """Rows that are people, each perhaps with the name of where they work."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        match = self._match
        self._index: _Index[tuple[str, str | None]] = _Index()
        self._firms: _Index[str] = _Index()
        for row_id, value in existing.customers_by(store, "name"):
            self._firms.add(name_key(value), row_id)
        columns = ("mobile", "phone") if match == "phone" else (match,) if match else ()
        for column in columns:
            for row_id, customer_id, value in existing.contacts_by(store, column):
                for key in _keys(match or column, {column: value}):
                    self._index.add(key, (row_id, customer_id))

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
            changed = self._contacts.change(row_id, values)
            self.plan.unchanged += not changed
            return
        row_id = self._contacts.add(values)
        self._met.add(row_id)
        for key in keys:
            self._index.add(key, (row_id, customer_id))


class _Deals(_Planner):
    """Rows that are deals, each of a customer that is known or comes with it."""

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._deals = _Known(store, Deal, self.plan.deals, self.plan.deal_changes)
        self._begun: list[dict[str, Value]] = []  # history of deals that begin further down
        self._pipelines = pipelines(store)
        self._now = store.clock.stamp()
        self._firms: _Index[str] = _Index()
        for row_id, name in existing.customers_by(store, "name"):
            self._firms.add(name_key(name), row_id)
        self._index: _Index[str] = _Index()
        if self._match is not None:
            for row_id, customer_id, title in existing.deals(store):
                self._index.add(f"{customer_id} {name_key(title)}", row_id)

    @property
    def waiting(self) -> int:
        return super().waiting + len(self._deals.pending)

    def let_go(self, insert: Insert | None) -> None:
        super().let_go(insert)
        if insert is not None and self._deals.pending:
            deals = self._deals.pending.items()
            insert("deal", [{**values, "id": row_id} for row_id, values in deals])
            insert("stage_change", self._begun)
        self._deals.pending.clear()
        self._begun.clear()

    def take(self, entry: Entry) -> None:
        firm, title = name_key(entry.customer["name"]), name_key(entry.deal["title"])
        firms = self._firms.get(firm)
        found = [row_id for one in firms for row_id in self._index.get(f"{one} {title}")]
        if len(found) > 1 or (len(firms) > 1 and not found):
            self._several(entry)
        elif found:
            if self._meet(found[0], self.plan.deals):
                changed = self._change(found[0], entry)
                changed |= self._tag(found[0], entry.tags)
                self.plan.unchanged += not changed
        else:
            customer_id = firms[0] if firms else self._customers.add(entry.customer)
            if not firms:
                self._firms.add(firm, customer_id)
            row_id = self._begin(customer_id, entry)
            self._tag(row_id, entry.tags)
            if self._match is not None:
                self._index.add(f"{customer_id} {title}", row_id)

    def _begin(self, customer_id: str, entry: Entry) -> str:
        """Adds a deal at the stage the row names, or at the beginning of the first pipeline."""
        first = self._pipelines.live[0].id
        named = self._pipelines.stage(str(entry.deal.get("stage") or ""))
        stage = named or self._pipelines.open_stages(first)[0]
        place = {"stage": stage.id, "pipeline_id": stage.pipeline_id or first}
        values = {**entry.usual, **entry.deal, **place, "customer_id": customer_id}
        row_id = self._deals.add(values)
        self._met.add(row_id)
        if named is not None:
            change = {"deal_id": row_id, "to_stage": stage.id, "at": self._now, "cause": "import"}
            self._begun.append({**change, "id": new_id()})
        return row_id

    def _change(self, row_id: str, entry: Entry) -> bool:
        """Sets what differs; a stage is not set, but moved to."""
        known = {name: self._deals.value(row_id, name) for name in entry.usual}
        new = {name: entry.usual[name] for name, value in known.items() if not value}
        stage = entry.deal.pop("stage", None)
        moves = bool(stage) and stage != self._deals.value(row_id, "stage")
        if moves:
            self.plan.stages[row_id] = str(stage)
        return self._deals.change(row_id, {**new, **entry.deal}) or moves

    def _tag(self, row_id: str, tags: list[str]) -> bool:
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
    """The records of one noun, those of the file and those this import adds.

    `pending` are additions that wait to be written; then they are in the file like all others,
    unless this is a rehearsal, which forgets what they hold.
    """

    def __init__(
        self,
        store: Store,
        noun: type[Customer] | type[Contact] | type[Deal],
        added: set[str],
        changes: dict[str, dict[str, Value]],
    ) -> None:
        self.pending: dict[str, dict[str, Value]] = {}
        self._store = store
        self._noun = noun
        self._added = added
        self._changes = changes

    def add(self, values: dict[str, Value]) -> str:
        """Takes the values over, without a copy: there may be many."""
        row_id = new_id()
        self._added.add(row_id)
        self.pending[row_id] = values
        return row_id

    def value(self, row_id: str, name: str) -> Value:
        """What a field of a record holds, as far as this import has come."""
        for known in (self.pending, self._changes):
            if name in known.get(row_id, {}):
                return known[row_id][name]
        record = None if row_id in self.pending else self._store.record(self._noun, row_id)
        value: Value = getattr(record or self._noun(), name)
        return value

    def change(self, row_id: str, values: Mapping[str, Value]) -> bool:
        """Sets what differs; whether anything did, or the record is new anyway."""
        if row_id in self.pending:
            _merge(self.pending[row_id], values, self.pending[row_id].get)
            return True
        record = self._store.record(self._noun, row_id)
        if record is None:
            return True
        pending = self._changes.get(row_id, {})
        merged = dict(pending)
        if not _merge(merged, values, lambda name: pending.get(name, getattr(record, name))):
            return row_id in self._added
        # an earlier row of this file may have said otherwise, and this one takes it back
        changes = {name: value for name, value in merged.items() if value != getattr(record, name)}
        self._changes[row_id] = changes
        if not changes:
            del self._changes[row_id]
        return bool(changes) or row_id in self._added


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
