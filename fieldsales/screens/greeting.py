"""A greeting for one person: by occasion and tone, filled in; copied, mailed or shown as a code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.campaign import KINDS
from fieldsales.domain.contact import Contact
from fieldsales.domain.together import years_together
from fieldsales.drawing.code import qr_code
from fieldsales.screens.contract import Context
from fieldsales.services import greetings, special_days
from fieldsales.services.library import GREETING_TOPICS
from fieldsales.services.operations.records import AddRecord
from fieldsales.store.drafts import NEW
from fieldsales.store.queries.care import first_order
from fieldsales.store.queries.learnt import own_entries
from fieldsales.store.queries.people import people
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.offers import MenuButton
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import button, column, hairline, label, row, tool_button
from fieldsales.widgets.segmented import Option, Segmented

_CODE = 220  # px at 100 % of a code, so that a phone reads it across a desk


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to be greeted, and what their texts are chosen by: `occasion`, `tone`."""

    contact: Contact
    customer_id: str = ""
    company: str = ""
    occasion: str = "visit"
    tone: str = "formal"


def addressee(context: Context, contact_id: str, occasion: str = "") -> Addressee | None:
    """Somebody, with the occasion that is near unless told; None if they are gone."""
    contact = context.store.record(Contact, contact_id)
    if contact is None or contact.trashed_at:
        return None
    if not contact.customer_id:
        return Addressee(contact, occasion=occasion or "visit")
    store, today = context.store, context.look.clock.today()
    known = people(store, contact.customer_id)
    found = next(row for row in known.rows if row.contact.id == contact_id)
    if not occasion:
        years = years_together(first_order(store, contact.customer_id), today)
        occasion = greetings.occasion(context.words, contact, found.last_met, today, years=years)
        if occasion != "birthday":
            occasion = special_days.occasion_near(store, contact, today) or occasion
    visits = known.counts.get("visits", 0) if found.last_met else 0
    tone = greetings.usual_tone(visits, known.standing_of(found).cell)
    company = known.customer.short_name or known.customer.name
    return Addressee(contact, contact.customer_id, company, occasion, tone)


class Ways(QWidget):
    """Copy, e-mail and a code for a phone of one text; `sent` tells by which way."""

    sent = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._text = self._subject = self._address = ""
        self.copy = button(look, words("greeting.copy"), self.take_copy, icon="copy")
        self.mail = tool_button(look, "mail", words("greeting.mail"), self.write_mail)
        self.code = tool_button(look, "code", words("greeting.code"), self.show_code)
        self.setLayout(row(look, self.copy, self.mail, self.code, gap=4))
        self.picture = PictureBlock(look)  # stands where who uses this puts it
        self.picture.hide()

    def show_text(self, text: str, subject: str, address: str) -> None:
        """Stands for a text; without an address it is not mailed."""
        self._text, self._subject, self._address = text, subject, address
        self.copy.setAccessibleDescription(text)
        self.mail.setVisible(bool(address))
        self.picture.hide()

    def take_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.sent.emit("message")

    def write_mail(self) -> None:
        """Opens the computer's mail program; without one the text is copied."""
        link = greetings.mail_link(self._address, self._subject, self._text)
        if QDesktopServices.openUrl(QUrl(link)):
            self.sent.emit("email")
            return
        QGuiApplication.clipboard().setText(self._text)
        said = self._context.words("greeting.no_mail", address=self._address)
        self._context.say(Message(said, "warn", key="copied"))

    def show_code(self) -> None:
        """The text as a code below, or away with it."""
        if not self.picture.isHidden():
            self.picture.hide()
            return
        words = self._context.words
        picture = qr_code(self._text, _CODE, words("greeting.code_of", text=self._text))
        if picture is None:
            self._context.say(Message(words("greeting.code_too_long"), "warn", key="copied"))
            return
        self.picture.show_picture(words("greeting.scan"), lambda _room: picture)
        self.picture.show()
        self.sent.emit("scan")


class GreetingTexts(QWidget):
    """What fits somebody and an occasion; another occasion or tone is a press away.

    `left` tells that Esc was pressed.
    """

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._whom: Addressee | None = None
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
        head = row(look, self.topic, self.tone, None, gap=8)
        self.setLayout(column(look, head, self.none, self.texts, row(look, self.own, None), gap=10))
        self.setFocusProxy(self.topic)

    def show_for(self, whom: Addressee) -> None:
        """Offers what fits somebody and their occasion."""
        self._whom = whom
        self.tone.set_key(whom.tone)
        self.show_occasion(whom.occasion)

    def follow(self, whom: Addressee) -> None:
        """They may be called differently now; what was chosen stays."""
        self._whom = whom
        self._show_texts()

    def show_occasion(self, occasion: str) -> None:
        """Offers the texts for an occasion, in a tone that there is for it."""
        self.occasion = occasion
        known = greetings.tones(self._context.words, occasion)
        if known and self.tone.key not in known:
            self.tone.set_key(known[0])
        self._show_texts()

    def _topics(self) -> list[tuple[str, str]]:
        words = self._context.words
        return [(topic, words(f"phrase.topic.{topic}")) for topic in GREETING_TOPICS]

    def _show_texts(self) -> None:
        if self._whom is None:
            return
        words, whom = self._context.words, self._whom
        self.topic.say(words(f"phrase.topic.{self.occasion}"), "")
        own = own_entries(self._context.store, "phrase")
        texts = [
            greetings.filled(words, one.text, whom.contact, whom.company)
            for one in greetings.offered(words, own, self.occasion, self.tone.key)
        ]
        if texts == self.shown and self._parts:  # what has the focus keeps it
            return
        self.shown = texts
        self.none.setVisible(not texts)
        self._put([self._line(text) for text in texts])

    def _put(self, parts: Sequence[QWidget]) -> None:
        for part in self._parts:
            self.texts.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = list(parts)
        for part in parts:
            self.texts.addWidget(part)

    def _line(self, text: str) -> QWidget:
        look = self._context.look
        said = label(look, text, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        ways = Ways(self._context)
        subject = self._context.words(f"phrase.topic.{self.occasion}")
        assert self._whom is not None
        ways.show_text(text, subject, self._whom.contact.email)
        ways.sent.connect(partial(self._sent, text))
        line = row(look, said, ways, gap=12)
        line.setStretch(0, 1)
        line.setAlignment(ways, Qt.AlignmentFlag.AlignTop)
        made = QWidget()
        made.setLayout(column(look, line, ways.picture, hairline(look), gap=8))
        return made

    def _sent(self, text: str, way: str) -> None:
        """That it went out is then one press away."""
        if self._whom is None:
            return
        words, whom = self._context.words, self._whom
        told = words(f"greeting.told.{way}", name=whom.contact.name)
        act = partial(self._note_sent, whom, text, way) if whom.customer_id else None
        action = words("greeting.note_sent") if act else ""
        self._context.say(Message(told, "success", action=action, act=act, key="copied"))

    def _note_sent(self, whom: Addressee, text: str, way: str) -> None:
        """A message is a real contact, from which the rhythm counts anew."""
        values = {
            "customer_id": whom.customer_id,
            "contact_id": whom.contact.id,
            "kind": KINDS[way],
            "at": self._context.store.clock.stamp(),
            "text": text,
        }
        said = self._context.words("greeting.noted", name=whom.contact.name)
        self._context.run(AddRecord("interaction", values), undoable=said)

    def _write_own(self) -> None:
        self._context.open("phrase", f"{NEW}:{self.occasion}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        super().keyPressEvent(event)
