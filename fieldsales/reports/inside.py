"""What of a proposal is for the house alone: margin, lowest prices, what was left out, notes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fieldsales.domain.fields import as_decimal
from fieldsales.domain.money.exact import EXACT, HUNDRED, half_up, whole
from fieldsales.domain.money.proposal import ProposalLine, is_expired
from fieldsales.domain.money.totals import margin
from fieldsales.drawing.blocks import (
    Block,
    Cell,
    Column,
    Point,
    Points,
    Said,
    Section,
    Table,
    cell,
    prose,
)
from fieldsales.reports import phrases
from fieldsales.reports.amounts import figures
from fieldsales.reports.answers import answered, for_them, heard
from fieldsales.reports.offer import Offer
from fieldsales.store.queries.money_papers import ProposalFacts
from fieldsales.words import minor_digits


def for_us(facts: ProposalFacts, offer: Offer, today: date) -> list[Section | None]:
    """A page of our own behind the letter."""
    words, proposal = offer.words, facts.proposal
    earned = margin(proposal, facts.lines, offer.found, minor_digits(proposal.currency))
    names = {line.id: line.product_name or line.text for line in facts.lines}
    warnings = [
        *(words("report.proposal.below_cost", name=names[one]) for one in earned.below_cost),
        *(words("report.proposal.below_minimum", name=names[one]) for one in earned.below_minimum),
    ]
    if earned.unknown:
        warnings.append(words("report.proposal.no_cost", n=earned.unknown))
    left_out = len(answered(facts)) - len(for_them(facts))
    if proposal.with_needs and left_out:
        warnings.append(words("report.proposal.left_out", n=left_out))
    if proposal.with_needs and not answered(facts) and not heard(facts):
        warnings.append(words("report.proposal.no_needs"))
    if is_expired(proposal, today.isoformat()):
        warnings.append(words("report.proposal.expired"))
    blocks: list[Block | None] = []
    if earned.percent is not None:
        told = words(
            "report.proposal.earned",
            revenue=offer.money(earned.revenue),
            cost=offer.money(earned.cost),
            margin=offer.money(earned.amount),
            percent=f"{earned.percent}%",
        )
        blocks.append(prose(told, "lead"))
    points = tuple(Point(Said(text, "late")) for text in warnings)
    blocks.append(Points(points) if points else None)
    blocks.append(_by_line(facts, offer))
    blocks.append(prose(proposal.note) if proposal.note else None)
    told_section = phrases.section(words("report.proposal.inside"), blocks)
    if told_section is None:
        return []
    return [Section(told_section.title, told_section.blocks, fresh=True)]


def _by_line(facts: ProposalFacts, offer: Offer) -> Table | None:
    """What each counted line with a cost leaves us, without tax."""
    words, digits = offer.words, minor_digits(facts.proposal.currency)
    rows: list[tuple[Cell, ...]] = []
    for line in facts.lines:
        if line.kind != "item" or line.role != "counted" or not line.cost:
            continue
        net = _net(line, offer)
        cost = whole(as_decimal(line.quantity) * as_decimal(line.cost).scaleb(digits))
        share = half_up(EXACT.divide((net - cost) * HUNDRED, Decimal(net)), 1) if net else None
        rows.append(
            (
                cell(line.product_name or line.text),
                cell(offer.amount(net)),
                cell(offer.amount(cost)),
                cell(offer.amount(net - cost), "body" if net >= cost else "late"),
                cell(f"{share}%" if share is not None else "", "quiet"),
            )
        )
    sign = words.currency_sign(offer.currency)
    titles = ("what", "net_amount", "cost", "margin", "margin_percent")
    what, net_title, cost_title, margin_title, percent_title = (
        words(f"report.proposal.{title}", sign=sign) for title in titles
    )
    columns = (
        Column(what, 1),
        *(
            figures(title, [row[at][0].text for row in rows])
            for at, title in enumerate((net_title, cost_title, margin_title), start=1)
        ),
        Column(percent_title, 46.0, "end", exact=True),
    )
    return Table(columns, tuple(rows)) if rows else None


def _net(line: ProposalLine, offer: Offer) -> int:
    one = offer.found.amounts[line.id]
    return one.amount - one.off - (one.tax if offer.head.tax_mode == "included" else 0)
