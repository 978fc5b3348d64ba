"""A line of Today that was put off: which, until when, and why (M46)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record

LINES = ("complaint", "money", "birthday", "day", "unseen", "cold")
# the column that says which record a line speaks of
SUBJECTS: Mapping[str, str] = {
    "complaint": "interaction_id",
    "money": "receivable_id",
    "birthday": "contact_id",
    "day": "special_day_id",
    "unseen": "contact_id",
    "cold": "customer_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze(Record):
    """A line that is out of sight before `until`; on that day it is back by itself.

    Tasks and deals keep this in fields of their own, as it counts for them elsewhere, too.
    """

    ALONE_BY: ClassVar[tuple[str, ...]] = (
        "line",
        "customer_id",
        "contact_id",
        "interaction_id",
        "receivable_id",
    )

    line: str = f.choice("today_line", LINES, shown=False)
    customer_id: str | None = f.reference("customer", shown=False)
    contact_id: str | None = f.reference("contact", shown=False, owner=True)
    interaction_id: str | None = f.reference("interaction", shown=False)
    receivable_id: str | None = f.reference("receivable", shown=False)
    special_day_id: str | None = f.reference("special_day", shown=False)
    until: str | None = f.day()
    reason: str = f.text(max_length=200)

    @property
    def subject(self) -> str:
        """Id of the record the line speaks of."""
        return str(getattr(self, SUBJECTS[self.line]) or "")
