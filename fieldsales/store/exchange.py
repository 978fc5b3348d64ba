"""Rows as they stand, out of a file and into one: ids, moments and what lies in the trash."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from fieldsales.domain.fields import Field, Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError
from fieldsales.store.database import Store
from fieldsales.store.journal import Writer
from fieldsales.store.migrations import migrations

Row = tuple[Any, ...]  # values in the order of the columns

TAKEN = "take_records"  # kind of the operation that brings rows of another file
CHANGED = "changed_at"  # stands after a table's columns: when somebody last changed the row

_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_MOMENT = Field("created_at", Kind.MOMENT, required=True)
# What is taken from a file is as old as that file, which the operation's `merge_key` says: who took
# it over made no change.
_AT = f"CASE o.kind WHEN '{TAKEN}' THEN o.merge_key ELSE o.at END"
_LAST = (
    f"SELECT max({_AT})"
    " FROM change c JOIN op o ON o.seq = c.op WHERE c.tbl = '{table}' AND c.row_id = t.id"
)


def seen(store: Store) -> str:
    """Of when the newest file is that was taken over here; '' if there was none."""
    return store.value(f"SELECT max(merge_key) FROM op WHERE kind = '{TAKEN}'") or ""


def schema() -> int:
    """The number of the schema that this program writes."""
    return len(migrations())


def tables(store: Store) -> list[str]:
    """Every table that holds records, customers first."""
    return [table for table in NOUNS if table in store.columns]


def count(store: Store, table: str, ids: Collection[str] | None = None) -> int:
    """How many rows a table has, in the trash too, or how many these are."""
    return int(store.value(f"SELECT count(*) FROM {table}")) if ids is None else len(ids)


def rows(
    store: Store, table: str, ids: Iterable[str] | None = None, *, named: bool = False
) -> Iterator[Row]:
    """The rows of a table in the order they were written, or these of them, `changed_at` last.

    With `named`, then what `referred` columns refer to is called.
    """
    columns = [f"t.{name}" for name in store.columns[table]]
    columns.append(f"({_LAST.format(table=table)})")
    if named:
        columns += [
            f"(SELECT n.{called} FROM {noun} n WHERE n.id = t.{name})"
            for name, noun, called in _referred(store, table)
        ]
    sql = f"SELECT {', '.join(columns)} FROM {table} t"
    if ids is None:
        return store.each(f"{sql} ORDER BY t.rowid")
    chosen = [json.dumps(sorted(ids))]
    return store.each(f"{sql} WHERE t.id IN (SELECT value FROM json_each(?))", chosen)


def referred(store: Store, table: str) -> list[str]:
    """Columns of a table that refer to what has a name."""
    return [name for name, _, _ in _referred(store, table)]


def _referred(store: Store, table: str) -> Iterator[tuple[str, str, str]]:
    """(column, the noun it refers to, the column that noun is called by)."""
    for name, spec in fields(NOUNS[table]).items():
        for called in ("name", "title"):
            if spec.kind is Kind.REFERENCE and called in store.columns[spec.noun]:
                yield name, spec.noun, called
                break


def standing(
    store: Store, table: str, columns: Sequence[str], ids: Iterable[str]
) -> dict[str, Row]:
    """Which of these rows are there: by id, their values of some columns."""
    found = store.rows(
        f"SELECT {', '.join(('id', *columns))} FROM {table}"
        " WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return {row[0]: row[1:] for row in found}


def referring(store: Store, table: str, columns: Mapping[str, Iterable[str]]) -> set[str]:
    """Ids of live rows of which one of the columns holds one of its ids."""
    found: set[str] = set()
    for name, ids in columns.items():
        sql = f"SELECT id FROM {table} WHERE trashed_at IS NULL AND {name} IN"
        rows = store.rows(f"{sql} (SELECT value FROM json_each(?))", [json.dumps(list(ids))])
        found.update(row_id for (row_id,) in rows)
    return found


def of_others(store: Store, table: str, ids: Iterable[str], customer_id: str) -> set[str]:
    """Those of these rows that belong to another customer."""
    found = store.rows(
        f"SELECT id FROM {table} WHERE customer_id <> ? AND id IN (SELECT value FROM json_each(?))",
        [customer_id, json.dumps(list(ids))],
    )
    return {row_id for (row_id,) in found}


def names_here(store: Store, table: str, names: Iterable[str]) -> dict[str, str]:
    """Ids of live rows of these names."""
    found = store.rows(
        f"SELECT name, id FROM {table} WHERE trashed_at IS NULL"
        " AND name IN (SELECT value FROM json_each(?))",
        [json.dumps(list(names))],
    )
    return dict(found)


def linked(store: Store, table: str, values: Mapping[str, object]) -> str | None:
    """The id of the live row that links the same records."""
    same = " AND ".join(f"{name} = ?" for name in values)
    found: str | None = store.value(
        f"SELECT id FROM {table} WHERE trashed_at IS NULL AND {same}", [*values.values()]
    )
    return found


def changed_at(store: Store, table: str, ids: Iterable[str]) -> dict[str, str]:
    """When somebody last changed these rows; '' of one that came with the file."""
    found = store.rows(
        f"SELECT t.id, coalesce(({_LAST.format(table=table)}), '') FROM {table} t"
        " WHERE t.id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    )
    return dict(found)


@dataclass(slots=True)
class Trace:
    """When a row was written here: `last` of all, whole (`begun`), and since then by column.

    `former` are values of a column that somebody here has changed since it came from elsewhere, if
    it did; `held` are columns that held something else before some change.
    """

    last: str = ""
    begun: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    former: dict[str, set[object]] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    def add(self, moment: str, taken: bool, before: Mapping[str, Any], after: Any) -> None:
        """One more change, with what it replaced; `after` is None where the row went."""
        self.last = max(self.last, moment)
        if not before or after is None:
            self.begun, self.columns, self.former = moment, {}, {}
            return
        for name in after:
            self.columns[name] = moment
            if before[name] not in (None, ""):
                self.held.add(name)
            if taken:
                self.former.pop(name, None)
            else:
                self.former.setdefault(name, set()).add(before[name])

    def at(self, name: str) -> str:
        """When a column was written."""
        return self.columns.get(name, self.begun)


def traces(store: Store, table: str, ids: Iterable[str]) -> dict[str, Trace]:
    """What the journal knows of these rows."""
    found = {row_id: Trace() for row_id in ids}
    for row_id, kind, at, before, after in store.each(
        f"SELECT c.row_id, o.kind, {_AT}, c.before, c.after FROM change c"
        " JOIN op o ON o.seq = c.op WHERE c.tbl = ? AND c.row_id IN"
        " (SELECT value FROM json_each(?)) ORDER BY c.seq",
        [table, json.dumps(list(found))],
    ):
        images = (json.loads(before or "{}"), json.loads(after) if after else None)
        found[row_id].add(at or "", kind == TAKEN, *images)
    return found


def clean_rows(table: str, columns: Sequence[str], given: Sequence[Row]) -> list[Row]:
    """The rows as they are stored; raises FieldError or ValueError where one cannot be."""
    known = fields(NOUNS[table])
    stored = []
    if not are_simple(given):
        raise ValueError
    for name, column in zip(columns, zip(*given, strict=True), strict=True):
        # what returns is looked at once: of a column most does
        spec = known.get(name)
        clean = {value: _clean(name, spec, value) for value in set(column)}
        stored.append(map(clean.__getitem__, column))
    return list(zip(*stored, strict=True))


_SIMPLE = frozenset((str, int, type(None)))  # True is none of them, but equals 1


def are_simple(given: Iterable[Row]) -> bool:
    """Whether there are but texts, whole numbers and nothing in rows that come from outside."""
    return all(_SIMPLE.issuperset(map(type, row)) for row in given)


def _clean(name: str, spec: Field | None, value: str | int | None) -> str | int | None:
    if spec is not None:
        found = spec.clean(value)
        if spec.kind is not Kind.REFERENCE or found is None:
            return found
        value = found
    elif name != "id":
        return None if name == "trashed_at" and value is None else _MOMENT.clean(value)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError(name)
    return value


def moment(told: object) -> str:
    """A moment of a file; '' where it is none."""
    return _moment(str(told))


@lru_cache(maxsize=1_024)  # what was written at once returns in row after row
def _moment(told: str) -> str:
    try:
        return str(_MOMENT.clean(told))
    except FieldError:
        return ""


def add(writer: Writer, table: str, columns: Sequence[str], new: Sequence[Row]) -> None:
    """Adds rows with the ids they bring."""
    if not new:
        return
    empty = writer.store.empty_row(table)
    filled = {
        name: values
        for name, values in zip(columns, zip(*new, strict=True), strict=True)
        if name not in empty or set(values) != {empty[name]}  # that the table knows itself
    }
    writer.put(table, filled)


def change(writer: Writer, table: str, row_id: str, values: Mapping[str, object]) -> None:
    """Sets columns of a row, its moments among them."""
    assignments = ", ".join(f"{name} = ?" for name in values)
    writer.connection.execute(
        f"UPDATE {table} SET {assignments} WHERE id = ?", [*values.values(), row_id]
    )


def setting_named(store: Store, name: str) -> str | None:
    """The id of the live setting of this name: there is one at most."""
    found: str | None = store.value(
        "SELECT id FROM setting WHERE name = ? AND trashed_at IS NULL", [name]
    )
    return found


def circles(store: Store) -> bool:
    """Whether a record stands above itself, over however many others."""
    for table in tables(store):
        for name, spec in fields(NOUNS[table]).items():
            if spec.noun != table:
                continue
            above = dict(store.rows(f"SELECT id, {name} FROM {table} WHERE {name} IS NOT NULL"))
            while above:
                row_id, upper = above.popitem()
                path = {row_id}
                while upper in above:
                    path.add(upper)
                    upper = above.pop(upper)
                if upper in path:
                    return True
    return False
