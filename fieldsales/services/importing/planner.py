"""What every plan of an import is made with: the plan, and records there and to come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.money.receivable import Receivable
from fieldsales.domain.product import Product
from fieldsales.services.importing.conversion import Entry, Problem
from fieldsales.services.importing.converters import Value
from fieldsales.services.importing.mapping import MAIN
from fieldsales.services.importing.values import phones_among
from fieldsales.store.database import Store
from fieldsales.store.queries import existing
from fieldsales.store.search.folding import fold

Insert = Callable[[str, Sequence[Mapping[str, Value]]], None]
_T = TypeVar("_T")
_NOTE_LIMIT = fields(Customer)["note"].max_length
_PHONES = ("phone", "mobile")


@dataclass(slots=True)
class Plan:
    """Ids of records added, values to set by id; `taggings` are tags to put on customers,
    `pins` the importance to hold by hand of theirs.

    Among the changes may be some of records added. `unchanged` and `repeated` count rows. `stages`
    are those to which deals shall move that are there; `prices` those that products get today;
    `paid` are receivables that were there and of which more is paid now. Of `sales`, of which there
    may be a million, the number is enough.
    """

    customers: set[str] = field(default_factory=set)
    contacts: set[str] = field(default_factory=set)
    customer_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    contact_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    taggings: dict[str, list[str]] = field(default_factory=dict)
    pins: dict[str, str] = field(default_factory=dict)
    deals: set[str] = field(default_factory=set)
    deal_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    deal_taggings: dict[str, list[str]] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    products: set[str] = field(default_factory=set)
    product_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    prices: dict[str, dict[str, Value]] = field(default_factory=dict)
    receivables: set[str] = field(default_factory=set)
    receivable_changes: dict[str, dict[str, Value]] = field(default_factory=dict)
    payments: set[str] = field(default_factory=set)
    paid: set[str] = field(default_factory=set)
    sales: int = 0
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    repeated: int = 0

    def tally(self) -> Tally:
        """What is left to tell when it is carried out: not the ids, of which there may be many."""
        changed = {
            "customers": (self.customer_changes.keys() | self.taggings.keys() | self.pins.keys())
            - self.customers,
            "contacts": self.contact_changes.keys() - self.contacts,
            "deals": (self.deal_changes.keys() | self.deal_taggings.keys() | self.stages.keys())
            - self.deals,
            "products": (self.product_changes.keys() | self.prices.keys()) - self.products,
            "receivables": (self.receivable_changes.keys() | self.paid) - self.receivables,
            "payments": set(),
        }
        return Tally(
            {kind: len(getattr(self, kind)) for kind in changed} | {"sales": self.sales},
            {kind: len(ids) for kind, ids in changed.items()} | {"sales": 0},
            self.unchanged,
            self.repeated,
            tuple(self.problems),
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records a plan adds, and of how many known ones it changes a value, tag, stage or
    price, by kind; what else it counted, and its problems.
    """

    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: int
    repeated: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What rows are: their kind, and by what they are recognised (None: every row is new);
    `columns` of the file by the field they fill. Without `update` a record that is there stays as
    it is. Of money, `keep_rest` makes what is paid too much the customer's balance, and without
    `newcomers` only customers that are known owe or pay. `because` is why a class that the file
    names is held against its rule.
    """

    kind: str
    match: str | None
    columns: Mapping[str, str] = field(default_factory=dict)
    update: bool = True
    keep_rest: bool = False
    newcomers: bool = True
    because: str = ""

    def column(self, name: str) -> str:
        return self.columns.get(name, "")


@lru_cache(maxsize=5_000)  # names return from row to row
def name_key(text: object) -> str:
    """What a name is recognised by: width, case, script and blanks do not matter."""
    return "".join(fold(str(text)).split())


class Index(Generic[_T]):
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


def customers_by_name(store: Store) -> Index[str]:
    """Ids of customers by the key of their name, or of one they had before a merge."""
    index: Index[str] = Index()
    for row_id, name in existing.customers_by(store, "name"):
        index.add(name_key(name), row_id)
    for row_id, _, name in existing.merged_names(store, "customer"):
        if not index.get(name_key(name)):
            index.add(name_key(name), row_id)
    return index


class Planner:
    """What planning customers, people and deals has in common."""

    def __init__(self, store: Store, question: Question) -> None:
        self.plan = Plan()
        self._store = store
        self._match = question.match
        self._question = question
        self._update = question.update
        self._met: set[str] = set()  # records of which a row has spoken
        self._customers = Known(store, Customer, self.plan.customers, self.plan.customer_changes)
        self._contacts = Known(store, Contact, self.plan.contacts, self.plan.contact_changes)
        self._people: dict[tuple[str, str], str] = {}  # by customer and name
        self._looked_at: set[str] = set()  # customers whose people are in there
        self._old = {  # names that stand for another record since a merge
            (row_id, name_key(name))
            for noun in ("customer", "contact")
            for row_id, _, name in existing.merged_names(store, noun)
        }

    def let_go(self, insert: Insert | None) -> None:
        """Has what waits written; customers first, people refer to them."""
        for noun, known in (("customer", self._customers), ("contact", self._contacts)):
            if insert is not None and known.pending:
                insert(noun, [{**values, "id": id_} for id_, values in known.pending.items()])
            known.pending.clear()

    def take(self, entry: Entry) -> None:
        raise NotImplementedError

    def _several(self, entry: Entry) -> None:
        name = self._match or MAIN[self._question.kind]
        problem = Problem(entry.row, self._question.column(name), "import.reason.several")
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

    def _keep_name(self, row_id: str, values: dict[str, Value]) -> None:
        """A record that is found by a name from before a merge keeps the one it has."""
        if self._old and (row_id, name_key(values.get("name") or "")) in self._old:
            values.pop("name", None)

    def _look_at_people(self, customer_id: str) -> None:
        """Gets to know the people at a customer that was there before."""
        if customer_id not in self.plan.customers and customer_id not in self._looked_at:
            self._looked_at.add(customer_id)
            for row_id, whose, name in existing.merged_names(self._store, "contact"):
                if whose == customer_id:
                    self._people[customer_id, name_key(name)] = row_id
            for row_id, name in existing.people_of(self._store, customer_id):
                self._people[customer_id, name_key(name)] = row_id


class Known:
    """The records of one noun, those of the file and those this import adds.

    `pending` are additions that wait to be written; then they are in the file like all others,
    unless this is a rehearsal, which forgets what they hold.
    """

    def __init__(
        self,
        store: Store,
        noun: type[Customer] | type[Contact] | type[Deal] | type[Product] | type[Receivable],
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
