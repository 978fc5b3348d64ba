"""The FFAB sheet 话术表: features turned into benefits; a customer reads what it does for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fieldsales.domain.visit import Letterhead
from fieldsales.domain.worksheet import PARTS, WorksheetRow
from fieldsales.drawing.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Point,
    Points,
    Prose,
    Said,
    Section,
    Table,
    cell,
    prose,
)
from fieldsales.methods.ffab.content import connectors
from fieldsales.methods.ffab.picture import finding, stack_picture
from fieldsales.methods.ffab.rules import pitch
from fieldsales.methods.ffab.told import only_advantage, spoken_time
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import EVERYBODY, Audience, Subject
from fieldsales.reports.paper import BODY
from fieldsales.store.queries.worksheets import (
    WorksheetPage,
    fullest_worksheet,
    latest_worksheet,
    worksheet_page,
)
from fieldsales.words import Words

KIND = "ffab"
AUDIENCES = EVERYBODY
latest = latest_worksheet
example = fullest_worksheet
gather = worksheet_page
_STACK = 420.0  # points the picture is wide


def subject(facts: WorksheetPage) -> Subject:
    return Subject(customer_id=facts.sheet.customer_id or "", deal_id=facts.sheet.deal_id or "")


def compose(
    facts: WorksheetPage, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The sheet before it is laid out. What the rep calls it, says aloud, links to needs and holds
    against the price never leaves the house.
    """
    sheet = _Sheet(facts, words, internal=audience == "internal")
    product = facts.product_name
    if sheet.internal:
        sections = [sheet.table(), sheet.speech(), sheet.unanswered(), sheet.stack(), sheet.note()]
        title, source = facts.sheet.title, words("field.worksheet.title")
        lines = (phrases.joined(words, (sheet.product(), sheet.for_whom())),)
    else:
        sections = [sheet.table()]
        named = product or (facts.customer.name if facts.customer else "")
        title, source = named or words("report.ffab.customer_name"), words("noun.product")
        lines = (facts.customer.name,) if facts.customer and product else ("",)
    found = tuple(section for section in sections if section is not None)
    if not found:
        nothing = prose(words("report.ffab.empty"), "quiet")
        found = (Section(words("report.ffab.rows"), (nothing,)),)
    return Document(
        name=words("report.ffab.name" if sheet.internal else "report.ffab.customer_name"),
        title=title,
        facts=tuple(line for line in lines if line),
        sources=(source, words("noun.customer")),
        sections=found,
        reference=words.date(today),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
        wide=True,
    )


class _Sheet:
    """The sections of one sheet."""

    def __init__(self, facts: WorksheetPage, words: Words, *, internal: bool) -> None:
        self.facts = facts
        self.words = words
        self.internal = internal
        self.needs = {need.id: need for need in facts.needs}

    def _section(self, key: str, blocks: Iterable[Block | None]) -> Section | None:
        return phrases.section(self.words(f"report.ffab.{key}"), blocks)

    def product(self) -> str:
        facts, words = self.facts, self.words
        if facts.product is None and facts.product_name:
            return words("ffab.product_gone", name=facts.product_name)
        return facts.product_name

    def for_whom(self) -> str:
        facts, words = self.facts, self.words
        if facts.customer is not None:
            deal = facts.deal.title if facts.deal is not None else ""
            return phrases.joined(words, (facts.customer.name, deal))
        return words.choice("industry", facts.sheet.industry) or words("ffab.for_anyone")

    def table(self) -> Section | None:
        words = self.words
        shown = [part for part in PARTS
                 if part != "function" or not self.facts.sheet.without_function]  # fmt: skip
        rows = tuple(
            tuple(self._cell(row, part) for part in shown)
            for row in self.facts.rows
            if any(getattr(row, part) for part in shown)
        )
        columns = tuple(Column(words(f"field.worksheet_row.{part}"), 1) for part in shown)
        key = "rows" if self.internal else "points"
        return self._section(key, (Table(columns, rows) if rows else None,))

    def _cell(self, row: WorksheetRow, part: str) -> Cell:
        text = getattr(row, part)
        if part != "benefit" or not self.internal or not text:
            return cell(text)
        words = self.words
        if why := only_advantage(self.facts.sheet, row, self.facts.needs):
            return cell(text, "body", words("ffab.only_advantage", why=words(why)))
        need = self.needs[row.need_id or ""]
        return cell(text, "strong", words("ffab.answers", need=need.text))

    def speech(self) -> Section | None:
        """What is said, as it is said, and how long that takes."""
        facts, words = self.facts, self.words
        told = pitch(facts.sheet, facts.rows, facts.needs, connectors(words.language))
        if not told:
            return None
        takes = Said(words("ffab.takes", time=spoken_time(told, words)), "quiet")
        return self._section("pitch", (Prose((Said(told), takes)),))

    def unanswered(self) -> Section | None:
        """Explicit needs of the customer that no benefit answers."""
        answered = {row.need_id for row in self.facts.rows if row.benefit}
        open_needs = tuple(
            Point(Said(need.text))
            for need in self.facts.needs
            if need.statement == "explicit" and need.id not in answered
        )
        return self._section("unanswered", (Points(open_needs) if open_needs else None,))

    def stack(self) -> Section | None:
        facts, words = self.facts, self.words
        if not facts.parts:
            return None
        stack, currency = facts.stack, facts.sheet.currency or "CNY"
        drawn = stack_picture(stack, currency, words, _STACK, size=BODY)
        return self._section("stack", (Figure(finding(stack, currency, words), drawn),))

    def note(self) -> Section | None:
        note = self.facts.sheet.note
        return self._section("note", (prose(note) if note else None,))
