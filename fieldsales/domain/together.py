"""How many years a customer has bought from us, told in the month they are full (M44)."""

from __future__ import annotations

from datetime import date


def years_together(first_order: date | None, today: date) -> int:
    """Full years since the first order in the month it was made; 0 in other months and before.

    By the month, as sales of which only the month is known count, too.
    """
    if first_order is None or first_order.month != today.month:
        return 0
    return max(today.year - first_order.year, 0)
