"""What is said of the house as a whole, beside the views, while nobody in it is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldsales.domain.need import ORGANISATION_NEEDS
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.customers.people.ratings import RatingsSection
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.pieces import label


class HousePanel(CardScroll):
    """The organisation's needs (M18) and where we stand with it."""

    def __init__(self, desk: PeopleDesk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, margin=16, gap=16)
        self._desk = desk
        self.title = label(look, words("people.house"), size="title", bold=True)
        self.standing = label(look, tone="muted", wrap=True)
        self.needs = RatingsSection(desk, words("people.house_needs"), ORGANISATION_NEEDS)
        for part in (self.title, self.standing, self.needs):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def load(self) -> None:
        """Another customer."""
        self.needs.load(None)

    def begin(self) -> None:
        """Puts the cursor into the first need."""
        first = next(iter(self.needs.lines.values()))
        first.scale.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_people(self) -> None:
        desk, words = self._desk, self._desk.words
        people = desk.people
        self.needs.show_ratings(people.ratings, hint=words("people.house_hint"))
        cell = people.standing.cell
        said = words("people.stands_as", cell=words(f"matrix.cell.{cell}")) if cell else ""
        self.standing.setText(said or words("people.not_placed"))

    def flush(self) -> None:
        self.needs.flush()
