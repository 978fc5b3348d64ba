"""What the pictures of people are told of somebody: how they think, their part, where we stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES
from fieldsales.domain.need import PERSONAL_NEEDS
from fieldsales.domain.observed import Observed, observed
from fieldsales.domain.profile import Assessment
from fieldsales.domain.relationship import (
    Standing,
    freshness,
    satisfied,
    standing_of_customer,
    standing_of_person,
)
from fieldsales.domain.whole_brain import result
from fieldsales.methods.buying_group.picture import Member
from fieldsales.methods.organisation_chart.picture import Badge
from fieldsales.methods.relationship.picture import Dot
from fieldsales.methods.whole_brain.content import WholeBrain, whole_brain
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.store.queries.people import People, PersonRow
from fieldsales.words import Words

_ROLES = ("decision_maker", *(role for role in BUYING_ROLES if role != "decision_maker"))


@dataclass(frozen=True)
class Minds:
    """Reads how people think, in one language and on one day."""

    words: Words
    today: date

    @cached_property
    def brain(self) -> WholeBrain:
        return whole_brain(self.words.language)

    @cached_property
    def _quadrants(self) -> dict[str, str]:
        return {code: item.quadrant for code, item in self.brain.items.items()}

    @cached_property
    def _weights(self) -> dict[str, tuple[float, float, float, float]]:
        return {code: clue.weights for code, clue in self.brain.clues.items()}

    def told(self, name: str, assessment: Assessment) -> Profile:
        """What somebody says of themselves; `told` is the day."""
        day = self.words.date(local_day(assessment.finished_at)) if assessment.finished_at else ""
        return Profile(name, result(assessment, self._quadrants), told=day)

    def observed(self, row: PersonRow) -> Observed:
        return observed(row.clues, self._weights, self.today)

    def seen(self, row: PersonRow) -> Profile:
        """What clues say of somebody, never mixed with what they say themselves."""
        found = self.observed(row)
        return Profile(
            row.contact.name,
            found.scores,
            observed=True,
            confidence=found.confidence,
            told=self.words("kite.observed_name", name=row.contact.name),
        )

    def best(self, row: PersonRow) -> Profile:
        """The self-assessment where there is one, else what was seen, which may be nothing."""
        if row.assessment is not None:
            return self.told(row.contact.name, row.assessment)
        return self.seen(row)


def roles_of(row: PersonRow) -> tuple[str, ...]:
    """Codes of the roles somebody holds, each once, the weightiest first."""
    held = {role.role for role in row.roles}
    return tuple(role for role in (*_ROLES, *SIDE_ROLES) if role in held)


def fresh(row: PersonRow, today: date) -> float:
    """How fresh what we think of somebody is, 1 … 0."""
    return freshness(local_day(row.last_met) if row.last_met else None, today)


def badge(row: PersonRow, minds: Minds) -> Badge:
    """What the card in the organisation chart says."""
    leading = minds.best(row).leading
    return Badge(roles_of(row), row.attitude(), leading[0] if leading else "")


def member(row: PersonRow, minds: Minds) -> Member:
    """A dot on the map of the buying group."""
    leading, words = minds.best(row).leading, minds.words
    day = local_day(row.last_met) if row.last_met else None
    return Member(
        key=row.contact.id,
        name=row.contact.name,
        roles=roles_of(row),
        influence=row.influence(),
        attitude=row.attitude(),
        confirmed=any(role.confirmed for role in row.roles),
        quadrant=leading[0] if leading else "",
        met=words("report.last_met", day=words.date(day)) if day else "",
        faded=bool(row.roles) and fresh(row, minds.today) < 1,
    )


def standing(row: PersonRow, people: People) -> Standing:
    """Where we stand with somebody (M20)."""
    return standing_of_person(people.ratings, row.ratings)


def dots(people: People, today: date) -> list[Dot]:
    """The people in the matrix, and the customer as a square, the last."""
    found = [
        Dot(row.contact.id, row.contact.name, standing(row, people), fresh=fresh(row, today))
        for row in people.persons
    ]
    met = [(satisfied(row.ratings, PERSONAL_NEEDS), row.influence()) for row in people.persons]
    name = people.customer.short_name or people.customer.name
    own = standing_of_customer(people.ratings, met)
    return [*found, Dot(people.customer.id, name, own, customer=True)]
