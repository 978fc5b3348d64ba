"""Puts a sentence into the notes of a visit that is to come, or of a proposal that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldsales.domain.clock import local_day
from fieldsales.domain.money.proposal import Proposal
from fieldsales.domain.visit import Visit
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import matches
from fieldsales.services.operations.records import EditRecord
from fieldsales.store.queries.proposals import proposals
from fieldsales.store.queries.today import planned, today
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.pieces import button, row
from fieldsales.widgets.suggestions import Suggestion

_DAYS = 60  # looked ahead for visits
_MOST = 12
_WAITING = ("draft", "final", "sent")


class Into(QWidget):
    """A button, and once it was pressed a line in which one types whose it is."""

    def __init__(self, context: Context, said: Callable[[], str]) -> None:
        super().__init__()
        self._context, self._said = context, said
        look, words = context.look, context.words
        self.ask = button(look, words("calculators.into"), self.begin, icon="note")
        self.line = ChooserLine(look, self._find, calm=False)
        self.line.setPlaceholderText(words("calculators.into_hint"))
        self.line.setAccessibleName(words("calculators.into"))
        self.line.setMinimumWidth(look.theme.px(260))
        self.line.picked.connect(self._put)
        self.line.left.connect(self._leave)
        self.line.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(look, self.ask, self.line, gap=8))

    @Slot()
    def begin(self) -> None:
        """Asks where to, with the next visits at hand."""
        self.ask.hide()
        self.line.clear()
        self.line.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.search()

    @Slot()
    def _leave(self) -> None:
        self.line.hide()
        self.ask.show()

    def _find(self, asked: str) -> Sequence[Suggestion]:
        store, words = self._context.store, self._context.words
        running = (due for due in today(store).visits if due.visit.state == "running")
        found = [
            Suggestion(
                f"visit:{due.visit.id}",
                due.customer,
                words("calculators.into_visit", day=words.date(local_day(due.visit.starts_at))),
                "visit",
            )
            for due in (*running, *planned(store, _DAYS))
        ]
        found += [
            Suggestion(
                f"proposal:{known.proposal.id}",
                known.customer,
                words("calculators.into_proposal", title=known.proposal.title),
                "money",
            )
            for known in proposals(store)
            if known.proposal.state in _WAITING
        ]
        return [one for one in found if not asked or matches(one.title, asked)][:_MOST]

    @Slot(str, str)
    def _put(self, key: str, _typed: str) -> None:
        noun, _, row_id = key.partition(":")
        store = self._context.store
        known: Visit | Proposal | None = (
            store.record(Visit, row_id) if noun == "visit" else store.record(Proposal, row_id)
        )
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)
        self._leave()
        said = self._said()
        if known is None or not said:
            return
        note = f"{known.note}\n{said}" if known.note else said
        done = self._context.words(f"calculators.put_{noun}")
        self._context.run(EditRecord(noun, row_id, {"note": note}), undoable=done)
