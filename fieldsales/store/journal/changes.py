"""What was changed, by table: for who keeps up with the file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from fieldsales.store.database import Store
from fieldsales.store.migrations import Connection

ELSEWHERE = "elsewhere"  # kind of what other programs changed
_SALES_NAMED = 1_000


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

    @classmethod
    def summed_up(
        cls, op: int, kind: str, rows: dict[str, set[str]], customers: set[str], undoes: str = ""
    ) -> Self:
        """Of the ids of `changed_rows`, which are taken out of there."""
        frozen = {table: frozenset(rows.pop(table)) for table in [*rows]}  # not all of them twice
        return cls(op, kind, frozen, frozenset(customers), undoes)


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
