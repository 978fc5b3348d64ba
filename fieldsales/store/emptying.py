"""Taking records away for good, with all that is nothing without them, within an operation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import peewee
from sqlcipher3 import dbapi2 as sqlite

from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS, references
from fieldsales.store.migrations import Connection
from fieldsales.store.queries.trash import NAMES

_Rows = dict[str, set[str]]  # ids by noun
_IN = "IN (SELECT value FROM json_each(?))"


def take_away(connection: Connection, roots: Sequence[tuple[str, str]]) -> int:
    """Deletes records in the trash, as (noun, id), and their parts; how many stay, as live records
    need them or a part of them. What merely points to one points to nothing afterwards.
    """
    connection.execute("PRAGMA defer_foreign_keys = 1")  # until all of it is gone
    whole = _with_parts(connection, roots)
    if whole is None:  # somebody is in the way: found by halves
        if len(roots) == 1:
            return 1
        middle = len(roots) // 2
        return take_away(connection, roots[:middle]) + take_away(connection, roots[middle:])
    for noun, ids in whole.items():
        _let_go(connection, noun, ids, whole)
    for noun, ids in whole.items():
        connection.execute(f"DELETE FROM {noun} WHERE id {_IN}", [_told(ids)])
    return 0


def _with_parts(connection: Connection, roots: Iterable[tuple[str, str]]) -> _Rows | None:
    """Records, what is nothing without them and what went into the trash with them; None if a live
    record needs any of it.
    """
    whole: _Rows = {}
    for noun, row_id in roots:
        whole.setdefault(noun, set()).add(row_id)
    waiting = [(noun, set(ids)) for noun, ids in whole.items()]
    while waiting:
        noun, ids = waiting.pop()
        for child, name, needed in references(noun):
            along = "" if needed else " AND c.trashed_at = p.trashed_at"
            known = whole.get(child, set())
            new = set()
            for part_id, trashed_at in connection.execute(
                f"SELECT c.id, c.trashed_at FROM {noun} p JOIN {child} c ON c.{name} = p.id"
                f" WHERE p.id {_IN}{along}",
                [_told(ids)],
            ).fetchall():
                if part_id in known:
                    continue
                if trashed_at is None and _stands(connection, child, part_id, name):
                    return None
                new.add(part_id)
            if new:
                whole[child] = known | new
                waiting.append((child, new))
    return whole


def _stands(connection: Connection, noun: str, row_id: str, but: str) -> bool:
    """Whether a part has a life of its own, or belongs to something live, as who was at a visit."""
    if fields(NOUNS[noun])[but].owner:
        return False
    if noun in NAMES:
        return True
    for name, spec in fields(NOUNS[noun]).items():
        if spec.required and spec.noun in NAMES and name != but:
            found = connection.execute(
                f"SELECT 1 FROM {noun} n JOIN {spec.noun} o ON o.id = n.{name}"
                " WHERE n.id = ? AND o.trashed_at IS NULL",
                [row_id],
            ).fetchone()
            if found:
                return True
    return False


def _let_go(connection: Connection, noun: str, ids: set[str], whole: _Rows) -> None:
    """What stays and points to a record points to nothing."""
    for child, name, needed in references(noun):
        if needed:
            continue
        for (other,) in connection.execute(
            f"SELECT id FROM {child} WHERE {name} {_IN}", [_told(ids)]
        ).fetchall():
            if other in whole.get(child, ()):
                continue
            try:
                connection.execute(f"UPDATE {child} SET {name} = NULL WHERE id = ?", [other])
            except (sqlite.IntegrityError, peewee.IntegrityError):  # it pointed to nothing else
                connection.execute(f"DELETE FROM {child} WHERE id = ?", [other])


def _told(ids: Iterable[str]) -> str:
    return json.dumps(list(ids))
