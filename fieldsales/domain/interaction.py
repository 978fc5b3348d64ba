"""Contacts with a customer that are no visits: calls, messages, mails, feedback, complaints."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

KINDS = ("call", "message", "email", "feedback", "complaint", "note")
CONTACT_KINDS = ("call", "message", "email", "feedback", "complaint")  # real contacts: not notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction(Record):
    """One contact; feedback and complaints stay open until `closed_at`."""

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact")
    deal_id: str | None = f.reference("deal")
    kind: str = f.choice("interaction_kind", KINDS, default="call")
    at: str = f.moment(required=True)
    text: str = f.note()
    closed_at: str | None = f.moment()
