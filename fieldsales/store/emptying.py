"""Taking records away for good, with all that is nothing without them, within an operation."""

from __future__ import annotations

import peewee
from sqlcipher3 import dbapi2 as sqlite

from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS, references
from fieldsales.store.migrations import Connection
from fieldsales.store.queries.trash import NAMES

_Row = tuple[str, str]  # noun and id


def take_away(connection: Connection, noun: str, row_id: str) -> bool:
    """Deletes a record in the trash and its parts; False, and nothing is, if a live record needs
    any of it. What merely points to it points to nothing afterwards.
    """
    connection.execute("PRAGMA defer_foreign_keys = 1")  # until all of it is gone
    whole = _with_parts(connection, (noun, row_id))
    if whole is None:
        return False
    for one in whole:
        _let_go(connection, one, whole)
    for part, part_id in reversed(whole):
        connection.execute(f"DELETE FROM {part} WHERE id = ?", [part_id])
    return True


def _with_parts(connection: Connection, root: _Row) -> dict[_Row, None] | None:
    """A record, what is nothing without it and what went into the trash with it; None if a live
    record needs any of it.
    """
    whole = {root: None}
    waiting = [root]
    noun, row_id = root
    [moment] = connection.execute(
        f"SELECT trashed_at FROM {noun} WHERE id = ?", [row_id]
    ).fetchone()
    while waiting:
        noun, row_id = waiting.pop()
        for child, name, needed in references(noun):
            for part_id, trashed_at in connection.execute(
                f"SELECT id, trashed_at FROM {child} WHERE {name} = ?", [row_id]
            ).fetchall():
                part = (child, part_id)
                if part in whole or not (needed or trashed_at == moment):
                    continue
                if trashed_at is None and _stands(connection, part, name):
                    return None
                whole[part] = None
                waiting.append(part)
    return whole


def _stands(connection: Connection, part: _Row, but: str) -> bool:
    """Whether a part has a life of its own, or belongs to something live, as who was at a visit."""
    noun, row_id = part
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


def _let_go(connection: Connection, one: _Row, whole: dict[_Row, None]) -> None:
    """What stays and points to a record points to nothing."""
    noun, row_id = one
    for child, name, needed in references(noun):
        if needed:
            continue
        for (other,) in connection.execute(
            f"SELECT id FROM {child} WHERE {name} = ?", [row_id]
        ).fetchall():
            if (child, other) in whole:
                continue
            try:
                connection.execute(f"UPDATE {child} SET {name} = NULL WHERE id = ?", [other])
            except (sqlite.IntegrityError, peewee.IntegrityError):  # it pointed to nothing else
                connection.execute(f"DELETE FROM {child} WHERE id = ?", [other])
