"""Whether a file is whole: SQLite's own checks, and the journal against the records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.pipeline import SHIPPED_AT
from fieldsales.store.database import Store
from fieldsales.store.migrations import Connection
from fieldsales.store.triggers import expected_triggers

Faults = list[tuple[str, str]]  # (words key, detail); empty if all is well


def damage(store: Store) -> Faults:
    """What SQLite finds wrong with the file itself."""
    lines = [line for (line,) in store.rows("PRAGMA integrity_check(20)")]
    return [("check.integrity", line) for line in lines if line != "ok"]


def figures(store: Store) -> dict[str, object]:
    """How large a file is and how much is in it."""
    tables = {table: f"SELECT count(*) FROM {table}" for table in ("op", "change", "draft")}
    live = {table: f"SELECT count(*) FROM {table} WHERE trashed_at IS NULL" for table in NOUNS}
    return {
        "schema": store.value("PRAGMA user_version"),
        "bytes": store.value("PRAGMA page_count") * store.value("PRAGMA page_size"),
        "counts": {table: store.value(sql) for table, sql in (live | tables).items()},
    }


def disagreements(store: Store) -> Faults:
    """Where the records do not fit one another or the journal, in a file that is not damaged."""
    broken = store.rows("PRAGMA foreign_key_check")
    found = [("check.reference", f"{table} → {parent}") for table, _, parent, _ in broken]
    wrong = ["current_op"] if store.value("SELECT count(*) FROM current_op") else []
    kept = dict(store.rows("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
    wanted = expected_triggers(store.connection)
    differing = {name for name, _ in kept.items() ^ wanted.items()}
    wrong += [f"trigger {name}" for name in sorted(differing)]
    for table in NOUNS:
        wrong += [f"{table} {row_id}" for row_id in _disagreeing(store, table)]
    return found + [("check.journal", detail) for detail in wrong]


def _disagreeing(store: Store, table: str) -> Iterator[str]:
    """Rows that are not what the journal's images of them add up to."""
    empty = store.empty_row(table)
    cursor = store.connection.execute(f"SELECT * FROM {table} ORDER BY id")
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor)
    row = next(rows, None)
    for row_id, _, told in told_rows(store.connection, table):
        while row is not None and row["id"] < row_id:
            yield from _unwritten(row)
            row = next(rows, None)
        if row is not None and row["id"] == row_id:
            # of what came with the file the journal holds the changes alone
            base = row if row["created_at"] == SHIPPED_AT else empty
            if told is None or {**base, **told, "id": row_id} != row:
                yield row_id
            row = next(rows, None)
        elif told is not None:
            yield row_id  # nobody deleted it
    while row is not None:
        yield from _unwritten(row)
        row = next(rows, None)


def _unwritten(row: Mapping[str, Any]) -> Iterator[str]:
    """A row that the journal does not know, unless it came with the file."""
    if row["created_at"] != SHIPPED_AT:
        yield row["id"]


def told_rows(
    connection: Connection, table: str
) -> Iterator[tuple[str, bool, dict[str, str | int | None] | None]]:
    """By id, what the journal says of each row: whether from its beginning, and its fields, or None
    if it was deleted.
    """
    changes = connection.execute(
        "SELECT row_id, before IS NULL, after FROM change WHERE tbl = ? ORDER BY row_id, seq",
        [table],
    )
    for row_id, images in groupby(changes, itemgetter(0)):
        fields: dict[str, str | int | None] | None = None
        whole = False
        for _, begins, after in images:
            whole = whole or bool(begins)
            fields = None if after is None else {**(fields or {}), **_image(after)}
        yield row_id, whole, fields


def _image(text: str) -> dict[str, str | int | None]:
    try:
        image: dict[str, str | int | None] = json.loads(text)
    except ValueError:
        return {"id": "unreadable"}
    return image
