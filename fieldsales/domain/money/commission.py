"""What a partner is due for a deal they brought (M39)."""

from __future__ import annotations

from decimal import Decimal

from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money.exact import percent_of, whole


def commission(order: int, percent: str) -> int:
    """That many hundredths of an order, both in minor units, half up.

    Worked examples: 3 % of 34 000.00 = 1 020.00; 2.5 % of 0.99 = 0.02.
    """
    return whole(percent_of(Decimal(order), as_decimal(percent)))
