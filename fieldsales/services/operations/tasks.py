"""Doing and putting off tasks (M46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.task import Task
from fieldsales.errors import FieldError
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer


@dataclass(frozen=True)
class CompleteTask(Operation):
    """Ticks a task off."""

    task_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Task, self.task_id)
        writer.update("task", self.task_id, {"done_at": writer.store.clock.stamp()})


@dataclass(frozen=True)
class ReopenTask(Operation):
    """Takes the tick back."""

    task_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Task, self.task_id)
        writer.update("task", self.task_id, {"done_at": None})


@dataclass(frozen=True)
class SnoozeTask(Operation):
    """Puts a task off to a later day, with the reason that will be shown beside it."""

    task_id: str
    until: date
    reason: str

    def apply(self, writer: Writer) -> None:
        writer.require(Task, self.task_id)
        if self.until <= writer.store.clock.today():
            raise FieldError("task.snooze_past", "snoozed_until")
        if not self.reason.strip():
            raise FieldError("task.snooze_reason", "snooze_reason")
        values = {"snoozed_until": self.until.isoformat(), "snooze_reason": self.reason}
        writer.update("task", self.task_id, values)


@dataclass(frozen=True)
class WakeTask(Operation):
    """Ends the putting off: the task is due when it was."""

    task_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Task, self.task_id)
        writer.update("task", self.task_id, {"snoozed_until": None, "snooze_reason": ""})
