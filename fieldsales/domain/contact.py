"""People at the customer: contact (M15, M23) and buying roles (M16)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import birthday
from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record
from fieldsales.errors import FieldError

LEVELS = ("top", "middle", "base")
GENDERS = ("female", "male")
CALENDARS = ("solar", "lunar")
BUYING_ROLES = ("purchaser", "user", "gatekeeper", "decision_maker")
SIDE_ROLES = ("guide", "insider")  # M17: a guide is not an insider, who merely leaks


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Record):
    """A person at a customer (M15); the full name stands in one field, family name first.

    `birthday` is `YYYY-MM-DD`, or `MM-DD` where the year is unknown; of the moon's calendar it may
    lie in a leap month. `preferences` is how a file tells likes: they become care notes, and
    nothing stays here. `sees_long_term` and `plays_fair` −2 … +2 (M23). A `vacant` contact is no
    person but a post that nobody holds; its name says which. `merged_into_id` as of customers.
    """

    name: str = f.text(required=True, max_length=200)
    customer_id: str | None = f.reference("customer")
    title: str = f.text(max_length=80)
    department: str = f.text(max_length=80)
    level: str = f.choice("level", LEVELS)
    gender: str = f.choice("gender", GENDERS)
    mobile: str = f.phone()
    phone: str = f.phone()
    email: str = f.text(max_length=120)
    messenger: str = f.text(max_length=80)
    birthday: str = f.text(max_length=10)
    birthday_calendar: str = f.choice("calendar", CALENDARS, default="solar")
    birthday_leap: int = f.flag(shown=False)
    address: str = f.text(max_length=300)
    preferences: str = f.note(2_000)
    reports_to_id: str | None = f.reference("contact")
    vacant: int = f.flag(shown=False)
    sees_long_term: int | None = f.integer(-2, 2, shown=False)
    plays_fair: int | None = f.integer(-2, 2, shown=False)
    negotiation_evidence: str = f.text(max_length=500, shown=False)
    merged_into_id: str | None = f.reference("contact", shown=False, sealed=True, owner=True)
    note: str = f.note()

    def check(self, changed: Collection[str]) -> None:
        """A birthday is a day of its calendar."""
        told = [name for name in ("birthday", "birthday_calendar") if name in changed]
        code = birthday.trouble(self.birthday, self.birthday_calendar) if told else ""
        if code:
            raise FieldError(code, told[0], value=self.birthday)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyingRole(Record):
    """A role of a person in buying, at a customer or in one deal (M16, M17).

    `influence` 1–5; `attitude` −2 (against) … +2 (for).
    """

    ALONE_BY: ClassVar[tuple[str, ...]] = ("customer_id", "contact_id", "deal_id", "role")

    customer_id: str = f.reference("customer", required=True, shown=False)
    contact_id: str = f.reference("contact", required=True)
    deal_id: str | None = f.reference("deal")
    role: str = f.choice("buying_role", (*BUYING_ROLES, *SIDE_ROLES))
    influence: int | None = f.integer(1, 5)
    attitude: int | None = f.integer(-2, 2)
    confirmed: int = f.flag()
    evidence: str = f.text(max_length=500)
