"""What is ticked and asked at a counter: the six steps and the five questions (M26)."""

from __future__ import annotations

from fieldsales.methods.checklist.content import checklists
from fieldsales.screens.checklist import Sheet
from fieldsales.screens.visit.desk import Desk
from fieldsales.store.queries.checklists import results
from fieldsales.widgets.card import Section

STEPS, QUESTIONS = "store_steps", "need_questions"


class VisitChecklist(Section):
    """A checklist of a visit to a store, which begins with its first answer."""

    def __init__(self, desk: Desk, code: str) -> None:
        form = checklists(desk.words.language)[code]
        super().__init__(desk.look, form.title)
        self._desk = desk
        self._form = form
        self.sheet = Sheet(desk.context, compact=True)
        self.setToolTip(form.about)
        self.show_parts((self.sheet,))

    def show_facts(self) -> None:
        """Show what was answered in this visit."""
        desk = self._desk
        shown = desk.facts.visit.kind == "store"
        self.setVisible(shown)
        if not shown:
            return
        found = results(desk.context.store, self._form.code, visit_id=desk.visit_id)
        if found:
            self.sheet.show_filled(self._form, found[0])
        else:
            self.sheet.show_unbegun(self._form, {"visit_id": desk.visit_id})
