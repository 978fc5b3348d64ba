"""Two records that look alike and are not the same, so that nobody is asked of them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Record):
    """Two customers, or two people, that somebody looked at and found to be two."""

    ALONE_BY: ClassVar[tuple[str, ...]] = (
        "customer_id",
        "other_customer_id",
        "contact_id",
        "other_contact_id",
    )

    customer_id: str | None = f.reference("customer", shown=False, owner=True)
    other_customer_id: str | None = f.reference("customer", shown=False, owner=True)
    contact_id: str | None = f.reference("contact", shown=False, owner=True)
    other_contact_id: str | None = f.reference("contact", shown=False, owner=True)
