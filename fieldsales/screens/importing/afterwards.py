"""The import that is done: told, shown, taken back, and followed wherever somebody does that."""

from __future__ import annotations

from functools import partial

from fieldsales.screens.contract import Screen
from fieldsales.screens.importing.chosen import Chosen
from fieldsales.screens.importing.result import ResultPart
from fieldsales.services.importing import naming
from fieldsales.services.importing.importer import Outcome
from fieldsales.widgets.message_bar import Message

# what shows records of a kind that the list of customers does not
_SHOWN = {"products": "product", "receivables": "receivable", "payments": "receivable"}


class Afterwards:
    """What came of the last import, until another file is chosen."""

    def __init__(self, page: Screen, part: ResultPart) -> None:
        self._context, self._part = page.context, part
        self._chosen: Chosen | None = None
        self.outcome: Outcome | None = None
        self._op: int | None = None  # the import, its undo, the redo of that …
        part.show_wanted.connect(self._show)
        part.undo_wanted.connect(self._undo)

    def begin(self, chosen: Chosen, outcome: Outcome) -> None:
        """Shows what an import did."""
        self._chosen, self.outcome, self._op = chosen, outcome, outcome.op
        self._part.show_done(chosen, outcome)

    def forget(self) -> None:
        self._chosen = self.outcome = self._op = None

    def say(self) -> None:
        """Tells it on whatever page the user is meanwhile."""
        if self._chosen is None or self.outcome is None:
            return
        words = self._context.words
        text = naming.outcome_told(self.outcome, self._chosen.kind, words)
        undo = words("common.undo") if self._op is not None else ""
        back = partial(self._context.undo, self._op)  # this one, whatever is imported meanwhile
        self._context.say(Message(text, "success", action=undo, act=back, lasting=True))

    def _undo(self) -> None:
        if self._op is not None:
            self._context.undo(self._op)

    def follow(self) -> None:
        """It may have been taken back, or done again, from anywhere."""
        if self._chosen is None or self.outcome is None:
            return
        journal = self._context.workspace.journal
        undone, redone = journal.redoable(), journal.undoable()
        if undone is not None and undone.undoes == self._op:
            self._op = undone.op
            self._part.show_undone()
        elif redone is not None and redone.undoes is not None and redone.undoes == self._op:
            self._op = redone.op
            self._part.show_done(self._chosen, self.outcome)

    def _show(self) -> None:
        kind = self._chosen.kind if self._chosen is not None else ""
        if kind in _SHOWN:
            self._context.open(_SHOWN[kind], "")
        elif self._op is not None:
            self._context.open("imported", str(self._op))
        else:
            self._context.open("customers", "")
