"""Forgetting a customer for good: it, all that is about it, and its name wherever that stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS, references
from fieldsales.store.database import Store
from fieldsales.store.erasure import Trail, blank_texts, delete, scrub_journal
from fieldsales.store.forgotten import LEAST, Forgotten, ever, numbers
from fieldsales.store.migrations import Connection

_IN = "IN (SELECT value FROM json_each(?))"
_IMAGES = ("before", "after")
_PEOPLE = "SELECT id FROM contact WHERE customer_id = ?"


def whom(store: Store, customer: Customer) -> Forgotten:
    """How texts name a customer, wherever they stand, also as what it was before being renamed or
    merged; not by a word that is another's name, too.
    """
    merged = "SELECT * FROM customer WHERE merged_into_id = ?"
    own = [customer.id, *(one.id for one in store.records(Customer, merged, [customer.id]))]
    people = [row_id for (row_id,) in store.rows(_PEOPLE, [customer.id])]
    ids = _told(own)
    names = [name for name in _names(store, own) if not _is_anothers(store, name, ids)]
    reached = {f"customer.{name}": own for name in ("phone", "email", "website")}
    reached |= {f"contact.{name}": people for name in ("mobile", "email", "messenger")}
    others = [
        found
        for name in names
        for (found,) in store.rows(
            f"SELECT name FROM customer WHERE instr(name, ?1) AND name <> ?1 AND NOT id {_IN}"
            " UNION SELECT name FROM contact"
            " WHERE instr(name, ?1) AND name <> ?1 AND customer_id IS NOT ?3",
            [name, ids, customer.id],
        )
    ]
    return Forgotten(
        customer.id,
        customer.name,
        (customer.id,),
        (),
        tuple(dict.fromkeys((*names, *numbers(store, reached)))),
        tuple(others),
        tuple(name for name in ever(store, "contact", people, "name")[0] if len(name) > 1),
    )


def _names(store: Store, own: list[str]) -> Iterator[str]:
    for field in ("name", "short_name"):
        now, former = ever(store, "customer", own, field)
        yield from (name for name in now if len(name) > 1)
        yield from (name for name in former if len(name) >= LEAST)


def _is_anothers(store: Store, name: str, ids: str) -> bool:
    found = store.value(
        f"SELECT 1 FROM customer WHERE (name = ?1 OR short_name = ?1) AND NOT id {_IN}"
        " UNION SELECT 1 FROM contact WHERE name = ?1",
        [name, ids],
    )
    return found is not None


def forget(connection: Connection, who: Forgotten) -> Trail:
    """Takes a customer out of all rows, within an operation; what it left is for `scrub`."""
    connection.execute("PRAGMA defer_foreign_keys = 1")  # until all of it is gone
    trail = Trail()
    whole = _whole(connection, who.row_id)
    trail.files |= {
        sha256
        for (sha256,) in connection.execute(
            f"SELECT sha256 FROM attachment WHERE id {_IN}", [_told(whole.get("attachment", ()))]
        )
        if sha256
    }
    for noun, ids in whole.items():
        _let_go(connection, noun, ids, whole)
    for noun, ids in whole.items():
        delete(connection, noun, ids, trail)
    for noun in NOUNS:
        blank_texts(connection, noun, who, set())
    return trail


def scrub(connection: Connection, who: Forgotten, trail: Trail) -> None:
    """Takes the customer out of the journal and the drafts, once the caches have followed."""
    growing = True
    while growing:  # what was deleted earlier, and what was deleted with that
        growing = False
        for noun in NOUNS:
            ids = trail.rows.get(noun)
            for child, name, _ in references(noun) if ids else ():
                gone = _gone(connection, child, name, ids or set())
                known = trail.rows.setdefault(child, set())
                growing = growing or not gone <= known
                known |= gone
    scrub_journal(connection, who, trail)


def _whole(connection: Connection, customer_id: str) -> dict[str, set[str]]:
    """Ids of what is about a customer alone, by noun; what it was merged from, too."""
    whole: dict[str, set[str]] = {"customer": {customer_id}}
    waiting = [("customer", {customer_id})]
    while waiting:
        noun, ids = waiting.pop()
        for child, name, theirs in _belonging(noun):
            found = {
                row_id
                for (row_id,) in connection.execute(
                    f"SELECT id FROM {child} WHERE {name} {_IN}{theirs}", [_told(ids)]
                )
            }
            new = found - whole.setdefault(child, set())
            if new:
                whole[child] |= new
                waiting.append((child, new))
    return whole


def _belonging(noun: str) -> Iterator[tuple[str, str, str]]:
    """(noun, field, condition) of what is about a record of a noun and nothing else."""
    for child, name, needed in references(noun):
        known = fields(NOUNS[child])
        if needed or name in ("customer_id", "merged_into_id"):
            yield child, name, ""
        elif noun in ("customer", child):
            continue  # a parent company, a superior: they lead a life of their own
        elif "customer_id" in known:
            yield child, name, " AND customer_id IS NULL"
        elif not any(spec.required and spec.noun for spec in known.values()):
            yield child, name, ""


def _let_go(
    connection: Connection, noun: str, ids: set[str], whole: Mapping[str, set[str]]
) -> None:
    """What stays and points to it points to nothing."""
    for child, name, needed in references(noun):
        if needed:
            continue
        mine = whole.get(child, set())
        for (row_id,) in connection.execute(
            f"SELECT id FROM {child} WHERE {name} {_IN}", [_told(ids)]
        ).fetchall():
            if row_id not in mine:
                connection.execute(f"UPDATE {child} SET {name} = NULL WHERE id = ?", [row_id])


def _gone(connection: Connection, noun: str, name: str, ids: set[str]) -> set[str]:
    """Rows that pointed to some of `ids` and were deleted, of which the journal alone knows."""
    told = _told(ids)
    pointed = " OR ".join(f"json_extract({image}, '$.{name}') {_IN}" for image in _IMAGES)
    found = connection.execute(
        f"SELECT DISTINCT row_id FROM change WHERE tbl = ? AND ({pointed})"
        f" AND row_id NOT IN (SELECT id FROM {noun})",
        [noun, told, told],
    )
    return {row_id for (row_id,) in found}


def _told(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))
