"""The open file: connections, schema, and the one way to write it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import peewee

from fieldsales import places
from fieldsales.domain.clock import Clock
from fieldsales.domain.fields import Record
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import EnvironmentProblem
from fieldsales.store import triggers
from fieldsales.store._connection import PRAGMAS, database, told
from fieldsales.store.caches import facts, found
from fieldsales.store.kept import KeptFiles
from fieldsales.store.migrations import Connection, Migration, migrations
from fieldsales.store.sealing import is_converting, salt_of
from fieldsales.store.search import sort_key

APPLICATION_ID = 0x66736C73  # 'fsls' in the file's header: this is one of ours

Params = Sequence[object] | Mapping[str, object]  # of `?` and `?1`, or of `:name`

_R = TypeVar("_R", bound=Record)


class Store:
    """One open file. Reading is free to any thread; writing goes through `Journal`."""

    def __init__(self, path: Path, clock: Clock, passphrase: str = "", *, read_only: bool) -> None:
        self.path = path.absolute()  # whatever folder the program changes to
        self.clock = clock
        self.read_only = read_only
        self.passphrase = passphrase
        self.kept = KeptFiles(places.files_folder(self.path), passphrase)
        self.write_lock = threading.Lock()
        self._db = database(self.path, passphrase, read_only=read_only)
        self._db.register_function(sort_key, "sort_key", 1)
        self._db.register_function(facts.day_begins, "day_begins", 1)
        self._opened: os.stat_result | None = None  # the file as it was found, not just its name
        self._rescued: Path | None = None
        self.tables: dict[str, peewee.Table] = {}
        self.columns: dict[str, list[str]] = {}

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock | None = None,
        passphrase: str = "",
        *,
        read_only: bool = False,
    ) -> Store:
        """Opens the file, making it or bringing its schema up to date where that is due.

        Raises EnvironmentProblem if it is damaged, locked, of a newer schema or not ours, and
        "store.sealed" if it is encrypted and there is no passphrase; such a file is left as it is,
        to the byte.
        """
        try:
            str(path).encode()
        except UnicodeEncodeError as error:  # SQLite takes names in UTF-8 alone
            raise EnvironmentProblem("store.cannot_open", path=ascii(str(path))) from error
        if not passphrase and salt_of(path):
            raise EnvironmentProblem("store.sealed", path=str(path))
        store = cls(path, clock or Clock(), passphrase, read_only=read_only)
        try:
            with told(path):
                _refuse_emptied(path)
                store._prepare()
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self) -> None:
        connection = self.connection
        steps = migrations()
        # in one statement: another program may be making the file at this moment
        version, application, tables = connection.execute(
            "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)"
            " FROM pragma_user_version, pragma_application_id"
        ).fetchone()
        if application != APPLICATION_ID and (version or tables):
            raise EnvironmentProblem("store.not_ours", path=str(self.path))
        if version > len(steps):
            raise EnvironmentProblem("store.newer_schema", path=str(self.path))
        if not self.read_only and is_converting(self.path):
            from fieldsales.store.conversion import finish  # it opens files itself

            finish(self.path, self.passphrase)
        if self.read_only:
            if version < len(steps):
                raise EnvironmentProblem("store.older_schema", path=str(self.path))
        else:
            connection.execute("PRAGMA journal_mode = wal")
            if version < len(steps):
                self._migrate(steps)
            found.complete(connection)
            facts.follow_zone(connection)
        self._opened = self.path.stat()
        self.columns = triggers.all_tables(connection)
        for name, columns in self.columns.items():
            self.tables[name] = peewee.Table(name, columns).bind(self._db)

    def _migrate(self, steps: Sequence[Migration]) -> None:
        from fieldsales.store.backup import back_up  # it opens stores itself

        connection = self.connection
        if connection.execute("PRAGMA user_version").fetchone()[0]:
            back_up(self)
        connection.execute("PRAGMA foreign_keys = 0")
        while self._step(steps):
            pass
        connection.execute("PRAGMA foreign_keys = 1")

    def _step(self, steps: Sequence[Migration]) -> bool:
        """Takes the file one schema further; False if it is up to date."""
        connection = self.connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            # asked again under the lock: another program may have opened the file, too
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            due = version < len(steps)
            if due:
                steps[version].up(connection)
                if version + 1 == len(steps):  # nobody works with a file halfway
                    triggers.rebuild_triggers(connection)
                if connection.execute("PRAGMA foreign_key_check").fetchone():
                    raise EnvironmentProblem("store.damaged", path=str(self.path))
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return due

    @property
    def connection(self) -> Connection:
        """The connection of the calling thread."""
        return self._db.connection()

    def release(self) -> None:
        """Closes this thread's connection; for the end of a job on another thread."""
        if not self._db.is_closed():
            self._db.close()

    def close(self) -> None:
        """Closes the file for this thread; the last one folds the write-ahead log in."""
        self.release()

    def rows(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with told(self.path):
            found: list[tuple[Any, ...]] = self.connection.execute(sql, params).fetchall()
        return found

    def each(self, sql: str, params: Params = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one, where they are many."""
        with told(self.path):
            yield from self.connection.execute(sql, params)

    def value(self, sql: str, params: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        with told(self.path):
            row = self.connection.execute(sql, params).fetchone()
        return row[0] if row else None

    def records(self, noun: type[_R], sql: str, params: Sequence[object] = ()) -> list[_R]:
        """Records of a query that selects `table.*` of the noun."""
        with told(self.path):
            cursor = self.connection.execute(sql, params)
            names = [column[0] for column in cursor.description]
            return [noun(**dict(zip(names, row, strict=True))) for row in cursor]

    def record(self, noun: type[_R], row_id: str | None) -> _R | None:
        """The record of this id, trashed or not; None if there is none."""
        table = table_of(noun)
        found = self.records(noun, f"SELECT * FROM {table} WHERE id = ?", [row_id])
        return found[0] if found else None

    def empty_row(self, table: str) -> dict[str, str | int | None]:
        """All fields but the id of a table with nothing in them, over which images are read.

        A column that came later has its default: older images know nothing of it.
        """
        row: dict[str, str | int | None] = {}
        for name, kind, required, default in self.rows(
            'SELECT name, type, "notnull", dflt_value FROM pragma_table_info(?)'
            " WHERE name <> 'id'",
            [table],
        ):
            value: str | int = 0 if kind == "INTEGER" else ""
            if default is not None:
                value = int(default) if kind == "INTEGER" else default.strip("'")
            row[name] = value if required else None
        return row

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the file for several queries, whatever is written meanwhile."""
        with told(self.path):
            connection = self.connection
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def transaction(self, *, wait: float = 0.05) -> Iterator[Connection]:
        """A write transaction; waits `wait` seconds for who else writes.

        Raises EnvironmentProblem("store.busy") while another thread is at work, `store.locked` if
        another program holds the file, `store.vanished` if it was moved away while it was open.
        """
        if self.read_only:
            raise EnvironmentProblem("store.read_only", path=str(self.path))
        self._refuse_vanished()
        if not self.write_lock.acquire(timeout=wait):
            raise EnvironmentProblem("store.busy")
        try:
            with told(self.path):
                connection = self.connection
                connection.execute(f"PRAGMA busy_timeout = {round(wait * 1_000)}")
                try:
                    connection.execute("BEGIN IMMEDIATE")
                finally:
                    connection.execute(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout']}")
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        finally:
            self.write_lock.release()

    def _refuse_vanished(self) -> None:
        """What is written to a file without a name is lost; what it holds is copied, once."""
        try:
            if self._opened is None or os.path.samestat(self.path.stat(), self._opened):
                return
        except OSError:
            pass
        from fieldsales.store.backup import back_up

        if self._rescued is None:
            self._rescued = back_up(self).path
        raise EnvironmentProblem("store.vanished", path=str(self.path), copy=str(self._rescued))


def _refuse_emptied(path: Path) -> None:
    """A file without a byte would be filled anew, although there are copies of what it held."""
    from fieldsales.store.backup import backups

    if path.is_file() and path.stat().st_size < 2 and backups(places.backup_folder(path)):
        raise EnvironmentProblem("store.damaged", path=str(path))


def table_of(noun: type[Record]) -> str:
    """The table that holds a noun."""
    return next(name for name, known in NOUNS.items() if known is noun)


def placeholders(values: Iterable[object]) -> str:
    """`?, ?, ?` for as many values."""
    return ", ".join("?" for _ in values)
