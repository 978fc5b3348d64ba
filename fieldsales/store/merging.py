"""Making two records one: whatever refers to the one refers to the other, found by the schema."""

from __future__ import annotations

import json

from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS, references
from fieldsales.store.database import Store
from fieldsales.store.migrations import Connection

_MOVED = "id IN (SELECT value FROM json_each(?))"


def kept(store: Store, row_id: str) -> str:
    """The record that stands for this one: what it was merged into, else itself."""
    for table, columns in store.columns.items():
        if "merged_into_id" in columns:
            found: str | None = store.value(
                f"SELECT merged_into_id FROM {table} WHERE id = ?", [row_id]
            )
            if found:
                return found
    return row_id


def belongings(store: Store, noun: str, row_id: str) -> dict[str, int]:
    """How many live records of which noun refer to a record, the most first."""
    counts: dict[str, int] = {}
    for child, name, _ in references(noun):
        if child not in (noun, "apart"):
            found = store.value(
                f"SELECT count(*) FROM {child} WHERE {name} = ? AND trashed_at IS NULL", [row_id]
            )
            counts[child] = counts.get(child, 0) + found
    return {child: n for child, n in sorted(counts.items(), key=lambda one: -one[1]) if n}


def redirect(connection: Connection, noun: str, gone: str, kept: str) -> None:
    """Has all records refer to `kept` in place of `gone`, within an operation.

    What would then be there twice is merged in the same way, and what would refer to itself refers
    to nothing.
    """
    for child, name, _ in references(noun):
        ids = connection.execute(f"SELECT id FROM {child} WHERE {name} = ?", [gone]).fetchall()
        if ids:
            moved = json.dumps([row_id for (row_id,) in ids])
            connection.execute(f"UPDATE {child} SET {name} = ? WHERE {name} = ?", [kept, gone])
            _untangle(connection, child, name, noun, moved)
            _leave_one(connection, child, moved)
    _open_circle(connection, noun, kept)


def _untangle(connection: Connection, child: str, name: str, noun: str, moved: str) -> None:
    """Takes references away that say nothing any more: to itself, or twice to the same."""
    if child == noun:
        connection.execute(
            f"UPDATE {child} SET {name} = NULL WHERE {name} = id AND {_MOVED}", [moved]
        )
    if name == "reports_to_id":  # a superior is of the same house
        connection.execute(
            "UPDATE contact SET reports_to_id = NULL WHERE customer_id IS NOT (SELECT"
            f" above.customer_id FROM contact above WHERE above.id = contact.reports_to_id)"
            f" AND {_MOVED}",
            [moved],
        )
    if child == "apart":
        connection.execute(
            "DELETE FROM apart WHERE (customer_id = other_customer_id"
            f" OR contact_id = other_contact_id) AND {_MOVED}",
            [moved],
        )
    if child == "deal":  # nobody is the partner in a deal of their own
        connection.execute(
            f"UPDATE deal SET partner_id = NULL WHERE partner_id = customer_id AND {_MOVED}",
            [moved],
        )


def _leave_one(connection: Connection, child: str, moved: str) -> None:
    """Of live rows that nothing tells apart now, the fullest stays, the latest of equals."""
    keys = NOUNS[child].ALONE_BY
    if not keys:
        return
    same = " AND ".join(f"a.{key} IS b.{key}" for key in keys)
    pairs = connection.execute(
        f"SELECT DISTINCT a.id, b.id FROM {child} a JOIN {child} b ON {same} AND b.id <> a.id"
        f" WHERE a.{_MOVED} AND a.trashed_at IS NULL AND b.trashed_at IS NULL",
        [moved],
    ).fetchall()
    left: set[str] = set()
    for pair in pairs:
        if left.isdisjoint(pair):
            gone, stays = sorted(pair, key=lambda row_id: _fullness(connection, child, row_id))
            redirect(connection, child, gone, stays)
            connection.execute(f"DELETE FROM {child} WHERE id = ?", [gone])
            left.add(gone)


def _fullness(connection: Connection, noun: str, row_id: str) -> tuple[int, str, str]:
    names = fields(NOUNS[noun])
    created, *values = connection.execute(
        f"SELECT created_at, {', '.join(names)} FROM {noun} WHERE id = ?", [row_id]
    ).fetchone()
    return sum(map(bool, values)), created, row_id


def _open_circle(connection: Connection, noun: str, kept: str) -> None:
    """Whoever stands above themselves now, over however many others, stands below nobody."""
    for child, name, _ in references(noun):
        if child != noun or name == "merged_into_id":
            continue
        above = _above(connection, noun, name, kept)
        seen = set()
        while above and above not in seen:
            if above == kept:
                connection.execute(f"UPDATE {noun} SET {name} = NULL WHERE id = ?", [kept])
                return
            seen.add(above)
            above = _above(connection, noun, name, above)


def _above(connection: Connection, noun: str, name: str, row_id: str) -> str | None:
    found = connection.execute(f"SELECT {name} FROM {noun} WHERE id = ?", [row_id]).fetchone()
    return found[0] if found else None
