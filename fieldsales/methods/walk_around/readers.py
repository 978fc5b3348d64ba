"""For whom a text is: what the weightiest of its readers looks for and does not find (M22)."""

from __future__ import annotations

from collections.abc import Iterable

from fieldsales.domain.whole_brain import UNKNOWN, Scores
from fieldsales.methods.walk_around.rules import Walk
from fieldsales.methods.whole_brain.advice import Seat, by_strength, turn


def together(seats: Iterable[Seat]) -> Scores:
    """What all readers look for: each role counts half of the one before it.

    Scores 0 together where nothing is known of anybody.
    """
    a, b, c, d = UNKNOWN
    for seat in seats:
        share = 0.5 ** turn(seat)
        one = [number * share for number in seat.profile.scores]
        a, b, c, d = a + one[0], b + one[1], c + one[2], d + one[3]
    return a, b, c, d


def lacking(found: Walk, seats: Iterable[Seat]) -> tuple[Seat, str] | None:
    """The weightiest reader to one of whose leading quadrants no sentence speaks, and which."""
    for seat in sorted(seats, key=turn):
        if not seat.profile.known:
            continue
        for quadrant in by_strength(seat.profile):
            if not found.counts[quadrant]:
                return seat, quadrant
    return None
