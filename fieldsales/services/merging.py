"""Two records side by side: what each has, what is proposed, and what comes of a choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fieldsales.domain.duplicates.choosing import BOTH, GONE, KEPT, Choice, Comparison, compared
from fieldsales.domain.fields import Kind, Record
from fieldsales.domain.nouns import NOUNS
from fieldsales.services.importing.values import with_phones
from fieldsales.services.workspace import Workspace
from fieldsales.store import merging


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and how many records of which noun belong to it, most first."""

    record: Record
    belongings: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Beside:
    """Both; `kept` is the one to which more belongs."""

    noun: str
    kept: Side
    gone: Side
    comparison: Comparison


def beside(workspace: Workspace, noun: str, one: str, other: str) -> Beside | None:
    """Two live records side by side; None if one of them is gone."""
    sides = []
    for row_id in (one, other):
        record = workspace.store.record(NOUNS[noun], row_id)
        if record is None or record.trashed_at:
            return None
        sides.append(Side(record, merging.belongings(workspace.store, noun, row_id)))
    # what more belongs to is kept, of equals that which is here longer
    kept, gone = sorted(sides, key=lambda one: (-sum(one.belongings.values()), one.record.id))
    typed, newer = (_typed_at(workspace, noun, side.record.id) for side in (kept, gone))
    later = {name for name, seq in newer.items() if seq > typed.get(name, 0)}
    comparison = compared(kept.record, gone.record, later)
    choices = tuple(map(_without_needless, comparison.choices))
    return Beside(noun, kept, gone, replace(comparison, choices=choices))


def _without_needless(choice: Choice) -> Choice:
    """There is no keeping both of one number that is written in two ways."""
    if BOTH not in choice.ways or joined(choice) != choice.kept:
        return choice
    return replace(choice, ways=(KEPT, GONE), way=KEPT)


def _typed_at(workspace: Workspace, noun: str, row_id: str) -> dict[str, int]:
    """Field -> the operation that set it last."""
    found: dict[str, int] = {}
    for entry in workspace.journal.history(noun, row_id):  # newest first
        for name in entry.after or {}:
            found.setdefault(name, entry.step.op)
    return found


def values(comparison: Comparison, ways: Mapping[str, str]) -> dict[str, object]:
    """What the record that is kept gets; `ways` by field, those proposed where it says nothing."""
    found = dict(comparison.filled)
    taken = set(found)
    for choice in comparison.choices:
        way = ways.get(choice.field.name, choice.way)
        if way == GONE:
            found[choice.field.name] = choice.gone
            taken.add(choice.field.name)
        elif way == BOTH:
            found[choice.field.name] = joined(choice)
    for name in taken:
        found.update(comparison.followers.get(name, {}))
    return found


def joined(choice: Choice) -> str:
    """Both values of a field in one, as long as it may be."""
    one, other = str(choice.kept), str(choice.gone)
    if choice.field.kind is Kind.PHONE:
        both = with_phones(one, [other])
    else:
        both = one if other in one else f"{one}\n{other}"
    return both if len(both) <= choice.field.max_length else one
