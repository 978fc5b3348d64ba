"""Deals of the customer: what, how far, how much, when; the funnel knows more (M25)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fieldsales.domain.deal import Deal, is_open
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.records import RecordEditor, RecordSection
from fieldsales.services.operations.deals import AddDeal, EditDeal
from fieldsales.services.stages import stage_tint
from fieldsales.store.queries.card import Card
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.form import EditorMaker, Group
from fieldsales.widgets.lines import LineFace
from fieldsales.widgets.money import currency_editor
from fieldsales.widgets.pieces import button
from fieldsales.words import Words


def stage_chip(words: Words, deal: Deal, card: Card) -> ChipFace:
    """The stage of a deal by the name it has in this file."""
    return ChipFace(words.choice("stage", card.stages[deal.stage]), stage_tint(deal.stage))


def amount_of(words: Words, deal: Deal, card: Card) -> str:
    """The amount of a deal as it reads, '' where it is not known."""
    if deal.amount is None:
        return ""
    return words.money(deal.amount, deal.currency or card.currency, cents=False)


class DealsSection(RecordSection[Deal]):
    """Lines of deals, the open ones first."""

    noun = "deal"
    keeps_adding = False
    groups = (
        Group("", ("title", "amount", "currency", "expected_close", "competitor", "seller")),
        Group("", ("note",)),
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.card: Card | None = None

    def show_card(self, card: Card) -> None:
        """Show the deals of the card, with the names of their stages."""
        self.card = card
        self.show_items(card.deals)

    def record(self, item: Deal) -> Deal:
        """The deal; an amount without a currency is in the usual one."""
        if item.currency or self.card is None:
            return item
        return replace(item, currency=self.card.currency)

    def values(self, text: str) -> dict[str, object]:
        return {"title": text}

    def adding(self, values: Mapping[str, object]) -> AddDeal:
        return AddDeal(values)

    def editing(self, row_id: str, values: Mapping[str, object]) -> EditDeal:
        return EditDeal("deal", row_id, values)

    def editors(self) -> Mapping[str, EditorMaker]:
        return {"currency": currency_editor}

    def build_editor(self) -> RecordEditor:
        """What it takes to move a deal on is asked on its own page."""
        editor = super().build_editor()
        words = self.context.words
        self.onward = button(
            self.context.look, words("card.deal_onward"), self._open_page, icon="funnel"
        )
        editor.buttons.insertWidget(1, self.onward)
        return editor

    def _open_page(self) -> None:
        assert self.editor is not None
        deal_id = self.editor.row_id
        self.close_editor()
        self.context.open("deal", deal_id)

    def face(self, item: Deal) -> LineFace:
        words, today = self.context.words, self.context.look.clock.today()
        assert self.card is not None
        subtitle = ""
        if item.expected_close and is_open(item.stage):
            day = words.days_from(date.fromisoformat(item.expected_close), today)
            subtitle = words("card.expected", day=day)
        if item.competitor:
            rival = words("card.rival", name=item.competitor)
            subtitle = " · ".join(filter(None, (subtitle, rival)))
        return LineFace(
            key=item.id,
            title=item.title,
            title_role="ink" if is_open(item.stage) else "ink-3",
            chips=(stage_chip(words, item, self.card),),
            aside=amount_of(words, item, self.card),
            aside_role="ink" if is_open(item.stage) else "ink-3",
            subtitle=subtitle,
        )
