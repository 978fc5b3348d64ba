"""The operations one after the other, and which of them undo and redo come to next."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.errors import UserError
from fieldsales.store import erasure
from fieldsales.store.database import Store
from fieldsales.store.journal.images import Image

SALVAGED = "salvage"  # kind of the operation that put a file together from what could be read
_REMEMBERED = 500  # how far back undo looks


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


def step_of(store: Store, op: int) -> Step:
    """One operation; raises UserError("undo.nothing") if there is none."""
    found = store.rows("SELECT seq, kind, at, device, undoes FROM op WHERE seq = ?", [op])
    if not found:
        raise UserError("undo.nothing")  # it came to nothing and was forgotten
    return Step(*found[0])


def root(store: Store, step: Step) -> Step:
    """What was done in the first place, under the undos and redos of it."""
    while step.undoes is not None:
        step = step_of(store, step.undoes)
    return step


def stacks(store: Store) -> tuple[list[Step], list[Step]]:
    """What can be undone and redone, next first, by replaying the last operations."""
    rows = store.rows(
        "SELECT seq, kind, at, device, undoes FROM op WHERE seq > ? ORDER BY seq DESC LIMIT ?",
        [erasure.last_erasure(store)[0], _REMEMBERED],
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
