"""What the plan means to say, walked around for those who will be there (M22)."""

from __future__ import annotations

from fieldsales.methods.walk_around.texts import words_of_visit
from fieldsales.methods.whole_brain.advice import seat
from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.walk_around import WalkPanel
from fieldsales.widgets.card import Section


class WalkSection(Section):
    """The check of objective, questions and note; it stands there once something is planned."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("walk_around.title"))
        self._desk = desk
        self.panel = WalkPanel(desk.context, folded=True)
        self.show_parts((self.panel,))

    def show_facts(self) -> None:
        """Checks the plan as it is now."""
        desk = self._desk
        text, today = words_of_visit(desk.facts), desk.look.clock.today()
        self.setVisible(bool(text))
        self.panel.show_text(
            text,
            [seat(person, desk.words, today) for person in desk.facts.people],
            pictures=bool(desk.facts.photos),
        )
