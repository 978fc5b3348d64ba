"""The five purchase factors (M24): us against rivals, and the factor to work on next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fieldsales.domain.deal import PURCHASE_FACTORS, FactorRating


@dataclass(frozen=True, slots=True)
class Factor:
    """One of PURCHASE_FACTORS: our rating and the strongest rival's, 1 … 5; None is not rated."""

    code: str
    ours: int | None = None
    theirs: int | None = None
    rival: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def gap(self) -> int | None:
        """How far we lie ahead (above 0) or behind; None while either is unknown."""
        if self.ours is None or self.theirs is None:
            return None
        return self.ours - self.theirs


def factors(ratings: Iterable[FactorRating]) -> tuple[Factor, ...]:
    """All five factors in their order, as the ratings of one deal tell them.

    Of several rivals the best rated counts; our own rating is the one given last.
    """
    given: dict[str, list[FactorRating]] = {code: [] for code in PURCHASE_FACTORS}
    for rating in sorted(ratings, key=lambda one: (one.created_at, one.id)):
        if rating.factor in given:
            given[rating.factor].append(rating)
    return tuple(_factor(code, found) for code, found in given.items())


def _factor(code: str, ratings: list[FactorRating]) -> Factor:
    ours = [rating.ours for rating in ratings if rating.ours is not None]
    strongest = max(
        (rating for rating in ratings if rating.theirs is not None),
        key=lambda one: one.theirs or 0,
        default=None,
    )
    return Factor(
        code,
        ours[-1] if ours else None,
        strongest.theirs if strongest else None,
        strongest.rival if strongest else "",
        tuple(rating.evidence for rating in ratings if rating.evidence),
    )


def weakest(found: Iterable[Factor]) -> Factor | None:
    """The next to work on: where we lie furthest behind, then where we are rated lowest.

    A factor without a rival's rating is measured against the middle of the scale. None while we
    have rated nothing. Worked example: price 2 against 4 comes before trust 1 against 2.
    """
    rated = [factor for factor in found if factor.ours is not None]
    return min(rated, key=_standing, default=None)


def _standing(factor: Factor) -> tuple[int, int, int]:
    assert factor.ours is not None
    against = 3 if factor.theirs is None else factor.theirs
    return factor.ours - against, factor.ours, PURCHASE_FACTORS.index(factor.code)
