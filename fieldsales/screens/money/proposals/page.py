"""The section: proposals at the left, one at the right; or a new one."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldsales.screens.contract import Command, Context
from fieldsales.screens.making_page import MakingPage
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.screens.money.proposals.listing import ProposalList
from fieldsales.screens.money.proposals.newcomer import NewProposal
from fieldsales.screens.money.proposals.view import ProposalView
from fieldsales.store.drafts import NEW
from fieldsales.store.queries.proposals import ProposalRow, lines


class ProposalsPage(MakingPage):
    """The proposal chosen is edited, signed and printed at the right."""

    noun = "proposal"
    area = "proposals"
    icon = "money"
    concern = (
        *("proposal", "proposal_line", "instalment", "text_block", "enclosure", "attachment"),
        *("customer", "deal", "contact", "receivable", "payment", "settlement", "interaction"),
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tools = (self.new,)
        self.list: ProposalList = ProposalList(context)
        self.view = ProposalView(Desk(context))
        self.view.trash_wanted.connect(self.trash_shown)
        self.newcomer = NewProposal(context)
        self.fill(self.view, self.newcomer)

    def show_record(self, kind: str, row_id: str) -> None:
        """A proposal, or a new one; `new:product:…` begins it with a product."""
        begun, _, about = row_id.partition(":")
        if begun == NEW:
            self.new_record()
            if about.startswith("product:"):
                self.newcomer.take_product(about.removeprefix("product:"))
        elif row_id:
            self.show_one(row_id)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_example(self) -> None:
        """The one with most lines, a draft if there is one."""
        self.list.reload()
        fullest = max(self.list.shown(), key=self._worth_showing, default=None)
        if fullest is not None:
            self.show_one(fullest.proposal.id)

    def _worth_showing(self, row: ProposalRow) -> tuple[bool, int]:
        count = len(lines(self.context.store, row.proposal.id))
        return row.proposal.state == "draft", count

    def commands_here(self) -> list[Command]:
        return self.view.commands() if self.views() else []
