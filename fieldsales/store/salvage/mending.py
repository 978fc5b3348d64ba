"""Brings records, journal and kept files of a salvaged file in line, as an operation of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import peewee
from sqlcipher3 import dbapi2 as sqlite

from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.domain.pipeline import SHIPPED_AT
from fieldsales.store import caches, triggers
from fieldsales.store.database import Store, placeholders
from fieldsales.store.journal import SALVAGED
from fieldsales.store.kept import KeptFiles
from fieldsales.store.migrations import Connection
from fieldsales.store.soundness import told_rows


@dataclass(slots=True)
class Mended:
    """What was done: records put back from the journal by table, ids of those that could not be,
    references let go of, kept files that are there and that are not.
    """

    put_back: dict[str, int] = field(default_factory=dict)
    lost: dict[str, set[str]] = field(default_factory=dict)
    loosened: int = 0
    files: int = 0
    files_lost: int = 0


def mend(store: Store, kept: list[KeptFiles]) -> Mended:
    """Mends a file that `writing.fill` made; `kept` are folders to take kept files from."""
    done = Mended()
    store.connection.execute("PRAGMA foreign_keys = 0")  # dangling ones are mended last
    try:
        with store.transaction() as connection:
            triggers.rebuild_triggers(connection)
            cursor = connection.execute(
                "INSERT INTO op (id, kind, at, device, origin) VALUES (?, ?, ?, '', '')",
                [new_id(), SALVAGED, store.clock.stamp()],
            )
            op = int(cursor.lastrowid)
            connection.execute("INSERT INTO current_op (seq) VALUES (?)", [op])
            for table in NOUNS:
                _agree(store, connection, op, table, done)
            _take_files(store, connection, kept, done)
            done.loosened = loosen(connection, done.lost)
            connection.execute("DELETE FROM current_op")
            caches.rebuild(connection)
    finally:
        store.connection.execute("PRAGMA foreign_keys = 1")
    return done


def _agree(store: Store, connection: Connection, op: int, table: str, done: Mended) -> None:
    """Puts back what the journal alone knows, and has the journal say what a row holds.

    A row that is as the journal says it once was has fallen behind, as with a log that is spoilt;
    any other knows more than what is left of the journal.
    """
    empty, columns = store.empty_row(table), store.columns[table]
    connection.execute(  # spoilt ones speak of fields that there are none of
        "DELETE FROM change WHERE tbl = ?1 AND EXISTS (SELECT 1 FROM json_each(after)"
        " WHERE key NOT IN (SELECT value FROM json_each(?2)))",
        [table, json.dumps(columns)],
    )
    rows = {
        values[0]: dict(zip(columns, values[1:], strict=True))
        for values in connection.execute(f"SELECT id, {', '.join(columns)} FROM {table}")
    }
    for row_id, whole, fields in list(told_rows(connection, table)):
        row = rows.pop(row_id, None)
        if row is not None:
            base = row if row["created_at"] == SHIPPED_AT else empty
            told = None if fields is None else {**base, **fields, "id": row_id}
            if told == row:
                continue
            if not _was(connection, table, base, row):
                _write(connection, op, table, row_id, row)
            elif told is None:
                connection.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])
            else:
                names = ", ".join(f"{name} = ?" for name in columns)
                connection.execute(
                    f"UPDATE {table} SET {names} WHERE id = ?",
                    [*(told[name] for name in columns), row_id],
                )
        elif fields is not None:
            values = {**empty, **fields, "id": row_id}
            if whole and _put_back(connection, table, values):
                done.put_back[table] = done.put_back.get(table, 0) + 1
            else:
                done.lost.setdefault(table, set()).add(row_id)
                _write(connection, op, table, row_id, None)
    for row_id, row in rows.items():
        if row["created_at"] != SHIPPED_AT:
            _write(connection, op, table, row_id, row)


def _was(
    connection: Connection, table: str, base: Mapping[str, object], row: Mapping[str, object]
) -> bool:
    """Whether the journal tells of a row that it once was just this."""
    state = dict(base)
    for before, after in connection.execute(
        "SELECT before, after FROM change WHERE tbl = ? AND row_id = ? ORDER BY seq",
        [table, row["id"]],
    ):
        if after is not None:
            state = {**({} if before is None else state), **json.loads(after)}
            state = {**base, **state, "id": row["id"]}
            if state == row:
                return True
    return False


def _put_back(connection: Connection, table: str, values: Mapping[str, object]) -> bool:
    try:
        cursor = connection.execute(
            f"INSERT OR IGNORE INTO {table} ({', '.join(values)}) VALUES ({placeholders(values)})",
            [*values.values()],
        )
    except (sqlite.Error, peewee.PeeweeException):
        return False
    return bool(cursor.rowcount)


def _write(
    connection: Connection, op: int, table: str, row_id: str, row: Mapping[str, object] | None
) -> None:
    """Writes what a row is now into the journal; None if it is no more."""
    image = None if row is None else {name: row[name] for name in row if name != "id"}
    connection.execute(
        "INSERT INTO change (op, tbl, row_id, before, after) VALUES (?, ?, ?, ?, ?)",
        [
            *(op, table, row_id),
            "{}" if row is None else None,
            None if image is None else json.dumps(image, ensure_ascii=False),
        ],
    )


def _take_files(store: Store, connection: Connection, kept: list[KeptFiles], done: Mended) -> None:
    """Takes the kept files along; a record of one that is nowhere goes."""
    for row_id, sha256, trashed in connection.execute(
        "SELECT id, sha256, trashed_at FROM attachment WHERE sha256 <> ''"
    ).fetchall():
        for folder in kept:
            if not store.kept.has(sha256):
                store.kept.take_over(sha256, folder)
        if store.kept.has(sha256):
            done.files += 1
        elif trashed is None:
            done.files_lost += 1
            done.lost.setdefault("attachment", set()).add(row_id)
            connection.execute("DELETE FROM attachment WHERE id = ?", [row_id])


def loosen(connection: Connection, lost: dict[str, set[str]] | None = None) -> int:
    """Lets go of references to what is not there, and of rows that are nothing without; how many
    references. The ids of the rows are added to `lost`.
    """
    count = 0
    while broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        for table, number, _, key in broken:
            [name] = [
                row[3]
                for row in connection.execute(f"PRAGMA foreign_key_list({table})")
                if row[0] == key
            ]
            try:
                connection.execute(f"UPDATE {table} SET {name} = NULL WHERE rowid = ?", [number])
                count += 1
            except (sqlite.IntegrityError, peewee.IntegrityError):
                gone = connection.execute(
                    f"DELETE FROM {table} WHERE rowid = ? RETURNING *", [number]
                ).fetchall()
                if lost is not None and table in NOUNS:
                    lost.setdefault(table, set()).update(str(row[0]) for row in gone)
    return count
