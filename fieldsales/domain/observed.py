"""The observed profile (M21, M29e): what clues to a person's thinking add up to, and how surely.

The newest sighting of each clue counts, with a weight that halves each year:

    fresh(age)   = 2 ** (-age / 365)                           age in days
    score(q)     = 24 * (1 + Σ weight(q) * fresh) / (4 + the same sum over all quadrants)
    number       = Σ fresh over the different clues
    days         = Σ over the days of sightings, each by its fresh
    confidence   = (1 - 2 ** (-number / 4)) * (1 - 2 ** -days)

So one clue does not shout: each quadrant begins with one in its favour. Confidence lies in 0 … 1;
four fresh clues of one day give 0.25, twelve on three days 0.77. Another clue never lowers it, age
never raises it, and however much is seen on one single day, it stays below one half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fieldsales.domain.profile import Clue
from fieldsales.domain.whole_brain import FULL, QUADRANTS, UNKNOWN, Scores

HALF_LIFE = 365  # days
HALF_SURE = 4  # fresh clues that make half of the part of confidence that is due to their number
FAIRLY_SURE, SURE = 0.35, 0.65  # confidence in words begins here

Weights = Mapping[str, Scores]


@dataclass(frozen=True, slots=True)
class Observed:
    """An observed profile; without a clue the scores are unknown and the confidence is 0.

    `codes`: the clues that count. `last_seen`: the day of the newest.
    """

    scores: Scores = UNKNOWN
    confidence: float = 0.0
    codes: tuple[str, ...] = ()
    last_seen: str | None = None

    @property
    def sureness(self) -> str:
        """`none`, `weak`, `fair` or `strong`."""
        if not self.codes:
            return "none"
        if self.confidence < FAIRLY_SURE:
            return "weak"
        return "fair" if self.confidence < SURE else "strong"


def fresh(age: int) -> float:
    """What is left of a clue's weight after `age` days; one from tomorrow is as good as today's."""
    return float(2.0 ** (-max(age, 0) / HALF_LIFE))


def observed(clues: Iterable[Clue], weights: Weights, today: date) -> Observed:
    """The profile that sightings of clues add up to.

    `weights`: code -> how strongly a clue speaks for A, B, C and D (1 … 3, 0 not at all); a clue
    that is not among them does not count.

    Worked example: two clues of A seen today, of weight 2 and 1, give A 24 · 4/7 = 13.7 and the
    others 24 · 1/7 = 3.4 each, with a confidence of 0.15.
    """
    newest: dict[str, float] = {}
    days: dict[str, float] = {}
    last_seen: str | None = None
    for clue in clues:
        if clue.code not in weights:
            continue
        day = clue.seen_on or clue.created_at[:10]
        left = fresh((today - date.fromisoformat(day)).days)
        newest[clue.code] = max(newest.get(clue.code, 0.0), left)
        days[day] = left
        last_seen = max(last_seen or day, day)
    if not newest:
        return Observed()
    a, b, c, d = (
        1.0 + sum(weights[code][at] * left for code, left in newest.items())
        for at in range(len(QUADRANTS))
    )
    share = FULL / (a + b + c + d)
    confidence = _risen(sum(newest.values()) / HALF_SURE) * _risen(sum(days.values()))
    scores = (a * share, b * share, c * share, d * share)
    return Observed(scores, confidence, tuple(sorted(newest)), last_seen)


def _risen(amount: float) -> float:
    """0 for nothing, one half for 1, ever nearer to 1."""
    return float(1 - 2.0**-amount)
