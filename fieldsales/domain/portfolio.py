"""What is recorded of a customer's worth: sales, estimates, ratings, and classes held by hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from fieldsales.domain import customer
from fieldsales.domain import fields as f
from fieldsales.domain.classes.key_score import CRITERIA
from fieldsales.domain.fields import Record
from fieldsales.errors import FieldError

ESTIMATES = ("potential", "future_need")
TO_THEM = "worth_to_them"  # what we are worth to the customer (M37)
RATED = (*CRITERIA, TO_THEM)

# method -> the classes it knows, in their usual order; `choice.<method>.<code>` names each.
# The rules have them from here: lists and forms name classes that no rule was asked for yet
STATUS, IMPORTANCE, LOYALTY, COURSE = "purchase_status", "importance", "loyalty", "course"
CYCLE, KIND, STANCE, VALUE_TYPE = "relationship", "star_cow", "stance", "value_type"
CLASSES = {
    STATUS: customer.STATUSES,  # M03
    IMPORTANCE: ("vip", "major", "ordinary", "small"),  # M06
    LOYALTY: ("loyal", "old", "new", "potential"),  # M07
    COURSE: ("new", "growing", "stable", "declining", "problem", "no_value"),  # M09
    CYCLE: ("build", "develop", "maintain", "broken"),  # M10
    KIND: ("star", "question", "cow", "dog"),  # M32
    STANCE: ("acquire", "retain", "harass", "maintain", "drop"),  # M33
    VALUE_TYPE: ("transactional", "consultative", "enterprise"),  # M37
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale(Record):
    """What a customer bought, or brought back (a negative amount); minor units of `currency`.

    A `monthly` one is the total of the month it is dated in. `cost` is what it cost us, None where
    unknown. `product_name` stands where the product is none of ours, or should it go. `source`:
    where the figure comes from, such as the file.
    """

    customer_id: str = f.reference("customer", required=True)
    dated: str = f.day(required=True)
    monthly: int = f.flag()
    product_id: str | None = f.reference("product")
    product_name: str = f.text()
    quantity: str = f.decimal(places=6)
    unit: str = f.text(max_length=30)
    amount: int | None = f.money(low=-f.MONEY_LIMIT)
    currency: str = f.text(max_length=3)
    cost: int | None = f.money(low=-f.MONEY_LIMIT)
    source: str = f.text(max_length=120)

    def check(self, changed: Collection[str]) -> None:  # noqa: ARG002 - it never goes without
        if self.amount is None:
            raise FieldError("field.required", "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate(Record):
    """What somebody reckons: how much of our kind the customer buys a year, from anybody
    (`potential`, M33), or what we expect to sell them from now on (`future_need`, M30).

    The latest one counts. Minor units of `currency`. Assumed unless `confirmed`.
    """

    ALONE_BY: ClassVar[tuple[str, ...]] = ("customer_id", "kind", "dated")

    customer_id: str = f.reference("customer", required=True, shown=False)
    kind: str = f.choice("estimate_kind", ESTIMATES, default="potential")
    amount: int | None = f.money()
    currency: str = f.text(max_length=3)
    dated: str = f.day(required=True)
    source: str = f.text()
    confirmed: int = f.flag()

    def check(self, changed: Collection[str]) -> None:  # noqa: ARG002 - it never goes without
        if self.amount is None:
            raise FieldError("field.required", "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Record):
    """One of RATED from 1 to 5 on a day; the latest one counts, without a `rating` none does."""

    ALONE_BY: ClassVar[tuple[str, ...]] = ("customer_id", "kind", "dated")

    customer_id: str = f.reference("customer", required=True, shown=False)
    kind: str = f.choice("rated", RATED, default=CRITERIA[0])
    rating: int | None = f.integer(1, 5)
    dated: str = f.day(required=True)
    note: str = f.text(max_length=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPin(Record):
    """A class held by hand against its rule, from a day to a day or for good (M11)."""

    customer_id: str = f.reference("customer", required=True, shown=False)
    method: str = f.choice("class_method", CLASSES)
    code: str = f.text(required=True, max_length=30)
    reason: str = f.text(required=True)
    since: str = f.day(required=True)
    until: str | None = f.day()

    def check(self, changed: Collection[str]) -> None:  # noqa: ARG002 - both go together
        if self.code not in CLASSES.get(self.method, ()):
            raise FieldError("field.unknown_choice", "code", value=self.code)
        if self.until and self.until < self.since:
            raise FieldError("portfolio.ends_before", "until")
