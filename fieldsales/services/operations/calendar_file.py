"""Taking over what stands in a calendar file: visits and tasks, each known again by its UID."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.customer import Customer
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.services.calendar_file.plan import Planned
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer


@dataclass(frozen=True)
class ImportCalendar(Operation):
    """Adds what is new, moves what was moved, and calls off what was: all or nothing.

    What is known here keeps its customer and its words; of it only the time follows the file.
    """

    chosen: tuple[Planned, ...]

    def apply(self, writer: Writer) -> None:
        for one in self.chosen:
            visit = writer.store.record(Visit, one.event.row_id)
            task = writer.store.record(Task, one.event.row_id)
            if visit is not None and not visit.trashed_at and visit.state == "planned":
                _bring_up(writer, one, visit)
            elif task is not None and not task.trashed_at and not task.done_at:
                if one.event.cancelled:
                    writer.set_trashed("task", [task.id], writer.store.clock.stamp())
                else:
                    put_off = {"snoozed_until": None, "snooze_reason": ""}
                    writer.update("task", task.id, {"due": one.event.day.isoformat(), **put_off})
            elif visit is None and task is None and not one.event.cancelled:
                _add(writer, one)


def _bring_up(writer: Writer, one: Planned, visit: Visit) -> None:
    event = one.event
    if event.cancelled:
        writer.update("visit", visit.id, {"state": "cancelled"})
        return
    if event.begins is None:
        return
    values: dict[str, object] = {"starts_at": to_stamp(event.begins)}
    if event.minutes is not None and event.minutes != (visit.minutes or 60):
        values["minutes"] = event.minutes
    writer.update("visit", visit.id, values)


def _add(writer: Writer, one: Planned) -> None:
    event = one.event
    if one.customer_id:
        writer.require(Customer, one.customer_id)
    if one.noun == "visit":
        assert event.begins is not None
        values: dict[str, object] = {
            "customer_id": one.customer_id,
            "starts_at": to_stamp(event.begins),
            "minutes": event.minutes,
            "place": event.place,
            "objective": event.title,
            "note": event.note,
        }
    else:
        values = {
            "customer_id": one.customer_id or None,
            "title": event.title,
            "due": event.day.isoformat(),
            "note": "\n".join(filter(None, (event.place, event.note))),
        }
    writer.insert(one.noun, values, event.row_id)
