"""What a customer needs (M18, M19), how clearly (M27), how deep (M37), and how far it is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

ORGANISATION_NEEDS = ("finance", "performance", "image")
PERSONAL_NEEDS = ("power", "achievement", "recognition", "acceptance", "order", "safety")
STATEMENTS = ("implied", "explicit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Record):
    """A need somebody at the customer has voiced.

    `statement`: implied = trouble or dissatisfaction, explicit = want or intent (M27).
    `category`: one of M18's three (organisation) or M19's six (personal), or ''.
    `text` is what was said; `actual` what it is about, `behind` why it matters (M37).
    """

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact")
    deal_id: str | None = f.reference("deal")
    visit_id: str | None = f.reference("visit", shown=False)
    text: str = f.text(required=True, max_length=500)
    statement: str = f.choice("statement", STATEMENTS, default="implied")
    category: str = f.choice("need_category", (*ORGANISATION_NEEDS, *PERSONAL_NEEDS))
    actual: str = f.text(max_length=500)
    behind: str = f.text(max_length=500)
    answered: int = f.flag()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRating(Record):
    """How far a need is met, 1 (not at all) … 5 (wholly), on a day (M18, M19, M20).

    Without a contact it is the organisation's (M18), else that person's own (M19).
    """

    ALONE_BY: ClassVar[tuple[str, ...]] = ("customer_id", "contact_id", "category", "rated_on")

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact", owner=True)
    category: str = f.choice("need_category", (*ORGANISATION_NEEDS, *PERSONAL_NEEDS))
    rating: int | None = f.integer(1, 5)
    evidence: str = f.text(max_length=500)
    rated_on: str | None = f.day()
