"""Both sides of a relationship (M10): what is done, counted; what is felt, as the rep tells it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldsales.domain.customer import Customer
from fieldsales.domain.fields import fields, values_of
from fieldsales.domain.relationship import behaviour
from fieldsales.screens.customers.people.desk import PeopleDesk
from fieldsales.screens.keeping import drafter, saver
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.pick_editors import ScaleEditor
from fieldsales.widgets.pieces import column, label, row


class PairLine(QWidget):
    """Doing beside feeling, and a mark where one lies well ahead of the other."""

    def __init__(self, desk: PeopleDesk) -> None:
        super().__init__()
        self._desk = desk
        look, words = desk.look, desk.words
        known = fields(Customer)
        self.doing = label(look, bold=True)
        self._counted = label(look, size="caption", tone="muted", wrap=True)
        self.feeling = ScaleEditor(look, known["feeling"])
        self.feeling.set_name(words("field.customer.feeling"))
        self.note = TextEditor(look, known["feeling_note"], words("people.feeling_hint"))
        self.note.set_name(words("field.customer.feeling_note"))
        self.mark = label(look, tone="warn", wrap=True)
        self._trouble = label(look, size="caption", tone="bad", wrap=True)
        self._trouble.hide()
        self.binder = Binder(
            words,
            saver(desk.context, "customer", self._id),
            drafter(desk.context, "customer", self._id),
            parent=self,
        )
        for editor in (self.feeling, self.note):
            self.binder.bind(editor)
        self.binder.trouble.connect(self._say)
        done = column(
            look,
            label(look, words("people.doing"), size="caption", tone="muted"),
            self.doing,
            self._counted,
            None,
            gap=4,
        )
        felt = column(
            look,
            label(look, words("field.customer.feeling"), size="caption", tone="muted"),
            self.feeling,
            self.note,
            self._trouble,
            gap=4,
        )
        both = row(look, gap=24)
        both.addLayout(done, 1)
        both.addLayout(felt, 2)
        self.setLayout(column(look, both, self.mark, gap=8))

    def _id(self) -> str:
        return self._desk.customer_id

    def load(self) -> None:
        """Stand for another customer."""
        desk = self._desk
        kept = desk.context.drafts("customer", desk.customer_id)
        self.binder.load(values_of(desk.customer), kept)

    def show_pair(self) -> None:
        """Shows what the desk has read."""
        desk, words = self._desk, self._desk.words
        self.binder.refresh(values_of(desk.customer))
        counts = desk.people.counts
        doing = behaviour(counts)
        self.doing.setText(words("people.of_five", n=doing))
        self._counted.setText(
            words(
                "people.counted",
                visits=counts.get("visits", 0),
                replies=counts.get("replies", 0),
                orders=counts.get("orders", 0),
            )
        )
        side = desk.lopsided
        self.mark.setVisible(bool(side))
        self.mark.setText(words(f"people.lopsided.{side}") if side else "")

    def flush(self) -> None:
        self.binder.flush()

    def _say(self, _name: str, text: str, _kind: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
