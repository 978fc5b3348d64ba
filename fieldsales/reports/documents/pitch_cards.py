"""Spoken pitch cards 话术卡: a worksheet as cards of A6 to be cut out and rehearsed with."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Card, Section, prose
from fieldsales.methods.ffab.content import connectors
from fieldsales.methods.ffab.rules import row_pitch
from fieldsales.methods.ffab.told import spoken_time
from fieldsales.reports.document import Document
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.store.queries.worksheets import (
    WorksheetPage,
    fullest_worksheet,
    latest_worksheet,
    worksheet_page,
)
from fieldsales.words import Words

KIND = "pitch_cards"
AUDIENCES = INTERNAL
latest = latest_worksheet
example = fullest_worksheet
gather = worksheet_page


def subject(facts: WorksheetPage) -> Subject:
    return Subject(customer_id=facts.sheet.customer_id or "", deal_id=facts.sheet.deal_id or "")


def compose(
    facts: WorksheetPage, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The cards before they are laid out; where nothing is to be said, a page that says so."""
    cards = tuple(
        Card(part, words("ffab.takes", time=spoken_time(part, words)))
        for part in parts(facts, words)
    )
    name = words("report.pitch_cards.name")
    nothing = Section(name, (prose(words("report.ffab.empty"), "quiet"),))
    return Document(
        name=name,
        title=facts.sheet.title,
        facts=(),
        sources=(words("field.worksheet.title"),),
        sections=() if cards else (nothing,),
        reference=words.date(today),
        version=words("report.version.internal", day=words.date(today)),
        words=words,
        cards=cards,
    )


def parts(facts: WorksheetPage, words: Words) -> list[str]:
    """What is said, a card each: the opening and the rows, or the paragraphs of one's own words."""
    sheet = facts.sheet
    if sheet.pitch:
        return [part for part in sheet.pitch.splitlines() if part.strip()]
    said, plain = connectors(words.language), bool(sheet.without_function)
    rows = (row_pitch(row, facts.needs, said, without_function=plain) for row in facts.rows)
    return [part for part in (sheet.opening, *rows) if part]
