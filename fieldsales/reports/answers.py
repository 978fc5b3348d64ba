"""What stands behind a price: what the customer wants and gets, and a page for each way to think.

Only needs of the organisation are told (M18): one that is personal, or not sorted yet, stays ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldsales.domain.need import ORGANISATION_NEEDS, Need
from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.domain.worksheet import value_stack
from fieldsales.drawing.blocks import (
    Block,
    Column,
    Figure,
    Point,
    Points,
    Said,
    Section,
    Table,
    cell,
    prose,
)
from fieldsales.methods.ffab.picture import stack_picture
from fieldsales.methods.whole_brain.content import whole_brain
from fieldsales.methods.whole_brain.told import best_profile
from fieldsales.reports.offer import Offer
from fieldsales.reports.paper import BODY
from fieldsales.store.queries.money_papers import ProposalFacts
from fieldsales.words import Words

_STACK = 440.0  # points the picture is wide


def answered(facts: ProposalFacts) -> list[tuple[Need, str]]:
    """Explicit needs that the worksheet's benefits answer, personal ones too."""
    needs = {need.id: need for need in facts.needs if need.statement == "explicit"}
    return [
        (needs[row.need_id], row.benefit)
        for row in facts.rows
        if row.benefit and row.need_id in needs
    ]


def for_them(facts: ProposalFacts) -> list[tuple[Need, str]]:
    """Those of `answered` that may stand on paper."""
    return [pair for pair in answered(facts) if pair[0].category in ORGANISATION_NEEDS]


def heard(facts: ProposalFacts) -> list[Need]:
    """Explicit needs of the proposal's deal that no benefit answers; only those for paper.

    Without a deal: the customer's that belong to none.
    """
    told = {need.id for need, _ in answered(facts)}
    return [
        need
        for need in facts.needs
        if need.statement == "explicit"
        and need.category in ORGANISATION_NEEDS
        and need.deal_id == facts.proposal.deal_id
        and need.id not in told
    ]


def your_needs(facts: ProposalFacts, offer: Offer) -> Section | None:
    """The page 'your needs – our answer', with the value stack below it."""
    words = offer.words
    pairs = for_them(facts)
    blocks: list[Block] = []
    if facts.proposal.with_needs and pairs:
        columns = (
            Column(words("report.proposal.you_want"), 1),
            Column(words("report.proposal.you_get"), 1),
        )
        rows = tuple((cell(need.text), cell(benefit, "strong")) for need, benefit in pairs)
        blocks.append(Table(columns, rows))
    if facts.proposal.with_needs and (rest := heard(facts)):
        points = tuple(Point(Said(need.text)) for need in rest)
        key = "report.proposal.also_heard" if pairs else "report.proposal.heard"
        blocks.append(Points(points, words(key)))
    if facts.proposal.with_needs:
        blocks += stack(facts, offer)
    if not blocks:
        return None
    return Section(words("report.proposal.needs"), tuple(blocks), fresh=True)


def stack(facts: ProposalFacts, offer: Offer) -> list[Block]:
    """What they get beside what they pay; only where it is more."""
    stacked = value_stack(offer.found.total, facts.parts)
    if offer.bare or not stacked.surplus or stacked.surplus <= 0:
        return []
    words, currency = offer.words, offer.currency
    finding = words(
        "report.proposal.stack",
        price=offer.money(offer.found.total),
        total=offer.money(stacked.total),
        by=offer.money(stacked.surplus),
    )
    feet = ("report.proposal.you_pay", "report.proposal.you_get")
    drawn = stack_picture(stacked, currency, words, _STACK, size=BODY, feet=feet)
    return [Figure(finding, drawn)]


def pages(facts: ProposalFacts, offer: Offer, today: date) -> list[Section]:
    """A page for each thinking style at their table (M21), none of them named as one."""
    told = {
        "a": _figures(facts, offer),
        "b": _steps(facts, offer),
        "c": _people(facts, offer),
        "d": _prospect(facts, offer),
    }
    return [
        Section(
            offer.words(f"report.proposal.page.{letter}"),
            (prose(offer.words(_intro(letter, told[letter])), "lead"), *told[letter]),
            fresh=True,
        )
        for letter in present(facts, offer.words, today)
        if told[letter]
    ]


def _intro(letter: str, blocks: Sequence[Block]) -> str:
    """What is promised of a page: of the figures alone not what they bring."""
    alone = letter == "a" and len(blocks) == 1
    return "report.proposal.intro.a_alone" if alone else f"report.proposal.intro.{letter}"


def present(facts: ProposalFacts, words: Words, today: date) -> Sequence[str]:
    """The quadrants that lead with somebody who decides, in their order."""
    brain = whole_brain(words.language)
    leading = {
        best_profile(one.contact.name, one.assessment, one.clues, brain, words, today).leading[:1]
        for one in facts.readers
    }
    return [letter for letter in QUADRANTS if (letter,) in leading]


def _figures(facts: ProposalFacts, offer: Offer) -> list[Block]:
    """What it comes to in few figures, and what stands against it."""
    if offer.bare:
        return []
    words, found = offer.words, offer.found
    told = [("total", found.total), ("net", found.net), ("tax", found.tax)]
    told.append(("saved", found.discount))
    rows = tuple(
        (cell(words(f"report.proposal.figure_{name}")), cell(offer.amount(amount), "strong"))
        for name, amount in told
        if amount and (name in ("total", "saved") or found.tax)
    )
    sign = words.currency_sign(offer.currency)
    head = Column(words("report.proposal.figure"), 3)
    amount = Column(words("report.proposal.amount", sign=sign), 2, "decimal")
    proofs = [text for _, text in for_them(facts) if any(one.isdigit() for one in text)]
    # what stands on the page of needs is not said again
    gained = [] if facts.proposal.with_needs else stack(facts, offer)
    return [Table((head, amount), rows), *_listed(proofs), *gained]


def _steps(facts: ProposalFacts, offer: Offer) -> list[Block]:
    """What happens when, and what is agreed for it."""
    blocks: list[Block] = []
    plan = offer.instalments({})
    if plan:
        blocks.append(plan)
    proposal = facts.proposal
    return [*blocks, *(prose(text) for text in (proposal.delivery, proposal.terms) if text)]


def _people(facts: ProposalFacts, offer: Offer) -> list[Block]:
    """What they said themselves, and our answer to it where there is one."""
    said = "report.proposal.you_said"
    told = [*for_them(facts), *((need, "") for need in heard(facts))]
    points = tuple(
        Point(Said(offer.words(said, text=need.text)), cell(benefit, "strong"))
        for need, benefit in told
    )
    return [Points(points)] if points else []


def _prospect(facts: ProposalFacts, offer: Offer) -> list[Block]:
    """How it will be: what they gain, at a glance."""
    gains = [text for _, text in for_them(facts)]
    return _listed([*gains, *(part.label for part in facts.parts)])


def _listed(texts: Sequence[str]) -> list[Block]:
    points = tuple(Point(Said(text)) for text in texts)
    return [Points(points)] if points else []
