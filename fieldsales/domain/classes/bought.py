"""What customers bought in twelve months, beside the twelve before, and what that adds to the
balanced indicators (M34).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

from fieldsales.domain.classes.history import YEAR, History, margins, months_before
from fieldsales.domain.classes.parts import Columns


class Years(NamedTuple):
    """The twelve months to a day and the twelve before, column by column, a row for each customer:
    what was sold, what that cost, what of it has a cost (`history.Sums`), in minor units. `bought`
    and `earlier` are 0 where nothing was bought in the twelve months, and ever before them.
    """

    sold: list[int]
    cost: list[int]
    costed: list[int]
    before: list[int]
    cost_before: list[int]
    costed_before: list[int]
    bought: list[int]
    earlier: list[int]

    def put(self, at: int, past: History) -> None:
        """Tells a customer's history instead of what its row holds."""
        lately = past.bought_within(YEAR)
        earlier = past.first is not None and not past.is_new(YEAR)
        for column, one in zip(self, (*past.last, *past.before, lately, earlier), strict=True):
            column[at] = int(one)


class Windows:
    """Adds up what so many customers bought, for several days at once: each line once, to the span
    between two ends of windows; what lies in a window is told by the sums at its ends.
    """

    def __init__(self, customers: int, days: Sequence[date]) -> None:
        self._customers = customers
        self._days = days
        self._ends = sorted(
            {months_before(day, ago).isoformat() for day in days for ago in (0, YEAR, 2 * YEAR)}
        )
        self._spans: dict[str, int] = {}  # day -> how many rows lie before those of its span
        rows = customers * (len(self._ends) + 1)
        self._sold, self._cost, self._costed, self._bought = ([0] * rows for _ in range(4))

    def add(self, lines: Iterable[tuple[int, str, int, int | None]]) -> None:
        """Lines of (row of the customer, ISO day, amount, cost)."""
        spans, sold, bought = self._spans, self._sold, self._bought
        for customer, day, amount, cost in lines:
            span = spans.get(day)
            if span is None:
                span = spans[day] = self._customers * bisect_left(self._ends, day)
            at = span + customer
            sold[at] += amount
            if amount > 0:
                bought[at] = 1
            if cost is not None:
                self._cost[at] += cost
                self._costed[at] += amount

    def years(self) -> list[Years]:
        """What there is by now of each day."""
        sums = [self._to_ends(one) for one in (self._sold, self._cost, self._costed, self._bought)]
        found = []
        for day in self._days:
            now, then, two = (
                self._ends.index(months_before(day, ago).isoformat()) for ago in (0, YEAR, 2 * YEAR)
            )
            lately = (list(map(sub, by_end[now], by_end[then])) for by_end in sums)
            before = (list(map(sub, by_end[then], by_end[two])) for by_end in sums)
            sold, cost, costed, bought = lately
            sold_before, cost_before, costed_before, _ = before
            found.append(
                Years(
                    sold,
                    cost,
                    costed,
                    sold_before,
                    cost_before,
                    costed_before,
                    bought,
                    list(sums[3][then]),
                )
            )
        return found

    def _to_ends(self, spans: list[int]) -> list[list[int]]:
        """What all spans up to each end come to, a row for each customer."""
        n = self._customers
        parts = (spans[at * n : (at + 1) * n] for at in range(len(self._ends)))
        return list(accumulate(parts, lambda one, other: list(map(add, one, other))))


def of_sales(
    customers: Sequence[int], years: Years, potentials: Sequence[int | None], assumed: Decimal
) -> dict[str, Columns]:
    """Indicator -> what customers, by the numbers of their rows, add to it by what they bought in
    the twelve months to a day and could buy a year.

    Growth of sales and profit over the twelve before (sales of unknown cost earn the `assumed`
    percent), customers who bought for the first time, those kept of who bought in the year before,
    our share of what those buy whose potential is known, and of how many it is.
    """
    sold, before = years.sold, years.before
    earned = margins(zip(sold, years.cost, years.costed, strict=True), assumed)
    had = margins(zip(before, years.cost_before, years.costed_before, strict=True), assumed)
    each, nothing = [1] * len(customers), [0] * len(customers)
    return {
        "sales_growth": Columns(
            customers, [now - then for now, then in zip(sold, before, strict=True)], before, sold
        ),
        "profit_growth": Columns(
            customers, [now - then for now, then in zip(earned, had, strict=True)], had, earned
        ),
        "customers_won": Columns(
            customers,
            [int(now > 0 == then) for now, then in zip(years.bought, years.earlier, strict=True)],
            each,
            sold,
        ),
        "customers_kept": Columns(
            customers,
            [int(now > 0 and then > 0) for now, then in zip(years.bought, before, strict=True)],
            [int(then > 0) for then in before],
            before,
        ),
        "share_of_wallet": Columns(
            customers,
            [one if could else 0 for one, could in zip(sold, potentials, strict=True)],
            [could or 0 for could in potentials],
            nothing,
        ),
        "potential_known": Columns(
            customers, [int(could is not None) for could in potentials], each, sold
        ),
    }
