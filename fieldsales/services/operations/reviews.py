"""A review of the customers: begun, decided item by item, ended (M11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fieldsales.domain.ids import new_id
from fieldsales.domain.portfolio import ClassPin
from fieldsales.domain.review import ACCEPTED, CORRECTED, NOTED, RULE, TASK, Review, ReviewItem
from fieldsales.domain.task import Task
from fieldsales.errors import FieldError, UserError
from fieldsales.services.operations.portfolio import PinClass, UnpinClass, release
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries.portfolio import pins_in_force
from fieldsales.store.queries.reviews import open_review


@dataclass(frozen=True)
class StartReview(Operation):
    """Begins a review with what there is to go through (`services/reviewing`).

    Raises UserError("review.one_is_open") while another is, ("review.nothing") without entries.
    """

    since: date
    entries: Sequence[Mapping[str, object]]
    left_out: int = 0
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        if open_review(writer.store):
            raise UserError("review.one_is_open")
        if not self.entries:
            raise UserError("review.nothing")
        values = {
            "held_on": writer.store.clock.today().isoformat(),
            "since": self.since.isoformat(),
            "left_out": self.left_out,
        }
        writer.insert("review", values, self.row_id)
        whole = {"review_id": self.row_id}
        writer.insert_many(
            "review_item",
            [
                {**entry, **whole, "position": at, "id": new_id()}
                for at, entry in enumerate(self.entries)
            ],
        )


@dataclass(frozen=True)
class DecideItem(Operation):
    """Decides an item; what an earlier decision about it made is taken back.

    ACCEPTED takes a class that is held against the rule back; CORRECTED holds the class of `pin`
    (`code`, `reason`, `until`); NOTED keeps `note`; TASK makes a task of `task` (fields of Task).
    Raises UserError("record.gone") where the customer is gone and something had to be done.
    """

    item_id: str
    decision: str
    note: str = ""
    pin: Mapping[str, object] = field(default_factory=dict)
    task: Mapping[str, object] = field(default_factory=dict)

    def apply(self, writer: Writer) -> None:
        item = writer.store.record(ReviewItem, self.item_id)
        if item is None:
            raise UserError("record.gone")
        writer.require(Review, item.review_id)
        if self.decision == NOTED and not self.note.strip():
            raise FieldError("field.required", "note")
        _take_back(writer, item)
        values: dict[str, object] = {
            "decision": self.decision,
            "note": self.note,
            "pin_id": None,
            "task_id": None,
            "decided_at": writer.store.clock.stamp(),
        }
        if self.decision == CORRECTED:
            values["pin_id"] = self._correct(writer, item)
        elif self.decision == TASK:
            made = AddRecord("task", {**self.task, "customer_id": item.customer_id})
            made.apply(writer)
            values["task_id"] = made.row_id
        elif self.decision == ACCEPTED and item.kind == RULE:
            release(writer, item.customer_id, item.method)
        writer.update("review_item", item.id, values)

    def _correct(self, writer: Writer, item: ReviewItem) -> str:
        until = self.pin.get("until")
        made = PinClass(
            item.customer_id,
            item.method,
            str(self.pin.get("code") or ""),
            str(self.pin.get("reason") or ""),
            str(until) if until else None,
        )
        made.apply(writer)
        return made.row_id


@dataclass(frozen=True)
class EndReview(Operation):
    """Ends a review; what was not decided stays so."""

    review_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Review, self.review_id)
        writer.update("review", self.review_id, {"closed_at": writer.store.clock.stamp()})


def _take_back(writer: Writer, item: ReviewItem) -> None:
    """What an earlier decision made: a class held by hand, a task that is not done yet."""
    pin = writer.store.record(ClassPin, item.pin_id)
    today = writer.store.clock.today()
    if pin is not None and pin.id in {
        one.id for one in pins_in_force(writer.store, item.customer_id, today)
    }:
        UnpinClass(pin.id).apply(writer)
    task = writer.store.record(Task, item.task_id)
    if task is not None and not task.trashed_at and not task.done_at:
        writer.set_trashed("task", [task.id], writer.store.clock.stamp())
