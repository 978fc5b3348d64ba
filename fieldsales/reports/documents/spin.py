"""The SPIN sheet 提问表 of a deal or a visit (M27): for us alone.

Planned questions with room to write, answers and the needs they became, the way drawn, its gaps.
`deal:<id>` or `visit:<id>`; an id alone is a deal's, else a visit's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from fieldsales.domain.clock import from_stamp, local_day
from fieldsales.domain.need import Need
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.domain.spin import KINDS, Flow, depth, flow, totals, trend
from fieldsales.domain.visit import Letterhead, VisitItem
from fieldsales.domain.worksheet import answers_need
from fieldsales.drawing.blocks import (
    Cell,
    Column,
    Figure,
    Point,
    Points,
    Said,
    Section,
    Spread,
    Table,
    cell,
)
from fieldsales.drawing.shapes import Picture
from fieldsales.errors import UserError
from fieldsales.methods.spin.content import gap_hints, kind_hints
from fieldsales.methods.spin.picture import Asked, by_visit, finding, trend_told, way
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.paper import BODY
from fieldsales.services.library import Library, library, with_own
from fieldsales.store.database import Store
from fieldsales.store.queries.learnt import own_entries
from fieldsales.store.queries.pipelines import stage_words
from fieldsales.store.queries.worksheets import (
    Spin,
    fullest_spin,
    latest_spin,
    spin_of_deal,
    spin_of_visit,
)
from fieldsales.words import Words

KIND = "spin"
AUDIENCES = INTERNAL
latest = latest_spin
example = fullest_spin
_WIDE = 330.0  # points a picture beside a title is wide
_TO_WRITE: Cell = (Said(" "), Said(" "))  # an empty answer, with room to write by hand


@dataclass(frozen=True, slots=True)
class Facts:
    """The conversation, the rep's own questions, and stage -> its word."""

    spin: Spin
    own: tuple[OwnEntry, ...] = ()
    stages: dict[str, str] = field(default_factory=dict)


def gather(store: Store, row_id: str) -> Facts:
    """Raises UserError("record.gone") if there is no such deal or visit."""
    noun, _, named = row_id.rpartition(":")
    with store.reading():
        if noun == "visit":
            spin = spin_of_visit(store, named)
        elif noun == "deal":
            spin = spin_of_deal(store, named)
        else:
            try:
                spin = spin_of_deal(store, named)
            except UserError:
                spin = spin_of_visit(store, named)
        return Facts(spin, tuple(own_entries(store, "question")), dict(stage_words(store)))


def subject(facts: Facts) -> Subject:
    spin = facts.spin
    return Subject(
        day=local_day(spin.visit.starts_at) if spin.visit else None,
        customer_id=spin.customer.id,
        visit_id=spin.visit.id if spin.visit else "",
        deal_id=spin.deal.id if spin.deal else "",
    )


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The sheet before it is laid out."""
    sheet = _Sheet(facts, words)
    sections = [
        sheet.way(),
        *(sheet.questions(kind) for kind in (*KINDS, "")),
        sheet.gaps(),
        sheet.needs(),
        sheet.benefits(),
        sheet.visits(),
    ]
    return Document(
        name=words("report.spin.name"),
        title=facts.spin.customer.name,
        facts=tuple(sheet.facts_lines()),
        sources=(words("field.customer.name"), words("noun.deal")),
        sections=tuple(section for section in sections if section is not None),
        reference=words.date(subject(facts).day or today),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
        dense=True,
    )


class _Sheet:
    """The parts of the sheet."""

    def __init__(self, facts: Facts, words: Words) -> None:
        self.facts, self.spin, self.words = facts, facts.spin, words

    @cached_property
    def shelf(self) -> Library:
        return with_own(library(self.words.language), self.facts.own)

    @cached_property
    def flow(self) -> Flow:
        return flow(self.spin.items, self.spin.needs, self.spin.rows, self.kind_of)

    def kind_of(self, item: VisitItem) -> str:
        entry = self.shelf.questions.get(item.code)
        kind = entry.kind if entry else item.code
        return kind if kind in KINDS else ""

    def facts_lines(self) -> list[str]:
        """The visit, then the deal and where it stands."""
        words, visit, deal = self.words, self.spin.visit, self.spin.deal
        lines = []
        if visit is not None:
            when = phrases.day(words, local_day(visit.starts_at).isoformat())
            time = words.time(from_stamp(visit.starts_at))
            lines.append(phrases.joined(words, (f"{when} {time}", visit.place)))
        if deal is not None:
            stage = words.choice("stage", self.facts.stages.get(deal.stage, deal.stage))
            lines.append(phrases.joined(words, (deal.title, stage)))
        return lines

    def way(self) -> Spread:
        def draw(width: float, _height: float) -> Sequence[Picture]:
            return [way(self.flow, self.words, width, size=BODY)]

        return Spread(finding(self.flow, self.words), draw)

    def questions(self, kind: str) -> Section | None:
        """Each with its answer, or room for one; those that are to be asked first."""
        words = self.words
        items = [item for item in self.spin.items if self.kind_of(item) == kind]
        if not kind and not items:
            return None
        items.sort(key=lambda item: bool(item.done or item.answer))
        rows: list[tuple[Cell, ...]] = [self._row(item) for item in items]
        answer = Column(words("visit.answer"), 1)
        if not kind:
            columns = (Column(words("report.spin.question"), 1), answer)
            return Section(words("spin.kind.none"), (Table(columns, tuple(rows)),))
        hint = kind_hints(words.language)[kind]
        if not rows:
            rows = [((Said(hint.tip, "small"), Said(" ")), ()), (_TO_WRITE, ())]
        # what the kind is for stands where the table cannot be parted from it
        table = Table((Column(hint.what, 1), answer), tuple(rows))
        return Section(words(f"spin.kind.{kind}"), (table,))

    def _row(self, item: VisitItem) -> tuple[Cell, Cell]:
        words = self.words
        visits = {visit.id: visit for visit, _ in self.spin.by_visit}
        visit = visits.get(item.visit_id or "") if self.spin.visit is None else None
        when = words.date(local_day(visit.starts_at)) if visit else ""
        asked = words("spin.asked") if item.done or item.answer else ""
        need = next((need for need in self.spin.needs if need.id == item.need_id), None)
        became = words.choice("statement", need.statement) if need else ""
        answer = cell(item.answer, "body", became) if item.answer else _TO_WRITE
        return cell(item.text, "body", phrases.joined(words, (asked, when))), answer

    def gaps(self) -> Section | None:
        hints = gap_hints(self.words.language)
        points = tuple(
            Point(
                Said(hints[gap].what, "strong"),
                below=(Said(hints[gap].mend), Said(hints[gap].example, "quiet")),
            )
            for gap in self.flow.gaps
        )
        return phrases.section(self.words("spin.gaps"), (Points(points) if points else None,))

    def needs(self) -> Section | None:
        """Explicit ones first, each with whether a benefit answers it."""
        words = self.words
        unmet = {need.id for need in self.flow.unmet}

        def told(need: Need) -> str:
            if need.statement != "explicit":
                return ""
            return words("spin.unmet" if need.id in unmet else "spin.is_met")

        blocks = []
        for statement in ("explicit", "implied"):
            points = tuple(
                Point(
                    Said(need.text, "strong" if statement == "explicit" else "body"),
                    aside=told(need),
                )
                for need in self.spin.needs
                if need.statement == statement
            )
            heading = words(f"report.needs_{statement}.internal")
            blocks.append(Points(points, heading) if points else None)
        return phrases.section(words("spin.needs"), blocks)

    def benefits(self) -> Section | None:
        words, needs = self.words, self.spin.needs
        texts = {need.id: need.text for need in needs}
        points = tuple(
            Point(
                Said(row.benefit),
                below=(
                    Said(
                        words("spin.answers", text=texts[row.need_id or ""])
                        if answers_need(row, needs)
                        else words("spin.advantage_only"),
                        "quiet",
                    ),
                ),
            )
            for row in self.spin.rows
            if row.benefit
        )
        return phrases.section(words("spin.benefits"), (Points(points) if points else None,))

    def visits(self) -> Section | None:
        words = self.words
        told = [
            Asked(visit.id, words.date(local_day(visit.starts_at)), totals(items, self.kind_of))
            for visit, items in self.spin.by_visit
        ]
        asked = [one for one in told if depth(one.totals) is not None]
        if not asked:
            return None
        change = trend([depth(one.totals) for one in asked])
        picture = by_visit(asked, words, _WIDE, size=BODY)
        return Section(words("spin.by_visit"), (Figure(trend_told(change, words), picture),))
