"""Contacts with a customer that are no visits: calls, messages, mails, feedback, complaints."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

KINDS = ("call", "message", "email", "feedback", "complaint", "note")
ANSWERED_KINDS = ("complaint", "feedback")  # want an answer, and stay open until `closed_at`
CONTACT_KINDS = ("call", "message", "email", "feedback", "complaint")  # real contacts: not notes
CAUSES = ("goods", "delivery", "service", "promise", "papers", "price", "use", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(Record):
    """One contact; of feedback and complaints also who deals with it and what came of it (M35).

    Where it stands follows from its moments, see `domain/feedback`.
    """

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact")
    deal_id: str | None = f.reference("deal")
    kind: str = f.choice("interaction_kind", KINDS, default="call")
    at: str = f.moment(required=True)
    text: str = f.note()
    cause: str = f.choice("feedback_cause", CAUSES, own=True)
    assignee: str = f.text(max_length=60)  # who of ours, where it is not the seller
    due: str | None = f.day()  # of the answer; without one it is due in the usual time
    answer: str = f.note()
    taken_at: str | None = f.moment(shown=False)
    answered_at: str | None = f.moment()
    closed_at: str | None = f.moment()
    task_id: str | None = f.reference("task", shown=False)
