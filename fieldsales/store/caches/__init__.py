"""What is derived from the records and kept for speed: rebuilt by one function, checked by `check`.

`customer_facts` answers the customer list and card, `open_debt` what is owed, `customer_worth`
keeps the classes; the search index finds records by their words. All follow a change in the same
transaction. The classes have many rules, which are read when they are first asked for: a start does
not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.store.caches import facts, found, owed
from fieldsales.store.migrations import Connection
from fieldsales.store.search import Intake

Watch = Callable[[int, int], None]  # told how many of how many are done
_BATCH = 1_000  # not more than `pinyin.readings` remembers

# Fields of a customer that neither facts nor index read: typing there waits for none of them.
_UNREAD = (
    "kind",
    "importance",
    "seller",
    "relationship",
    "feeling",
    "feeling_note",
    "parent_id",
    "pinned_status",
    "status_reason",
    "special_policy",
    "note",
)
_UNREAD_LISTED = ", ".join(f"'{name}'" for name in _UNREAD)


def unwatched(done: int, total: int) -> None:
    """The watch of work that nobody waits for."""


def refresh(
    connection: Connection, rows: Mapping[str, set[str]], start: int, watch: Watch = unwatched
) -> set[str]:
    """Brings the caches in line with the journal's changes after `start`.

    `rows` are the ids changed by table. Returns the customers touched, those before and after.
    What `watch` raises goes through.
    """
    from fieldsales.store.caches import worth

    own = rows.get("customer", set())
    owners = owners_of(connection, rows, start)
    theirs = set[str]().union(*owners.values())
    due = _told(owners, facts.TELLING) | (_reread(connection, own, start) if own else own)
    others = {table: ids for table, ids in rows.items() if table != "customer"}
    debts = owed.touched(connection, rows, start)
    done, total = 0, len(due) + len(debts) + sum(map(len, others.values()))
    with Intake(connection) as intake:
        # facts and index of a customer in turn: both need the readings of its name
        for batch in _batches(due):
            watch(done, total)
            found.refresh(connection, intake, {"customer": batch & own})
            facts.refresh(connection, batch)
            done += len(batch)
        for table, ids in others.items():
            for batch in _batches(ids):
                watch(done, total)
                found.refresh(connection, intake, {table: batch})
                done += len(batch)
    for batch in _batches(debts):
        watch(done, total)
        owed.refresh(connection, batch)
        done += len(batch)
    worth.refresh(connection, reclassed(connection, rows, start, owners), watch)
    theirs |= own
    return theirs


def reclassed(
    connection: Connection,
    rows: Mapping[str, set[str]],
    start: int,
    owners: Mapping[str, set[str]] | None = None,
) -> set[str] | None:
    """Customers whose classes may have changed; None for all of them. `owners` is what `owners_of`
    says of the same changes, where it was asked already.
    """
    from fieldsales.store.caches import worth

    if worth.day_of(connection) is None:
        return set()
    if worth.all_told(connection, rows, start):
        return None
    owners = owners_of(connection, rows, start) if owners is None else owners
    return _told(owners, worth.TELLING) | worth.told_of(connection, rows, start)


def _told(owners: Mapping[str, set[str]], nouns: Iterable[str]) -> set[str]:
    """The customers to whom changed records of these nouns belong."""
    return set[str]().union(*(owners.get(noun, ()) for noun in nouns))


def _batches(ids: set[str]) -> Iterator[set[str]]:
    rest = iter(sorted(ids))
    while batch := set(islice(rest, _BATCH)):
        yield batch


def rebuild(connection: Connection) -> None:
    """Makes the caches anew from the records, the classes as of the day they are of."""
    from fieldsales.store.caches import worth

    facts.refresh(connection, None)
    owed.refresh(connection, None)
    found.rebuild(connection)
    worth.refresh(connection, None, unwatched)


def verify(connection: Connection) -> list[str]:
    """Names of the caches that differ from a recomputation."""
    from fieldsales.store.caches import worth

    wrong = []
    if not facts.agrees(connection):
        wrong.append("customer_facts")
    if not owed.agrees(connection):
        wrong.append("open_debt")
    if not found.agrees(connection):
        wrong.append("search")
    if not worth.agrees(connection):
        wrong.append("customer_worth")
    return wrong


# `+tbl`: the last changes are few; by its index SQLite would look at all that a table ever had
def _reread(connection: Connection, own: set[str], start: int) -> set[str]:
    """Those of these customers of whom something changed that a cache reads."""
    known = {one: one for one in own}
    return {
        known[customer]
        for (customer,) in connection.execute(
            "SELECT row_id FROM change WHERE seq > ? AND +tbl = 'customer'"
            " AND (before IS NULL OR after IS NULL OR EXISTS"
            f" (SELECT 1 FROM json_each(before) WHERE key NOT IN ({_UNREAD_LISTED})))",
            [start],
        )
    }


def customers_of(connection: Connection, rows: Mapping[str, set[str]], start: int) -> set[str]:
    """Customers to whom changed records of other nouns belong, or belonged."""
    return set[str]().union(*owners_of(connection, rows, start).values())


def owners_of(
    connection: Connection, rows: Mapping[str, set[str]], start: int
) -> dict[str, set[str]]:
    """The same by noun."""
    known = {one: one for one in rows.get("customer", ())}  # an id is one text in all these sets
    return {
        noun: {
            known.setdefault(customer, customer)
            for (customer,) in connection.execute(
                "SELECT json_extract(before, '$.customer_id') FROM change"
                " WHERE seq > ? AND +tbl = ? AND before IS NOT NULL"
                " UNION SELECT json_extract(after, '$.customer_id') FROM change"
                " WHERE seq > ? AND +tbl = ? AND after IS NOT NULL"
                f" UNION SELECT n.customer_id FROM change c JOIN {noun} n ON n.id = c.row_id"
                " WHERE c.seq > ? AND +c.tbl = ? AND before IS NOT NULL AND after IS NOT NULL",
                [start, noun, start, noun, start, noun],
            )
            if customer
        }
        for noun in rows
        if noun != "customer" and noun in NOUNS and "customer_id" in fields(NOUNS[noun])
    }
