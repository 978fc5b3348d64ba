"""A customer judged by every rule: by its own facts first, then beside all the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from fieldsales.domain.classes import importance, key_score, lifecycle, loyalty, stance, star_cow
from fieldsales.domain.classes import relationship_cycle as cycle
from fieldsales.domain.classes import status as purchase_status
from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.judged import Judged
from fieldsales.domain.classes.rules import MARGIN, Rules
from fieldsales.domain.classes.stance import StanceRule
from fieldsales.domain.classes.value_type import value_type
from fieldsales.domain.classes.worth import outlook, value
from fieldsales.domain.money.exact import whole_ratio
from fieldsales.domain.portfolio import (
    COURSE,
    CYCLE,
    IMPORTANCE,
    KIND,
    LOYALTY,
    STANCE,
    STATUS,
    TO_THEM,
    VALUE_TYPE,
)

# what a customer of a tier is worth to us, 1 … 5 (M37); who is worth nothing is 1
_OURS = {importance.VIP: 5, importance.MAJOR: 4, importance.ORDINARY: 3, importance.SMALL: 2}


class Held(NamedTuple):
    """A class held by hand; without a `pin_id` it was typed in the customer's own form."""

    code: str
    reason: str = ""
    until: date | None = None
    pin_id: str = ""


class Given(NamedTuple):
    """What is known of a customer on a day: facts, newest ratings, size class (M02), classes held
    by hand by method; `left_out` are currencies for which there is no rate.
    """

    facts: Facts
    ratings: Mapping[str, int] = MappingProxyType({})
    size: str = ""
    held: Mapping[str, Held] = MappingProxyType({})
    left_out: tuple[str, ...] = ()


class Worth(NamedTuple):
    """What came of it: the class of each method, '' where it cannot be told, and figures.

    Money in minor units of the usual currency: `sales` and `margin` of twelve months, `before`
    and `margin_before` of the twelve before them; `value` = `bought` + `deals` + `future` (M30);
    `rank_value` is the lifetime value by the terms of all, by which tiers are cut, `lifetime` and
    `losing` go by those of the tier. `potential` a year; `share` of it and `points` (M12) in tenths
    of a percent and of a point. `pinned` and `left_out`: methods, currencies parted by spaces.
    """

    customer_id: str
    purchase_status: str
    importance: str
    loyalty: str
    course: str
    relationship: str
    star_cow: str
    stance: str
    value_type: str
    pinned: str
    sales: int
    before: int
    margin: int
    margin_before: int
    purchases: int
    last_bought: str | None
    bought: int
    deals: int
    future: int
    value: int
    rank_value: int
    lifetime: int
    losing: int
    performance: int
    potential: int | None
    share: int | None
    points: int | None
    to_them: int | None
    left_out: str

    @property
    def place(self) -> tuple[str, str]:
        """The cell of the lifecycle grid (M09)."""
        across = lifecycle.across(self.purchase_status)
        return across, self.course if across == lifecycle.RELATIONSHIP else ""

    def code(self, method: str) -> str:
        """The class by a method of `portfolio.CLASSES`."""
        found: str = getattr(self, method)
        return found

    def is_pinned(self, method: str) -> bool:
        return method in self.pinned.split()


@dataclass(frozen=True, slots=True)
class Lines:
    """Where classes that depend on the others are cut, minor units.

    `over`: tier -> the value to exceed (M06); `kinds`: M32, None while no potential is known;
    `stance`: potential and share (M33).
    """

    over: Mapping[str, int]
    kinds: star_cow.Cuts | None
    stance: StanceRule

    @property
    def middle_from(self) -> int:
        return self.stance.middle_from

    @property
    def high_from(self) -> int:
        return self.stance.high_from


def own(given: Given, rules: Rules) -> Worth:
    """What follows from a customer's own facts; what needs the others is still ''."""
    facts, held = given.facts, given.held
    history = facts.history
    status = (
        held[STATUS].code if STATUS in held else purchase_status.status(facts, rules.status).code
    )
    if COURSE in held:
        course = held[COURSE].code
    else:
        down = lifecycle.place(facts, status, rules.lifecycle).down
        course = down.code if down else ""
    terms = rules.terms
    worth = value(facts, terms)
    margin, before = history.last.margin(terms.margin), history.before.margin(terms.margin)
    ahead = outlook(margin, terms)
    potential = facts.potential
    return Worth(
        facts.customer_id,
        status,
        held[IMPORTANCE].code if IMPORTANCE in held else "",
        held[LOYALTY].code if LOYALTY in held else loyalty.loyalty(facts, rules.loyalty).code,
        course,
        held[CYCLE].code if CYCLE in held else cycle.cycle(facts, rules.cycle).code,
        held[KIND].code if KIND in held else "",
        held[STANCE].code if STANCE in held else "",
        held[VALUE_TYPE].code if VALUE_TYPE in held else "",
        " ".join(sorted(held)),
        history.last.amount,
        history.before.amount,
        margin,
        before,
        history.purchases,
        history.latest.isoformat() if history.latest else None,
        worth.purchases,
        worth.deals,
        worth.future,
        worth.total,
        ahead.lifetime,
        ahead.lifetime,
        ahead.losing,
        margin if rules.performance == MARGIN else history.last.amount,
        potential,
        whole_ratio(1_000 * history.last.amount, potential)
        if potential and potential > 0
        else None,
        _points(tuple(rated(given).items()), tuple(rules.weights.of.items())),
        given.ratings.get(TO_THEM),
        " ".join(given.left_out),
    )


def beside(worth: Worth, lines: Lines, rules: Rules) -> Worth:
    """The same with the classes that depend on the others, except those held by hand."""
    pinned = worth.pinned.split()
    tier = worth.importance
    if IMPORTANCE not in pinned:
        tier = importance.tier(worth.rank_value, lines.over)
    told: dict[str, Any] = {"importance": tier}
    if KIND not in pinned:
        told["star_cow"] = _kind(worth, lines).code
    if STANCE not in pinned:
        told["stance"] = _stance(worth, lines).code
    if VALUE_TYPE not in pinned:
        told["value_type"] = _type(worth, tier, rules).code
    if rules.of_tier:
        ahead = outlook(worth.margin, rules.terms_of(tier))
        told |= {"lifetime": ahead.lifetime, "losing": ahead.losing}
    return worth._replace(**told)


def rated(given: Given) -> dict[str, int]:
    """The ratings of M12; the size rates itself where nobody did (M02)."""
    size = key_score.by_size(given.size)
    return {**({} if size is None else {"size": size}), **given.ratings}


def reasons(
    given: Given, worth: Worth, lines: Lines, rules: Rules, rank: int, customers: int
) -> dict[str, Judged]:
    """Method -> what the rule says and why, those held by hand too.

    `rank` and `customers` are the place among all by value, from 1.
    """
    facts = given.facts
    found = {
        STATUS: purchase_status.status(facts, rules.status),
        IMPORTANCE: importance.judge(worth.rank_value, lines.over, rank, customers),
        LOYALTY: loyalty.loyalty(facts, rules.loyalty),
        CYCLE: cycle.cycle(facts, rules.cycle),
        KIND: _kind(worth, lines),
        STANCE: _stance(worth, lines),
        VALUE_TYPE: _type(worth, worth.importance, rules),
    }
    down = lifecycle.place(facts, worth.purchase_status, rules.lifecycle).down
    if down is not None:
        found[COURSE] = down
    return found


@lru_cache(maxsize=1_024)  # most customers are rated by their size alone
def _points(
    ratings: tuple[tuple[str, int], ...], weights: tuple[tuple[str, int], ...]
) -> int | None:
    """In tenths."""
    found = key_score.score(dict(ratings), key_score.Weights(dict(weights))).points
    return None if found is None else int(found.scaleb(1))


def ours(worth: Worth, tier: str) -> int:
    """What a customer of a tier is worth to us, 1 … 5."""
    return _OURS[tier] if worth.rank_value > 0 else 1


def _kind(worth: Worth, lines: Lines) -> Judged:
    return star_cow.kind(star_cow.Point(worth.performance, worth.potential), lines.kinds)


def _stance(worth: Worth, lines: Lines) -> Judged:
    return stance.judge(worth.sales, worth.potential, lines.stance)


def _type(worth: Worth, tier: str, rules: Rules) -> Judged:
    return value_type(ours(worth, tier), worth.to_them, rules.value_type)


def lines_of(
    falling: Sequence[int], performances: Sequence[int], potentials: Sequence[int], rules: Rules
) -> Lines:
    """Where to cut, of all values in falling order, and of the performances and potentials of
    those whose potential is known, in rising order.
    """
    known, limits = len(potentials), rules.stance
    middle, high = limits.middle_from, limits.high_from
    if middle is None or high is None:  # thirds, as `stance.by_thirds`
        middle, high = (potentials[known // 3], potentials[2 * known // 3]) if known else (0, 0)
    return Lines(
        importance.bars(falling, rules.importance),
        star_cow.Cuts(_middle(performances), _middle(potentials)) if known else None,
        StanceRule(middle, high, limits.share_from),
    )


def _middle(rising: Sequence[int]) -> Decimal:
    at, odd = divmod(len(rising), 2)
    return Decimal(rising[at]) if odd else Decimal(rising[at - 1] + rising[at]) / 2
