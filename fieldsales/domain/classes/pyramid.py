"""The value pyramid: what each tier brings, who moved between tiers, who is next (M31)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from fieldsales.domain.classes.history import shares
from fieldsales.domain.classes.importance import DEFAULT, TIERS, Cuts


class Brought(NamedTuple):
    """What a customer brought in a period, minor units."""

    sales: int
    margin: int


@dataclass(frozen=True, slots=True)
class Layer:
    """A tier with its part of customers, sales and margin; shares in percent, one decimal, those
    of all layers add up to 100.0.
    """

    tier: str
    customers: int
    sales: int
    margin: int
    share_of_customers: Decimal
    share_of_sales: Decimal
    share_of_margin: Decimal


def pyramid(tiers: Mapping[str, str], brought: Mapping[str, Brought]) -> tuple[Layer, ...]:
    """The layers from VIP down, of id -> tier (M06, pinned ones too); empty layers stay."""
    sums = {tier: [0, 0, 0] for tier in TIERS}
    for customer_id, tier in tiers.items():
        sales, margin = brought.get(customer_id, (0, 0))
        for at, more in enumerate((1, sales, margin)):
            sums[tier][at] += more
    return layers({tier: (n, sales, margin) for tier, (n, sales, margin) in sums.items()})


def layers(sums: Mapping[str, tuple[int, int, int]]) -> tuple[Layer, ...]:
    """The same of how many customers, sales and margin each tier has, from VIP down."""
    percents = [shares(column) for column in zip(*sums.values(), strict=True)]
    return tuple(
        Layer(tier, *columns, *of_layer)
        for (tier, columns), of_layer in zip(sums.items(), zip(*percents, strict=True), strict=True)
    )


@dataclass(frozen=True, slots=True)
class Move:
    """A customer whose tier changed."""

    customer_id: str
    before: str
    now: str

    @property
    def up(self) -> bool:
        return TIERS.index(self.now) < TIERS.index(self.before)


def moves(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Move, ...]:
    """Who moved between two days, those who rose first; new and gone customers did not move."""
    found = [
        Move(customer_id, before[customer_id], now[customer_id])
        for customer_id in before.keys() & now.keys()
        if before[customer_id] != now[customer_id]
    ]
    return tuple(sorted(found, key=lambda move: (not move.up, move.customer_id)))


class Near(NamedTuple):
    """A customer below a tier, and by how much their value must grow to enter it."""

    customer_id: str
    value: int
    missing: int


def next_to_rise(
    values: Mapping[str, int], tier: str, cuts: Cuts = DEFAULT, most: int = 5
) -> tuple[Near, ...]:
    """Who is next to become VIP, or of another tier, while the others stay as they are.

    Worked example: values 900, 500 and 400, one place for VIPs: 500 misses 401.
    """
    ranked = sorted(values, key=lambda one: (-values[one], one))
    last = cuts.places(len(ranked))[tier]
    if not 0 < last <= len(ranked):
        return ()
    enters = max(values[ranked[last - 1]], 0) + 1  # one more than who has the last place now
    inside = _inside(values, ranked, last)
    below = [one for one in ranked if one not in inside]
    return tuple(Near(one, values[one], enters - values[one]) for one in below[:most])


def _inside(values: Mapping[str, int], ranked: list[str], last: int) -> Collection[str]:
    """Who has a place: equal ones only if there is one for each of them."""
    worst = values[ranked[last - 1]]
    parted = last < len(ranked) and values[ranked[last]] == worst
    least = worst + 1 if parted else worst
    return {one for one in ranked[:last] if values[one] >= max(least, 1)}
