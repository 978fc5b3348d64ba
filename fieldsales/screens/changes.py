"""The history of a record's own fields, in words: what it was, what it became, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.fields import fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.screens.contract import Context
from fieldsales.screens.told_value import told_value
from fieldsales.store.journal import HistoryEntry
from fieldsales.widgets.timeline import TimelineEntry


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed, in words: its label, what it was and what it became."""

    name: str
    label: str
    before: str
    after: str


def changes(context: Context, row_id: str, noun: str = "customer") -> list[TimelineEntry]:
    """Every change of a record, newest first."""
    words = context.words
    found = []
    for entry in context.workspace.journal.history(noun, row_id):
        lines = list(_sentences(context, noun, entry))
        if not lines:
            continue
        undone = entry.step.undoes is not None
        title = words("card.change_undone") if undone else words("card.change")
        if entry.before is None:
            title = words("card.change_made")
        found.append(
            TimelineEntry(
                kind="change",
                at=from_stamp(entry.step.at),
                title=title if len(lines) > 1 or entry.before is None else lines[0],
                text="\n".join(lines) if len(lines) > 1 and entry.before is not None else "",
                icon="history",
                role="ink-3",
            )
        )
    return found


def field_changes(context: Context, noun: str, entry: HistoryEntry, most: int = 60) -> list[Change]:
    """What an entry of the history changed, of the fields a user knows; values of `most`
    characters.
    """
    before, after = entry.before or {}, entry.after or {}
    if entry.before is None or entry.after is None:
        return []
    return [
        Change(
            name,
            context.words(f"field.{noun}.{name}"),
            told_value(context, field, before.get(name), most),
            told_value(context, field, after.get(name), most),
        )
        for name, field in fields(NOUNS[noun]).items()
        if name in after and field.shown and context.words.has(f"field.{noun}.{name}")
    ]


def _sentences(context: Context, noun: str, entry: HistoryEntry) -> Iterator[str]:
    words, after = context.words, entry.after or {}
    if entry.before is None or entry.after is None:
        yield words("card.change_made")
        return
    if "trashed_at" in after:
        yield words("card.change_trashed" if after["trashed_at"] else "card.change_restored")
    for one in field_changes(context, noun, entry):
        yield words("card.change_line", field=one.label, before=one.before, after=one.after)
