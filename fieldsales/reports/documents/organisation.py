"""The organisation chart 组织架构 of a customer, as large as it can be read; for our eyes alone."""

from __future__ import annotations

from datetime import date

from fieldsales.domain.organisation import tree
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Section, Spread, prose
from fieldsales.methods.organisation_chart.picture import finding, pages
from fieldsales.reports.document import Document
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.people_pictures import badge, thinking
from fieldsales.store.queries.papers import best_known_customer, latest_customer
from fieldsales.store.queries.people import People, people
from fieldsales.words import Words

KIND = "organisation"
AUDIENCES = INTERNAL
latest = latest_customer
example = best_known_customer
gather = people
_SIZE, _SMALLEST = 9.5, 6.5  # points of a name on the chart


def subject(facts: People) -> Subject:
    return Subject(customer_id=facts.customer.id)


def compose(
    facts: People, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The chart before it is laid out: on one page if it can be read there, else on several."""
    roots = tree(row.contact for row in facts.rows)
    badges = {row.contact.id: badge(row, thinking(row, words, today)) for row in facts.rows}
    told = finding(roots, words, badges)
    chart = Spread(
        told,
        lambda width, height: pages(
            roots, words, width, height, badges, size=_SIZE, smallest=_SMALLEST
        ),
    )
    nobody = Section(told, (prose(words("report.organisation.empty"), "quiet"),))
    return Document(
        name=words("report.organisation.name"),
        title=facts.customer.name,
        facts=(words("report.organisation.key"),) if facts.rows else (),
        sources=(words("field.customer.name"),),
        sections=(chart if facts.rows else nobody,),
        reference=words.date(today),
        version=words("report.version.internal", day=words.date(today)),
        words=words,
        dense=True,
        wide=True,
    )
