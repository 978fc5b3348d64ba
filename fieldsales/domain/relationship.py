"""Where we stand with a customer: the matrix of needs met (M20) and both sides of it (M10)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fieldsales.domain.need import ORGANISATION_NEEDS, PERSONAL_NEEDS, NeedRating

OUTSIDER, SUPPLIER, FRIEND, PARTNER = "outsider", "supplier", "friend", "partner"
CELLS = (OUTSIDER, SUPPLIER, FRIEND, PARTNER)
MET = 3.5  # needs count as met from this mean of 1 … 5 on
FADES_AFTER = 60  # days without meeting somebody until a cell begins to fade (default)
LOPSIDED = 2  # steps of 1 … 5 by which doing and feeling may lie apart before it is marked
MUCH_DONE, MUCH_FELT = "much_done", "much_felt"
ORDER_WORTH = 3  # an order says as much as three meetings
# points of a year from which behaviour counts as 2, 3, 4, 5
_DOING = (1, 4, 8, 16)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far needs are met, each 1 … 5; None where none was rated."""

    organisation: float | None = None
    personal: float | None = None

    @property
    def cell(self) -> str:
        """One of CELLS (M20); '' while one side is unknown."""
        if self.organisation is None or self.personal is None:
            return ""
        if self.organisation >= MET:
            return PARTNER if self.personal >= MET else SUPPLIER
        return FRIEND if self.personal >= MET else OUTSIDER


def latest(ratings: Iterable[NeedRating]) -> dict[str, NeedRating]:
    """Category -> its newest rating that says something, of one person or of the organisation."""
    found: dict[str, NeedRating] = {}
    for rating in ratings:
        if rating.rating is None:
            continue
        known = found.get(rating.category)
        if known is None or _told_at(rating) >= _told_at(known):
            found[rating.category] = rating
    return found


def satisfied(ratings: Iterable[NeedRating], categories: Collection[str]) -> float | None:
    """The mean of the newest ratings of these categories, 1 … 5; None where none was rated."""
    newest = latest(ratings)
    given = [
        rating.rating
        for category, rating in newest.items()
        if category in categories and rating.rating is not None
    ]
    return sum(given) / len(given) if given else None


def standing_of_person(
    organisation: Iterable[NeedRating], personal: Iterable[NeedRating]
) -> Standing:
    """A person in the matrix: the organisation's needs and their own.

    Worked example: finance 4, performance 4, image 3 (mean 3.7) and recognition 2 is a supplier.
    """
    return Standing(
        satisfied(organisation, ORGANISATION_NEEDS), satisfied(personal, PERSONAL_NEEDS)
    )


def standing_of_customer(
    organisation: Iterable[NeedRating], people: Iterable[tuple[float | None, int | None]]
) -> Standing:
    """The customer in the matrix; `people`: how far each one's needs are met, and their influence.

    Who has more influence (1 … 5) counts for more; an unknown one counts as 1.
    """
    known = [(met, influence or 1) for met, influence in people if met is not None]
    weight = sum(influence for _, influence in known)
    personal = sum(met * influence for met, influence in known) / weight if weight else None
    return Standing(satisfied(organisation, ORGANISATION_NEEDS), personal)


def freshness(last_met: date | None, today: date, fades_after: int = FADES_AFTER) -> float:
    """How fresh a judgement is, 1 … 0: whole for N days since somebody met the person, then less
    day by day until nothing is left after 2 N. 0 for somebody never met.
    """
    if last_met is None:
        return 0.0
    days = max((today - last_met).days, 0)
    return min(1.0, max(0.0, 2 - days / fades_after))


def behaviour(counts: Mapping[str, int]) -> int:
    """The doing side of a relationship, 1 … 5, by what happened within a year (M10).

    `visits` and `replies` (calls, messages, mails) count one each, `orders` three: 0 points are 1,
    from 1 on 2, from 4 on 3, from 8 on 4, from 16 on 5.
    """
    points = counts.get("visits", 0) + counts.get("replies", 0)
    points += ORDER_WORTH * counts.get("orders", 0)
    return 1 + sum(points >= least for least in _DOING)


def lopsided(doing: int, feeling: int | None) -> str:
    """M10: which side lies well ahead of the other, `much_done` or `much_felt`; '' if neither."""
    if feeling is None or abs(doing - feeling) < LOPSIDED:
        return ""
    return MUCH_DONE if doing > feeling else MUCH_FELT


def _told_at(rating: NeedRating) -> tuple[str, str, str]:
    return rating.rated_on or rating.created_at[:10], rating.created_at, rating.id
