"""How somebody thinks (M21) in a few lines; the Profile tab tells the rest."""

from __future__ import annotations

from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.methods.whole_brain.profiles import finding
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.store.queries.people import PersonRow
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import ChipLine
from fieldsales.widgets.pieces import button, label


class ThinkingSection(Section):
    """Letters, type and its gist; an observed profile says how sure it is."""

    def __init__(self, desk: PeopleDesk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("people.thinking"), gap=8)
        self._desk = desk
        self._contact_id = ""
        self.chips = ChipLine(look)
        self.finding = label(look, wrap=True)
        self.gist = label(look, tone="muted", wrap=True)
        self.open = button(look, "", self._open, icon="profile", role="link")
        for part in (self.chips, self.finding, self.gist):
            self.body.addWidget(part)
        self.add_to_head(self.open)

    def show_person(self, row: PersonRow) -> None:
        desk, words = self._desk, self._desk.words
        self._contact_id = row.contact.id
        profile = desk.profile(row)
        told = whole_brain(words.language).type_told(profile.scores) if profile.known else None
        letters = desk.letters(row)
        self.chips.setVisible(bool(letters))
        self.chips.show_chips([("", letter) for letter in letters])
        self.finding.setText(finding([profile], words) if told else words("people.no_profile"))
        self.gist.setText(words("people.type", name=told.name, gist=told.gist) if told else "")
        self.gist.setVisible(told is not None)
        self.open.setText(words("people.open_profile" if told else "people.note_clue"))

    def _open(self) -> None:
        self._desk.context.open("profile", self._contact_id)
