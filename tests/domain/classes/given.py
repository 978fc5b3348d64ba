"""Customers as the tests of the rules need them, and what hypothesis makes of sales."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from fieldsales.domain.classes.facts import Facts
from fieldsales.domain.classes.history import History, Line, history, months_before

TODAY = date(2026, 11, 22)


def sold(*sales: tuple[int, int]) -> list[Line]:
    """Lines of (months ago, amount)."""
    return [Line("c1", months_before(TODAY, ago), amount) for ago, amount in sales]


def of(lines: Iterable[Line]) -> History:
    return history(lines, TODAY)


def facts(*sales: tuple[int, int], **others: Any) -> Facts:
    return Facts(customer_id="c1", history=of(sold(*sales)), **others)


DAYS = st.integers(0, 1_600).map(lambda ago: TODAY - timedelta(days=ago))
# sold at a profit, with or without a known cost; LINES have returns among them
SALES = st.builds(
    lambda day, amount, part: Line(
        "c1", day, amount, "", None if part is None else amount * part // 10
    ),
    DAYS,
    st.integers(1, 10**9),
    st.none() | st.integers(0, 10),
)
LINES = st.lists(
    SALES | st.builds(lambda day, amount: Line("c1", day, -amount), DAYS, st.integers(0, 10**9)),
    max_size=12,
)
