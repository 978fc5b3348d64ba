"""The negotiation partner (M23): two questions answered on a scale, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldsales.domain.contact import Contact
from fieldsales.domain.fields import fields, values_of
from fieldsales.domain.negotiation import PARTNERS, partner
from fieldsales.methods.negotiation.content import negotiation
from fieldsales.methods.negotiation.picture import Judged, finding, plane
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.keeping import drafter, saver
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import Section
from fieldsales.widgets.editors import Editor, TextEditor
from fieldsales.widgets.pick_editors import ScaleEditor
from fieldsales.widgets.picture_block import PictureBlock
from fieldsales.widgets.pieces import column, label, row

SCALES = ("sees_long_term", "plays_fair")


class NegotiatingSection(Section):
    """Scales and evidence; the plane, the signs and the counter-advice once both are known."""

    def __init__(self, desk: PeopleDesk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("people.negotiating"), gap=12)
        self._desk = desk
        self._contact_id = ""
        self._looked_at = ""
        known = fields(Contact)
        content = negotiation(words.language)
        self.editors: dict[str, Editor] = {}
        for name in SCALES:
            scale = content.scales[name]
            editor = ScaleEditor(look, known[name])
            editor.set_name(scale.question)
            ask = label(look, scale.question, wrap=True)
            ask.setToolTip("\n".join(scale.clues))
            low = label(look, scale.low, size="caption", tone="muted", wrap=True)
            high = label(look, scale.high, size="caption", tone="muted", wrap=True)
            high.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            low.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            ends = row(look, gap=16)
            ends.addWidget(low, 1)
            ends.addWidget(high, 1)
            self.body.addLayout(column(look, ask, editor, ends, gap=4))
            self.editors[name] = editor
        evidence = TextEditor(look, known["negotiation_evidence"], words("people.style_hint"))
        evidence.set_name(words("field.contact.negotiation_evidence"))
        self.editors["negotiation_evidence"] = evidence
        self.body.addWidget(evidence)
        self._trouble = label(look, size="caption", tone="bad", wrap=True)
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.block = PictureBlock(look)
        self.block.clicked.connect(self._pressed)
        self.advice = QWidget()
        self.told: QVBoxLayout = column(look, gap=8)
        self.what = label(look, wrap=True)
        self.signs = label(look, wrap=True)
        self.counter = label(look, wrap=True)
        self.traps = label(look, wrap=True)
        self.told.addWidget(self.what)
        for heading, text in (
            ("people.signs", self.signs),
            ("people.counter", self.counter),
            ("people.traps", self.traps),
        ):
            self.told.addWidget(label(look, words(heading), size="caption", tone="muted"))
            self.told.addWidget(text)
        self.advice.setLayout(self.told)
        self.body.addWidget(self.block)
        self.body.addWidget(self.advice)
        self.binder = Binder(
            words,
            saver(desk.context, "contact", self._id),
            drafter(desk.context, "contact", self._id),
            parent=self,
        )
        for bound in self.editors.values():
            self.binder.bind(bound)
        self.binder.trouble.connect(self._say)

    def _id(self) -> str:
        return self._contact_id

    def load(self, contact: Contact) -> None:
        """Stand for somebody else."""
        self._contact_id = contact.id
        self._looked_at = ""
        kept = self._desk.context.drafts("contact", contact.id)
        self.binder.load(values_of(contact), kept)

    def show_person(self, contact: Contact) -> None:
        words = self._desk.words
        self.binder.refresh(values_of(contact))
        judged = Judged(contact.id, contact.name, contact.sees_long_term, contact.plays_fair)
        started = contact.sees_long_term is not None or contact.plays_fair is not None
        told = finding([judged], words)
        if started:
            self.block.show_picture(told, lambda width: plane([judged], words, width))
        else:
            self.block.show_picture(told, None)
        kind = self._looked_at or partner(contact.sees_long_term, contact.plays_fair)
        self._tell(kind)

    def _tell(self, kind: str) -> None:
        self.advice.setVisible(bool(kind))
        if kind:
            content = negotiation(self._desk.words.language).partners[kind]
            self.what.setText(content.what)
            self.signs.setText(_listed(content.signs))
            self.counter.setText(_listed(content.counter))
            self.traps.setText(_listed(content.traps))

    def _pressed(self, key: str) -> None:
        """A field of the plane tells of its kind."""
        if key in PARTNERS:
            self._looked_at = key
            self._tell(key)

    def flush(self) -> None:
        self.binder.flush()

    def _say(self, _name: str, text: str, _kind: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"· {line}" for line in lines)
