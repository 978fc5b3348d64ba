"""Dealing with feedback and complaints: take up, answer, close, open again, make a task (M35)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fieldsales.domain.customer import Customer
from fieldsales.domain.feedback import CLOSED, state, waits
from fieldsales.domain.ids import new_id
from fieldsales.domain.interaction import ANSWERED_KINDS, Interaction
from fieldsales.errors import FieldError, UserError
from fieldsales.services.workspace import Operation
from fieldsales.store import drafts
from fieldsales.store.journal import Writer
from fieldsales.store.queries.pitch_links import is_live


@dataclass(frozen=True)
class HearFeedback(Operation):
    """Notes what a customer praises or complains of; `values` are fields of Interaction."""

    values: Mapping[str, object]
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        values = dict(self.values)
        writer.require(Customer, str(values.get("customer_id") or ""))
        if not str(values.get("text") or "").strip():
            raise FieldError("field.required", "text")
        values["kind"] = values.get("kind") or ANSWERED_KINDS[0]
        values["at"] = values.get("at") or writer.store.clock.stamp()
        writer.insert("interaction", values, self.row_id)


@dataclass(frozen=True)
class TakeUpFeedback(Operation):
    """Begins to deal with it; `assignee` is who of ours does, '' for the seller."""

    row_id: str
    assignee: str = ""

    def apply(self, writer: Writer) -> None:
        one = _heard(writer, self.row_id)
        if not waits(one):
            raise UserError("feedback.not_waiting")
        stamp = one.taken_at or writer.store.clock.stamp()
        writer.update("interaction", one.id, {"taken_at": stamp, "assignee": self.assignee})


@dataclass(frozen=True)
class AnswerFeedback(Operation):
    """Notes what the customer was answered, and what had caused it; another answer replaces it.

    The time of the first answer stands until it is opened again. With `close` it is done with.
    """

    row_id: str
    answer: str
    cause: str = ""
    close: bool = False

    def apply(self, writer: Writer) -> None:
        one = _heard(writer, self.row_id)
        if not self.answer.strip():
            raise FieldError("field.required", "answer")
        stamp = writer.store.clock.stamp()
        values: dict[str, object] = {
            "answer": self.answer,
            "cause": self.cause,
            "answered_at": one.answered_at or stamp,
        }
        if self.close:
            values["closed_at"] = one.closed_at or stamp
        writer.update("interaction", one.id, values)
        drafts.drop(writer.store, "interaction", one.id, values)


@dataclass(frozen=True)
class CloseFeedback(Operation):
    """It is done with: the customer is content, or nothing was to be answered."""

    row_id: str

    def apply(self, writer: Writer) -> None:
        one = _heard(writer, self.row_id)
        if state(one) != CLOSED:
            writer.update("interaction", one.id, {"closed_at": writer.store.clock.stamp()})


@dataclass(frozen=True)
class ReopenFeedback(Operation):
    """The answer did not hold: it is being worked on again and waits for another."""

    row_id: str

    def apply(self, writer: Writer) -> None:
        one = _heard(writer, self.row_id)
        stamp = writer.store.clock.stamp()
        again = {"closed_at": None, "answered_at": None, "taken_at": stamp}
        writer.update("interaction", one.id, again)


@dataclass(frozen=True)
class MakeFeedbackTask(Operation):
    """Makes it a task, once; whoever makes one has taken it up."""

    row_id: str
    title: str
    due: str | None = None
    task_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        one = _heard(writer, self.row_id)
        if is_live(writer.store, "task", one.task_id):
            raise UserError("feedback.task_already")
        values = {
            "title": self.title,
            "kind": "service",
            "due": self.due,
            "assignee": one.assignee,
            "customer_id": one.customer_id,
            "contact_id": one.contact_id,
            "deal_id": one.deal_id,
        }
        writer.insert("task", values, self.task_id)
        stamp = one.taken_at or writer.store.clock.stamp()
        writer.update("interaction", one.id, {"task_id": self.task_id, "taken_at": stamp})


def _heard(writer: Writer, row_id: str) -> Interaction:
    one = writer.require(Interaction, row_id)
    if one.kind not in ANSWERED_KINDS:
        raise UserError("record.gone")
    return one
