"""Quarters of the calendar: which one a day lies in, when it ends, which came before."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple


class Quarter(NamedTuple):
    """The nth of four in a year, `2026-Q4` as text."""

    year: int
    n: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)

    def earlier(self, quarters: int) -> Quarter:
        """So many before. Worked example: 4 before `2026-Q4` is `2025-Q4`."""
        year, n = divmod(4 * self.year + self.n - 1 - quarters, 4)
        return Quarter(year, n + 1)

    @property
    def last(self) -> date:
        """Its last day."""
        following = self.earlier(-1)
        return date(following.year, 3 * following.n - 2, 1) - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.n}"
