"""The section: worksheets at the left, one at the right; or a new one, or a copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.worksheet import Worksheet
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.pitch.ffab.desk import Desk
from fieldsales.screens.pitch.ffab.listing import SheetList
from fieldsales.screens.pitch.ffab.newcomer import NewSheet
from fieldsales.screens.pitch.ffab.sheet import SheetView
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column

_CONCERN = (
    "worksheet",
    "worksheet_row",
    "value_part",
    "need",
    "product",
    "price",
    "customer",
    "deal",
)


class WorksheetsPage(ListedPage):
    """Selecting shows a worksheet, Enter goes into it, Esc comes back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.new = button(look, words("ffab.new"), self.new_record, icon="add", role="primary")
        self.tools = (self.new,)
        self.list = SheetList(context)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.trash_wanted.connect(self.trash)
        self.sheet = SheetView(Desk(context))
        self.sheet.adapt_wanted.connect(self.adapt)
        self.sheet.trash_wanted.connect(self._trash_shown)
        self.newcomer = NewSheet(context)
        self.newcomer.made.connect(self._made)
        self.newcomer.left.connect(self._leave_new)
        self._shown = ""  # id of the worksheet that is to be shown
        self.nothing = EmptyState(look, words("ffab.choose"), icon="pitch")
        self.detail = QStackedWidget()
        for part in (self.nothing, self.sheet, self.newcomer):
            self.detail.addWidget(part)
        self.put(self.list, self.detail)
        self.empty = EmptyState(
            look,
            words("ffab.empty"),
            icon="pitch",
            hint=words("ffab.empty_hint"),
            action=words("ffab.new"),
            act=self.new_record,
            action_icon="add",
        )
        self.stack = QStackedWidget()
        for page in (self.halves, self.empty):
            self.stack.addWidget(page)
        self.setLayout(column(look, self.stack))

    # the contract

    def refresh(self) -> None:
        self.list.reload()
        if self.detail.currentWidget() is not self.newcomer:
            lines = self.list.shown()
            if not self._shown and lines:
                self._shown = lines[0].sheet.id
            if self._shown:
                self._show(self._shown)
        self._arrange()

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A worksheet."""
        if row_id == NEW:
            self.new_record()
        elif row_id:
            self.list.reload()
            self._show(row_id)
            self._arrange()
            if self._shows_sheet() and not self.sheet.rows.lines:
                self.sheet.focus_first()  # just begun elsewhere, from a product's card
            else:
                self.to_list()

    def show_example(self) -> None:
        """The one of which most answers a need."""
        self.list.reload()
        fullest = max(self.list.shown(), key=lambda one: (one.answering, one.rows), default=None)
        if fullest is not None:
            self._show(fullest.sheet.id)
        self._arrange()

    def new_record(self) -> bool:
        self.flush()
        self.stack.setCurrentWidget(self.halves)
        self.detail.setCurrentWidget(self.newcomer)
        self.newcomer.start()
        return True

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if not self._shows_sheet():
            return []
        return [
            Command(words("ffab.add_row"), "add", self.sheet.rows.add),
            Command(words("ffab.adapt_for"), "copy", self.adapt),
            Command(words("ffab.print_sheet"), "print", self.sheet.print_sheet),
            Command(words("ffab.print_cards"), "print", self.sheet.print_cards),
            Command(words("ffab.trash"), "trash", self._trash_shown),
        ]

    def front(self) -> QWidget:
        return self.stack.currentWidget() or self.halves

    def go_back(self) -> bool:
        if self.detail.currentWidget() is self.newcomer:
            self._leave_new()
            return True
        return super().go_back()

    def flush(self) -> None:
        self.sheet.flush()

    # what is shown

    def _shows_sheet(self) -> bool:
        return self.stack.currentWidget() is self.halves and (
            self.detail.currentWidget() is self.sheet
        )

    def _arrange(self) -> None:
        """The list, or what to do where there is none."""
        busy = self.detail.currentWidget() in (self.newcomer, self._gone)
        bare = not self.list.any and not busy
        self.stack.setCurrentWidget(self.empty if bare else self.halves)

    def _choose(self, sheet_id: str) -> None:
        self._shown = sheet_id
        if self.sheet.open(sheet_id):
            self.detail.setCurrentWidget(self.sheet)
        else:
            self._show_gone(sheet_id)

    def _show(self, sheet_id: str) -> None:
        self._choose(sheet_id)
        self.list.choose(sheet_id)

    def _enter(self) -> None:
        if self._shows_sheet():
            self.sheet.focus_first()

    def _show_gone(self, sheet_id: str) -> None:
        """It was trashed, its making undone, or it was never there: says so, with a way back."""
        words = self.context.words
        record = self.context.store.record(Worksheet, sheet_id)
        known = words("ffab.gone", name=record.title) if record else ""
        self.say_gone(
            "worksheet", sheet_id, known or words("ffab.gone_unknown"), there=bool(record)
        )

    # what is done

    def adapt(self) -> None:
        """A copy of what is shown, for a customer or a deal."""
        self.flush()
        self.detail.setCurrentWidget(self.newcomer)
        self.newcomer.adapt(self.sheet.desk.sheet)

    def _made(self, sheet_id: str) -> None:
        self.list.reload()
        self._show(sheet_id)
        self._arrange()
        self.sheet.focus_first()

    def _leave_new(self) -> None:
        shows = self._shown and self.sheet.sheet_id == self._shown
        self.detail.setCurrentWidget(self.sheet if shows else self.nothing)
        self._arrange()
        (self.list if self.list.any else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def _trash_shown(self) -> None:
        self.trash([self.sheet.sheet_id])

    def trash(self, sheet_ids: Sequence[str]) -> None:
        """Worksheets go to the trash, with an undo; the next one in the list is shown."""
        if not sheet_ids:
            return
        self.flush()
        words, following = self.context.words, self.list.neighbour()
        if len(sheet_ids) == 1:
            sheet = self.context.store.record(Worksheet, sheet_ids[0])
            said = words("card.trashed", name=sheet.title if sheet else "")
        else:
            said = words("ffab.trashed_many", n=len(sheet_ids))
        if self._shown in sheet_ids:
            self._shown = following
            if following:
                self._show(following)
            else:
                self.detail.setCurrentWidget(self.nothing)
        self.context.run(TrashRecords("worksheet", tuple(sheet_ids)), undoable=said)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
