"""How much speaks for two records being of the same, and what does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

SHOWN = 60  # percent from which on somebody is asked

Edits = Callable[[str, str], int]  # how many slips of the finger lie between two texts


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` in percent; `reasons` are words keys `duplicates.why.<code>`, the best one first."""

    score: int
    reasons: tuple[str, ...]


def weighed(named: float, why: str, beside: Mapping[str, float], most: float = 1.0) -> Likeness:
    """From a likeness of names and what speaks for it beside them, all 0 … 1; `most` at most."""
    doubt = 1 - named
    for weight in beside.values():
        doubt *= 1 - weight
    reasons = sorted(beside, key=lambda code: -beside[code])
    return Likeness(round(100 * min(1 - doubt, most)), tuple(filter(None, (why, *reasons))))
