"""Moving what is planned to another day or hour (M46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer


@dataclass(frozen=True)
class RescheduleVisit(Operation):
    """Moves a planned visit; `starts_at` an aware moment, `minutes` None leaves its length."""

    visit_id: str
    starts_at: datetime
    minutes: int | None = None

    @property
    def merge_key(self) -> str:
        return self.visit_id  # several steps by key are one

    def apply(self, writer: Writer) -> None:
        if writer.require(Visit, self.visit_id).state != "planned":
            raise UserError("visit.already_begun")
        values: dict[str, object] = {"starts_at": to_stamp(self.starts_at)}
        if self.minutes is not None:
            values["minutes"] = self.minutes
        writer.update("visit", self.visit_id, values)


@dataclass(frozen=True)
class RescheduleTask(Operation):
    """Moves an open task to another day; what it was put off to before counts no more."""

    task_id: str
    day: date

    @property
    def merge_key(self) -> str:
        return self.task_id

    def apply(self, writer: Writer) -> None:
        if writer.require(Task, self.task_id).done_at:
            raise UserError("task.already_done")
        values = {"due": self.day.isoformat(), "snoozed_until": None, "snooze_reason": ""}
        writer.update("task", self.task_id, values)
