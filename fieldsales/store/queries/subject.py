"""What a change was about: the one record it touched, or the one customer."""

from __future__ import annotations

import json
from dataclasses import dataclass

from fieldsales.store.database import Store
from fieldsales.store.journal import Changed, Image, Journal
from fieldsales.store.queries.trash import NAMES, name_of

_MOVED = ("trash_records", "restore_records")  # of these, whose it was would mislead


@dataclass(frozen=True, slots=True)
class Subject:
    """A record by its noun and name, and the fields of it that changed."""

    noun: str
    name: str
    fields: tuple[str, ...] = ()


def subject(store: Store, journal: Journal, changed: Changed) -> Subject | None:
    """The record a change was about; None where there were several, or none has a name."""
    touched = [(noun, row_id) for noun, ids in changed.rows.items() for row_id in ids]
    named = [one for one in touched if one[0] in NAMES] or [
        one for one in touched if name_of(one[0]) != "''"
    ]
    customers = [one for one in named if one[0] == "customer"]
    main = customers or named  # what belongs to a customer came along with it
    if len(main) == 1:
        noun, row_id = main[0]
        alone = sum(map(len, changed.rows.values())) == 1
        fields = _fields(journal, changed.op, noun, row_id) if alone else ()
        if name := called(store, noun, row_id):
            return Subject(noun, name, fields)
    if len(customers) > 1 or len(changed.customers) != 1 or changed.undoes in _MOVED:
        return None
    name = called(store, "customer", next(iter(changed.customers)))
    return Subject("customer", name) if name else None


def called(store: Store, noun: str, row_id: str) -> str:
    """What a record is called, or was when it was there; '' if it has no name."""
    found = store.rows(f"SELECT {name_of(noun)} FROM {noun} n WHERE n.id = ?", [row_id])
    if not found:
        row = _last(store, noun, row_id)
        cells = ", ".join(f"? AS {name}" for name in row)
        found = store.rows(f"SELECT {name_of(noun)} FROM (SELECT {cells}) n", [*row.values()])
    return " ".join(str(found[0][0] or "").split())


def _last(store: Store, noun: str, row_id: str) -> Image:
    """What a row that is gone was in the end, as the journal tells; empty if it does not."""
    image = store.value(
        "SELECT before FROM change WHERE tbl = ? AND row_id = ? ORDER BY seq DESC LIMIT 1",
        [noun, row_id],
    )
    return {**store.empty_row(noun), **json.loads(image or "{}"), "id": row_id}


def _fields(journal: Journal, op: int, noun: str, row_id: str) -> tuple[str, ...]:
    entry = next((one for one in journal.history(noun, row_id) if one.step.op == op), None)
    if entry is None or entry.before is None or entry.after is None:
        return ()
    return tuple(entry.after)
