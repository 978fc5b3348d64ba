"""Attack and defend: which stance a customer deserves, by potential and our share (M33)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.history import share
from fieldsales.domain.classes.judged import Judged, judged, rising, within
from fieldsales.domain.money.exact import HUNDRED
from fieldsales.domain.portfolio import CLASSES, STANCE

STANCES = ACQUIRE, RETAIN, HARASS, MAINTAIN, DROP = CLASSES[STANCE]
_STANCE = {
    ("high", False): ACQUIRE,
    ("high", True): RETAIN,
    ("middle", False): HARASS,
    ("middle", True): MAINTAIN,
}


@dataclass(frozen=True, slots=True)
class StanceRule:
    """From which potential a year, in minor units, it is middle and high; from which percent of
    their purchases on our share is high.
    """

    middle_from: int
    high_from: int
    share_from: Decimal = Decimal(50)

    def __post_init__(self) -> None:
        within(self, 0, 10**15, "middle_from", "high_from")
        within(self, 0, 100, "share_from")
        rising(self, "middle_from", "high_from")


def by_thirds(potentials: Iterable[int], share_from: Decimal = Decimal(50)) -> StanceRule:
    """The default rule: the upper third of the potentials known is high, the next middle; equal
    ones are never parted.

    Worked example: 10, 20 and 30 make 20 middle and 30 high; where all are equal all are high.
    """
    known = sorted(max(one, 0) for one in potentials) or [0]
    return StanceRule(known[len(known) // 3], known[2 * len(known) // 3], share_from)


def stance(facts: Facts, rule: StanceRule) -> Judged:
    """M33; '' without a known potential, a potential of nothing is low.

    A share above 100 percent is said (`share_over`): the potential must be higher than estimated.
    Worked examples, middle from 20 and high from 30: potential 40, bought 10 acquire; bought 20
    retain; potential 25, bought 10 harass; bought 20 maintain; potential 19 drop.
    """
    return judge(facts.history.last.amount, facts.potential, rule)


def judge(sales: int, potential: int | None, rule: StanceRule) -> Judged:
    """M33 of what was sold in twelve months and the potential a year."""
    if potential is None:
        return judged("", "potential_unknown", sales=sales)
    of_wallet = share(sales, potential)
    figures = {"potential": potential, "sales": sales, "share": of_wallet}
    if of_wallet is None or potential < rule.middle_from:
        code, reason = DROP, "low_potential"
    else:
        level = "high" if potential >= rule.high_from else "middle"
        much = of_wallet >= rule.share_from
        code = _STANCE[level, much]
        reason = f"{level}_potential_{'high' if much else 'low'}_share"
    over = of_wallet is not None and of_wallet > HUNDRED
    return judged(code, "share_over" if over else reason, **figures)
