"""The door through which operations write records."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from fieldsales.domain.fields import Field, Record, clean, fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.nouns import NOUNS
from fieldsales.errors import FieldError, UserError
from fieldsales.store import caches
from fieldsales.store.database import Store
from fieldsales.store.migrations import Connection

_R = TypeVar("_R", bound=Record)


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
