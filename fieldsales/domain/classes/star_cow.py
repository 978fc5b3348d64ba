"""Star, question, cash cow or dog: what a customer brings against what they could (M32)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from fieldsales.domain.classes.history import middle
from fieldsales.domain.classes.judged import Judged, judged
from fieldsales.domain.portfolio import CLASSES, KIND

KINDS = STAR, QUESTION, COW, DOG = CLASSES[KIND]
_KIND = {(True, True): STAR, (False, True): QUESTION, (True, False): COW, (False, False): DOG}


class Point(NamedTuple):
    """A customer in the plane, minor units: sales or margin of twelve months, and the potential."""

    performance: int
    potential: int | None


@dataclass(frozen=True, slots=True)
class Cuts:
    """From which amounts, in minor units, performance and potential are high."""

    performance: Decimal
    potential: Decimal


def medians(points: Mapping[str, Point]) -> Cuts | None:
    """The default cuts, of the customers whose potential is known; None where there are none."""
    known = [point for point in points.values() if point.potential is not None]
    performance = middle(point.performance for point in known)
    potential = middle(point.potential or 0 for point in known)
    if performance is None or potential is None:
        return None
    return Cuts(performance, potential)


def kinds(points: Mapping[str, Point], cuts: Cuts | None = None) -> dict[str, Judged]:
    """M32: id -> kind, '' without a known potential.

    What reaches the cut is high, nothing (or less) never is: where all are equal all are stars,
    where nobody bought nobody is one. Worked example: (90, 10) is a cow beside (50, 50) and
    (10, 90), a star and a question, for both medians are 50.
    """
    used = cuts or medians(points)
    return {customer_id: kind(point, used) for customer_id, point in points.items()}


def kind(point: Point, cuts: Cuts | None) -> Judged:
    """M32 of one customer, by cuts that are known."""
    performance, potential = point
    if potential is None or cuts is None:
        return judged("", "potential_unknown", performance=performance)
    does = performance > 0 and performance >= cuts.performance
    could = potential > 0 and potential >= cuts.potential
    return judged(
        _KIND[does, could],
        f"{'high' if does else 'low'}_performance_{'high' if could else 'low'}_potential",
        performance=performance,
        potential=potential,
        performance_cut=cuts.performance,
        potential_cut=cuts.potential,
    )
