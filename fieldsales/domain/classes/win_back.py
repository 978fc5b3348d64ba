"""Whom to win back: what was lost for a reason that can be mended, the most money first (M36)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from fieldsales.domain.classes.history import months_before
from fieldsales.domain.classes.judged import within

# a need that went and a customer who cannot pay are not ours to mend
BEYOND_US = ("need_gone", "credit")


class Gone(NamedTuple):
    """What was lost of a customer: a deal, or, without a `deal_id`, the customer who bought until
    `day` and then fell silent: `amount` is what they brought in a year.

    `amount` in minor units of `currency`; `back_on`: when they bought again, if they did.
    """

    customer_id: str
    deal_id: str
    day: date
    amount: int
    currency: str
    reason: str = ""
    rival: str = ""
    back_on: date | None = None


@dataclass(frozen=True, slots=True)
class WinBackRule:
    """`months` after which what was lost is no longer worth another try, `wait` days in which it is
    too early for one. Who bought nothing for `silent` months fell silent.
    """

    months: int = 24
    wait: int = 30
    silent: int = 12

    def __post_init__(self) -> None:
        within(self, 1, 600, "months", "silent")
        within(self, 0, 3_650, "wait")


DEFAULT = WinBackRule()


def win_back(
    gone: Iterable[Gone], today: date, rule: WinBackRule = DEFAULT
) -> tuple[tuple[Gone, ...], ...]:
    """What is worth another try, by customer, who lost us most money first; of one the latest loss
    first. Who bought again since is back.

    Worked example: lost on the price 3 months ago is worth a try; lost because the need is gone, 3
    years ago, or last week is not. Who bought last 14 months ago is worth one, too, unless a deal
    was lost since, which says why. Money of several currencies is compared as it stands.
    """
    oldest, quiet = months_before(today, rule.months), months_before(today, rule.silent)
    every = list(gone)
    last_deal: dict[str, date] = {}
    for one in every:
        if one.deal_id:
            last_deal[one.customer_id] = max(one.day, last_deal.get(one.customer_id, one.day))
    found: dict[str, list[Gone]] = {}
    for one in every:
        back = one.back_on is not None and one.back_on >= one.day
        if one.deal_id:
            early = (today - one.day).days < rule.wait
        else:
            early = one.day > quiet
            back |= one.day <= last_deal.get(one.customer_id, date.min)
        if one.reason not in BEYOND_US and one.day > oldest and not back and not early:
            found.setdefault(one.customer_id, []).append(one)
    ordered = sorted(found.items(), key=lambda item: (-sum(one.amount for one in item[1]), item[0]))
    return tuple(
        tuple(sorted(losses, key=lambda one: (one.day, one.deal_id), reverse=True))
        for _, losses in ordered
    )
