"""Channels: whom and how much each serves, customers served twice, partners' parts (M39)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from fieldsales.domain.classes.history import share, shares, shown
from fieldsales.domain.money.exact import percent_of, whole

CHANNELS = ("direct", "agent", "dealer", "e_commerce")


class Served(NamedTuple):
    """What a customer bought through a channel in a period, minor units; `commission` in percent
    of the sales goes to the partner, who is '' where we sell ourselves.
    """

    customer_id: str
    channel: str
    partner_id: str
    sales: int
    margin: int = 0
    commission: Decimal = Decimal(0)

    @property
    def partners_part(self) -> int:
        return whole(percent_of(Decimal(self.sales), self.commission))


@dataclass(frozen=True, slots=True)
class Part:
    """What goes through a channel or a partner; money in minor units.

    `margin` is before the commission, `ours` what is left of it. `share_of_sales` in percent, one
    decimal; those of a table add up to 100.0. `partners_share` is the commission in percent of the
    margin, None without one, above 100 where the partner gets more than was earned.
    """

    code: str
    customers: int
    sales: int
    margin: int
    commission: int
    share_of_sales: Decimal

    @property
    def ours(self) -> int:
        return self.margin - self.commission

    @property
    def partners_share(self) -> Decimal | None:
        return shown(share(self.commission, self.margin))


def by_channel(served: Iterable[Served]) -> tuple[Part, ...]:
    """The channels in use in their usual order, others by name after them."""
    groups: dict[str, list[Served]] = {}
    for one in served:
        groups.setdefault(one.channel, []).append(one)
    usual = {channel: at for at, channel in enumerate(CHANNELS)}
    return _parts(groups, sorted(groups, key=lambda code: (usual.get(code, len(usual)), code)))


def by_partner(served: Iterable[Served]) -> tuple[Part, ...]:
    """The partners, who sells most first; what we sell ourselves is not among them.

    Worked example: sales of 100 000 with a margin of 20 000 and 5 % commission: 5 000 are the
    partner's, 25.0 % of the margin, 15 000 ours.
    """
    groups: dict[str, list[Served]] = {}
    for one in served:
        if one.partner_id:
            groups.setdefault(one.partner_id, []).append(one)
    sales = {partner: sum(one.sales for one in ones) for partner, ones in groups.items()}
    return _parts(groups, sorted(groups, key=lambda partner: (-sales[partner], partner)))


class Way(NamedTuple):
    """By which channel and partner a customer is served, and the sales in minor units."""

    channel: str
    partner_id: str
    sales: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A customer who is served in several ways, the one with most sales first."""

    customer_id: str
    ways: tuple[Way, ...]

    @property
    def sales(self) -> int:
        return sum(way.sales for way in self.ways)


def conflicts(served: Iterable[Served]) -> tuple[Conflict, ...]:
    """Customers served by two channels, or two partners of one; where most is at stake first."""
    ways: dict[str, dict[tuple[str, str], int]] = {}
    for one in served:
        sums = ways.setdefault(one.customer_id, {})
        way = one.channel, one.partner_id
        sums[way] = sums.get(way, 0) + one.sales
    found = [
        Conflict(
            customer_id,
            tuple(
                sorted(
                    (Way(*way, sales) for way, sales in sums.items()),
                    key=lambda way: (-way.sales, way),
                )
            ),
        )
        for customer_id, sums in ways.items()
        if len(sums) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-one.sales, one.customer_id)))


def _parts(groups: dict[str, list[Served]], order: list[str]) -> tuple[Part, ...]:
    percents = shares([sum(one.sales for one in groups[code]) for code in order])
    return tuple(
        Part(
            code,
            len({one.customer_id for one in groups[code]}),
            sum(one.sales for one in groups[code]),
            sum(one.margin for one in groups[code]),
            sum(one.partners_part for one in groups[code]),
            percent,
        )
        for code, percent in zip(order, percents, strict=True)
    )
