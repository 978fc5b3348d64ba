"""Who is expected at the visit, and who was met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.clock import local_day
from fieldsales.domain.visit import PersonFacts
from fieldsales.methods.whole_brain.advice import seat
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.operations.visits import BringPerson
from fieldsales.store.queries.card import Person
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.kept_rows import Row, Rows, TickRow
from fieldsales.widgets.pieces import label, row
from fieldsales.widgets.quadrants import type_chips


@dataclass(frozen=True, slots=True)
class _Known:
    """A person of the customer as a row wants it; `last_met` is a day before this visit.

    `here`: what the visit knows of those who are expected, or were met.
    """

    person: Person
    here: PersonFacts | None
    last_met: date | None

    @property
    def expected(self) -> bool:
        return self.here is not None

    @property
    def met(self) -> bool:
        return self.here is not None and self.here.met

    @property
    def id(self) -> str:
        return self.person.contact.id


class PeopleSection(Section):
    """Ticks over all people of the customer, and a line to add one by name.

    Before the visit a tick says 'expected', during and after it 'met'.
    """

    def __init__(self, desk: Desk, *, met: bool) -> None:
        words = desk.words
        super().__init__(desk.look, words("visit.people_met" if met else "visit.people"))
        self._desk = desk
        self._met = met
        self.rows: Rows[_Known] = Rows(desk.look, self._make, gap=0)
        self._nobody = label(desk.look, words("visit.no_people"), tone="muted", wrap=True)
        self.name = LineEdit(desk.look)
        self.name.setPlaceholderText(words("visit.add_person"))
        self.name.setAccessibleName(words("visit.add_person"))
        self.name.returnPressed.connect(self._add)
        self.show_parts((self._nobody, self.rows, self.name))

    def show_facts(self) -> None:
        """Show the people as they are now."""
        desk = self._desk
        there = {person.contact.id: person for person in desk.facts.people}
        known = []
        for person in desk.card.people if desk.card else ():
            here = there.get(person.contact.id)
            last = local_day(person.last_met) if person.last_met else None
            if here is not None:  # this visit itself is not the last one
                last = date.fromisoformat(here.last_met) if here.last_met else None
            known.append(_Known(person, here, last))
        listed = {one.id for one in known}
        for contact_id, here in there.items():  # of another customer by now, and still awaited
            if contact_id not in listed and not here.contact.trashed_at:
                last = date.fromisoformat(here.last_met) if here.last_met else None
                known.append(_Known(Person(here.contact, (), None), here, last))
        self.rows.show_things(known)
        self._nobody.setVisible(not known)

    def _make(self, one: _Known) -> Row[_Known]:
        return _PersonRow(self._desk, one, met=self._met)

    def _add(self) -> None:
        name = self.name.text().strip()
        if name and self._desk.run(BringPerson(self._desk.visit_id, name, self._met)):
            self.name.clear()


class _PersonRow(Row[_Known]):
    def __init__(self, desk: Desk, one: _Known, *, met: bool) -> None:
        super().__init__()
        self._desk = desk
        self._one = one
        self._met = met
        self.tick = TickRow(desk.look)
        self.tick.ticked.connect(self._ticked)
        self.letters = ChipLine(desk.look)
        self._faces: tuple[ChipFace, ...] = ()
        layout = row(desk.look, self.tick, self.letters, gap=8)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_thing(self, thing: _Known) -> None:
        self._one = thing
        words, person = self._desk.words, thing.person
        contact = person.contact
        place = [contact.title, contact.department]
        title = " · ".join(filter(None, (contact.name, *place)))
        roles = [words.choice("buying_role", role.role) for role in person.roles if role.role]
        last = words("visit.never_met")
        if thing.last_met:
            today = self._desk.look.clock.today()
            last = words("visit.last_met", when=words.days_from(thing.last_met, today))
        about = [*dict.fromkeys(roles), words.choice("level", contact.level), last]
        self.tick.set_texts(title, " · ".join(filter(None, about)))
        self.tick.set_ticked(thing.met if self._met else thing.expected)
        self._show_letters(thing.here)

    def _show_letters(self, here: PersonFacts | None) -> None:
        """How they think, of those who will be there (M21)."""
        words, today = self._desk.words, self._desk.look.clock.today()
        faces = type_chips(seat(here, words, today).profile, words) if here is not None else ()
        if faces != self._faces:
            self._faces = faces
            self.letters.show_chips([("", face) for face in faces])
        self.letters.setVisible(bool(faces))

    def _ticked(self, ticked: bool) -> None:
        one = self._one
        if self._met:
            self._desk.set_person(one.id, expected=True, met=ticked)
        else:
            self._desk.set_person(one.id, expected=ticked, met=ticked and one.met)
