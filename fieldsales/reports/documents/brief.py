"""The visit brief 拜访准备: one page of what to know before; an agenda for the customer.

The agenda names those expected, the organisation's needs that they themselves have voiced, the
promises of both sides that are open, and what we bring; all else stays in the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from fieldsales.domain.clock import local_day
from fieldsales.domain.visit import Letterhead, VisitFacts, VisitItem
from fieldsales.drawing.blocks import (
    Block,
    Cell,
    Column,
    Columns,
    Point,
    Points,
    Prose,
    Said,
    Section,
    Table,
    cell,
    prose,
)
from fieldsales.methods.whole_brain.advice import grounds, letters, lines, of_visit, seat
from fieldsales.reports import phrases
from fieldsales.reports.document import Document, pages
from fieldsales.reports.documents import EVERYBODY, Audience, Subject
from fieldsales.reports.talk import Spoken
from fieldsales.store.database import Store
from fieldsales.store.queries.papers import latest_visit
from fieldsales.store.queries.talk import told_facts
from fieldsales.words import Words

KIND = "brief"
AUDIENCES = EVERYBODY
gather = told_facts
subject = Subject.of_visit

# Items of each list and characters of each text, from all to what surely fits one page.
_AMOUNTS = (
    (40, 500), (20, 300), (12, 200), (10, 160), (8, 160), (7, 120), (6, 120), (6, 90), (5, 120),
    (5, 90), (4, 120), (4, 90), (4, 60), (3, 90), (3, 60), (2, 90), (2, 60), (2, 40), (1, 90),
    (1, 60), (1, 30), (1, 20), (1, 12),
)  # fmt: skip
_ROOMY = 4  # items of a list from which on there is room to tell a person's needs at length
_SEEN = 3  # people who are named while there is any room: who sits there comes before all else

_TIGHT = 30  # characters of a text with which there is hardly any room
_ADVICE = 6  # lines on how to talk with them

_Item = TypeVar("_Item")


def latest(store: Store) -> str:
    """Id of the next visit planned; UserError if there is no visit."""
    return latest_visit(store, planned=True)


def compose(
    facts: VisitFacts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The fullest brief that fits one page; what is left out is counted."""
    document = _compose(facts, words, audience, letterhead, today, *_AMOUNTS[0])
    for amount, length in _AMOUNTS[1:]:
        if len(pages(document, letterhead)) == 1:
            break
        document = _compose(facts, words, audience, letterhead, today, amount, length)
    return document


def _compose(
    facts: VisitFacts,
    words: Words,
    audience: Audience,
    letterhead: Letterhead,
    today: date,
    amount: int,
    length: int,
) -> Document:
    internal = audience == "internal"
    part = _Part(facts, words, letterhead, today, amount, length)
    sections = part.for_us() if internal else part.for_customer()
    if not sections:
        note = prose(words(f"report.brief.empty.{audience}"), "quiet")
        title = words("report.brief.aim" if internal else "report.brief.topics")
        sections = (Section(title, (note,)),)
    return Document(
        name=words("report.brief.name" if internal else "report.brief.customer_name"),
        title=facts.customer.name,
        facts=tuple(phrases.visit_facts(facts, words, letterhead, number=internal)),
        sources=phrases.visit_sources(words),
        sections=sections,
        reference=words.date(local_day(facts.visit.starts_at)),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
        dense=internal,
    )


class _Part:
    """The parts of a brief, each with at most `amount` items of `length` characters."""

    def __init__(
        self,
        facts: VisitFacts,
        words: Words,
        letterhead: Letterhead,
        today: date,
        amount: int,
        length: int,
    ) -> None:
        self.facts, self.words, self.letterhead = facts, words, letterhead
        self.today, self.amount, self.length = today.isoformat(), amount, length
        self.day = today
        self.spoken = Spoken(facts, words, today)

    def for_us(self) -> tuple[Section | Columns, ...]:
        """Aim and people across the page; below them what to do, then what to know."""
        across = _present(self.aim(), self.people())
        below = _present(
            self.care(),
            self.advice(),
            self.promises(),
            self.pitch(),
            self.questions(),
            self.objections(),
            self.closing(),
            self.materials(),
            self.needs(internal=True),
            self.money(),
            self.complaints(),
            self.earlier(),
        )
        return (*across, Columns(below)) if len(below) > 1 else (*across, *below)

    def for_customer(self) -> tuple[Section, ...]:
        return _present(
            self.participants(),
            self.needs(internal=False),
            self.promises_for_customer(),
            self.materials_for_customer(),
        )

    def _few(self, items: Sequence[_Item], least: int = 1) -> tuple[Sequence[_Item], Prose | None]:
        """The items there is room for, `least` in any case, and a line that counts the rest."""
        amount = max(self.amount, least)
        rest = len(items) - amount
        if rest <= 0:
            return items, None
        return items[:amount], prose(self.words("report.more", n=rest), "small")

    def _short(self, text: str) -> str:
        """A long text cut after as many characters as there is room for."""
        flat = " ".join(text.split())
        return flat if len(flat) <= self.length else f"{flat[: self.length].rstrip()}…"

    def _section(self, key: str, blocks: Sequence[Block | None]) -> Section | None:
        return phrases.section(self.words(f"report.brief.{key}"), blocks)

    def aim(self) -> Section | None:
        visit = self.facts.visit
        wanted = self.words.choice("advance", visit.wanted_advance)
        parts = []
        if visit.objective:
            parts.append(Said(self._short(visit.objective), "lead"))
        if wanted:
            parts.append(Said(self.words("report.wanted", advance=wanted), "quiet"))
        return self._section("aim", (Prose(tuple(parts)) if parts else None,))

    def people(self) -> Section | None:
        words = self.words
        least = _SEEN if self.length > _TIGHT else 1
        people, more = self._few(self.facts.people, least)
        roomy = self.amount > _ROOMY
        rows: list[tuple[Cell, ...]] = []
        for person in people:
            wants: list[Said] = []
            for need in person.needs[: 2 if roomy else 1]:
                wants.append(Said(phrases.labelled(words, need.category, self._short(need.text))))
                if roomy and (deepest := need.behind or need.actual):
                    wants.append(Said(self._short(deepest), "small"))
            wants += self.noted(person.contact.id)[: 4 if roomy else 2]
            last = (
                words("report.last_met", day=person.last_met)
                if person.last_met
                else words("report.never_met")
            )
            below = [phrases.standing(words, person), last]
            profile = seat(person, words, self.day).profile
            style = (letters(profile), grounds(profile, words)) if profile.known else ()
            named = (phrases.position(words, person), phrases.joined(words, style))
            rows.append(
                (
                    cell(person.contact.name, "strong", "\n".join(filter(None, named))),
                    cell(phrases.roles(words, person), "body", "\n".join(filter(None, below))),
                    tuple(wants),
                )
            )
        columns = (
            Column(words("report.column.name"), 2.6),
            Column(words("report.column.role"), 3.2),
            Column(words("report.column.wants"), 3.2),
        )
        return self._section("people", (Table(columns, tuple(rows)) if rows else None, more))

    def noted(self, contact_id: str | None) -> list[Said]:
        """What to bear in mind of somebody, or of the house; what to keep off first (M44)."""
        words, listed = self.words, "preference_kind"
        return [
            Said(phrases.labelled(words, one.kind, self._short(one.text), listed), "small")
            for one in self.facts.preferences
            if one.contact_id == contact_id
        ]

    def care(self) -> Section | None:
        noted, more = self._few(self.noted(None))
        points = tuple(Point(said) for said in noted)
        return self._section("care", (Points(points) if points else None, more))

    def advice(self) -> Section | None:
        """How to talk with those who will be there, in six lines at most (M21)."""
        advice = of_visit(self.facts, self.words, self.day)
        found = lines(advice, self.words, min(_ADVICE, 2 * self.amount - 2))
        points = tuple(
            Point(Said(self.words("report.labelled", label=label, text=self._short(text))))
            for label, text in found
        )
        return phrases.section(self.words("advice.title"), (Points(points) if points else None,))

    def participants(self) -> Section | None:
        words = self.words
        people, more = self._few(phrases.attendees(self.facts))
        rows = tuple(
            (cell(person.contact.name, "strong"), cell(phrases.position(words, person)))
            for person in people
        )
        columns = (
            Column(words("report.column.name"), 3),
            Column(words("report.column.position"), 6),
        )
        return self._section("participants", (Table(columns, rows) if rows else None, more))

    def promises(self) -> Section | None:
        words = self.words
        shown, more = self._few(self.facts.promises)
        points = []
        for task in shown:
            due = phrases.day(words, task.day) or words("report.no_day")
            late = words("report.late") if task.day and task.day < self.today else ""
            by = phrases.party(words, task.party, self.facts, self.letterhead)
            line = Said(phrases.joined(words, (by, due, late)), "overdue" if late else "small")
            points.append(Point(Said(self._short(task.title)), below=(line,), mark="box"))
        return self._section("promises", (Points(tuple(points)) if points else None, more))

    def promises_for_customer(self) -> Section | None:
        """What either side has promised, without reproach."""
        words = self.words
        shown, more = self._few([task for task in self.facts.promises if task.kind == "promise"])
        rows = tuple(
            (
                cell(phrases.party(words, task.party, self.facts, self.letterhead)),
                cell(self._short(task.title)),
                cell(phrases.day(words, task.day) or words("report.no_day")),
            )
            for task in shown
        )
        columns = (
            Column(words("report.column.who"), 2.2),
            Column(words("report.column.what"), 4.6),
            Column(words("report.column.when"), 2.2, "end"),
        )
        return self._section("agreed", (Table(columns, rows) if rows else None, more))

    def pitch(self) -> Section | None:
        said = self.spoken.pitch
        return self._section("pitch", (prose(self._short(said)) if said else None,))

    def questions(self) -> Section | None:
        """By kind (M27), to be ticked by hand."""
        kinds = self.spoken.by_kind(self.facts.items_of("question"))
        items, more = self._few([item for _, some in kinds for item in some])
        blocks = [
            self._boxes([item for item in some if item in items], heading=name)
            for name, some in kinds
        ]
        return self._section("questions", (*blocks, more))

    def objections(self) -> Section | None:
        """What may be said against it, and what to answer those who will be there (M29a)."""
        shown, more = self._few(self.spoken.objections())
        points = tuple(
            Point(Said(self._short(one.text)), below=(Said(self._short(one.answer), "quiet"),))
            for one in shown
        )
        return self._section("objections", (Points(points) if points else None, more))

    def closing(self) -> Section | None:
        """The technique to try (M29b)."""
        name, example = self.spoken.technique()
        parts = (Said(name, "strong"), Said(self._short(example), "quiet"))
        return self._section("closing", (Prose(parts) if name else None,))

    def materials(self) -> Section | None:
        return self._ticked("materials", "material")

    def _ticked(self, key: str, kind: str) -> Section | None:
        """A list to be ticked by hand."""
        items, more = self._few(self.facts.items_of(kind))
        return self._section(key, (self._boxes(items), more))

    def _boxes(self, items: Sequence[VisitItem], heading: str = "") -> Points | None:
        points = tuple(
            Point(Said(self._short(item.text)), mark="ticked" if item.done else "box")
            for item in items
        )
        return Points(points, heading) if points else None

    def materials_for_customer(self) -> Section | None:
        items, more = self._few(self.facts.items_of("material"))
        points = tuple(Point(Said(self._short(item.text))) for item in items)
        return self._section("bringing", (Points(points) if points else None, more))

    def needs(self, *, internal: bool) -> Section | None:
        voiced = [*self.facts.known_needs, *self.facts.needs]
        if internal:
            voiced = [need for need in voiced if not need.answered]
            # where there is room for few, what they want comes before what troubles them
            voiced.sort(key=lambda need: need.statement != "explicit")
        else:
            voiced = phrases.for_customer(voiced, self.facts)
        needs, more = self._few(voiced)
        blocks = phrases.need_points(needs, self.facts, self.words, internal=internal)
        return self._section("needs" if internal else "topics", (*blocks, more if blocks else None))

    def money(self) -> Section | None:
        deals, more = self._few(self.facts.open_deals)
        points = tuple(
            Point(
                Said(self._short(deal.title)),
                below=(Said(phrases.deal_line(self.words, deal, self.facts), "quiet"),),
            )
            for deal in deals
        )
        return self._section("money", (Points(points) if points else None, more))

    def complaints(self) -> Section | None:
        complaints, more = self._few(self.facts.complaints)
        points = tuple(
            Point(
                Said(self._short(complaint.text), "strong"),
                aside=phrases.day(self.words, local_day(complaint.at).isoformat()),
            )
            for complaint in complaints
        )
        return self._section("complaints", (Points(points) if points else None, more))

    def earlier(self) -> Section | None:
        """The last three visits at most."""
        points = []
        for visit in self.facts.earlier[: min(3, self.amount)]:
            told = visit.their_action or visit.our_action or visit.objective
            points.append(
                Point(
                    Said(phrases.verdict(self.words, visit), "strong"),
                    below=(Said(self._short(told)),) if told else (),
                    aside=phrases.day(self.words, local_day(visit.starts_at).isoformat()),
                )
            )
        return self._section("earlier", (Points(tuple(points)) if points else None,))


def _present(*sections: Section | None) -> tuple[Section, ...]:
    return tuple(section for section in sections if section is not None)
