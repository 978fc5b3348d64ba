"""The key-customer score: seven criteria, weighed, as 0 … 100 and a rank (M12)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from fieldsales.domain.money.exact import EXACT, half_up
from fieldsales.errors import FieldError

QUALITATIVE = ("cooperation", "potential", "strategic")
QUANTITATIVE = ("sales", "size", "growth", "satisfaction")
CRITERIA = (*QUALITATIVE, *QUANTITATIVE)
_OF_SIZE = {"a": 5, "b": 4, "c": 3, "d": 2, "e": 1}  # size classes (M02)


@dataclass(frozen=True, slots=True)
class Weights:
    """Criterion -> weight, a whole number from 0; by default all are equal."""

    of: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(CRITERIA, 1))

    def __post_init__(self) -> None:
        for name in CRITERIA:
            if self.of.get(name, 0) < 0:
                raise FieldError("field.too_small", name, limit=0)
        if not any(self.of.get(name, 0) for name in CRITERIA):
            raise FieldError("field.too_small", CRITERIA[0], limit=1)


EQUAL = Weights()


@dataclass(frozen=True, slots=True)
class Score:
    """`points` 0 … 100 with one decimal, None while no weighty criterion is rated; `missing` are
    those that carry weight and are not rated; `drags` the rated ones that cost the most points.
    """

    points: Decimal | None
    missing: tuple[str, ...]
    drags: tuple[str, ...]


def score(ratings: Mapping[str, int | None], weights: Weights = EQUAL) -> Score:
    """M12 of ratings 1 … 5 by criterion: all 1 are 0, all 3 are 50, all 5 are 100 points.

    What is not rated is left out, not counted as bad. Worked example: 5, 4, 5 and 4, 3, 3, 4 with
    equal weights: mean 4.0, 75.0 points. Raises FieldError for a rating outside 1 … 5.
    """
    weighty = [name for name in CRITERIA if weights.of.get(name, 0)]
    known = {name: rating for name in weighty if (rating := ratings.get(name)) is not None}
    for name, rating in known.items():
        if rating < 1:
            raise FieldError("field.too_small", name, limit=1)
        if rating > 5:
            raise FieldError("field.too_large", name, limit=5)
    missing = tuple(name for name in weighty if name not in known)
    if not known:
        return Score(None, missing, ())
    total = sum(weights.of[name] for name in known)
    reached = sum(weights.of[name] * (rating - 1) for name, rating in known.items())
    lost = {name: weights.of[name] * (5 - rating) for name, rating in known.items()}
    most = max(lost.values())
    return Score(
        half_up(EXACT.divide(Decimal(25 * reached), Decimal(total)), 1),
        missing,
        tuple(name for name in known if most and lost[name] == most),
    )


def ranks(points: Mapping[str, Decimal | None]) -> dict[str, int]:
    """Id -> rank from 1 on; equal ones share the better rank, those without points have none."""
    known = sorted(one for one in points.values() if one is not None)
    return {
        customer_id: len(known) - bisect_right(known, one) + 1
        for customer_id, one in points.items()
        if one is not None
    }


def fifth(less: int, equal: int, of: int) -> int:
    """1 … 5 by the fifth of `of` customers, as a proposal for sales or growth: so many have less,
    so many as much, the customer itself among them.

    Equal ones have equal ratings: that of their middle place, so that all equal ones are 3. Worked
    examples: the first of ten is 5, the last 1; who has the least of three 1, the middle one 3.
    """
    return 1 + 5 * (2 * less + equal) // (2 * of)


def by_size(size_class: str) -> int | None:
    """The rating a size class (M02) proposes: E is 1, A is 5; None of an unknown one."""
    return _OF_SIZE.get(size_class)
