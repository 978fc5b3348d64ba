"""The forecast: what the months may bring, weighted, against a target (M25)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from fieldsales.domain.pipeline import LOST, WON
from fieldsales.words import minor_digits

COMMIT_FROM = 80  # percent from which an open deal belongs to what the seller commits to
BEST_FROM = 50  # percent from which it belongs to the best case
OVERDUE, UNDATED = "overdue", "undated"  # periods of open deals without a month to come

Sums = Mapping[str, int]  # currency -> minor units; currencies are never added up


class Chance(NamedTuple):
    """A deal as the forecast sees it; `day` is the order's once it is won, else the expected."""

    deal_id: str
    stage: str
    amount: int
    currency: str
    probability: int
    day: str | None


def weighted(amount: int, probability: int) -> int:
    """The share of an amount that a probability (percent) lets expect, half up."""
    return (amount * probability + 50) // 100


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a period may bring in one currency, in minor units.

    `won`: ordered; `commit`: won and all but certain; `best`: commit and what may well come;
    `open`: all that is not decided; `weighted`: won and each open deal times its probability.
    """

    deals: int = 0
    won: int = 0
    commit: int = 0
    best: int = 0
    open: int = 0
    weighted: int = 0

    def __add__(self, other: Outlook) -> Outlook:
        return Outlook(
            self.deals + other.deals,
            self.won + other.won,
            self.commit + other.commit,
            self.best + other.best,
            self.open + other.open,
            self.weighted + other.weighted,
        )


@dataclass(frozen=True, slots=True)
class Forecast:
    """Outlooks by period and currency; a period is `2026-11`, OVERDUE or UNDATED.

    A deal stands in exactly one period, lost ones in none.
    """

    months: Mapping[str, Mapping[str, Outlook]]
    deals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # period -> ids

    def quarters(self) -> dict[str, dict[str, Outlook]]:
        """The same by quarter: `2026-Q4`; OVERDUE and UNDATED stay what they are."""
        found: dict[str, dict[str, Outlook]] = {}
        for period, outlooks in self.months.items():
            of_quarter = found.setdefault(quarter_of(period), {})
            for currency, outlook in outlooks.items():
                of_quarter[currency] = of_quarter.get(currency, Outlook()) + outlook
        return found

    def total(self) -> dict[str, Outlook]:
        """All periods together, by currency."""
        found: dict[str, Outlook] = {}
        for outlooks in self.months.values():
            for currency, outlook in outlooks.items():
                found[currency] = found.get(currency, Outlook()) + outlook
        return found


def forecast(chances: Iterable[Chance], today: date) -> Forecast:
    """M25: each deal that is not lost in its month; one without an amount only counts as a deal.

    An open deal expected for a month that is over is overdue: nobody can win it then any more.
    """
    this_month = f"{today:%Y-%m}"
    tallies: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 6)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for deal_id, stage, amount, currency, percent, day in chances:
        if stage == LOST:
            continue
        period = day[:7] if day else UNDATED
        if day and stage != WON and period < this_month:
            period = OVERDUE
        members[period].append(deal_id)
        tally = tallies[period, currency]
        tally[0] += 1
        if stage == WON:
            for at in (1, 2, 3, 5):
                tally[at] += amount
            continue
        tally[4] += amount
        tally[5] += weighted(amount, percent)
        if percent >= BEST_FROM:
            tally[3] += amount
            if percent >= COMMIT_FROM:
                tally[2] += amount
    months: dict[str, dict[str, Outlook]] = {}
    for (period, currency), tally in sorted(tallies.items()):
        months.setdefault(period, {})[currency] = Outlook(*tally)
    return Forecast(months, {period: tuple(ids) for period, ids in sorted(members.items())})


def months(first: date, count: int) -> tuple[str, ...]:
    """`2026-11`, `2026-12`, … from the month of a day on."""
    start = first.year * 12 + first.month - 1
    return tuple(f"{at // 12}-{at % 12 + 1:02}" for at in range(start, start + count))


def quarter_of(period: str) -> str:
    """`2026-11` → `2026-Q4`; what is no month stays as it is."""
    if period in (OVERDUE, UNDATED):
        return period
    return f"{period[:4]}-Q{(int(period[5:7]) + 2) // 3}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far what is open covers what is still missing of a target, in one currency."""

    target: int
    won: int
    open: int

    @property
    def gap(self) -> int:
        """What is still to be won."""
        return max(0, self.target - self.won)

    @property
    def times(self) -> float | None:
        """Open amount ÷ gap; None once the target is reached."""
        return self.open / self.gap if self.gap else None


def coverage(target: int, outlook: Outlook) -> Coverage:
    return Coverage(target, outlook.won, outlook.open)


def quarter_target(targets: Mapping[str, Sums], quarter: str, currency: str) -> int | None:
    """The sum of a quarter's monthly targets; None where no month has one."""
    months = [
        sums[currency]
        for month, sums in targets.items()
        if quarter_of(month) == quarter and currency in sums
    ]
    return sum(months) if months else None


# --- currencies


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum in one currency; `left_out` are those for which nobody typed a rate."""

    amount: int
    currency: str
    left_out: tuple[str, ...] = ()


def rate(text: str) -> Decimal | None:
    """A rate as typed (`7.15`), None if it is no positive number."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None


def converted(sums: Sums, currency: str, rates: Mapping[str, str]) -> Converted:
    """Sums in one currency; `rates` say what one unit of another is worth in it."""
    total = Decimal(0)
    left_out = []
    for code, minor in sorted(sums.items()):
        if code == currency:
            total += minor
            continue
        value = rate(rates.get(code, ""))
        if value is None:
            left_out.append(code)
            continue
        total += minor * value * Decimal(10) ** (minor_digits(currency) - minor_digits(code))
    return Converted(int(total.to_integral_value(ROUND_HALF_UP)), currency, tuple(left_out))
