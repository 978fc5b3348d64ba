"""An FFAB worksheet: features turned into what this customer gets, and the value stack (M28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.customer import INDUSTRIES
from fieldsales.domain.fields import Record
from fieldsales.domain.need import Need

PITCH = 5_000  # characters at most
PARTS = ("feature", "function", "advantage", "benefit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet(Record):
    """A pitch in parts, for a product and a kind of customer, a customer or a deal (M28).

    `product_name` stands for the product should that go. `opening` agrees with the customer's need;
    `pitch` is the whole in the rep's own words, '' to have it composed. `price` is what the value
    stack is held against, in minor units of `currency`.
    """

    title: str = f.text(required=True)
    product_id: str | None = f.reference("product")
    product_name: str = f.text()
    industry: str = f.choice("industry", INDUSTRIES, own=True)
    customer_id: str | None = f.reference("customer")
    deal_id: str | None = f.reference("deal")
    opening: str = f.note(500)
    pitch: str = f.note(PITCH)
    without_function: int = f.flag()  # FAB
    price: int | None = f.money()
    currency: str = f.text(max_length=3)
    note: str = f.note()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetRow(Record):
    """Feature → function → advantage → benefit; `pitch` is the row in the rep's own words.

    Only what answers an explicit need is a benefit: without `need_id` it is an advantage (M27).
    """

    worksheet_id: str = f.reference("worksheet", required=True, shown=False)
    feature: str = f.text(max_length=500)
    function: str = f.text(max_length=500)
    advantage: str = f.text(max_length=500)
    benefit: str = f.text(max_length=500)
    need_id: str | None = f.reference("need")
    pitch: str = f.note(1_000)
    position: int | None = f.integer(0, shown=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePart(Record):
    """A part of what the customer gets for the price, in minor units of the same currency."""

    worksheet_id: str = f.reference("worksheet", required=True, shown=False)
    label: str = f.text(required=True, max_length=100)
    amount: int | None = f.money()
    position: int | None = f.integer(0, shown=False)


def answers_need(row: WorksheetRow, needs: Iterable[Need]) -> bool:
    """Whether a row's benefit is one: linked to an explicit need among `needs` (M27)."""
    return bool(row.benefit) and any(
        need.id == row.need_id and need.statement == "explicit" and not need.trashed_at
        for need in needs
    )


@dataclass(frozen=True, slots=True)
class ValueStack:
    """Price against the sum of what the customer gets, in minor units (M28).

    `parts`: (label, amount, where it begins in the stack).
    """

    price: int | None
    parts: tuple[tuple[str, int, int], ...]
    total: int

    @property
    def surplus(self) -> int | None:
        """By how much value exceeds the price; negative where it does not reach it."""
        return None if self.price is None else self.total - self.price


def value_stack(price: int | None, parts: Iterable[ValuePart]) -> ValueStack:
    """The parts upon each other; one without an amount weighs nothing."""
    stacked: list[tuple[str, int, int]] = []
    total = 0
    for part in parts:
        stacked.append((part.label, part.amount or 0, total))
        total += part.amount or 0
    return ValueStack(price, tuple(stacked), total)
