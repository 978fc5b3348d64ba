"""What the pictures of people are told of somebody: how they think, their part, where we stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import BUYING_ROLES, SIDE_ROLES, Contact
from fieldsales.domain.need import PERSONAL_NEEDS
from fieldsales.domain.relationship import (
    Standing,
    freshness,
    satisfied,
    standing_of_customer,
    standing_of_person,
)
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Picture, Shape, Text
from fieldsales.methods.business_card.picture import card_code
from fieldsales.methods.buying_group.picture import Member
from fieldsales.methods.organisation_chart.picture import Badge
from fieldsales.methods.relationship.picture import Dot
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.methods.whole_brain.told import best_profile
from fieldsales.store.queries.people import People, PersonRow
from fieldsales.words import Words

_CODE, _CARD = 130.0, 145.0  # points: a code so large that any phone reads it, and its room
_NAME, _TEXT = 12.0, 8.5  # points below it for the name, and the size of that
_ROLES = ("decision_maker", *(role for role in BUYING_ROLES if role != "decision_maker"))


def thinking(row: PersonRow, words: Words, today: date) -> Profile:
    """How somebody thinks: as they say, else as it was seen, which may be nothing."""
    brain = whole_brain(words.language)
    return best_profile(row.contact.name, row.assessment, row.clues, brain, words, today)


def roles_of(row: PersonRow) -> tuple[str, ...]:
    """Codes of the roles somebody holds, each once, the weightiest first."""
    held = {role.role for role in row.roles}
    return tuple(role for role in (*_ROLES, *SIDE_ROLES) if role in held)


def fresh(row: PersonRow, today: date) -> float:
    """How fresh what we think of somebody is, 1 … 0."""
    return freshness(local_day(row.last_met) if row.last_met else None, today)


def badge(row: PersonRow, words: Words, today: date) -> Badge:
    """What the card in the organisation chart says."""
    leading = thinking(row, words, today).leading
    return Badge(roles_of(row), row.attitude(), leading[0] if leading else "")


def member(row: PersonRow, words: Words, today: date) -> Member:
    """A dot on the map of the buying group."""
    leading = thinking(row, words, today).leading
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
        faded=bool(row.roles) and fresh(row, today) < 1,
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


def cards(
    contacts: Sequence[Contact], company: str, words: Words, width: float, height: float
) -> list[Picture]:
    """Business cards to scan, each with its name below, as many pages as they need."""
    across = max(1, int(width // _CARD))
    down = max(1, int(height // (_CARD + _NAME)))
    found = []
    for first in range(0, len(contacts), across * down):
        shapes: list[Shape] = []
        some = contacts[first : first + across * down]
        for at, contact in enumerate(some):
            x, y = at % across * _CARD, at // across * (_CARD + _NAME)
            code = card_code(contact, _CODE, company=company)
            shapes += [shape.moved(x, y) for shape in code.shapes]
            name = shortened(contact.name, _TEXT, _CODE)
            shapes.append(Text(x + code.width / 2, y + _CODE + _TEXT, name, _TEXT, anchor="middle"))
        high = -(-len(some) // across) * (_CARD + _NAME)
        alt = words("pictures.and").join(contact.name for contact in some)
        found.append(Picture(width, high, tuple(shapes), alt))
    return found
