"""The four quadrants (M21): what 24 picks add up to, and which type that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from fieldsales.domain.profile import SHEETS, Assessment

QUADRANTS = ("a", "b", "c", "d")  # analytical, practical, relational, experimental
PICKS = 8  # on each sheet, no more and no less
FULL = PICKS * len(SHEETS)
DOMINANT = 7  # from here on a quadrant leads
EVEN = (5, 7)  # all four within: none leads
ALL = "abcd"
TYPES = tuple("".join(held) for size in range(1, 5) for held in combinations(QUADRANTS, size))

Scores = tuple[float, float, float, float]  # of A, B, C, D; FULL together, or all 0: unknown
UNKNOWN: Scores = (0.0, 0.0, 0.0, 0.0)


def score(picks: Iterable[str], quadrant_of: Mapping[str, str]) -> Scores:
    """How many picks fall to each quadrant; in which order, and codes nobody knows, do not count.

    Worked example: 10 items of A, 6 of B, 5 of C and 3 of D give (10, 6, 5, 3).
    """
    held = [quadrant_of.get(code) for code in set(picks)]
    a, b, c, d = (float(held.count(quadrant)) for quadrant in QUADRANTS)
    return a, b, c, d


def wanting(assessment: Assessment) -> dict[str, int]:
    """Picks still wanted by sheet, below zero where there are too many; empty when it is whole."""
    open_sheets = {sheet: PICKS - len(set(assessment.picks(sheet))) for sheet in SHEETS}
    return {sheet: count for sheet, count in open_sheets.items() if count}


def result(assessment: Assessment, quadrant_of: Mapping[str, str]) -> Scores:
    """The scores of a self-assessment, as far as it has come."""
    return score((code for sheet in SHEETS for code in assessment.picks(sheet)), quadrant_of)


def type_of(scores: Scores) -> str:
    """One of TYPES, the letters in the quadrants' order; '' where nothing is known.

    The quadrants that score 7 or more, or `abcd` where all four lie within 5 … 7. Worked examples:
    (10, 6, 5, 3) is `a`, (8, 8, 4, 4) `ab`, (7, 7, 7, 3) `abc`, (7, 6, 6, 5) `abcd`.
    """
    if not any(scores):
        return ""
    whole = _whole(scores, FULL)
    if all(EVEN[0] <= number <= EVEN[1] for number in whole):
        return ALL
    return "".join(
        quadrant for quadrant, number in zip(QUADRANTS, whole, strict=True) if number >= DOMINANT
    )


def is_flat(scores: Scores) -> bool:
    """Whether no quadrant stands out by a single pick: each has its even share."""
    return len(set(_whole(scores, FULL))) == 1 and any(scores)


def leading(scores: Scores) -> tuple[str, ...]:
    """The quadrants from the strongest to the weakest that score 7 or more; equals by letter."""
    whole = dict(zip(QUADRANTS, _whole(scores, FULL), strict=True))
    found = [quadrant for quadrant in QUADRANTS if whole[quadrant] >= DOMINANT]
    return tuple(sorted(found, key=lambda quadrant: -whole[quadrant]))


def percent(scores: Scores) -> tuple[int, ...]:
    """Shares in whole percent, 100 together; all 0 where nothing is known."""
    return _whole(scores, 100)


def difference(one: Scores, other: Scores) -> Scores:
    """How far the second lies from the first in each quadrant; 0 together."""
    a, b, c, d = (second - first for first, second in zip(one, other, strict=True))
    return a, b, c, d


def mean(profiles: Collection[Scores]) -> Scores:
    """The profile of several people together; who is unknown does not count."""
    known = [scores for scores in profiles if any(scores)]
    if not known:
        return UNKNOWN
    a, b, c, d = (sum(column) / len(known) for column in zip(*known, strict=True))
    return a, b, c, d


def _whole(scores: Sequence[float], total: int) -> tuple[int, ...]:
    """Whole numbers in the proportion of the scores that add up to `total`: the largest remainders
    are rounded up, of equal ones the first.
    """
    held = sum(scores)
    if not held:
        return tuple(0 for _ in scores)
    shares = [number * total / held for number in scores]
    floors = [int(share + 1e-9) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda at: (floors[at] - shares[at], at))
    for at in by_remainder[: total - sum(floors)]:
        floors[at] += 1
    return tuple(floors)
