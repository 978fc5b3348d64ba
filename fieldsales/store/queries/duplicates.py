"""What records are compared by when those that are there twice are looked for."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from fieldsales.store.database import Store


class CustomerRow(NamedTuple):
    """A live customer as it is kept."""

    id: str
    name: str
    short_name: str
    region: str
    address: str
    phone: str
    email: str
    website: str
    own_id: str
    parent_id: str | None


class ContactRow(NamedTuple):
    """A live person as it is kept, with the name of the customer."""

    id: str
    name: str
    customer_id: str | None
    customer: str
    mobile: str
    phone: str
    email: str
    messenger: str
    birthday: str
    gender: str
    title: str


_CUSTOMERS = f"SELECT {', '.join(CustomerRow._fields)} FROM customer n WHERE trashed_at IS NULL"
_CONTACTS = (
    "SELECT n.id, n.name, n.customer_id, coalesce(c.name, ''), n.mobile, n.phone, n.email,"
    " n.messenger, CASE n.birthday_calendar WHEN 'lunar' THEN '' ELSE n.birthday END,"
    " n.gender, n.title FROM contact n LEFT JOIN customer c ON c.id = n.customer_id"
    " WHERE n.trashed_at IS NULL AND n.vacant = 0"
)
_AMONG = " AND n.id IN (SELECT value FROM json_each(?))"


def customers(store: Store, among: Collection[str] | None = None) -> Iterator[CustomerRow]:
    """All live customers, or those of these ids."""
    return map(CustomerRow._make, _each(store, _CUSTOMERS, among))


def contacts(store: Store, among: Collection[str] | None = None) -> Iterator[ContactRow]:
    """All live people, or those of these ids."""
    return map(ContactRow._make, _each(store, _CONTACTS, among))


def _each(
    store: Store, select: str, among: Collection[str] | None
) -> Iterator[tuple[str | None, ...]]:
    if among is None:
        return store.each(f"{select} ORDER BY n.id")
    return store.each(select + _AMONG, [json.dumps(sorted(among))])


def apart(store: Store, noun: str) -> set[tuple[str, str]]:
    """Pairs of ids that somebody found not to be the same, each in its order."""
    return {
        (min(pair), max(pair))
        for pair in store.rows(
            f"SELECT {noun}_id, other_{noun}_id FROM apart"
            f" WHERE {noun}_id IS NOT NULL AND other_{noun}_id IS NOT NULL AND trashed_at IS NULL"
        )
    }


def standing(store: Store, noun: str, ids: Collection[str]) -> dict[str, tuple[str, str, str]]:
    """Id -> (id, name, where) of what stands for each of these now; those gone are left out.

    `where` is the region of a customer, the customer of a person.
    """
    where, joined = "s.region", ""
    if noun == "contact":
        where = "coalesce(c.name, '')"
        joined = "LEFT JOIN customer c ON c.id = s.customer_id"
    return {
        row_id: (stands, name, place)
        for row_id, stands, name, place in store.rows(
            f"SELECT n.id, s.id, s.name, {where} FROM {noun} n"
            f" JOIN {noun} s ON s.id = coalesce(n.merged_into_id, n.id) {joined}"
            " WHERE s.trashed_at IS NULL AND n.id IN (SELECT value FROM json_each(?))",
            [json.dumps(sorted(ids))],
        )
    }


def apart_from(store: Store, noun: str, row_id: str) -> set[str]:
    """Ids of what somebody found not to be the same as this one."""
    one, other = f"{noun}_id", f"other_{noun}_id"
    return {
        found
        for (found,) in store.rows(
            f"SELECT {other} FROM apart WHERE {one} = ?1 AND trashed_at IS NULL"
            f" UNION SELECT {one} FROM apart WHERE {other} = ?1 AND trashed_at IS NULL",
            [row_id],
        )
    }


def count(store: Store, noun: str) -> int:
    """How many live records there are of a noun."""
    found: int = store.value(f"SELECT count(*) FROM {noun} WHERE trashed_at IS NULL")
    return found
