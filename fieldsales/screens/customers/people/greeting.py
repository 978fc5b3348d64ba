"""A greeting for one person: by occasion and tone, fields filled in, copied at a press (M44)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fieldsales.domain.together import years_together
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.services import greetings
from fieldsales.services.library import GREETING_TOPICS
from fieldsales.services.operations.records import AddRecord
from fieldsales.store.drafts import NEW
from fieldsales.store.queries.care import first_order
from fieldsales.store.queries.learnt import own_entries
from fieldsales.store.queries.people import PersonRow
from fieldsales.widgets.card import Section
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.offers import MenuButton
from fieldsales.widgets.pieces import button, column, hairline, label, row
from fieldsales.widgets.segmented import Option, Segmented


class GreetingSection(Section):
    """Folded to a line until it is asked for; then what fits the person and the day is offered."""

    def __init__(self, desk: PeopleDesk) -> None:
        look, words = desk.look, desk.words
        super().__init__(
            look, words("greeting.title"), action=words("greeting.write"), act=self.begin, gap=10
        )
        self._desk = desk
        self._found: PersonRow | None = None
        self.occasion = ""
        self.topic = MenuButton(look, words("greeting.occasion"), self._topics)
        self.topic.picked.connect(self.show_occasion)
        self.tone = Segmented(
            look,
            [Option(tone, words(f"greeting.tone.{tone}")) for tone in greetings.TONES],
            name=words("greeting.tone"),
        )
        self.tone.chosen.connect(self._show_texts)
        self.own = button(look, words("greeting.own"), self._write_own, icon="edit", role="link")
        self.none = label(look, words("greeting.none"), tone="muted", wrap=True)
        self.texts = column(look, gap=10)
        self.shown: list[str] = []  # as they stand there
        self._parts: list[QWidget] = []
        inside = QWidget()
        head = row(look, self.topic, self.tone, None, gap=8)
        inside.setLayout(
            column(look, head, self.none, self.texts, row(look, self.own, None), gap=10)
        )
        self._inside = inside
        self.body.addWidget(inside)
        inside.hide()

    def load(self) -> None:
        """Stands for another person, folded."""
        self._inside.hide()

    def show_person(self, found: PersonRow) -> None:
        self._found = found
        if self._inside.isVisibleTo(self):
            self._show_texts()

    def begin(self) -> None:
        """Offers what fits them and the day; pressed again it folds."""
        desk, found = self._desk, self._found
        if found is None or self._inside.isVisibleTo(self):
            self._inside.hide()
            return
        cell = desk.people.standing_of(found).cell
        visits = desk.people.counts.get("visits", 0)
        self.tone.set_key(greetings.usual_tone(visits if found.last_met else 0, cell))
        self._inside.show()
        years = years_together(first_order(desk.context.store, desk.customer_id), desk.today)
        self.show_occasion(
            greetings.occasion(desk.words, found.contact, found.last_met, desk.today, years=years)
        )
        self.topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_occasion(self, occasion: str) -> None:
        """Offers the texts for an occasion, in a tone that there is for it."""
        self.occasion = occasion
        known = greetings.tones(self._desk.words, occasion)
        if self.tone.key not in known:
            self.tone.set_key(known[0])
        self._show_texts()

    def _topics(self) -> list[tuple[str, str]]:
        words = self._desk.words
        return [(topic, words(f"phrase.topic.{topic}")) for topic in GREETING_TOPICS]

    def _show_texts(self) -> None:
        desk, found = self._desk, self._found
        if found is None:
            return
        words, customer = desk.words, desk.customer
        self.topic.say(words(f"phrase.topic.{self.occasion}"), "")
        own = own_entries(desk.context.store, "phrase")
        company = customer.short_name or customer.name
        texts = [
            greetings.filled(words, one.text, found.contact, company)
            for one in greetings.offered(words, own, self.occasion, self.tone.key)
        ]
        if texts == self.shown and self._parts:  # what has the focus keeps it
            return
        self.shown = texts
        self.none.setVisible(not self.shown)
        for part in self._parts:
            self.texts.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [self._line(text) for text in self.shown]
        for part in self._parts:
            self.texts.addWidget(part)

    def _line(self, text: str) -> QWidget:
        look = self._desk.look
        said = label(look, text, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = button(
            look, self._desk.words("greeting.copy"), partial(self.copy, text), icon="copy"
        )
        copy.setAccessibleDescription(text)
        line = row(look, said, copy, gap=12)
        line.setStretch(0, 1)
        line.setAlignment(copy, Qt.AlignmentFlag.AlignTop)
        made = QWidget()
        made.setLayout(column(look, line, hairline(look), gap=8))
        return made

    def copy(self, text: str) -> None:
        """Puts a text on the clipboard; that it was sent is then one press away."""
        desk, found = self._desk, self._found
        QGuiApplication.clipboard().setText(text)
        if found is not None:
            sent = partial(self._note_sent, found.contact.id, text)
            words = desk.words
            told = words("greeting.copied", name=found.contact.name)
            action = words("greeting.note_sent")
            desk.context.say(Message(told, "success", action=action, act=sent, key="copied"))

    def _note_sent(self, contact_id: str, text: str) -> None:
        """A message is a real contact, from which the rhythm counts anew."""
        desk = self._desk
        values = {
            "customer_id": desk.customer_id,
            "contact_id": contact_id,
            "kind": "message",
            "at": desk.context.store.clock.stamp(),
            "text": text,
        }
        said = desk.words("greeting.noted", name=desk.name(contact_id))
        desk.context.run(AddRecord("interaction", values), undoable=said)

    def _write_own(self) -> None:
        self._desk.context.open("phrase", f"{NEW}:{self.occasion}")
