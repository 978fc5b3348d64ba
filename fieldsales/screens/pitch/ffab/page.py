"""The section: worksheets at the left, one at the right; or a new one, or a copy."""

from __future__ import annotations

from fieldsales.screens.contract import Command, Context
from fieldsales.screens.making_page import MakingPage
from fieldsales.screens.pitch.ffab.desk import Desk
from fieldsales.screens.pitch.ffab.listing import SheetList
from fieldsales.screens.pitch.ffab.newcomer import NewSheet
from fieldsales.screens.pitch.ffab.sheet import SheetView
from fieldsales.store.drafts import NEW


class WorksheetsPage(MakingPage):
    """The worksheet chosen is filled in at the right; a copy is made as a new one is."""

    noun = "worksheet"
    area = "ffab"
    icon = "pitch"
    concern = (
        "worksheet", "worksheet_row", "value_part", "need", "product", "price", "customer", "deal",
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tools = (self.new,)
        self.list: SheetList = SheetList(context)
        self.sheet = SheetView(Desk(context))
        self.sheet.adapt_wanted.connect(self.adapt)
        self.sheet.trash_wanted.connect(self.trash_shown)
        self.newcomer = NewSheet(context)
        self.fill(self.sheet, self.newcomer)

    def show_record(self, kind: str, row_id: str) -> None:
        """A worksheet."""
        if row_id == NEW:
            self.new_record()
        elif row_id:
            self.show_one(row_id)
            if self.views() and not self.sheet.rows.lines:
                self.sheet.focus_first()  # just begun elsewhere, from a product's card
            else:
                self.to_list()

    def show_example(self) -> None:
        """The one of which most answers a need."""
        self.list.reload()
        fullest = max(self.list.shown(), key=lambda one: (one.answering, one.rows), default=None)
        if fullest is not None:
            self.show_one(fullest.sheet.id)

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if not self.views():
            return []
        return [
            Command(words("ffab.add_row"), "add", self.sheet.rows.add),
            Command(words("ffab.adapt_for"), "copy", self.adapt),
            Command(words("ffab.print_sheet"), "print", self.sheet.print_sheet),
            Command(words("ffab.print_cards"), "print", self.sheet.print_cards),
            Command(words("ffab.trash"), "trash", self.trash_shown),
        ]

    def adapt(self) -> None:
        """A copy of what is shown, for a customer or a deal."""
        self.flush()
        self.detail.setCurrentWidget(self.newcomer)
        self.newcomer.adapt(self.sheet.desk.sheet)
