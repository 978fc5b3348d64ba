"""The section: conversations at the left, the SPIN sheet of the one chosen at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from fieldsales.screens.contract import Command, Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.pitch.spin.listing import Conversations
from fieldsales.screens.spin import CONCERNS, SpinSheet
from fieldsales.store.journal import Changed
from fieldsales.widgets.empty_state import EmptyState

_EXAMPLES = 100  # lines looked through for a typical one


class SpinPage(ListedPage):
    """Selecting shows, Enter goes into the sheet, Esc comes back to the list."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.list = Conversations(context)
        self.list.chosen.connect(self._show)
        self.list.entered.connect(self._enter)
        self.sheet = SpinSheet(context)
        self.gone = EmptyState(
            look,
            words("spin.gone"),
            icon="question",
            hint=words("spin.gone_hint"),
            action=words("spin.back"),
            act=self._back_to_list,
        )
        self.none = EmptyState(look, words("spin.choose"), icon="question")
        self.detail = QStackedWidget()
        for part in (self.none, self.sheet, self.gone):
            self.detail.addWidget(part)
        self.put(self.list, self.detail)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.halves)

    # the contract of sections

    def refresh(self) -> None:
        self.list.reload()
        # where there is nothing to choose, the list alone says how to begin
        self.detail.setVisible(bool(self.list.list.model.rowCount() or self.sheet.desk.key))
        if self.sheet.desk.key:
            self._shown(self.sheet.refresh())
        else:
            self.list.take_first()

    def follow(self, changed: Changed) -> None:
        if changed.touches(*CONCERNS):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        self.list.reload()
        self.list.choose(row_id)
        self._show(row_id)

    def show_example(self) -> None:
        """The conversation in which most was asked and answered."""
        rows = [one for one in self.list.shown(_EXAMPLES) if one.implied and one.explicit]
        if rows:
            best = max(rows, key=lambda one: (one.asked, one.explicit))
            self.show_record("spin", best.key)

    def new_record(self) -> bool:
        """Ctrl+N: another question, of the kind that is wanted next."""
        if not self.sheet.key or not self.sheet.desk.can_plan:
            return False
        self.sheet.begin_next()
        return True

    def commands_here(self) -> list[Command]:
        return self.sheet.commands()

    def flush(self) -> None:
        self.sheet.flush()

    # what is shown

    def _show(self, key: str) -> None:
        self._shown(self.sheet.show_key(key))

    def _shown(self, there: bool) -> None:
        self.detail.show()
        self.detail.setCurrentWidget(self.sheet if there else self.gone)

    def _enter(self) -> None:
        if self.sheet.key:
            self.sheet.focus_first()

    def _back_to_list(self) -> None:
        self.to_list()
        if not self.sheet.key and self.list.take_first():
            self._show(self.list.key())
