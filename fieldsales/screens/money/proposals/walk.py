"""The draft walked around for who will read it, beside where it is written (M22, M28)."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from fieldsales.domain.product import Product
from fieldsales.errors import UserError
from fieldsales.methods.walk_around.texts import terms
from fieldsales.reports.answers import for_them
from fieldsales.screens.money.proposals.desk import Desk
from fieldsales.screens.walk_around import WalkPanel, readers_of
from fieldsales.store.queries.files import has_photo
from fieldsales.store.queries.money_papers import proposal_facts
from fieldsales.widgets.card import Section

_PAUSE = 300  # ms without a change until it is checked


class WalkSection(Section):
    """Opening, needs and answers, and closing; of a locked one, or while nothing is said, none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("walk_around.title"))
        self.desk = desk
        self.panel = WalkPanel(desk.context, folded=True)
        self.body.addWidget(self.panel)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.check)
        self.hide()

    def later(self) -> None:
        """Checks once nothing has changed for a moment."""
        if self.desk.proposal.locked:
            self._pause.stop()
            self.hide()
        else:
            self._pause.start()

    def check(self) -> None:
        """Checks what it says now, for the person it is for, or all of the customer's people."""
        desk = self.desk
        store, proposal = desk.context.store, desk.proposal
        text = self._text()
        self.setVisible(bool(text) and not proposal.locked)
        if self.isHidden():
            return
        offered = {line.product_id for line in desk.lines if line.product_id}
        products = [found for one in offered if (found := store.record(Product, one))]
        among = [proposal.contact_id] if proposal.contact_id else []
        self.panel.show_text(
            text,
            readers_of(desk.context, proposal.customer_id, among),
            [term for one in products for term in terms(one.glossary)],
            pictures=any(has_photo(store, "product", one.id) for one in products),
        )

    def _text(self) -> str:
        proposal = self.desk.proposal
        said = [proposal.opening]
        if proposal.with_needs:
            try:
                facts = proposal_facts(self.desk.context.store, proposal.id)
            except UserError:  # it went while nobody looked
                return ""
            said += [text for need, answer in for_them(facts) for text in (need.text, answer)]
        return "\n".join(filter(None, (*said, proposal.closing)))
