"""The journal: every change belongs to an operation, can be read back and be reversed.

`writer` is how operations write; `steps` tells what undo and redo come to, `images` what was done
to each row, and `undoing` puts it back; `changes` says what others have to look at again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from itertools import chain

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import UserError
from fieldsales.store import caches, erasure
from fieldsales.store._connection import told
from fieldsales.store.database import Store
from fieldsales.store.journal.changes import (
    ELSEWHERE,
    Changed,
    changed_rows,
    is_untouched,
    last_change,
)
from fieldsales.store.journal.images import (
    Image,
    alone,
    image,
    images_of,
    net,
    one_by_one,
)
from fieldsales.store.journal.steps import SALVAGED, HistoryEntry, Step, root, stacks, step_of
from fieldsales.store.journal.undoing import is_void, put_back, refuse_if_changed_since
from fieldsales.store.journal.writer import Writer
from fieldsales.store.migrations import Connection

__all__ = [
    "SALVAGED",
    "Changed",
    "HistoryEntry",
    "Image",
    "Journal",
    "Step",
    "Writer",
    "changed_rows",
    "is_untouched",
    "last_change",
]

_MERGE_WITHIN = timedelta(seconds=3)  # typing into one field is one operation
_TOLD_EACH = 500  # rows put back between two words to who watches


class Journal:
    """Runs operations on one file and knows what can be undone."""

    def __init__(self, store: Store, device: str) -> None:
        self.store = store
        self.device = device
        self._empty = cache(store.empty_row)

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
            if is_void(connection, op, self._empty) if merged else not changed.rows:
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
        step = step_of(self.store, op)
        if op <= erasure.last_erasure(self.store)[0]:
            raise UserError("undo.erased")
        if self.store.value("SELECT 1 FROM op WHERE seq >= ? AND kind = ?", [op, SALVAGED]):
            raise UserError("undo.salvaged")
        with self.store.transaction(wait=wait) as connection:
            single, count = alone(connection, op)
            held = images_of(connection, op, single)
            refuse_if_changed_since(connection, op, held, self._empty)
            reversal = self._begin(connection, "undo", origin, "", op)
            start = self._open(connection, reversal)
            rows = chain(reversed(held.items()), one_by_one(connection, op, single))
            for done, (row, images) in enumerate(rows):
                if done % _TOLD_EACH == 0:
                    watch(done, 3 * count)
                empty = self._empty(row[0])
                put_back(connection, row, net(images, empty), empty)

            def follow(done: int, total: int) -> None:
                watch(count + 2 * count * done // total, 3 * count)  # the caches take the longest

            kind = root(self.store, step).kind
            return self._finish(connection, reversal, "undo", start, undoes=kind, watch=follow)

    def size(self, op: int) -> int:
        """How many changes of rows an operation made."""
        found: int = self.store.value("SELECT count(*) FROM change WHERE op = ?", [op])
        return found

    def undoable(self) -> Step | None:
        """The operation that undo would reverse next, across restarts."""
        return next(iter(stacks(self.store)[0]), None)

    def redoable(self) -> Step | None:
        """The undo that redo would reverse next."""
        return next(iter(stacks(self.store)[1]), None)

    def history(self, noun: str, row_id: str) -> list[HistoryEntry]:
        """All changes of a record, newest first."""
        rows = self.store.rows(
            "SELECT o.seq, o.kind, o.at, o.device, o.undoes, c.before, c.after"
            " FROM change c JOIN op o ON o.seq = c.op"
            " WHERE c.tbl = ? AND c.row_id = ? ORDER BY c.seq DESC",
            [noun, row_id],
        )
        with told(self.store.path):
            return [HistoryEntry(Step(*row[:5]), image(row[5]), image(row[6])) for row in rows]

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
        return Changed.summed_up(0, ELSEWHERE, rows, customers)

    def _mergeable(self, connection: Connection, kind: str, merge_key: str) -> int | None:
        if not merge_key:
            return None
        last = connection.execute(
            "SELECT seq, kind, merge_key, at, device FROM op ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        if last is None or last[1:3] != (kind, merge_key) or last[4] != self.device:
            return None
        age = self.store.clock.now() - from_stamp(last[3])
        return int(last[0]) if timedelta() <= age <= _MERGE_WITHIN else None

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
        customers = caches.refresh(connection, rows, start, watch)
        return Changed.summed_up(op, kind, rows, customers, undoes)
