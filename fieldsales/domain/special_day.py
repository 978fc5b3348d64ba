"""A day that is kept with a customer or a person beside birthdays: a wedding, a founding (M44)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import birthday
from fieldsales.domain import fields as f
from fieldsales.domain.contact import CALENDARS
from fieldsales.domain.fields import Record
from fieldsales.errors import FieldError

KINDS = ("wedding", "founding", "opening", "contract")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay(Record):
    """What it is, in a word of one's own where none fits, and when.

    `day` is written as a birthday is, '' while it is not known yet; by the moon's calendar it may
    lie in a leap month. It comes round each year, unless it is kept `once`, in its year.
    """

    ALONE_BY: ClassVar[tuple[str, ...]] = ("customer_id", "contact_id", "kind", "day")

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str | None = f.reference("contact", owner=True)
    kind: str = f.choice("special_day_kind", KINDS, own=True)
    day: str = f.text(max_length=10)
    calendar: str = f.choice("calendar", CALENDARS, default="solar")
    leap: int = f.flag()
    once: int = f.flag()
    note: str = f.text(max_length=200)

    def check(self, changed: Collection[str]) -> None:
        """The day is one of its calendar; what is kept once has a year."""
        told = [name for name in ("day", "calendar", "once") if name in changed]
        code = birthday.trouble(self.day, self.calendar) if told else ""
        if code:
            raise FieldError(code, told[0], value=self.day)
        written = birthday.parse(self.day)
        if told and self.once and written is not None and written.year is None:
            raise FieldError("special_day.once_when", told[0])
