"""What the parts of the page share: the people of one customer, and what is known of each."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.domain.relationship import (
    behaviour,
    lopsided,
)
from fieldsales.errors import UserError
from fieldsales.methods.relationship.content import relationship
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.reports.people_pictures import thinking
from fieldsales.screens.contract import Context
from fieldsales.store.queries.people import People, PersonRow, people
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.quadrants import type_chips
from fieldsales.words import Words

# how a cell of the relationship matrix looks as a chip
CELL_TONES = {"partner": "good", "supplier": "plain", "friend": "plain", "outsider": "warn"}


class PeopleDesk(QObject):
    """Holds what was read of a customer's people; its parts ask it rather than the file."""

    person_wanted = Signal(str)  # contact: show them
    add_wanted = Signal()  # somebody new

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.customer_id = ""
        self._people: People | None = None
        self._profiles: dict[str, Profile] = {}

    @property
    def look(self) -> Look:
        return self.context.look

    @property
    def words(self) -> Words:
        return self.context.words

    @property
    def today(self) -> date:
        return self.look.clock.today()

    def read(self, customer_id: str) -> bool:
        """Reads a customer's people; False if the customer is gone or in the trash."""
        self.customer_id = customer_id
        self._profiles = {}
        try:
            self._people = people(self.context.store, customer_id)
        except UserError:
            self._people = None
            return False
        return True

    @property
    def there(self) -> bool:
        """Whether there is a customer to speak of."""
        return self._people is not None

    @property
    def people(self) -> People:
        assert self._people is not None
        return self._people

    @property
    def customer(self) -> Customer:
        return self.people.customer

    def row(self, contact_id: str) -> PersonRow | None:
        """What is known of somebody here; None if they are not."""
        if self._people is None:
            return None
        return next((row for row in self._people.rows if row.contact.id == contact_id), None)

    def name(self, contact_id: str) -> str:
        row = self.row(contact_id)
        return row.contact.name if row is not None else ""

    # how they think

    def profile(self, row: PersonRow) -> Profile:
        """What they said themselves, else what was observed; unknown scores without either."""
        known = self._profiles.get(row.contact.id)
        if known is None:
            known = thinking(row, self.words, self.today)
            self._profiles[row.contact.id] = known
        return known

    def letters(self, row: PersonRow | None) -> tuple[ChipFace, ...]:
        """A letter for each quadrant that leads in somebody; none where nothing is known."""
        return type_chips(self.profile(row), self.words) if row is not None else ()

    # where we stand

    @property
    def lopsided(self) -> str:
        """Which side of the relationship lies ahead of the other (M10), '' if neither."""
        return lopsided(behaviour(self.people.counts), self.customer.feeling)

    def relation_chips(self) -> list[ChipFace]:
        """Where we stand, and whether one side of the relationship is wanting."""
        words, found = self.words, []
        if not self.there:
            return []
        if cell := self.people.standing.cell:
            meaning = relationship(words.language).cells[cell].meaning
            name = words(f"matrix.cell.{cell}")
            found.append(ChipFace(name, CELL_TONES[cell], "people", meaning))
        if side := self.lopsided:
            why = words(f"people.lopsided.{side}")
            found.append(ChipFace(words("card.lopsided"), "warn", "warning", why))
        return found

    def met(self, row: PersonRow) -> str:
        """When they were last met, in words; '' for never."""
        if not row.last_met:
            return ""
        return self.words("card.met", day=self.words.days_from(local_day(row.last_met), self.today))

    def told(self, contact: Contact) -> str:
        """Title, department and level in one line."""
        level = self.words.choice("level", contact.level)
        title = "" if contact.vacant else contact.title  # a post is called by it already
        return " · ".join(filter(None, (title, contact.department, level)))
