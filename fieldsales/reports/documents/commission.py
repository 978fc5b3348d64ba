"""Commissions by partner 佣金表 (M39): what each is due for the won deals they brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from fieldsales.domain.money.commission import commission
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Block, Cell, Column, Section, Table, cell, prose
from fieldsales.errors import UserError
from fieldsales.reports.amounts import figure, percent
from fieldsales.reports.document import Document, overview
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.store.database import Store
from fieldsales.store.queries.money_papers import Brought, brought
from fieldsales.words import Words

KIND = "commission"
AUDIENCES = INTERNAL
ALL = "all"


@dataclass(frozen=True, slots=True)
class Facts:
    """Won deals with a partner, those of one together; `partner_id` '' for all."""

    deals: tuple[Brought, ...] = ()
    partner_id: str = ""


def latest(store: Store) -> str:
    """There is one list."""
    return ALL


def gather(store: Store, row_id: str) -> Facts:
    """`row_id`: `all`, or a partner's id; UserError("record.gone") where that brought nothing."""
    partner_id = "" if row_id == ALL else row_id
    deals = brought(store, partner_id)
    if partner_id and not deals:
        raise UserError("record.gone")
    return Facts(deals, partner_id)


def subject(facts: Facts) -> Subject:
    return Subject(customer_id=facts.partner_id)


def due(one: Brought) -> int:
    """The commission of a deal, 0 while no percentage was agreed."""
    return commission(one.deal.order_amount or 0, one.deal.commission_percent or "0")


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The list before it is laid out: a section for each partner."""
    sections = [
        Section(name, _partner(list(deals), words))
        for (_, name), deals in groupby(
            facts.deals, key=lambda one: (one.deal.partner_id, one.partner)
        )
    ]
    return overview(KIND, sections, words, today)


def _partner(deals: Sequence[Brought], words: Words) -> tuple[Block, ...]:
    """The sums of each currency, then the deals."""
    blocks: list[Block] = []
    for currency in dict.fromkeys(one.deal.currency for one in deals):
        theirs = [one for one in deals if one.deal.currency == currency]
        told = words(
            "report.commission.sum",
            n=len(theirs),
            orders=words.money(sum(one.deal.order_amount or 0 for one in theirs), currency),
            due=words.money(sum(map(due, theirs)), currency),
        )
        blocks += [prose(told, "strong"), _table(theirs, currency, words)]
    return tuple(blocks)


def _table(deals: Sequence[Brought], currency: str, words: Words) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in deals:
        deal = one.deal
        agreed = deal.commission_percent
        paid = words("report.commission.paid", day=deal.paid_on) if deal.paid_on else ""
        rows.append(
            (
                cell(deal.title, below=one.customer),
                cell(deal.ordered_on or "", below=paid),
                cell(figure(deal.order_amount or 0, currency)),
                cell(percent(agreed)) if agreed else cell(words("report.commission.open"), "late"),
                cell(figure(due(one), currency)),
            )
        )
    sign = words.currency_sign(currency)
    columns = (
        Column(words("noun.deal"), 5),
        Column(words("report.commission.ordered"), 2.6),
        Column(words("report.commission.order", sign=sign), 2.6, "decimal"),
        Column(words("report.commission.percent"), 1.8, "end"),
        Column(words("report.commission.due", sign=sign), 2.4, "decimal"),
    )
    return Table(columns, tuple(rows))
