"""What the visit shall win: the next advance this deal needs, in a code and in words (M29c)."""

from __future__ import annotations

from PySide6.QtCore import Qt

from fieldsales.domain.fields import Field, fields
from fieldsales.domain.visit import Visit
from fieldsales.screens.visit.desk import Desk
from fieldsales.services.stages import stage_tint
from fieldsales.widgets.card import Section
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.offers import Offers
from fieldsales.widgets.picks import PicksEditor
from fieldsales.widgets.pieces import label, row


class ObjectiveSection(Section):
    """The advance wanted as chips, the stage's own ones marked; sentences to begin with."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("visit.objective"), gap=12)
        self._desk = desk
        self._stage = Chip(look, ChipFace(""))
        self._lacks = label(look, tone="muted", wrap=True)
        top = row(look, gap=8)
        top.addWidget(self._stage, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._lacks, 1)
        self.form = Form(
            look,
            "visit",
            (Group("", ("wanted_advance", "objective"), wide=("wanted_advance", "objective")),),
            desk.save_visit,
            desk.keep_visit_draft,
            editors={"wanted_advance": self._make_picks},
        )
        self._ask = label(look, size="caption", tone="muted", wrap=True)
        self.offers = Offers(look)
        self.offers.taken.connect(self._take)
        self.show_parts((top, self.form, self._ask, self.offers))

    def load(self) -> None:
        """Show another visit."""
        self.form.load(values_of(self._desk), self._desk.drafts())

    def show_facts(self) -> None:
        """Show the same visit as it is now."""
        desk, words = self._desk, self._desk.words
        self.form.refresh(values_of(desk))
        deal, visit = desk.facts.deal, desk.facts.visit
        self._stage.setVisible(deal is not None)
        if deal is None:
            chance = "visit.no_deal_chosen" if desk.facts.open_deals else "visit.no_deals"
            self._lacks.setText(words(chance))
            self._picks.recommend(())
            self.offers.show_offers(
                [
                    (other.id, words("visit.take_deal", title=other.title), None)
                    for other in desk.facts.open_deals[:3]
                ]
            )
        else:
            # a stage of the user's own, or of another pipeline, has no advice
            stage = desk.library.next_advances.get(deal.stage)
            named = desk.facts.stages.get(deal.stage, deal.stage)
            self._stage.set_face(ChipFace(words.choice("stage", named), stage_tint(deal.stage)))
            self._lacks.setText(stage.needs if stage else "")
            self._picks.recommend(stage.advances if stage else ())
            ready = stage.objectives if stage and not visit.objective else ()
            self.offers.show_offers([(sentence, sentence, None) for sentence in ready])
        advance = desk.library.advances.get(visit.wanted_advance)
        self._ask.setVisible(advance is not None)
        if advance is not None:
            self._ask.setText(words("visit.how_to_ask", ask=advance.ask, say=advance.examples[0]))

    def _make_picks(self, look: Look, field: Field) -> PicksEditor:
        self._picks = PicksEditor(look, field)
        return self._picks

    def _take(self, key: str) -> None:
        """A deal where none was chosen yet, else a sentence to begin with."""
        self.form.flush()
        if self._desk.facts.deal is None:
            self._desk.edit_visit(deal_id=key)
        else:
            self._desk.edit_visit(objective=key)


def values_of(desk: Desk) -> dict[str, object]:
    """The visit's fields as a form wants them."""
    visit = desk.facts.visit
    values = {name: getattr(visit, name) for name in fields(Visit)}
    return {**values, "currency": desk.currency}
