"""Loyalty: loyal, old, new or potential (M07)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.history import YEAR
from fieldsales.domain.classes.judged import Judged, judged, rising, within
from fieldsales.domain.portfolio import CLASSES, LOYALTY

LOYALTIES = LOYAL, OLD, NEW, POTENTIAL = CLASSES[LOYALTY]


@dataclass(frozen=True, slots=True)
class LoyaltyRule:
    """What makes a customer loyal, all three: purchases, the latest within months, percent of
    wallet; and from how many purchases on one is old.
    """

    loyal_purchases: int = 3
    loyal_months: int = YEAR
    loyal_share: Decimal = Decimal(50)
    old_purchases: int = 2

    def __post_init__(self) -> None:
        within(self, 2, 1_000, "old_purchases", "loyal_purchases")
        within(self, 1, 600, "loyal_months")
        within(self, 0, 100, "loyal_share")
        rising(self, "old_purchases", "loyal_purchases")


DEFAULT = LoyaltyRule()


def loyalty(facts: Facts, rule: LoyaltyRule = DEFAULT) -> Judged:
    """M07; the reason of an old customer says what they lack to be loyal.

    Worked examples: 3 purchases, the last this year, 60 000 of a potential of 100 000 is loyal; the
    same without a potential is old (`share_unknown`): an unknown share makes nobody loyal.
    """
    history, of_wallet = facts.history, facts.share_of_wallet
    bought = history.purchases
    figures = {
        "purchases": bought,
        "last_on": history.latest,
        "share": of_wallet,
    }
    if not bought:
        return judged(POTENTIAL, "no_purchase")
    if bought < rule.old_purchases:
        return judged(NEW, "few_purchases", **figures)
    if bought < rule.loyal_purchases:
        return judged(OLD, "few_purchases", **figures)
    if not history.bought_within(rule.loyal_months):
        return judged(OLD, "not_recent", **figures)
    if of_wallet is None:
        return judged(OLD, "share_unknown", **figures)
    if of_wallet < rule.loyal_share:
        return judged(OLD, "share_low", limit=rule.loyal_share, **figures)
    return judged(LOYAL, "all_met", **figures)
