"""A person's greetings on their page, folded to a line until they are asked for (M44)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.greeting import GreetingTexts, addressee
from fieldsales.store.queries.people import PersonRow
from fieldsales.widgets.card import Section


class GreetingSection(Section):
    """What fits the person and the day."""

    def __init__(self, desk: PeopleDesk) -> None:
        look, words = desk.look, desk.words
        super().__init__(
            look, words("greeting.title"), action=words("greeting.write"), act=self.begin, gap=10
        )
        self._desk = desk
        self._id = ""
        self.texts = GreetingTexts(desk.context)
        self.body.addWidget(self.texts)
        self.texts.hide()

    def load(self) -> None:
        """Stands for another person, folded."""
        self.texts.hide()

    def show_person(self, found: PersonRow) -> None:
        self._id = found.contact.id
        whom = addressee(self._desk.context, self._id) if self.texts.isVisibleTo(self) else None
        if whom is not None:
            self.texts.follow(whom)

    def begin(self) -> None:
        """Offers what fits them and the day; pressed again it folds."""
        whom = None if self.texts.isVisibleTo(self) else addressee(self._desk.context, self._id)
        self.texts.setVisible(whom is not None)
        if whom is not None:
            self.texts.show_for(whom)
            self.texts.setFocus(Qt.FocusReason.OtherFocusReason)
