"""A sales history added up: by month, in windows of twelve months, growth and shares."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from fieldsales.domain.money.exact import EXACT, HUNDRED, apportioned, half_up, whole_ratio

YEAR = 12  # months


class Sums(NamedTuple):
    """Sales and what they cost, in minor units; `costed` is the part of `amount` with a cost."""

    amount: int = 0
    cost: int = 0
    costed: int = 0

    def __add__(self, other: Sums) -> Sums:  # type: ignore[override]
        return Sums(self.amount + other.amount, self.cost + other.cost, self.costed + other.costed)

    def margin(self, assumed: Decimal) -> int:
        """What was earned; sales of unknown cost earn the assumed percent.

        Worked example: 100 000 sold, of them 60 000 for 45 000; at 20 % that is 15 000 + 8 000.
        """
        [earned] = margins([self], assumed)
        return earned


def margins(sums: Iterable[tuple[int, int, int]], assumed: Decimal) -> list[int]:
    """`Sums.margin` of very many."""
    part, of = assumed.as_integer_ratio()
    of *= 100
    return [
        costed - cost + (whole_ratio((amount - costed) * part, of) if amount != costed else 0)
        for amount, cost, costed in sums
    ]


NOTHING = Sums()


class Line(NamedTuple):
    """Something sold, or returned (a negative amount); amounts in minor units of `currency`.

    `cost` is what it cost us, None where unknown. A month's total is a line like any other, dated
    on a day of that month.
    """

    customer_id: str
    day: date
    amount: int
    currency: str = ""
    cost: int | None = None
    product: str = ""
    quantity: Decimal = Decimal(1)

    @property
    def sums(self) -> Sums:
        return Sums(self.amount, self.cost or 0, 0 if self.cost is None else self.amount)


class History(NamedTuple):
    """What a customer bought up to a day, `total`, in minor units of one currency.

    `last`: the twelve months that end with the day; `before`: the twelve before those. `purchases`:
    days on which something was bought; `first` and `latest` are such days. `later`: lines dated
    after the day, which count nowhere.
    """

    as_of: date
    total: int = 0
    last: Sums = NOTHING
    before: Sums = NOTHING
    purchases: int = 0
    first: date | None = None
    latest: date | None = None
    later: int = 0

    def bought_within(self, months: int) -> bool:
        """Whether the latest purchase lies in the so many months that end with the day."""
        return self.latest is not None and self.latest > months_before(self.as_of, months)

    def is_new(self, months: int) -> bool:
        """Whether the first purchase lies in them."""
        return self.first is not None and self.first > months_before(self.as_of, months)


def history(lines: Iterable[Line], as_of: date) -> History:
    """What the lines of one customer in one currency add up to, in whatever order they come.

    Worked example: as of 22 November 2026, `last` begins on 23 November 2025 and `before` on
    23 November 2024.
    """
    year, two_years = months_before(as_of, YEAR), months_before(as_of, 2 * YEAR)
    earlier, last, before = [0, 0, 0], [0, 0, 0], [0, 0, 0]
    days: set[date] = set()
    later = 0
    for _, day, amount, _, cost, _, _ in lines:
        if day > as_of:
            later += 1
            continue
        window = last if day > year else before if day > two_years else earlier
        window[0] += amount
        if cost is not None:
            window[1] += cost
            window[2] += amount
        if amount > 0:
            days.add(day)
    return History(
        as_of,
        earlier[0] + last[0] + before[0],
        Sums(*last),
        Sums(*before),
        len(days),
        min(days, default=None),
        max(days, default=None),
        later,
    )


def histories(lines: Iterable[Line], as_of: date) -> dict[tuple[str, str], History]:
    """(customer, currency) -> history. Of lines that come sorted by both, `history` may be asked
    group by group, without holding all of them.
    """
    groups: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.customer_id, line.currency), []).append(line)
    return {key: history(group, as_of) for key, group in groups.items()}


def by_month(lines: Iterable[Line]) -> dict[str, Sums]:
    """`2026-11` -> sums, the months with lines of one currency in their order."""
    found: dict[str, Sums] = {}
    for line in lines:
        month = line.day.isoformat()[:7]
        found[month] = found.get(month, NOTHING) + line.sums
    return dict(sorted(found.items()))


def by_product(lines: Iterable[Line]) -> dict[str, tuple[Decimal, Sums]]:
    """Product -> quantity and sums of lines of one currency, by name."""
    found: dict[str, tuple[Decimal, Sums]] = {}
    for line in lines:
        quantity, sums = found.get(line.product, (Decimal(0), NOTHING))
        found[line.product] = EXACT.add(quantity, line.quantity), sums + line.sums
    return dict(sorted(found.items()))


@lru_cache(maxsize=1_024)
def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month where it is shorter.

    Worked example: 12 months before 29 February 2028 is 28 February 2027.
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def change(now: int, before: int) -> Decimal | None:
    """By how many percent something grew, not rounded; None where there was nothing before.

    Worked example: 420 000 after 510 000 is −17.6 (rounded).
    """
    if before <= 0:
        return None
    return EXACT.divide((now - before) * HUNDRED, Decimal(before))


def share(part: int | Decimal, of: int | Decimal) -> Decimal | None:
    """How many percent a part is of something, not rounded, above 100 too; None of nothing.

    With a customer's potential it is the share of wallet.
    """
    return EXACT.divide(part * HUNDRED, Decimal(of)) if of > 0 else None


def shown(percent: Decimal | None) -> Decimal | None:
    """Percent as they are shown: one decimal, half up."""
    return None if percent is None else half_up(percent, 1)


def shares(parts: Sequence[int]) -> list[Decimal]:
    """Percent with one decimal that add up to exactly 100.0; what is below 0 counts as nothing.

    Without anything above 0 all are 0.
    """
    positive = [max(part, 0) for part in parts]
    thousandths = apportioned(1_000 if any(positive) else 0, positive)
    return [Decimal(one).scaleb(-1) for one in thousandths]


def middle(values: Iterable[int]) -> Decimal | None:
    """The median; None of nothing. Of an even number the mean of the two in the middle."""
    known = [Decimal(value) for value in values]
    return median(known) if known else None
