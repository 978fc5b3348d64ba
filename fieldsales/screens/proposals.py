"""The proposals of a customer or a deal, on their pages: each leads to it, a press begins one."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from fieldsales.screens.contract import Context
from fieldsales.services.operations.proposals import StartProposal
from fieldsales.store.queries.proposals import ProposalRow, proposals, totals_of
from fieldsales.widgets.card import Section
from fieldsales.widgets.lines import Line, LineFace
from fieldsales.widgets.pieces import column

_AT_MOST = 6  # the newest; the tab has all


class ProposalsSection(Section):
    """The newest first."""

    def __init__(self, context: Context) -> None:
        words = context.words
        super().__init__(
            context.look,
            words("proposals.title"),
            action=words("proposals.new"),
            act=self.start,
            icon="add",
            gap=0,
        )
        self._context = context
        self._owner: dict[str, str] = {}
        self.lines: list[Line] = []
        self._list: QVBoxLayout = column(context.look, gap=0)
        self.body.addLayout(self._list)

    def show_for(self, customer_id: str, deal_id: str | None = None) -> None:
        """Those of a customer, or of a deal of theirs."""
        self._owner = {"deal_id": deal_id} if deal_id else {"customer_id": customer_id}
        store = self._context.store
        found = proposals(store, **self._owner)
        self.set_count(len(found))
        shown = found[:_AT_MOST]
        sums = totals_of(store, [one.proposal for one in shown])
        while len(self.lines) < len(shown):
            line = Line(self._context.look)
            line.clicked.connect(self._open)
            self._list.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(shown))
            if at < len(shown):
                line.show_face(self._face(shown[at], sums.get(shown[at].proposal.id)))

    def _face(self, row: ProposalRow, total: int | None) -> LineFace:
        words, one = self._context.words, row.proposal
        version = words("proposals.version", n=one.version) if (one.version or 1) > 1 else ""
        state = words.choice("proposal_state", one.state)
        return LineFace(
            one.id,
            one.title,
            subtitle=" · ".join(filter(None, (state, one.number, version))),
            aside=words.money(total, one.currency, cents=False) if total is not None else "",
            aside_role="ink-2",
        )

    def _open(self) -> None:
        line = self.sender()
        assert isinstance(line, Line)
        self._context.open("proposal", line.face.key)

    def start(self) -> None:
        """A new one, and there."""
        operation = StartProposal(dict(self._owner))
        if self._context.run(operation) is not None:
            self._context.open("proposal", operation.row_id)
