"""Classes and figures of customers on a day, kept or made from the records."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from fieldsales.domain.classes.judged import Judged
from fieldsales.domain.classes.rules import Rules
from fieldsales.domain.classes.whole import Given, Worth, reasons
from fieldsales.store import caches
from fieldsales.store._connection import told as meant
from fieldsales.store.caches import worth
from fieldsales.store.caches.worth_facts import read
from fieldsales.store.caches.worth_rules import Range, told
from fieldsales.store.database import Store
from fieldsales.store.journal import changed_rows, last_change
from fieldsales.store.migrations import Connection
from fieldsales.store.past import as_of

_One = tuple[date, Worth, Given, dict[str, Judged], int, int, Rules, str]


def kept_day(store: Store) -> date | None:
    """The day the kept classes are of; None where none are kept."""
    with meant(store.path):
        return worth.day_of(store.connection)


def is_kept(store: Store, day: date) -> bool:
    """Whether what is kept is of a day: of one gone by it has followed what was changed since."""
    return day == store.clock.today() == kept_day(store)


def every(store: Store, day: date) -> list[Worth]:
    """All customers by id on a day."""
    with store.reading() as connection:
        if is_kept(store, day):
            return list(worth.kept(connection, "true ORDER BY customer_id"))
        with as_of(store, day):
            return list(worth.scratch(connection, day))


def one(store: Store, customer_id: str, day: date) -> _One | None:
    """Day, worth, what it rests on, reasons, rank, customers, rules, currency; None of nobody."""
    with store.reading() as connection:
        if is_kept(store, day):
            return _one(connection, customer_id, day, kept=True)
        with as_of(store, day):
            return _one(connection, customer_id, day, kept=False)


def one_kept(store: Store, customer_id: str) -> _One | None:
    """The same as it is kept, of whatever day that is; None where none are kept."""
    with store.reading() as connection:
        day = worth.day_of(connection)
        return None if day is None else _one(connection, customer_id, day, kept=True)


def _one(connection: Connection, customer_id: str, day: date, *, kept: bool) -> _One | None:
    said = told(connection)
    if kept:
        cut = worth.lines(connection)
        found = next(worth.kept(connection, "customer_id = ?", [customer_id]), None)
        values: Sequence[int] = worth.values(connection)
    else:
        everyone = worth.scratch(connection, day)
        cut, values = everyone.cut, everyone.values
        found = next((one for one in everyone if one.customer_id == customer_id), None)
    if found is None:
        return None
    rank = len(values) - bisect_left(values, found.rank_value)
    [given] = read(Range(connection, customer_id, customer_id), day, said)
    why = reasons(given, found, cut, said.rules, rank, len(values))
    return day, found, given, why, rank, len(values), said.rules, said.base


def rules_of(store: Store) -> Rules:
    """The limits that settings hold."""
    with meant(store.path):
        return told(store.connection).rules


def renew(store: Store, day: date, watch: worth.Watch | None, wait: float) -> None:
    """Keeps the classes of a day. While they are made others may write: that comes after."""
    with store.reading() as connection:
        start = last_change(connection)
        made = worth.scratch(connection, day, watch)
    with store.transaction(wait=wait) as connection:
        worth.keep(connection, day, made)
        since = caches.reclassed(connection, changed_rows(connection, start), start)
        worth.refresh(connection, since, caches.unwatched)
