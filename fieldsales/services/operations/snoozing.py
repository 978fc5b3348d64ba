"""Putting lines of Today off, and waking them (M46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.snooze import SUBJECTS, Snooze
from fieldsales.errors import FieldError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.customers import owner
from fieldsales.store.queries.snoozed import snooze_of


@dataclass(frozen=True)
class SnoozeLine(Operation):
    """Puts a line off until a day, with the reason shown beside it.

    `line` is one of `domain.snooze.LINES`, `row_id` the record it speaks of. What was put off
    before has the new day.
    """

    line: str
    row_id: str
    until: date
    reason: str

    def apply(self, writer: Writer) -> None:
        column = SUBJECTS[self.line]
        noun = column.removesuffix("_id")
        if self.until <= writer.store.clock.today():
            raise FieldError("task.snooze_past", "until")
        if not self.reason.strip():
            raise FieldError("task.snooze_reason", "reason")
        values: dict[str, object] = {"until": self.until.isoformat(), "reason": self.reason}
        before = snooze_of(writer.store, self.line, self.row_id)
        if before:
            writer.update("snooze", before, values)
            return
        whose = self.row_id if noun == "customer" else owner(writer.store, noun, self.row_id)
        about = {"customer_id": whose, column: self.row_id}
        writer.insert("snooze", {"line": self.line, **about, **values})


@dataclass(frozen=True)
class WakeLine(Operation):
    """Ends the putting off of a line."""

    snooze_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Snooze, self.snooze_id)
        writer.delete("snooze", self.snooze_id)
