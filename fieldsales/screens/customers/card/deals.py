"""Deals of the customer: what, how far, how much, when; the funnel knows more (M25)."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.deal import Deal, is_open
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.card.records import RecordSection
from fieldsales.services.stages import stage_tint
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.form import Group
from fieldsales.widgets.lines import LineFace
from fieldsales.words import Words

DEFAULT_CURRENCY = "CNY"


def stage_chip(words: Words, stage: str) -> ChipFace:
    return ChipFace(words.choice("stage", stage), stage_tint(stage))


def amount_of(words: Words, deal: Deal) -> str:
    """The amount of a deal as it reads, '' where it is not known."""
    if deal.amount is None:
        return ""
    return words.money(deal.amount, deal.currency or DEFAULT_CURRENCY, cents=False)


class DealsSection(RecordSection[Deal]):
    """Lines of deals, the open ones first."""

    noun = "deal"
    keeps_adding = False
    groups = (
        Group("", ("title", "amount", "expected_close", "competitor", "seller")),
        Group("", ("note",)),
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)

    def record(self, item: Deal) -> Deal:
        return item

    def values(self, text: str) -> dict[str, object]:
        return {"title": text, "currency": DEFAULT_CURRENCY}

    def face(self, item: Deal) -> LineFace:
        words, today = self.context.words, self.context.look.clock.today()
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
            chips=(stage_chip(words, item.stage),),
            aside=amount_of(words, item),
            aside_role="ink" if is_open(item.stage) else "ink-3",
            subtitle=subtitle,
        )
