"""The history of a record's own fields, in words: what it was, what it became, when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fieldsales.domain.clock import from_stamp
from fieldsales.domain.fields import Kind, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.screens.contract import Context
from fieldsales.screens.told_value import told_value
from fieldsales.store.journal import HistoryEntry
from fieldsales.widgets.timeline import TimelineEntry


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changed, in words: its label, what it was and what it became.

    `foreign`: an amount in another currency than the record has now.
    """

    name: str
    label: str
    before: str
    after: str
    foreign: bool = False


def changes(context: Context, row_id: str, noun: str = "customer") -> list[TimelineEntry]:
    """Every change of a record, newest first."""
    words = context.words
    found = []
    for entry, told in told_history(context, noun, row_id):
        lines = list(_sentences(context, entry, told))
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


def told_history(
    context: Context, noun: str, row_id: str, most: int = 60
) -> Iterator[tuple[HistoryEntry, list[Change]]]:
    """Every change of a record, newest first, with its fields that a user knows; values of `most`
    characters, amounts in the currency the record had then.
    """
    entries = context.workspace.journal.history(noun, row_id)
    record = context.store.record(NOUNS[noun], row_id) if entries else None
    currency = now = getattr(record, "currency", "")
    for entry in entries:
        before, after = entry.before or {}, entry.after or {}
        then = before.get("currency", currency)
        told = [
            Change(
                name,
                context.words(f"field.{noun}.{name}"),
                told_value(context, field, before.get(name), most, then),
                told_value(context, field, after.get(name), most, currency),
                foreign=field.kind is Kind.MONEY and then != now,
            )
            for name, field in fields(NOUNS[noun]).items()
            if entry.before is not None
            and name in after
            and field.shown
            and context.words.has(f"field.{noun}.{name}")
        ]
        yield entry, told
        currency = then


def _sentences(context: Context, entry: HistoryEntry, told: list[Change]) -> Iterator[str]:
    words, after = context.words, entry.after or {}
    if entry.before is None or entry.after is None:
        yield words("card.change_made")
        return
    if "trashed_at" in after:
        yield words("card.change_trashed" if after["trashed_at"] else "card.change_restored")
    for one in told:
        yield words("card.change_line", field=one.label, before=one.before, after=one.after)
