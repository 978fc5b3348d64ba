"""A section that keeps records of one noun: a list, the one chosen beside it, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.nouns import NOUNS
from fieldsales.screens.contract import Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.record_list import RecordList
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.journal import Changed
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column


class MakingPage(ListedPage):
    """Selecting shows a record, Enter goes into it, Esc comes back; what goes is gone with an undo.

    `area` is the words' table, with its `new`, `choose`, `empty`, `empty_hint`, `gone`,
    `gone_unknown` and `trashed_many`.
    """

    noun: str
    area: str
    icon: str
    concern: tuple[str, ...]  # nouns whose change reads the list anew
    list: RecordList[Any]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._shown = ""  # id of what is to be shown
        new = context.words(f"{self.area}.new")
        self.new = button(context.look, new, self.new_record, icon="add", role="primary")

    def fill(self, viewing: Any, newcomer: Any, *others: QWidget) -> None:
        """What shows a record (`open`, `focus_first`, `flush`), what asks for a new one (`start`,
        `made`, `left`), and what else can take the page's place.
        """
        look, words = self.context.look, self.context.words
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.trash_wanted.connect(self.trash)
        self._viewing, self._newcomer = viewing, newcomer
        newcomer.made.connect(self._made)
        newcomer.left.connect(self._leave_new)
        self.nothing = EmptyState(look, words(f"{self.area}.choose"), icon=self.icon)
        self.detail = QStackedWidget()
        for part in (self.nothing, viewing, newcomer):
            self.detail.addWidget(part)
        self.put(self.list, self.detail)
        self.empty = self._none_yet()
        self.stack = QStackedWidget()
        for page in (self.halves, self.empty, *others):
            self.stack.addWidget(page)
        self.setLayout(column(look, self.stack))

    def _none_yet(self) -> EmptyState:
        words = self.context.words
        return EmptyState(
            self.context.look,
            words(f"{self.area}.empty"),
            icon=self.icon,
            hint=words(f"{self.area}.empty_hint"),
            action=words(f"{self.area}.new"),
            act=self.new_record,
            action_icon="add",
        )

    # the contract of sections

    def refresh(self) -> None:
        self.list.reload()
        if self.detail.currentWidget() is not self._newcomer:
            self._shown = self._shown or self.list.first()
            if self._shown:
                self._show(self._shown)
        self._arrange()

    def follow(self, changed: Changed) -> None:
        if changed.touches(*self.concern):
            self.refresh()

    def show_one(self, row_id: str) -> None:
        """Brings a record into view, whatever hides it."""
        self.list.reload()
        self._show(row_id)
        self._arrange()

    def new_record(self) -> bool:
        self.flush()
        self.stack.setCurrentWidget(self.halves)
        self.detail.setCurrentWidget(self._newcomer)
        self._newcomer.start()
        return True

    def front(self) -> QWidget:
        return self.stack.currentWidget() or self.halves

    def record_here(self) -> str:
        return self._shown if self.views() else ""

    def go_back(self) -> bool:
        if self.detail.currentWidget() is self._newcomer:
            self._leave_new()
            return True
        return super().go_back()

    def flush(self) -> None:
        self._viewing.flush()

    # what is shown

    def views(self) -> bool:
        """Whether a record is in front."""
        listed = self.stack.currentWidget() is self.halves
        return listed and self.detail.currentWidget() is self._viewing

    def _arrange(self) -> None:
        """The list, or what to do where there is none."""
        busy = self.detail.currentWidget() in (self._newcomer, self._gone)
        bare = not self.list.any() and not busy
        self.stack.setCurrentWidget(self.empty if bare else self.halves)

    def _choose(self, row_id: str) -> None:
        self._shown = row_id
        if self._viewing.open(row_id):
            self.detail.setCurrentWidget(self._viewing)
        else:
            self._show_gone(row_id)

    def _show(self, row_id: str) -> None:
        self._choose(row_id)
        self.list.choose(row_id)

    def _enter(self) -> None:
        if self.views():
            self._viewing.focus_first()

    def _show_gone(self, row_id: str) -> None:
        """It was trashed, its making undone, or it was never there: says so, with a way back."""
        words, name = self.context.words, self._called(row_id)
        there = name is not None
        said = words(f"{self.area}.gone", name=name) if there else ""
        self.say_gone(self.noun, row_id, said or words(f"{self.area}.gone_unknown"), there=there)

    def _called(self, row_id: str) -> str | None:
        record: Any = self.context.store.record(NOUNS[self.noun], row_id)
        return None if record is None else str(getattr(record, "title", "") or record.name)

    # what is done

    def _made(self, row_id: str) -> None:
        self.show_one(row_id)
        self._viewing.focus_first()

    def _leave_new(self) -> None:
        if not self._shown or not self._viewing.open(self._shown):
            self.detail.setCurrentWidget(self.nothing)
        else:
            self.detail.setCurrentWidget(self._viewing)
        self._arrange()
        (self.list if self.list.any() else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def trash_shown(self) -> None:
        self.trash([self._shown])

    def trash(self, row_ids: Sequence[str]) -> None:
        """Records go to the trash, with an undo; the next one in the list is shown."""
        if not row_ids:
            return
        self.flush()
        words, following = self.context.words, self.list.neighbour()
        said = words("card.trashed", name=self._called(row_ids[0]) or "")
        if len(row_ids) > 1:
            said = words(f"{self.area}.trashed_many", n=len(row_ids))
        if self._shown in row_ids:
            self._shown = following
            if following:
                self._show(following)
            else:
                self.detail.setCurrentWidget(self.nothing)
        self.context.run(TrashRecords(self.noun, tuple(row_ids)), undoable=said)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
