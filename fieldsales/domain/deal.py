"""A deal: what may be sold to a customer, how much, when, how likely (M24, M25, M36, M47)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.customer import HORIZONS, SOURCES
from fieldsales.domain.fields import Record
from fieldsales.domain.pipeline import ENDS, FUNNEL, FUNNEL_STAGES, LOST, STORE_STAGES, WON
from fieldsales.errors import FieldError

STAGES = (*FUNNEL_STAGES, *ENDS)
SHIPPED_STAGES = (*STAGES, *STORE_STAGES)  # that come with every file
LOSS_REASONS = (
    "price",
    "product",
    "service",
    "relationship",
    "rival",
    "need_gone",
    "credit",
    "other",
)
NO_RIVALS = ("none", "unknown")  # answers to 'lost to whom' that are no name
_NEEDED = {LOST: ("lost_reason", "lost_rival"), WON: ("order_amount", "ordered_on")}
CURRENCIES = ("CNY", "TWD", "HKD", "USD", "EUR", "JPY", "GBP", "KRW")  # that are offered
PURCHASE_FACTORS = ("value", "need", "price", "trust", "experience")
MEMBER_ROLES = ("seller", "technical", "manager", "service", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Record):
    """A chance of business; amounts in minor units of `currency`.

    `competitor`: one rival or several, parted by 、 or commas. `pinned_probability` in percent
    stands in place of the stage's. `order_amount` and `ordered_on` tell of the order, `paid_on` of
    the day when all was paid. `partner_id` is who brought it and has the commission (M39).
    """

    title: str = f.text(required=True)
    customer_id: str = f.reference("customer", required=True)
    pipeline_id: str = f.reference("pipeline", required=True, default=FUNNEL, sealed=True)
    stage: str = f.reference("stage", required=True, default="target", sealed=True)
    product: str = f.text()
    amount: int | None = f.money()
    currency: str = f.text(max_length=3)
    expected_close: str | None = f.day()
    horizon: str = f.choice("horizon", HORIZONS)
    source: str = f.choice("source", SOURCES, own=True)
    competitor: str = f.text(max_length=300)
    seller: str = f.text(max_length=60)
    pinned_probability: int | None = f.integer(0, 100, sealed=True)
    probability_reason: str = f.text(sealed=True)
    snoozed_until: str | None = f.day(sealed=True)
    snooze_reason: str = f.text(sealed=True)
    order_amount: int | None = f.money()
    ordered_on: str | None = f.day()
    paid_on: str | None = f.day()
    partner_id: str | None = f.reference("customer")
    commission_percent: str = f.decimal(places=4, low=0, high=100)
    lost_reason: str = f.choice("loss_reason", LOSS_REASONS)
    lost_rival: str = f.choice("lost_rival", NO_RIVALS, own=True)
    note: str = f.note()

    def check(self, changed: Collection[str]) -> None:
        """A lost deal keeps its reason and rival, a won one its order (M36)."""
        for name in _NEEDED.get(self.stage, ()):
            if name in changed and not getattr(self, name):
                raise FieldError("field.required", name)

    @property
    def rivals(self) -> tuple[str, ...]:
        return rivals(self.competitor)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealMember(Record):
    """One of ours who works on a deal, and what is theirs to do or to decide (M47)."""

    deal_id: str = f.reference("deal", required=True, shown=False)
    name: str = f.text(required=True, max_length=60)
    role: str = f.choice("member_role", MEMBER_ROLES, default="seller")
    duty: str = f.text(max_length=300)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRating(Record):
    """How one purchase factor of a deal stands with us and with a rival, 1 … 5 each (M24)."""

    deal_id: str = f.reference("deal", required=True, shown=False)
    factor: str = f.choice("purchase_factor", PURCHASE_FACTORS)
    ours: int | None = f.integer(1, 5)
    rival: str = f.text(max_length=100)
    theirs: int | None = f.integer(1, 5)
    evidence: str = f.text(max_length=500)


@dataclass(frozen=True, slots=True, kw_only=True)
class DealTagging(Record):
    """One tag on one deal."""

    tag_id: str = f.reference("tag", required=True)
    deal_id: str = f.reference("deal", required=True, shown=False)


def is_open(stage: str) -> bool:
    """Whether a deal at this stage can still be won or lost."""
    return stage not in ENDS


def rivals(text: str) -> tuple[str, ...]:
    """The names in a list of rivals, each once."""
    names = (name.strip() for name in re.split(r"[、,，;；/\n]+", text))
    return tuple(dict.fromkeys(name for name in names if name))


def probability(stage: str, of_stage: int | None, pinned: int | None) -> int:
    """Percent (M25): an end is certain, else what was pinned, else what the stage says."""
    if stage == WON:
        return 100
    if stage == LOST:
        return 0
    return pinned if pinned is not None else of_stage or 0


def worth(deal: Deal) -> int | None:
    """What a deal counts for: the order once it is won, else what it may bring."""
    if deal.stage == WON and deal.order_amount is not None:
        return deal.order_amount
    return deal.amount
