"""The section: what there is to read at the left, one of it at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldsales.screens.contract import Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.pitch.closing.listing import READINGS, ClosingList
from fieldsales.screens.pitch.closing.readings import Readings
from fieldsales.services.library import library
from fieldsales.store.journal import Changed
from fieldsales.widgets.pieces import column

_CONCERN = ("visit_item", "visit", "deal", "stage_change", "stage", "customer")


class ClosingPage(ListedPage):
    """Nothing is written here: what was tried is noted in visits."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look = context.look
        self._shelf = library(context.words.language)
        self.list = ClosingList(context, self._shelf)
        self.list.chosen.connect(self._show)
        self.list.entered.connect(self._enter)
        self.readings = Readings(context, self._shelf)
        self.readings.technique_wanted.connect(self.show_code)
        self.put(self.list, self.readings)
        self.setLayout(column(look, self.halves))

    # the contract

    def refresh(self) -> None:
        self.list.read()
        self.show_code(self.readings.code or next(iter(READINGS)))

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A technique, or a reading by its name; one of another version is passed over."""
        if row_id:
            self.list.read()
            self.show_code(row_id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_example(self) -> None:
        self.show_code("either_or")

    def show_code(self, code: str) -> None:
        if code in READINGS or code in self._shelf.techniques:
            self.list.choose(code)
            self._show(code)

    def _enter(self) -> None:
        self.readings.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, code: str) -> None:
        self.readings.show_reading(code)
