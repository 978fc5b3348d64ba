"""The new file: made in the schema of the damaged one and filled with what could be read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import peewee
from sqlcipher3 import dbapi2 as sqlite

from fieldsales.domain.clock import Clock
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.store import triggers
from fieldsales.store._connection import database
from fieldsales.store.caches import Watch
from fieldsales.store.database import APPLICATION_ID, placeholders
from fieldsales.store.journal import SALVAGED
from fieldsales.store.migrations import Connection, migrations
from fieldsales.store.salvage.mending import loosen
from fieldsales.store.salvage.pages import Value
from fieldsales.store.salvage.reading import Reader

_REFUSED = (sqlite.Error, peewee.PeeweeException, UnicodeEncodeError)
_ID = 36  # characters


def fill(reader: Reader, target: Path, passphrase: str, watch: Watch) -> bool:
    """Makes the file, without triggers; False if there was not one row to fill it with."""
    steps = migrations()
    version = reader.version()
    if not 0 < version <= len(steps):
        version = len(steps)
    file = database(target, passphrase)
    try:
        connection = file.connection()
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute("BEGIN IMMEDIATE")
        for step in steps[:version]:
            step.up(connection)
        for name in triggers.expected_triggers(connection):
            connection.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {version}")
        columns = triggers.all_tables(connection)
        tables = ["op", "change", "draft", *triggers.journaled_tables(connection)]
        taken = 0
        for done, table in enumerate(tables):
            watch(done, len(tables))
            taken += _take(reader, connection, table, columns[table])
        taken += _take_bare(reader, connection, columns)
        _settle_journal(connection)
        if version < len(steps):
            loosen(connection)  # or the steps that follow would not go on
        connection.execute("COMMIT")
    finally:
        file.close()
    return taken > 0


def _settle_journal(connection: Connection) -> None:
    """Lets go of what is no line of a journal; a change that lost its operation gets another."""
    nouns = [json.dumps(list(NOUNS))]
    connection.execute(
        "DELETE FROM change WHERE tbl NOT IN (SELECT value FROM json_each(?))"
        " OR NOT json_valid(coalesce(before, '{}')) OR NOT json_valid(coalesce(after, '{}'))",
        nouns,
    )
    connection.execute("DELETE FROM draft WHERE tbl NOT IN (SELECT value FROM json_each(?))", nouns)
    for (seq,) in connection.execute(
        "SELECT DISTINCT op FROM change WHERE op NOT IN (SELECT seq FROM op) ORDER BY op"
    ).fetchall():
        near = connection.execute(
            "SELECT at FROM op WHERE seq < ? ORDER BY seq DESC LIMIT 1", [seq]
        ).fetchone()
        connection.execute(
            "INSERT INTO op (seq, id, kind, at, device, origin) VALUES (?, ?, ?, ?, '', '')",
            [seq, new_id(), SALVAGED, near[0] if near else Clock().stamp()],
        )


def _take(reader: Reader, connection: Connection, table: str, columns: Sequence[str]) -> int:
    """How many rows of a table were read and fit; they take the place of those that every new
    file has.
    """
    if table not in reader.tables:
        return 0
    shipped = set()
    if table in NOUNS:
        shipped = {row_id for (row_id,) in connection.execute(f"SELECT id FROM {table}")}
    taken = 0
    for row in reader.rows(table):
        if row.get("id") in shipped:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", [row["id"]])
            _insert(connection, table, columns, row)
        else:
            taken += _insert(connection, table, columns, row)
    return taken


def _take_bare(reader: Reader, connection: Connection, columns: Mapping[str, list[str]]) -> int:
    """Takes what looks like a line of the journal and was not met in its table."""
    taken = 0
    for number, values in reader.bare():
        for table, fits in (("op", _is_op), ("change", _is_change)):
            if len(values) != len(columns[table]) or values[0] is not None:
                continue
            row = dict(zip(columns[table], [number, *values[1:]], strict=True))
            taken += fits(row) and _insert(connection, table, columns[table], row)
    return taken


def _is_op(row: Mapping[str, Value]) -> bool:
    return isinstance(row["id"], str) and len(row["id"]) == _ID


def _is_change(row: Mapping[str, Value]) -> bool:
    images = (row["before"], row["after"])
    return row["tbl"] in NOUNS and all(one is None or str(one).startswith("{") for one in images)


def _insert(
    connection: Connection, table: str, columns: Sequence[str], row: Mapping[str, object]
) -> int:
    """1 if the row was taken; 0 if it is there or breaks a rule of the table, as spoilt ones do."""
    values = {name: row[name] for name in columns if name in row}
    try:
        cursor = connection.execute(
            f"INSERT OR IGNORE INTO {table} ({', '.join(values)}) VALUES ({placeholders(values)})",
            [*values.values()],
        )
    except _REFUSED:
        return 0
    return int(cursor.rowcount)
