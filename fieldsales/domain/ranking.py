"""Which answer or technique works best, by how often it did and how sure that is (M29a, M29b)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

_Z = 1.96  # 95 in a hundred


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something worked, of `n` times that were judged."""

    key: str
    worked: int
    n: int

    @property
    def bound(self) -> float:
        """0 … 1, see `wilson`."""
        return wilson(self.worked, self.n)


@dataclass(frozen=True, slots=True)
class Told:
    """How often an answer worked as it was told: key of a ready one or '', and its words."""

    key: str
    text: str
    worked: int
    n: int


def wilson(worked: int, n: int) -> float:
    """Lower bound of the Wilson interval at 95 %: the share that one may count on; 0 of nothing.

    Worked examples: 8 of 10 give 0.490, 1 of 1 gives 0.207, so one success does not beat many.
    """
    if n <= 0 or worked <= 0:  # the formula gives a hair above 0 for none of some
        return 0.0
    share = worked / n
    square = _Z * _Z
    middle = share + square / (2 * n)
    spread = _Z * sqrt((share * (1 - share) + square / (4 * n)) / n)
    return max(0.0, (middle - spread) / (1 + square / n))


def ranked(tallies: Iterable[Tally]) -> list[Tally]:
    """The most dependable first; of equals what was tried more often, then as they came."""
    return sorted(tallies, key=lambda one: (-one.bound, -one.n))
