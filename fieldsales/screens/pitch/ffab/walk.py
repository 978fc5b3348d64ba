"""The whole pitch walked around for the customer's people, beside where it is written (M22)."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from fieldsales.methods.walk_around.texts import terms
from fieldsales.screens.pitch.ffab.desk import Desk
from fieldsales.screens.pitch.ffab.speech import SpeechNote
from fieldsales.screens.walk_around import WalkPanel, readers_of
from fieldsales.store.queries.files import has_photo
from fieldsales.widgets.card import Section

_PAUSE = 300  # ms without a key until it is checked


class WalkSection(Section):
    """It follows the pitch as it is typed or composed; there is none while nothing is said."""

    def __init__(self, desk: Desk, note: SpeechNote) -> None:
        words = desk.words
        super().__init__(
            desk.look,
            words("walk_around.title"),
            action=words("walk_around.apart"),
            act=self._open,
        )
        self._desk = desk
        self._note = note
        self.panel = WalkPanel(desk.context, folded=True)
        self.show_parts((self.panel,))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.check)
        note.text.textChanged.connect(self._pause.start)

    def check(self) -> None:
        """Checks what is said now, for those who are known now."""
        self._pause.stop()
        text, facts = self._note.typed(), self._desk.facts
        self.setVisible(bool(text.strip()))
        readers = readers_of(self._desk.context, facts.customer.id) if facts.customer else []
        product = facts.product
        self.panel.show_text(
            text,
            readers,
            terms(product.glossary) if product else (),
            pictures=product is not None
            and has_photo(self._desk.context.store, "product", product.id),
        )

    def later(self) -> None:
        """Checks once nothing has happened for a moment."""
        self._pause.start()

    def _open(self) -> None:
        self._desk.context.open("walk_around", f"worksheet:{self._desk.sheet_id}")
