"""How old debts are, how long money stays out, and what is collected first (M42)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fieldsales.domain.money.exact import EXACT, half_up

BUCKETS = ("not_due", "to_30", "to_60", "to_90", "over_90")
LIMITS = (0, 30, 60, 90)  # days late that a bucket goes to, the last has no end


def bucket(days_late: int) -> str:
    """The bucket of a debt so many days after it was due; 0 is the day itself, not late."""
    return BUCKETS[bisect_left(LIMITS, days_late)]


@dataclass(frozen=True, slots=True)
class Open:
    """An open debt: whose, in which currency, how much of it in minor units, when it was due."""

    customer_id: str
    currency: str
    amount: int
    due: date


def ageing(debts: Iterable[Open], today: date) -> dict[str, dict[str, int]]:
    """Currency -> bucket -> sum in minor units; currencies are never added."""
    found: dict[str, dict[str, int]] = {}
    for debt in debts:
        sums = found.setdefault(debt.currency, dict.fromkeys(BUCKETS, 0))
        sums[bucket((today - debt.due).days)] += debt.amount
    return found


def days_sales_outstanding(open_now: int, invoiced: int, days: int) -> Decimal | None:
    """Days that a sale stays unpaid on average: open ÷ invoiced in a period × its days; 1 decimal.

    None where nothing was invoiced. Worked example: 120 000 open of 360 000 invoiced in 90 days are
    30.0 days.
    """
    if invoiced <= 0:
        return None
    return half_up(EXACT.divide(Decimal(open_now * days), Decimal(invoiced)), 1)
