"""The worksheets for this visit: what was prepared to be said, at hand while planning and there."""

from __future__ import annotations

from fieldsales.screens.visit.desk import Desk
from fieldsales.screens.worksheets import PitchAtHand


class PitchSection(PitchAtHand):
    """Those of the visit's deal first, then the customer's and the general ones.

    In the meeting (`met`) nobody begins a new one: where there is none, there is no section.
    """

    def __init__(self, desk: Desk, *, met: bool) -> None:
        super().__init__(desk.context)
        self._desk = desk
        self._met = met
        if self.action is not None:
            self.action.setVisible(not met)

    def show_facts(self) -> None:
        facts = self._desk.facts
        deal = facts.deal
        self.show_for(facts.customer, deal.id if deal else None, deal.title if deal else "")
        self.setVisible(not self._met or bool(self.sheets))
