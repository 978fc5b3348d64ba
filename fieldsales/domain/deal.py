"""A deal: what may be sold to a customer, how much, when, how likely (M25)."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain import fields as f
from fieldsales.domain.customer import HORIZONS, SOURCES
from fieldsales.domain.fields import Record

STAGES = ("target", "analyse", "trust", "needs", "value", "commitment", "payment", "won", "lost")
PROBABILITIES = {
    "target": 5,
    "analyse": 10,
    "trust": 20,
    "needs": 40,
    "value": 60,
    "commitment": 80,
    "payment": 95,
    "won": 100,
    "lost": 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal(Record):
    """A chance of business; `amount` in minor units of `currency`."""

    title: str = f.text(required=True)
    customer_id: str = f.reference("customer", required=True)
    stage: str = f.choice("stage", STAGES, default="target")
    amount: int | None = f.money()
    currency: str = f.text(max_length=3)
    expected_close: str | None = f.day()
    horizon: str = f.choice("horizon", HORIZONS)
    source: str = f.choice("source", SOURCES, own=True)
    competitor: str = f.text(max_length=120)
    seller: str = f.text(max_length=60)
    note: str = f.note()


def is_open(stage: str) -> bool:
    """Whether a deal at this stage can still be won or lost."""
    return stage not in ("won", "lost")
