"""What the rules are told of a customer on a day; queries fill it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fieldsales.domain.classes.history import History, share


class Chance(NamedTuple):
    """An open deal: minor units and percent."""

    amount: int
    probability: int


class Contacted(NamedTuple):
    """Real contacts: how much within a year, 1 … 5 (`relationship.behaviour`), first and last."""

    doing: int = 1
    first: date | None = None
    last: date | None = None


class Effort(NamedTuple):
    """What a visit took: minutes, and minor units."""

    customer_id: str
    day: date
    minutes: int
    cost: int = 0


UNSEEN = Contacted()


class Facts(NamedTuple):
    """A customer on a day, all money in minor units of one currency.

    `potential`: what they buy of our kind a year, from anybody, None while nobody estimated it.
    `future_need`: what we expect to sell them from now on, where somebody entered it.
    `lost_deal_on`: when the latest deal was lost; `given_up_on`: when the customer was recorded as
    lost (M36). `overdue` is money, `complaints` those still open.
    """

    customer_id: str
    history: History
    deals: tuple[Chance, ...] = ()
    potential: int | None = None
    future_need: int | None = None
    lost_deal_on: date | None = None
    given_up_on: date | None = None
    overdue: int = 0
    complaints: int = 0
    contacted: Contacted = UNSEEN

    @property
    def as_of(self) -> date:
        return self.history.as_of

    @property
    def share_of_wallet(self) -> Decimal | None:
        """Percent of what they buy a year that they bought of us, not rounded; may exceed 100."""
        return None if self.potential is None else share(self.history.last.amount, self.potential)
