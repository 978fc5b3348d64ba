"""The ranking of old customers: who stands where, and how far each rose or fell (M08)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """What all old customers brought in a period and in the one before, each from the least on."""

    now: Sequence[int]
    before: Sequence[int]

    @classmethod
    def of(cls, now: Iterable[int], before: Iterable[int]) -> Places:
        return cls(sorted(now), sorted(before))

    def place(self, figure: int) -> int:
        """From 1 on; equal ones share the better place."""
        return _place(self.now, figure)

    def moved(self, figure: int, before: int) -> int | None:
        """Places that somebody rose, below 0 those they fell; None of who brought nothing before.

        Who brought nothing then and brings nothing now stays where it was.

        Worked example: of 90, 50 and 20 after 40, 50 and 60, the 90 rose by two places.
        """
        if before <= 0:
            return None if figure > 0 else 0
        return _place(self.before, before) - _place(self.now, figure)


def _place(rising: Sequence[int], figure: int) -> int:
    return len(rising) - bisect_right(rising, figure) + 1
