"""Reads what can be read of a damaged file: table by table, row by row around what is spoilt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import peewee
from sqlcipher3 import dbapi2 as sqlite

from fieldsales.store.migrations import Connection
from fieldsales.store.salvage import pages

Row = dict[str, Any]
TROUBLE = (sqlite.Error, peewee.PeeweeException, UnicodeDecodeError, OverflowError)
SCHEMA = "sqlite_schema"  # among the broken tables: it is not even known which there are
_GUESSED = 1_000_000  # numbers of rows that are tried where no index tells them


class Reader:
    """One damaged file, read from a copy: the file itself stays as it is to the byte."""

    def __init__(
        self, connection: Connection, path: Path, log: Path | None, *, plain: bool
    ) -> None:
        self._connection = connection
        self._path = path
        self._log = log
        self._plain = plain
        self.broken: set[str] = set()  # tables of which some could not be read
        self.tables = self._tables()

    def version(self) -> int:
        """The schema the file is of; 0 if that is lost."""
        try:
            return int(self._connection.execute("PRAGMA user_version").fetchone()[0])
        except TROUBLE:
            return 0

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table: from its start to where it is spoilt, from its end back to there,
        and one by one between.
        """
        low: int | None = None
        for number, row in self._scan(table, "", "ASC"):
            low = number
            yield row
        if not self._stopped:
            return
        self.broken.add(table)
        high: int | None = None
        after = "" if low is None else f"WHERE rowid > {low}"
        for number, row in self._scan(table, after, "DESC"):
            high = number
            yield row
        for number in self._between(table, low, high):
            found = list(self._scan(table, f"WHERE rowid = {number}", "ASC"))
            yield from (row for _, row in found)

    def ids(self, table: str) -> set[str]:
        """The ids of records that there were, as far as the index of them tells."""
        found: set[str] = set()
        with suppress(*TROUBLE):
            for (row_id,) in self._connection.execute(
                f'SELECT id FROM {table} INDEXED BY "sqlite_autoindex_{table}_1"'
            ):
                found.add(str(row_id))
        return found

    def bare(self) -> Iterator[tuple[int, list[pages.Value]]]:
        """(row number, values) off bare pages, where SQLite does not find the way to them or holds
        the log for over; nothing of an encrypted file.
        """
        if not self._plain:
            return
        if self._log is not None:
            yield from pages.logged_rows(self._log)
        if self.broken & {"op", "change", SCHEMA}:
            yield from pages.rows(self._path)

    def _tables(self) -> dict[str, list[str]]:
        """Columns by table, as far as the schema can be read."""
        names: list[str] = []
        try:
            for (name,) in self._connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table'"
            ):
                names.append(name)
        except TROUBLE:
            self.broken.add(SCHEMA)
        found: dict[str, list[str]] = {}
        for name in sorted(names):
            with suppress(*TROUBLE):
                info = self._connection.execute("SELECT name FROM pragma_table_info(?)", [name])
                if columns := [column for (column,) in info.fetchall()]:
                    found[name] = columns
        if not found:
            self.broken.add(SCHEMA)
        return found

    def _scan(self, table: str, where: str, order: str) -> Iterator[tuple[int, Row]]:
        """Rows until one cannot be read; `_stopped` says whether that was so."""
        columns = self.tables[table]
        self._stopped = True
        with suppress(*TROUBLE):
            for number, *values in self._connection.execute(
                f"SELECT rowid, {', '.join(columns)} FROM {table} {where} ORDER BY rowid {order}"
            ):
                yield number, dict(zip(columns, values, strict=True))
            self._stopped = False

    def _between(self, table: str, low: int | None, high: int | None) -> list[int]:
        """Numbers of rows that there may be between two, as the indices of the table tell."""
        bounds = [f"rowid > {low}"] * (low is not None) + [f"rowid < {high}"] * (high is not None)
        where = f"WHERE {' AND '.join(bounds)}" if bounds else ""
        told: set[int] = set()
        with suppress(*TROUBLE):
            for (index,) in self._connection.execute(
                "SELECT name FROM pragma_index_list(?) WHERE NOT partial", [table]
            ).fetchall():
                with suppress(*TROUBLE):
                    for (number,) in self._connection.execute(
                        f'SELECT rowid FROM {table} INDEXED BY "{index}" {where}'
                    ):
                        told.add(number)
        start = (low or 0) + 1
        end = high if high is not None else max(told, default=start) + 1
        if end - start <= _GUESSED:
            told.update(range(start, end))
        return sorted(told)
