"""The journal: every change belongs to an operation, can be read back and be reversed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import TypeVar

import peewee

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.fields import Field, Record, clean, fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError, UserError
from fieldsales.store import caches, erasure
from fieldsales.store._connection import told
from fieldsales.store.database import Store, placeholders
from fieldsales.store.migrations import Connection

Image = dict[str, str | int | None]
_Row = tuple[str, str]  # table and id
_Images = list[tuple[str | None, str | None]]  # before and after, as JSON
_R = TypeVar("_R", bound=Record)

SALVAGED = "salvage"  # kind of the operation that put a file together from what could be read
ELSEWHERE = "elsewhere"  # kind of what other programs changed
MERGE_WITHIN = timedelta(seconds=3)  # typing into one field is one operation
_REMEMBERED = 500  # how far back undo looks
_TOLD_EACH = 500  # rows put back between two words to who watches
_SALES_NAMED = 1_000
_STREAMED = 10_000  # changes of rows from which on they are not all held in memory


@dataclass(frozen=True, slots=True)
class Changed:
    """What an operation changed: ids of rows by table, and the customers they belong to."""

    op: int
    kind: str
    rows: Mapping[str, frozenset[str]]
    customers: frozenset[str]
    undoes: str = ""  # kind of the operation that was undone or redone

    def touches(self, *nouns: str) -> bool:
        return any(noun in self.rows for noun in nouns)


@dataclass(frozen=True, slots=True)
class Step:
    """An operation of the journal as undo and history see it."""

    op: int
    kind: str
    at: str
    device: str
    undoes: int | None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of one record; `before` and `after` hold the fields that changed."""

    step: Step
    before: Image | None
    after: Image | None


@dataclass(slots=True)
class _Net:
    """What an operation did to one row in the end; None stands for 'no such row'."""

    before: Image | None
    after: Image | None


@dataclass(slots=True)
class Writer:
    """The door through which an operation's `apply` writes; texts are cleaned on the way in."""

    store: Store
    connection: Connection
    watch: caches.Watch = caches.unwatched  # told while the caches follow; may raise to stop it all
    afterwards: Callable[[], None] | None = None  # called when the caches have followed

    def insert(self, noun: str, values: Mapping[str, object], row_id: str = "") -> str:
        """Adds a record and returns its id; raises FieldError on a bad value."""
        row_id = row_id or new_id()
        self.insert_many(noun, [{**values, "id": row_id}])
        return row_id

    def insert_many(self, noun: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Adds many records; each needs its `id`, a field that one does not name is empty."""
        if not rows:
            return
        declared = fields(NOUNS[noun])
        empty = NOUNS[noun]()
        named = set[str]().union(*rows) - {"id"}
        if not named <= declared.keys():
            raise KeyError(*sorted(named - declared.keys()))
        for name in declared.keys() - named:
            if declared[name].required and not getattr(empty, name):
                raise FieldError("field.required", name)
        count = len(rows)
        stamp = self.store.clock.stamp()
        columns: dict[str, list[object]] = {
            "id": [row["id"] for row in rows],
            "created_at": [stamp] * count,
        }
        for name, field in declared.items():
            usual = getattr(empty, name)
            if name in named:
                columns[name] = _cleaned(field, [row.get(name, usual) for row in rows])
            elif usual:  # what is empty the table knows itself
                columns[name] = [usual] * count
        self.put(noun, columns)

    def put(self, noun: str, columns: Mapping[str, Sequence[object]]) -> None:
        """Adds rows as they are, ids and moments among them, by column; all is clean already."""
        # all in one statement, which needs no Python between the rows, and binary, or each cell
        # would have its row read as text again
        cells = ", ".join(f"value ->> {at}" for at in range(len(columns)))
        self.connection.execute(
            f"INSERT INTO {noun} ({', '.join(columns)}) SELECT {cells} FROM jsonb_each(?)",
            [json.dumps(list(zip(*columns.values(), strict=True)), ensure_ascii=False)],
        )

    def update(self, noun: str, row_id: str, values: Mapping[str, object]) -> None:
        """Sets fields of a record; raises FieldError, or UserError if the record is gone."""
        cleaned = clean(NOUNS[noun], values)
        if not cleaned:
            return
        assignments = ", ".join(f"{name} = ?" for name in cleaned)
        cursor = self.connection.execute(
            f"UPDATE {noun} SET {assignments} WHERE id = ?", [*cleaned.values(), row_id]
        )
        if not cursor.rowcount:
            raise UserError("record.gone")

    def set_trashed(self, noun: str, row_ids: Iterable[str], at: str | None) -> None:
        """Puts records into the trash, or takes them out (`at` None)."""
        self.connection.executemany(
            f"UPDATE {noun} SET trashed_at = ? WHERE id = ?", [(at, row_id) for row_id in row_ids]
        )

    def delete(self, noun: str, row_id: str) -> None:
        """Removes a row for good, as links and prepared lines are; undo brings it back."""
        self.connection.execute(f"DELETE FROM {noun} WHERE id = ?", [row_id])

    def require(self, noun: type[_R], row_id: str | None) -> _R:
        """The live record; raises UserError if it is gone or in the trash."""
        record = self.store.record(noun, row_id)
        if record is None or record.trashed_at:
            raise UserError("record.gone")
        return record


class Journal:
    """Runs operations on one file and knows what can be undone."""

    def __init__(self, store: Store, device: str) -> None:
        self.store = store
        self.device = device
        self._empty: dict[str, Image] = {}

    @contextmanager
    def operation(
        self, kind: str, origin: str, merge_key: str = "", *, wait: float = 0.05
    ) -> Iterator[tuple[Writer, list[Changed]]]:
        """Opens an operation; on leaving it is committed and its `Changed` stands in the list."""
        result: list[Changed] = []
        with self.store.transaction(wait=wait) as connection:
            merged = self._mergeable(connection, kind, merge_key)
            op = merged or self._begin(connection, kind, origin, merge_key, None)
            start = self._open(connection, op)
            writer = Writer(self.store, connection)
            yield writer, result
            changed = self._finish(connection, op, kind, start, watch=writer.watch)
            if writer.afterwards is not None:
                writer.afterwards()
            if self._is_void(connection, op) if merged else not changed.rows:
                # nothing came of it in the end: no trace, and nothing for undo to find
                connection.execute("DELETE FROM change WHERE op = ?", [op])
                connection.execute("DELETE FROM op WHERE seq = ?", [op])
            result.append(changed)

    def reverse(
        self, op: int, origin: str, *, wait: float = 0.05, watch: caches.Watch = caches.unwatched
    ) -> Changed:
        """Undoes one operation as a new one; undoing an undo is a redo.

        Raises UserError("undo.changed_since") if a row it touched was changed after it,
        `undo.erased` if somebody was erased after it, `undo.salvaged` if the file was salvaged, or
        `undo.nothing` if there is no such operation. What `watch` raises stops it, with nothing
        changed.
        """
        step = self._step(op)
        if op <= erasure.last_erasure(self.store)[0]:
            raise UserError("undo.erased")
        if self.store.value("SELECT 1 FROM op WHERE seq >= ? AND kind = ?", [op, SALVAGED]):
            raise UserError("undo.salvaged")
        with self.store.transaction(wait=wait) as connection:
            alone, count = _alone(connection, op)
            changes = _changes(connection, op, alone)
            self._refuse_if_changed_since(connection, op, changes)
            reversal = self._begin(connection, "undo", origin, "", op)
            start = self._open(connection, reversal)
            rows = chain(reversed(changes.items()), _one_by_one(connection, op, alone))
            for done, ((table, row_id), images) in enumerate(rows):
                if done % _TOLD_EACH == 0:
                    watch(done, 3 * count)
                self._restore(connection, table, row_id, self._net(table, images))

            def follow(done: int, total: int) -> None:
                watch(count + 2 * count * done // total, 3 * count)  # the caches take the longest

            return self._finish(
                connection, reversal, "undo", start, undoes=self._root(step).kind, watch=follow
            )

    def _root(self, step: Step) -> Step:
        """What was done in the first place, under the undos and redos of it."""
        while step.undoes is not None:
            step = self._step(step.undoes)
        return step

    def size(self, op: int) -> int:
        """How many changes of rows an operation made."""
        found: int = self.store.value("SELECT count(*) FROM change WHERE op = ?", [op])
        return found

    def undoable(self) -> Step | None:
        """The operation that undo would reverse next, across restarts."""
        return next(iter(self._stacks()[0]), None)

    def redoable(self) -> Step | None:
        """The undo that redo would reverse next."""
        return next(iter(self._stacks()[1]), None)

    def history(self, noun: str, row_id: str) -> list[HistoryEntry]:
        """All changes of a record, newest first."""
        rows = self.store.rows(
            "SELECT o.seq, o.kind, o.at, o.device, o.undoes, c.before, c.after"
            " FROM change c JOIN op o ON o.seq = c.op"
            " WHERE c.tbl = ? AND c.row_id = ? ORDER BY c.seq DESC",
            [noun, row_id],
        )
        with told(self.store.path):
            return [HistoryEntry(Step(*row[:5]), _image(row[5]), _image(row[6])) for row in rows]

    def noun_of(self, row_id: str) -> str:
        """The noun of a record that was ever written; '' if there was none of this id."""
        found = self.store.value(
            "SELECT tbl FROM change WHERE row_id = ? AND tbl IN (SELECT value FROM json_each(?))",
            [row_id, json.dumps(list(NOUNS))],
        )
        return str(found or "")

    def position(self) -> tuple[int, int]:
        """The number of the last change, and one that differs after commits of other connections.

        What comes after the first is sure to alter the second.
        """
        with told(self.store.path):
            last = last_change(self.store.connection)
        return last, self.store.value("PRAGMA data_version")

    def since(self, start: int, own: Sequence[int]) -> Changed:
        """All that was changed after `start` by other operations than `own`, as one change."""
        with self.store.reading() as connection:
            rows = changed_rows(connection, start, own)
            customers = caches.customers_of(connection, rows, start) | rows.get("customer", set())
        return _sum_up(0, ELSEWHERE, rows, customers)

    def _step(self, op: int) -> Step:
        found = self.store.rows("SELECT seq, kind, at, device, undoes FROM op WHERE seq = ?", [op])
        if not found:
            raise UserError("undo.nothing")  # it came to nothing and was forgotten
        return Step(*found[0])

    def _stacks(self) -> tuple[list[Step], list[Step]]:
        """What can be undone and redone, next first, by replaying the last operations."""
        rows = self.store.rows(
            "SELECT seq, kind, at, device, undoes FROM op WHERE seq > ? ORDER BY seq DESC LIMIT ?",
            [erasure.last_erasure(self.store)[0], _REMEMBERED],
        )
        undo: list[Step] = []
        redo: list[Step] = []
        for row in reversed(rows):
            step = Step(*row)
            if step.kind == SALVAGED:  # of what came before, some may be missing
                undo.clear()
                redo.clear()
            elif step.undoes is None:
                undo.append(step)
                redo.clear()
            elif any(done.op == step.undoes for done in undo):
                undo = [done for done in undo if done.op != step.undoes]
                redo.append(step)
            elif any(done.op == step.undoes for done in redo):
                redo = [done for done in redo if done.op != step.undoes]
                undo.append(step)
        return undo[::-1], redo[::-1]

    def _mergeable(self, connection: Connection, kind: str, merge_key: str) -> int | None:
        if not merge_key:
            return None
        last = connection.execute(
            "SELECT seq, kind, merge_key, at, device FROM op ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        if last is None or last[1:3] != (kind, merge_key) or last[4] != self.device:
            return None
        age = self.store.clock.now() - from_stamp(last[3])
        return int(last[0]) if timedelta() <= age <= MERGE_WITHIN else None

    def _begin(
        self, connection: Connection, kind: str, origin: str, merge_key: str, undoes: int | None
    ) -> int:
        cursor = connection.execute(
            "INSERT INTO op (id, kind, at, device, origin, merge_key, undoes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [new_id(), kind, self.store.clock.stamp(), self.device, origin, merge_key, undoes],
        )
        return int(cursor.lastrowid)

    def _open(self, connection: Connection, op: int) -> int:
        connection.execute("INSERT INTO current_op (seq) VALUES (?)", [op])
        return last_change(connection)

    def _finish(
        self,
        connection: Connection,
        op: int,
        kind: str,
        start: int,
        *,
        undoes: str = "",
        watch: caches.Watch = caches.unwatched,
    ) -> Changed:
        connection.execute("DELETE FROM current_op")
        rows = changed_rows(connection, start)
        return _sum_up(op, kind, rows, caches.refresh(connection, rows, start, watch), undoes)

    def _net(self, table: str, images: _Images) -> _Net:
        """What several changes of one row came to."""
        (before, after), *later = images
        net = _Net(_image(before), _image(after))
        for before, after in later:
            old, new = _image(before), _image(after)
            if net.before is not None and old is not None:
                net.before = {**old, **net.before}
            if net.before is not None and net.after is None and new is not None:
                # deleted and added again: images of whole rows leave out what is empty
                empty = self._empty_row(table)
                net.before, new = {**empty, **net.before}, {**empty, **new}
            net.after = None if new is None else {**(net.after or {}), **new}
        return net

    def _is_void(self, connection: Connection, op: int) -> bool:
        nets = (self._net(table, images) for (table, _), images in _changes(connection, op).items())
        return all(net.before == net.after for net in nets)

    def _refuse_if_changed_since(
        self, connection: Connection, op: int, changes: Mapping[_Row, _Images]
    ) -> None:
        for key in connection.execute(
            "SELECT DISTINCT tbl, row_id FROM change c WHERE op = ? AND EXISTS"
            " (SELECT 1 FROM change WHERE tbl = c.tbl AND row_id = c.row_id"
            " AND seq > c.seq AND op <> c.op)",
            [op],
        ):
            net = self._net(key[0], changes[key])
            if not _stands(connection, key, net, self._empty_row(key[0])):
                raise UserError("undo.changed_since")

    def _restore(self, connection: Connection, table: str, row_id: str, net: _Net) -> None:
        """Puts a row back as it was before the operation."""
        if net.before is None:
            if net.after is not None:
                connection.execute(f"DELETE FROM {table} WHERE id = ?", [row_id])
            return
        if net.after is None:
            values = {**self._empty_row(table), **net.before, "id": row_id}
            connection.execute(
                f"INSERT INTO {table} ({', '.join(values)}) VALUES ({placeholders(values)})",
                [*values.values()],
            )
            return
        assignments = ", ".join(f"{name} = ?" for name in net.before)
        connection.execute(
            f"UPDATE {table} SET {assignments} WHERE id = ?", [*net.before.values(), row_id]
        )

    def _empty_row(self, table: str) -> Image:
        if table not in self._empty:
            self._empty[table] = self.store.empty_row(table)
        return self._empty[table]


def is_untouched(store: Store) -> bool:
    """Whether nobody ever changed anything in the file."""
    return not store.value("SELECT 1 FROM op LIMIT 1")


def last_change(connection: Connection) -> int:
    """The number of the last change, 0 before the first."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchone()
    return int(row[0]) if row else 0


def changed_rows(
    connection: Connection, start: int, but: Sequence[int] = ()
) -> dict[str, set[str]]:
    """Ids by table of what was changed after `start`, `but` for some operations.

    Of sales, of which a table brings a million and which nobody looks up by id, some stand for all.
    """
    rows: dict[str, set[str]] = {}
    since = "FROM change WHERE seq > ? AND op NOT IN (SELECT value FROM json_each(?))"
    told = [start, json.dumps(but)]
    for table, row_id in connection.execute(
        f"SELECT tbl, row_id {since} AND +tbl <> 'sale' UNION ALL SELECT * FROM"
        f" (SELECT tbl, row_id {since} AND +tbl = 'sale' LIMIT {_SALES_NAMED})",
        [*told, *told],
    ):
        rows.setdefault(table, set()).add(row_id)
    return rows


def _sum_up(
    op: int, kind: str, rows: dict[str, set[str]], customers: set[str], undoes: str = ""
) -> Changed:
    frozen = {table: frozenset(rows.pop(table)) for table in [*rows]}  # not all of them twice
    return Changed(op, kind, frozen, frozenset(customers), undoes)


def _cleaned(field: Field, column: Sequence[object]) -> list[object]:
    """The values of a column as they are stored; a text that returns is cleaned once."""
    known: dict[str, str | int | None] = {}
    cleaned: list[object] = []
    for value in column:
        if type(value) is not str:
            cleaned.append(field.clean(value))
            continue
        if value not in known:
            known[value] = field.clean(value)
        cleaned.append(known[value])
    return cleaned


def _alone(connection: Connection, op: int) -> tuple[str, int]:
    """What is true of changes `c` whose row nobody touched before, in or after the operation, and
    how many changes there are. Of an import that is nearly all; in a small one it is not asked.
    """
    count, first = connection.execute(
        "SELECT count(*), min(seq) FROM change WHERE op = ?", [op]
    ).fetchone()
    if count < _STREAMED:
        return "false", count
    return (
        "NOT EXISTS (SELECT 1 FROM change d WHERE d.tbl = c.tbl AND d.row_id = c.row_id"
        f" AND d.seq <> c.seq AND d.seq >= {first})"
    ), count


def _one_by_one(connection: Connection, op: int, alone: str) -> Iterator[tuple[_Row, _Images]]:
    """Those changes, the last one first, read in pieces: all of them would fill the memory."""
    last = last_change(connection) + 1
    while True:
        rows = connection.execute(
            "SELECT seq, tbl, row_id, before, after FROM change c"
            f" WHERE op = ? AND seq < ? AND {alone} ORDER BY seq DESC LIMIT {_TOLD_EACH}",
            [op, last],
        ).fetchall()
        if not rows:
            return
        for _, table, row_id, before, after in rows:
            yield (table, row_id), [(before, after)]
        last = rows[-1][0]


def _changes(connection: Connection, op: int, but: str = "false") -> dict[_Row, _Images]:
    """The images an operation left, by row as first touched, `but` for some; unread, as there may
    be many.
    """
    result: dict[_Row, _Images] = {}
    for table, row_id, before, after in connection.execute(
        "SELECT tbl, row_id, before, after FROM change c"
        f" WHERE op = ? AND NOT ({but}) ORDER BY seq",
        [op],
    ):
        result.setdefault((table, row_id), []).append((before, after))
    return result


def _image(text: str | None) -> Image | None:
    try:
        return None if text is None else json.loads(text)
    except ValueError as error:
        raise peewee.DatabaseError("malformed image") from error


def _stands(connection: Connection, key: _Row, net: _Net, empty: Image) -> bool:
    """Whether the row still is as the operation left it."""
    table, row_id = key
    cursor = connection.execute(f"SELECT * FROM {table} WHERE id = ?", [row_id])
    row = cursor.fetchone()
    if row is None or net.after is None:
        return row is None and net.after is None
    current = dict(zip((column[0] for column in cursor.description), row, strict=True))
    if net.before is None:
        return current == {"id": row_id, **empty, **net.after}
    return all(current[name] == value for name, value in net.after.items())
