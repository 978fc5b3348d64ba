"""What the parts of a worksheet's page share: the worksheet shown, and how they write."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsales.domain.worksheet import Worksheet
from fieldsales.errors import UserError
from fieldsales.methods.ffab.content import Connectors, connectors
from fieldsales.methods.ffab.told import spoken_time
from fieldsales.screens.contract import Context
from fieldsales.screens.keeping import drafter, saver
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.workspace import Operation
from fieldsales.store import drafts
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.worksheets import WorksheetPage, worksheet_page
from fieldsales.widgets.binder import Commit, Draft
from fieldsales.widgets.look import Look
from fieldsales.words import Words


class Desk:
    """Holds the facts of one worksheet and runs what its parts want done."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.sheet_id = ""
        self.facts = WorksheetPage(Worksheet())

    @property
    def look(self) -> Look:
        return self.context.look

    @property
    def words(self) -> Words:
        return self.context.words

    @property
    def said(self) -> Connectors:
        """The connectors in the language of the window."""
        return connectors(self.words.language)

    @property
    def sheet(self) -> Worksheet:
        return self.facts.sheet

    @property
    def currency(self) -> str:
        """The worksheet's own, its product's, or the usual one."""
        price = self.facts.price
        own = self.sheet.currency or (price.currency if price is not None else "")
        return own or base_currency(self.context.store)

    def open(self, sheet_id: str) -> bool:
        """Reads a worksheet; False if it is gone or in the trash."""
        self.sheet_id = sheet_id
        try:
            self.facts = worksheet_page(self.context.store, sheet_id)
        except UserError:
            return False
        return True

    def takes(self, text: str) -> str:
        """How long it takes to say a text."""
        return self.words("ffab.takes", time=spoken_time(text, self.words))

    # writing

    def run(self, operation: Operation, undoable: str = "") -> bool:
        """Runs an operation; trouble is told in the bar."""
        return self.context.run(operation, undoable=undoable) is not None

    def edit_sheet(self, **values: object) -> bool:
        """Sets fields of the worksheet by a press rather than by typing."""
        return self.run(EditRecord("worksheet", self.sheet_id, values))

    def save_sheet(self, values: Mapping[str, object]) -> None:
        """Saves typed fields of the worksheet; a binder shows the trouble."""
        self.context.workspace.run(EditRecord("worksheet", self.sheet_id, values))

    def keep_sheet_draft(self, name: str, text: str | None) -> None:
        self.context.keep_draft("worksheet", self.sheet_id, name, text)

    def commit(self, noun: str, row_id: str) -> Commit:
        """How a field of a row or a part is saved."""
        return saver(self.context, noun, row_id)

    def draft(self, noun: str, row_id: str) -> Draft:
        """How what was typed is kept until it can be saved."""
        return drafter(self.context, noun, row_id)

    def drafts(self, noun: str, row_id: str) -> dict[str, str]:
        return drafts.of(self.context.store, noun, row_id)
