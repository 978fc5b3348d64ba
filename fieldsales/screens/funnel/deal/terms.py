"""The fields of the deal, edited in place; its order, and why it was lost (M36)."""

from __future__ import annotations

from collections.abc import Sequence

from fieldsales.domain.deal import Deal
from fieldsales.domain.fields import fields, values_of
from fieldsales.domain.pipeline import LOST
from fieldsales.screens.funnel.deal.desk import Desk
from fieldsales.store.queries.deals import values_in_use
from fieldsales.widgets.card import Section
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.money import currency_editor

_TERMS = (
    Group("", ("amount", "currency", "expected_close", "horizon", "product", "source")),
    Group("", ("seller", "competitor", "note")),
)
_ORDER = (Group("deal_page.order_facts", ("order_amount", "ordered_on", "paid_on")),)
_LOSS = (Group("deal_page.lost_facts", ("lost_reason", "lost_rival")),)


class TermsSection(Section):
    """What was agreed or hoped for; a lost deal says first why."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look, desk.words("card.details"), gap=20)
        self.desk = desk
        self.loss = self._form(_LOSS)
        self.terms = self._form(_TERMS)
        self.order = self._form(_ORDER)
        self._forms = (self.loss, self.terms, self.order)
        for form in self._forms:
            self.body.addWidget(form)

    def _form(self, groups: Sequence[Group]) -> Form:
        desk = self.desk
        return Form(
            desk.look,
            "deal",
            groups,
            desk.commit("deal", self._id),
            desk.draft("deal", self._id),
            own_choices={"source": self._sources, "lost_rival": self._rivals},
            editors={"currency": currency_editor},
        )

    def _id(self) -> str:
        return self.desk.deal_id

    def _sources(self) -> Sequence[str]:
        return self._own("source")

    def _rivals(self) -> Sequence[str]:
        return list(dict.fromkeys((*self.desk.deal.rivals, *self._own("lost_rival"))))

    def _own(self, name: str) -> list[str]:
        """Entries that the user has added to an open list."""
        used, known = values_in_use(self.desk.context.store, name), fields(Deal)[name].choices
        return [value for value in used if value not in known]

    def load(self) -> None:
        values, kept = self._values(), self.desk.drafts("deal", self.desk.deal_id)
        for form in self._forms:
            form.load(values, {name: kept[name] for name in kept.keys() & form.cells.keys()})

    def _values(self) -> dict[str, object]:
        """Amounts of a deal without a currency are in the usual one."""
        return {**values_of(self.desk.deal), "currency": self.desk.currency}

    def show_terms(self) -> None:
        deal = self.desk.deal
        for form in self._forms:
            form.refresh(self._values())
        self.loss.setVisible(deal.stage == LOST)
        self.order.setVisible(deal.stage != LOST)

    def flush(self) -> None:
        for form in self._forms:
            form.flush()

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        next(form for form in self._forms if name in form.cells).focus(name)
