"""A page with two columns."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.columns import Columns
from fieldsales.widgets.look import Look


class TwoColumnPage(CardScroll):
    """A page that scrolls, with two columns in it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._look = look

    def fill(self, left: QWidget, right: QWidget, shares: tuple[int, int]) -> None:
        """Put the columns in; `shares` are their parts of the width."""
        self.body.addWidget(Columns(self._look, left, right, shares))
        self.body.addStretch(1)
