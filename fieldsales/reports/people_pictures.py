"""What pictures, on screen as on paper, are told of people: how they think, where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldsales.domain.contact import BUYING_ROLES, Contact
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


def badge(row: PersonRow, profile: Profile) -> Badge:
    """What the card in the organisation chart says."""
    leading = profile.leading
    return Badge(row.parts(), row.attitude(), leading[0] if leading else "")


def member(
    row: PersonRow, profile: Profile, met: str, today: date, deal_id: str | None = None
) -> Member:
    """A dot on the map of the buying group, of a deal if told; `met` says when we last met."""
    roles, leading = row.held(deal_id), profile.leading
    return Member(
        key=row.contact.id,
        name=row.contact.name,
        roles=row.parts(deal_id),
        influence=row.influence(deal_id),
        attitude=row.attitude(deal_id),
        confirmed=any(role.confirmed for role in roles),
        quadrant=leading[0] if leading else "",
        met=met,
        faded=bool(roles) and row.fresh(today) < 1,
    )


def dots(people: People, today: date) -> list[Dot]:
    """The people in the matrix, and the customer as a square, the last."""
    found = [
        Dot(row.contact.id, row.contact.name, people.standing_of(row), fresh=row.fresh(today))
        for row in people.persons
    ]
    name = people.customer.short_name or people.customer.name
    return [*found, Dot(people.customer.id, name, people.standing, customer=True)]


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
