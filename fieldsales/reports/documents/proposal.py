"""The proposal or quotation 建议书·报价单 (M43): what the customer keeps, and signs.

Margin, lowest prices and notes stand in the internal copy alone, and so does which needs were left
out. An id ending in `:bare` has no prices, whatever the proposal says.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.money.totals import totals
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import (
    Block,
    Cell,
    Column,
    Photo,
    Photos,
    Point,
    Points,
    Said,
    Section,
    Spread,
    Table,
    prose,
)
from fieldsales.reports import answers, phrases
from fieldsales.reports.amounts import room
from fieldsales.reports.document import Document
from fieldsales.reports.documents import Audience, Subject
from fieldsales.reports.inside import for_us
from fieldsales.reports.looks import LOOKS
from fieldsales.reports.offer import Offer
from fieldsales.reports.paper import MM
from fieldsales.reports.signing import Party, number_code, signatures
from fieldsales.store.database import Store
from fieldsales.store.queries.money_papers import (
    Enclosed,
    ProposalFacts,
    fullest_proposal,
    latest_proposal,
    proposal_facts,
)
from fieldsales.words import Words, minor_digits

KIND = "proposal"
AUDIENCES: tuple[Audience, ...] = ("customer", "internal")  # it is made to be given away
latest = latest_proposal
example = fullest_proposal
BARE = ":bare"
_INSIDE = 10_000_000  # bytes of files that a PDF takes in
_CODE = 18 * MM
_VALUES = 130.0  # points of the days and the total beside the address, at least


def gather(store: Store, row_id: str) -> ProposalFacts:
    """`row_id` may end in `:bare`; raises UserError("record.gone") if there is no such proposal."""
    return proposal_facts(store, row_id.removesuffix(BARE), unpriced=row_id.endswith(BARE))


def subject(facts: ProposalFacts) -> Subject:
    proposal = facts.proposal
    day = date.fromisoformat(proposal.dated) if proposal.dated else None
    return Subject(day, proposal.customer_id or "", deal_id=proposal.deal_id or "")


def compose(
    facts: ProposalFacts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The paper before it is laid out; raises UserError where its sums cannot be made."""
    proposal = facts.proposal
    found = totals(proposal, facts.lines, minor_digits(proposal.currency))
    offer = Offer(facts, found, words)
    letter = _Letter(facts, offer, letterhead)
    ours = audience == "internal"
    sections: list[Section | Spread | None] = [
        *letter.above(),
        letter.signed(),
        letter.shown(),
        answers.your_needs(facts, offer),
        *(answers.pages(facts, offer, today) if proposal.by_quadrant else ()),
        *(for_us(facts, offer, today) if ours else ()),
    ]
    plain = facts.bare or bool(proposal.with_needs)
    copy = "our_issue" if ours else "issue"
    return Document(
        name=words("report.proposal.name" if plain else "report.proposal.quotation"),
        title=proposal.title,
        facts=(words("report.proposal.our_copy"),) if ours else (),
        sections=tuple(section for section in sections if section is not None),
        reference=proposal.number or words.choice("proposal_state", proposal.state),
        version=words(f"report.proposal.{copy}", n=proposal.version or 1),
        words=words,
        sources=(words("field.proposal.title"),),
        titles_above=True,
        look=LOOKS.get(proposal.template, LOOKS["classic"]),
        accent=proposal.accent,
        mark=number_code(proposal.number, _CODE) if proposal.number else None,
        files=tuple((one.name, one.content) for one in inside(facts)),
        watermark="" if proposal.locked else words.choice("proposal_state", "draft"),
    )


def inside(facts: ProposalFacts) -> list[Enclosed]:
    """The files that are put into the PDF: those there, as far as it can still be mailed.

    Photos stand on its pages.
    """
    found, taken = [], 0
    for one in facts.enclosed:
        if not one.photo and taken + one.size <= _INSIDE and one.content.is_file():
            found.append(one)
            taken += one.size
    return found


class _Letter:
    """The parts of the letter itself."""

    def __init__(self, facts: ProposalFacts, offer: Offer, sender: Letterhead) -> None:
        self.facts, self.offer, self.sender = facts, offer, sender
        self.proposal, self.words = facts.proposal, offer.words

    def above(self) -> list[Section]:
        """All that is signed below; its end is on the page of the signatures."""
        parts = (self.addressed(), self.offered(), self.paid(), *self.agreed())
        told = [part for part in parts if part is not None]
        return [*told[:-1], replace(told[-1], stays=True)]

    def addressed(self) -> Section:
        """Whom it is for at the left; number, days and the total at the right; the opening."""
        words, customer, contact = self.words, self.facts.customer, self.facts.contact
        whom = [Said(words("report.proposal.to"), "quiet"), Said(customer.name, "strong")]
        if contact:
            named = phrases.joined(words, (contact.name, contact.department, contact.title))
            whom.append(Said(named))
        if customer.address:
            whom.append(Said(customer.address, "quiet"))
        told = self._told()
        names: Cell = tuple(Said(name, "quiet") for name, _ in told)
        values: Cell = tuple(Said(value) for _, value in told)
        wide = max(room(value for _, value in told), _VALUES)
        columns = (
            Column("", 1),
            Column("", room(name for name, _ in told), exact=True),
            Column("", wide, exact=True),
        )
        told_beside = (tuple(whom), names, values)
        blocks: list[Block] = [Table(columns, (told_beside,), ruled_from=len(columns))]
        if self.proposal.opening:
            blocks.append(prose(self.proposal.opening))
        return Section("", tuple(blocks))

    def _told(self) -> list[tuple[str, str]]:
        """What a hurried reader looks for, each on one line."""
        words, proposal = self.words, self.proposal
        told = [
            ("number", proposal.number),
            ("version", str(proposal.version or 1)),
            ("dated", proposal.dated or ""),
            ("valid_until", proposal.valid_until or ""),
        ]
        if not self.offer.bare:
            told.append(("total", self.offer.money(self.offer.found.total)))
        return [(words(f"report.proposal.head.{name}"), value) for name, value in told if value]

    def offered(self) -> Section | None:
        """The lines and what they come to."""
        if not self.facts.lines:
            nothing = prose(self.words("report.proposal.nothing"), "quiet")
            return Section(self.words("report.proposal.offered"), (nothing,))
        blocks: list[Block] = [self.offer.lines()]
        if not self.offer.bare:
            blocks += self.offer.totals()
        return Section(self.words("report.proposal.offered"), tuple(blocks))

    def paid(self) -> Section | None:
        """In which parts; days where they are known by now."""
        known: dict[str, date] = {}
        proposal = self.proposal
        if proposal.state in ("accepted", "ordered") and proposal.decided_at:
            day = proposal.decided_on
            known["accepted"] = date.fromisoformat(day) if day else local_day(proposal.decided_at)
        if proposal.sent_at:
            known["sent"] = local_day(proposal.sent_at)
        return phrases.section(
            self.words("report.proposal.payment"), (self.offer.instalments(known),)
        )

    def agreed(self) -> list[Section | None]:
        """Delivery, terms, and how the letter ends."""
        proposal = self.proposal
        told = {"delivery": proposal.delivery, "terms": proposal.terms}
        sections = [
            phrases.section(self.words(f"field.proposal.{name}"), (prose(text),))
            for name, text in told.items()
            if text
        ]
        sections.append(self.enclosed())
        if proposal.closing:
            sections.append(Section("", (prose(proposal.closing),)))
        return sections

    def shown(self) -> Section | None:
        """The photos that go along, printed with their names."""
        photos = tuple(
            Photo(one.content, one.name.rpartition(".")[0] or one.name)
            for one in self.facts.enclosed
            if one.photo
        )
        title = self.words("report.proposal.pictures")
        return phrases.section(title, (Photos(photos) if photos else None,))

    def enclosed(self) -> Section | None:
        """The files that go along: their size, pages, and whether they are in the PDF itself."""
        words, within = self.words, inside(self.facts)
        points = []
        for one in self.facts.enclosed:
            if one.photo:
                continue
            told = [phrases.size(words, one.size)]
            if one.pages:
                told.append(words("report.proposal.pages", n=one.pages))
            if one in within:
                told.append(words("report.proposal.in_this_pdf"))
            points.append(Point(Said(one.name), aside=phrases.joined(words, told)))
        blocks = (Points(tuple(points)),) if points else ()
        return phrases.section(words("report.proposal.enclosed"), blocks)

    def signed(self) -> Spread:
        """Where both sign; with the signature there is, when it was set, and what was signed."""
        words, proposal = self.words, self.proposal
        stamped = ""
        if proposal.signed_at:
            day = proposal.signed_on and words.date(date.fromisoformat(proposal.signed_on))
            when = day or words.moment(from_stamp(proposal.signed_at))
            stamped = words("report.proposal.signed", name=proposal.signed_by, when=when)
        sha256 = proposal.sha256
        note = words("report.proposal.fingerprint", sha256=sha256) if sha256 else ""
        ours = phrases.joined(words, (self.sender.seller, proposal.dated or ""))
        parties = (
            Party(
                words("report.proposal.for_us"),
                self.sender.company or self.sender.seller,
                (ours or words("report.proposal.sign_here"),),
            ),
            Party(
                words("report.proposal.for_them"),
                self.facts.customer.name,
                (stamped or words("report.proposal.sign_here"),),
                proposal.signature,
            ),
        )
        return Spread("", lambda width, _: (signatures(parties, width, note),))
