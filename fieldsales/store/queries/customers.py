"""The customer list: order and windows of rows; ready for 100 000 customers."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeVar

from peewee import Case, fn

from fieldsales.domain.customer import size_class
from fieldsales.domain.keeping import SavedFilter
from fieldsales.domain.portfolio import CLASSES
from fieldsales.store.database import Store, placeholders
from fieldsales.store.queries import rhythm
from fieldsales.store.queries.customer_filter import (
    ALL_CUSTOMERS,
    CustomerFilter,
    classed,
    conditions_of,
    importance_of,
    tables,
)
from fieldsales.store.search import search

SORTS = (
    "name",
    "last_contact",
    "next_at",
    "region",
    "employees",
    "visits",
    "horizon",
    "importance",
    "completeness",
    "open_deals",
    "created_at",
    "sales",
    "value",
    "lifetime",
    "share",
    "points",
    "course",
    "stance",
    "star_cow",
)
MATCH = "match"  # the order of a search's hits, for a filter that has `ids`
_BY_OTHER_TEXTS = 3  # rank of a hit that is not by name
_BATCH = 10_000  # parameters of one statement
_V = TypeVar("_V")
_IN_FACTS = ("last_contact", "next_at", "visits", "completeness", "open_deals")
_COUNTS = ("visits", "completeness", "open_deals")  # never unknown
_FIGURES = ("sales", "value", "lifetime", "share", "points")  # kept with the classes
_IMPORTANCE = (("vip", 0), ("major", 1), ("ordinary", 2), ("small", 3))
_HORIZON = (("now", 0), ("two_weeks", 1), ("month", 2), ("unknown", 3))


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the list; moments and days as stored.

    `next_at`: the moment of the next planned visit, or at which the day of a task begins.
    `contact_due`: the day by the rhythm of `due_by`, its importance, '' for its horizon. Classes
    and figures are as `classes.whole.Worth` has them, '' and None until they were made.
    """

    id: str
    name: str
    short_name: str
    industry: str
    region: str
    ownership: str
    employees: int | None
    phone: str
    source: str
    horizon: str
    importance: str
    seller: str
    created_at: str
    last_contact: str | None
    visits: int
    next_at: str | None
    open_deals: int
    complaints: int
    completeness: int
    contact_due: str | None
    due_by: str = ""
    special_policy: int = 0
    purchase_status: str = ""
    loyalty: str = ""
    course: str = ""
    relationship: str = ""
    star_cow: str = ""
    stance: str = ""
    value_type: str = ""
    pinned: str = ""
    sales: int | None = None
    value: int | None = None
    lifetime: int | None = None
    share: int | None = None
    points: int | None = None
    tags: tuple[str, ...] = ()

    @property
    def size_class(self) -> str:
        return size_class(self.employees)


def numbers(
    store: Store,
    wanted: CustomerFilter = ALL_CUSTOMERS,
    sort: str = "name",
    *,
    descending: bool = False,
    among: Sequence[int] | None = None,
) -> array[int]:
    """Row numbers of the customers that pass, in order; unknown values stand last.

    `among` looks at these rows alone: which of them pass, and how they stand to each other.
    """
    if sort == MATCH and wanted.ids is not None:
        return _matching(store, wanted, among)
    customer, facts = tables(store)
    conditions = conditions_of(store, wanted)
    if among is not None:
        conditions.append(facts.number.in_(list(among)))
    key = _key(store, sort)
    if sort == "name" and not conditions:
        query = facts.select(facts.number)
    else:
        query = facts.select(facts.number).join(customer, on=customer.id == facts.customer_id)
    for condition in conditions:
        query = query.where(condition)
    if sort != "name":
        if sort not in _COUNTS:
            query = query.order_by_extend(fn.COALESCE(key, "") == "")
        query = query.order_by_extend(key.desc() if descending else key.asc(), facts.name_key)
    else:
        query = query.order_by(key.desc() if descending else key.asc())
    sql, params = query.order_by_extend(facts.number).sql()
    # one text is read faster than a hundred thousand rows, in the order of the inner query
    found = store.value(f"SELECT json_group_array(number) FROM ({sql})", params)
    return array("q", json.loads(found))


def _key(store: Store, sort: str) -> Any:
    customer, facts = tables(store)
    if sort in ("name", MATCH):
        return facts.name_key
    if sort == "importance":
        return Case(importance_of(store), _IMPORTANCE)
    if sort in CLASSES:
        return Case(classed(store, sort), [(code, at) for at, code in enumerate(CLASSES[sort])])
    if sort in _FIGURES:
        return fn.NULLIF(classed(store, sort), "")
    if sort == "horizon":
        return Case(customer.horizon, _HORIZON)
    return getattr(facts if sort in _IN_FACTS else customer, sort)


def _matching(store: Store, wanted: CustomerFilter, among: Sequence[int] | None) -> array[int]:
    """The hits that pass the other conditions, the best hit first."""
    only = "" if among is None else f" WHERE f.number IN ({placeholders(among)})"
    found = store.rows(
        "SELECT f.number FROM json_each(?) hit JOIN customer_facts f ON f.customer_id = hit.value"
        f"{only} ORDER BY hit.key",
        [json.dumps(wanted.ids), *(among or ())],
    )
    order = array("q", [number for (number,) in found])
    if replace(wanted, ids=None).is_empty():
        return order
    passing = set(numbers(store, wanted, among=among))
    return array("q", [number for number in order if number in passing])


def found_ids(store: Store, text: str, limit: int = 1_000_000) -> tuple[str, ...]:
    """Customers found by their own words or by those of their people, the best first."""
    with store.reading() as connection:
        hits = search(connection, text, limit, ("customer", "contact"))
    return tuple(dict.fromkeys(hit.customer_id for hit in hits if hit.customer_id))


_ROW = """
SELECT f.number, c.id, c.name, c.short_name, c.industry, c.region, c.ownership, c.employees,
    c.phone, c.source, c.horizon, coalesce(w.importance, c.importance), c.seller, c.created_at,
    f.last_contact, f.visits, f.next_at, f.open_deals, f.complaints, f.completeness, f.contact_due,
    '', c.special_policy, coalesce(w.purchase_status, ''), coalesce(w.loyalty, ''),
    coalesce(w.course, ''), coalesce(w.relationship, ''), coalesce(w.star_cow, ''),
    coalesce(w.stance, ''), coalesce(w.value_type, ''), coalesce(w.pinned, ''),
    w.sales, w.value, w.lifetime, w.share, w.points,
    coalesce((SELECT group_concat(t.name, char(31)) FROM tagging g JOIN tag t ON t.id = g.tag_id
        WHERE g.customer_id = c.id AND g.trashed_at IS NULL AND t.trashed_at IS NULL), '')
FROM customer_facts f JOIN customer c ON c.id = f.customer_id
    LEFT JOIN customer_worth w ON w.customer_id = f.customer_id
"""


def rows(store: Store, wanted: Sequence[int]) -> list[CustomerRow | None]:
    """The rows of these numbers in their order, None for one that is gone meanwhile."""
    found: dict[int, CustomerRow] = {}
    known = rhythm.rhythms(store)
    for number, *values, tags in store.rows(
        f"{_ROW} WHERE f.number IN ({placeholders(wanted)})", wanted
    ):
        one = CustomerRow(*values, *[tuple(sorted(filter(None, tags.split("\x1f"))))])
        due = rhythm.due(known, one.contact_due, one.importance, one.last_contact, one.created_at)
        if due is not None:
            one = replace(one, contact_due=due.day.isoformat(), due_by=due.importance)
        found[number] = one
    return [found.get(number) for number in wanted]


def page(store: Store, wanted: Sequence[int]) -> list[CustomerRow]:
    """As `rows`, without those that are gone."""
    return [row for row in rows(store, wanted) if row is not None]


def row(store: Store, customer_id: str) -> CustomerRow | None:
    """The line of one customer; None if it is in the trash or unknown."""
    found = store.rows(f"{_ROW} WHERE f.customer_id = ?", [customer_id])
    return page(store, [found[0][0]])[0] if found else None


def ids(store: Store, wanted: Sequence[int]) -> list[str]:
    """Customer ids of row numbers, in their order."""
    if len(wanted) > _BATCH:  # then most of them are wanted
        known = dict(store.rows("SELECT number, customer_id FROM customer_facts"))
    else:
        known = dict(
            store.rows(
                "SELECT number, customer_id FROM customer_facts"
                f" WHERE number IN ({placeholders(wanted)})",
                wanted,
            )
        )
    return [known[number] for number in wanted if number in known]


def numbers_of(store: Store, customer_ids: Iterable[str]) -> dict[str, int]:
    """Customer id -> row number, for those outside the trash."""
    known: dict[str, int] = {}
    for batch in _batches(customer_ids):
        known.update(
            store.rows(
                "SELECT customer_id, number FROM customer_facts"
                f" WHERE customer_id IN ({placeholders(batch)})",
                batch,
            )
        )
    return known


def _batches(values: Iterable[_V]) -> Iterator[list[_V]]:
    rest = iter(values)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def number_of(store: Store, customer_id: str) -> int | None:
    """The row number of a customer, None if it is in the trash or unknown."""
    found: int | None = store.value(
        "SELECT number FROM customer_facts WHERE customer_id = ?", [customer_id]
    )
    return found


def values_in_use(store: Store, column: str) -> list[str]:
    """What stands in `region`, `source` or `industry`, most used first."""
    if column not in ("region", "source", "industry"):
        raise ValueError(column)
    return [
        value
        for (value,) in store.rows(
            f"SELECT {column} FROM customer WHERE {column} <> '' AND trashed_at IS NULL"
            f" GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT 200"
        )
    ]


def tags_in_use(store: Store) -> list[str]:
    """All tags by name."""
    return [
        name
        for (name,) in store.rows("SELECT name FROM tag WHERE trashed_at IS NULL ORDER BY name")
    ]


def likely(store: Store, text: str, limit: int) -> list[CustomerRow]:
    """Customers meant by what was typed; without a text those contacted last."""
    if text.strip():
        with store.reading() as connection:
            found = [hit.row_id for hit in search(connection, text, limit, ("customer",))]
        numbers_found = numbers_of(store, found)
        return page(store, [numbers_found[row_id] for row_id in found if row_id in numbers_found])
    latest = store.rows(
        "SELECT number FROM customer_facts ORDER BY last_contact DESC, number DESC LIMIT ?", [limit]
    )
    return page(store, [number for (number,) in latest])


def owner(store: Store, noun: str, row_id: str) -> str | None:
    """The customer that a record belongs to, None if there is no such record."""
    if noun not in store.tables or "customer_id" not in store.columns[noun]:
        raise ValueError(noun)
    found: str | None = store.value(f"SELECT customer_id FROM {noun} WHERE id = ?", [row_id])
    return found


def saved_filters(store: Store) -> list[SavedFilter]:
    """The saved filters of the customer list, by name."""
    return store.records(
        SavedFilter,
        "SELECT * FROM saved_filter WHERE noun = 'customer' AND trashed_at IS NULL ORDER BY name",
    )


def fullest(store: Store) -> str | None:
    """The customer with the most to show: open deals, then visits."""
    found: str | None = store.value(
        "SELECT customer_id FROM customer_facts"
        " ORDER BY open_deals > 0 DESC, complaints > 0 DESC, visits DESC, name_key LIMIT 1"
    )
    return found


def count(store: Store) -> int:
    """Customers outside the trash."""
    return int(store.value("SELECT count(*) FROM customer_facts"))
