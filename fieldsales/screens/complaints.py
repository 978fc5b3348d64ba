"""The chip that says, wherever a customer is, how many complaints wait; it leads to the first."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.interaction import Interaction
from fieldsales.screens.contract import Context
from fieldsales.widgets.chips import Chip, ChipFace


class ComplaintChip(Chip):
    """Hidden while nothing waits."""

    def __init__(self, context: Context) -> None:
        super().__init__(context.look, ChipFace(""), pressable=True)
        self._context = context
        self._first = ""
        self.clicked.connect(self._open)
        self.hide()

    def show_complaints(self, waiting: Sequence[Interaction]) -> None:
        """Open complaints of a customer, the oldest first."""
        self.setVisible(bool(waiting))
        if waiting:
            self._first = waiting[0].id
            told = self._context.words("card.complaints", n=len(waiting))
            self.set_face(ChipFace(told, "bad", "warning", "\n".join(one.text for one in waiting)))

    def _open(self) -> None:
        self._context.open("feedback", self._first)
