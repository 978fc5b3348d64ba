"""What a change was about: the one record it touched, or the one customer."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.store.database import Store
from fieldsales.store.journal import Changed, Journal
from fieldsales.store.queries.trash import NAMES

_MOVED = ("trash_records", "restore_records")  # of these, whose it was would mislead


@dataclass(frozen=True, slots=True)
class Subject:
    """A record by its noun and name, and the fields of it that changed."""

    noun: str
    name: str
    fields: tuple[str, ...] = ()


def subject(store: Store, journal: Journal, changed: Changed) -> Subject | None:
    """The record a change was about; None where there were several, or none has a name."""
    named = [
        (noun, row_id) for noun, ids in changed.rows.items() if noun in NAMES for row_id in ids
    ]
    customers = [one for one in named if one[0] == "customer"]
    main = customers or named  # what belongs to a customer came along with it
    if len(main) == 1:
        noun, row_id = main[0]
        alone = sum(map(len, changed.rows.values())) == 1
        fields = _fields(journal, changed.op, noun, row_id) if alone else ()
        if name := _name(store, noun, row_id):
            return Subject(noun, name, fields)
    if len(customers) > 1 or len(changed.customers) != 1 or changed.undoes in _MOVED:
        return None
    name = _name(store, "customer", next(iter(changed.customers)))
    return Subject("customer", name) if name else None


def _name(store: Store, noun: str, row_id: str) -> str:
    found = store.value(f"SELECT {NAMES[noun]} FROM {noun} n WHERE n.id = ?", [row_id])
    return " ".join(str(found or "").split())


def _fields(journal: Journal, op: int, noun: str, row_id: str) -> tuple[str, ...]:
    entry = next((one for one in journal.history(noun, row_id) if one.step.op == op), None)
    if entry is None or entry.before is None or entry.after is None:
        return ()
    return tuple(entry.after)
