"""What a customer needs: organisation's (M18), personal (M19); implied or explicit (M27)."""

from __future__ import annotations

from dataclasses import dataclass

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
    """

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact")
    deal_id: str | None = f.reference("deal")
    visit_id: str | None = f.reference("visit", shown=False)
    text: str = f.text(required=True, max_length=500)
    statement: str = f.choice("statement", STATEMENTS, default="implied")
    category: str = f.choice("need_category", (*ORGANISATION_NEEDS, *PERSONAL_NEEDS))
    answered: int = f.flag()
