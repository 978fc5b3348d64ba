"""A step to be paid: what to say at it, what was promised, and the task that asks after it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication

from fieldsales.domain.contact import Contact
from fieldsales.domain.money.collecting import usual_step
from fieldsales.screens.asking import Asking
from fieldsales.screens.contract import Context
from fieldsales.services.library import library
from fieldsales.services.operations.receivables import NoteCollecting
from fieldsales.services.workspace import Operation
from fieldsales.store.queries import card, receivables
from fieldsales.store.queries.receivables import Debt
from fieldsales.store.queries.settings import setting
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, column, label, row, surface
from fieldsales.widgets.suggestions import Suggestion


class Collecting(Asking):
    """`step` chooses the text; a promise becomes a task for that day."""

    NAMES = ("step", "contact_id", "done_on", "promised_on", "promised_amount", "note")

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(
            context,
            "collecting_step",
            self.NAMES,
            words("receivables.step_go"),
            finders={"contact_id": self._people(context)},
            wide=("note",),
        )
        self._debt: Debt | None = None
        self.text = label(look, wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = button(look, words("receivables.copy"), self.copy_text, icon="copy")
        ground = surface("card")
        ground.setLayout(
            column(
                look,
                label(look, words("receivables.say"), size="caption", tone="muted"),
                self.text,
                row(look, self.copy, None),
                gap=8,
                margin=12,
            )
        )
        self.extra.addWidget(ground)
        for name in ("step", "contact_id"):
            self.editor(name).edited.connect(self._retell)
            self.editor(name).finished.connect(self._retell)

    def _people(self, context: Context) -> Finder:
        def find(asked: str) -> Sequence[Suggestion]:
            if self._debt is None:
                return []
            wanted = asked.strip().casefold()
            people = card.people_of(context.store, self._debt.receivable.customer_id)
            return [
                Suggestion(one.contact.id, one.contact.name, one.contact.title, "person")
                for one in people
                if wanted in one.contact.name.casefold()
            ]

        def title(row_id: str) -> str:
            contact = context.store.record(Contact, row_id)
            return contact.name if contact else ""

        return Finder(find, title)

    def ask(self, debt: Debt) -> None:
        """The step that fits how late it is, spoken with whom it was spoken with before."""
        self._debt = debt
        today = self.context.look.clock.today()
        known = receivables.collecting(self.context.store, debt.receivable.id)
        step = usual_step(debt.days_late(today), frozenset(one.step for one in known))
        person = next((one.contact_id for one in known if one.contact_id), None)
        if person is None:
            people = card.people_of(self.context.store, debt.receivable.customer_id)
            person = people[0].contact.id if people else None
        self.title.setText(self.context.words("receivables.step"))
        values = {
            "step": step,
            "contact_id": person,
            "done_on": today.isoformat(),
            "currency": debt.receivable.currency,
        }
        self.start(values, "promised_on")
        self._retell()

    @Slot()
    def _retell(self) -> None:
        if self._debt is None:
            return
        words, one = self.context.words, self._debt.receivable
        shelf = library(words.language).collecting
        step = str(self.editor("step").value() or "")
        entry = shelf.get(step)
        self.text.parentWidget().setVisible(entry is not None)
        if entry is None:
            return
        contact = self.context.store.record(Contact, str(self.editor("contact_id").value() or ""))
        store, today = self.context.store, self.context.look.clock.today()
        self.text.setText(
            entry.text.format(
                person=contact.name if contact else self._debt.customer,
                number=one.number or one.title,
                title=one.title or words("receivables.goods"),
                amount=words.money(self._debt.open, one.currency, cents=False),
                due=one.due_on or words("receivables.no_due"),
                late=max(0, self._debt.days_late(today)),
                seller=setting(store, "letterhead.seller", "") or words("receivables.we"),
                company=setting(store, "letterhead.company", "")
                or words("receivables.our_company"),
            )
        )

    def copy_text(self) -> None:
        """Puts the text on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.text())
        said = self.context.words("receivables.copied")
        self.context.say(Message(said, "success", key="copied"))

    def operation(self, values: dict[str, object]) -> tuple[Operation, str]:
        assert self._debt is not None
        words, one = self.context.words, self._debt.receivable
        amount = int(str(values["promised_amount"] or self._debt.open))
        if values["promised_on"]:
            values["promised_amount"] = amount
        task = words(
            "receivables.task",
            customer=self._debt.customer,
            amount=words.money(amount, one.currency, cents=False),
        )
        promised = bool(values["promised_on"])
        said = words("receivables.step_promised" if promised else "receivables.step_noted")
        return NoteCollecting(one.id, values, task=task), said
