"""The section: proposals at the left, one at the right; or a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldsales.domain.money.proposal import Proposal
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.listed import ListedPage
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.screens.money.proposals.listing import ProposalList
from fieldsales.screens.money.proposals.newcomer import NewProposal
from fieldsales.screens.money.proposals.view import ProposalView
from fieldsales.services.operations.records import TrashRecords
from fieldsales.store.drafts import NEW
from fieldsales.store.journal import Changed
from fieldsales.store.queries.proposals import ProposalRow, lines
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import button, column

_CONCERN = (
    *("proposal", "proposal_line", "instalment", "text_block"),
    *("enclosure", "attachment"),
    *("customer", "deal", "contact", "receivable", "payment", "settlement"),
    "interaction",
)


class ProposalsPage(ListedPage):
    """Selecting shows a proposal, Enter goes into it, Esc comes back."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.new = button(look, words("proposals.new"), self.new_record, icon="add", role="primary")
        self.tools = (self.new,)
        self.list = ProposalList(context)
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.trash_wanted.connect(self.trash)
        self.view = ProposalView(Desk(context))
        self.view.trash_wanted.connect(self._trash_shown)
        self.newcomer = NewProposal(context)
        self.newcomer.made.connect(self._made)
        self.newcomer.left.connect(self._leave_new)
        self._shown = ""  # id of the proposal that is to be shown
        self.nothing = EmptyState(look, words("proposals.choose"), icon="money")
        self.detail = QStackedWidget()
        for part in (self.nothing, self.view, self.newcomer):
            self.detail.addWidget(part)
        self.put(self.list, self.detail)
        self.empty = EmptyState(
            look,
            words("proposals.empty"),
            icon="money",
            hint=words("proposals.empty_hint"),
            action=words("proposals.new"),
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
            rows = self.list.shown()
            if not self._shown and rows:
                self._shown = rows[0].proposal.id
            if self._shown:
                self._show(self._shown)
        self._arrange()

    def follow(self, changed: Changed) -> None:
        if changed.touches(*_CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A proposal, or a new one; `new:product:…` begins it with a product."""
        begun, _, about = row_id.partition(":")
        if begun == NEW:
            self.new_record()
            if about.startswith("product:"):
                self.newcomer.take_product(about.removeprefix("product:"))
        elif row_id:
            self.list.reload()
            self._show(row_id)
            self._arrange()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_example(self) -> None:
        """The one with most lines, a draft if there is one."""
        self.list.reload()
        fullest = max(self.list.shown(), key=self._worth_showing, default=None)
        if fullest is not None:
            self._show(fullest.proposal.id)
        self._arrange()

    def _worth_showing(self, row: ProposalRow) -> tuple[bool, int]:
        count = len(lines(self.context.store, row.proposal.id))
        return row.proposal.state == "draft", count

    def new_record(self) -> bool:
        self.flush()
        self.stack.setCurrentWidget(self.halves)
        self.detail.setCurrentWidget(self.newcomer)
        self.newcomer.start()
        return True

    def commands_here(self) -> list[Command]:
        if not self._shows_view():
            return []
        return self.view.commands()

    def front(self) -> QWidget:
        return self.stack.currentWidget() or self.halves

    def go_back(self) -> bool:
        if self.detail.currentWidget() is self.newcomer:
            self._leave_new()
            return True
        return super().go_back()

    def flush(self) -> None:
        self.view.flush()

    # what is shown

    def _shows_view(self) -> bool:
        return self.stack.currentWidget() is self.halves and (
            self.detail.currentWidget() is self.view
        )

    def _arrange(self) -> None:
        """The list, or what to do where there is none."""
        busy = self.detail.currentWidget() in (self.newcomer, self._gone)
        bare = not self.list.any and not busy
        self.stack.setCurrentWidget(self.empty if bare else self.halves)

    def _choose(self, proposal_id: str) -> None:
        self._shown = proposal_id
        if self.view.open(proposal_id):
            self.detail.setCurrentWidget(self.view)
        else:
            self._show_gone(proposal_id)

    def _show(self, proposal_id: str) -> None:
        self._choose(proposal_id)
        self.list.choose(proposal_id)

    def _enter(self) -> None:
        if self._shows_view():
            self.view.focus_first()

    def _show_gone(self, proposal_id: str) -> None:
        """It was trashed, its making undone, or it was never there: says so, with a way back."""
        words = self.context.words
        record = self.context.store.record(Proposal, proposal_id)
        known = words("proposals.gone", name=record.title) if record else ""
        self.say_gone(
            "proposal", proposal_id, known or words("proposals.gone_unknown"), there=bool(record)
        )

    # what is done

    def _made(self, proposal_id: str) -> None:
        self.list.reload()
        self._show(proposal_id)
        self._arrange()
        self.view.focus_first()

    def _leave_new(self) -> None:
        shows = self._shown and self.view.desk.proposal_id == self._shown
        self.detail.setCurrentWidget(self.view if shows else self.nothing)
        self._arrange()
        (self.list if self.list.any else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def _trash_shown(self) -> None:
        self.trash([self.view.desk.proposal_id])

    def trash(self, proposal_ids: Sequence[str]) -> None:
        """Proposals go to the trash, with an undo; the next one in the list is shown."""
        if not proposal_ids:
            return
        self.flush()
        words, following = self.context.words, self.list.neighbour()
        if len(proposal_ids) == 1:
            found = self.context.store.record(Proposal, proposal_ids[0])
            said = words("card.trashed", name=found.title if found else "")
        else:
            said = words("proposals.trashed_many", n=len(proposal_ids))
        if self._shown in proposal_ids:
            self._shown = following
            if following:
                self._show(following)
            else:
                self.detail.setCurrentWidget(self.nothing)
        self.context.run(TrashRecords("proposal", tuple(proposal_ids)), undoable=said)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
