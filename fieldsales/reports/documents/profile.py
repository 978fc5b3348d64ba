"""The profile 全脑图 of a person (M21): their own self-assessment, for us what was seen as well.

A client is handed what they said of themselves; what we observed, which role they play and how to
talk with them stays in the house. `me` in place of an id is the rep.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from fieldsales.domain.clock import local_day
from fieldsales.domain.customer import Customer
from fieldsales.domain.profile import Assessment
from fieldsales.domain.visit import Letterhead
from fieldsales.domain.whole_brain import QUADRANTS
from fieldsales.drawing.blocks import (
    Block,
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
from fieldsales.methods.whole_brain.advice import PARTS, Seat, advise
from fieldsales.methods.whole_brain.compared import compared, compared_finding
from fieldsales.methods.whole_brain.content import Type, whole_brain
from fieldsales.methods.whole_brain.picture import kite
from fieldsales.methods.whole_brain.profiles import (
    Profile,
    finding,
    quadrant_name,
    score_text,
)
from fieldsales.methods.whole_brain.told import grounds, seen_profile, told_profile
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import EVERYBODY, Audience, Subject
from fieldsales.store.database import Store
from fieldsales.store.queries.papers import ME, latest_profile
from fieldsales.store.queries.people import PersonRow, person, profile
from fieldsales.words import Words

KIND = "profile"
AUDIENCES = EVERYBODY
latest = latest_profile
_KITE = 340.0  # points it is wide
_EARLIER = 4  # older results drawn behind the newest
_PARTS = ("traits", "communication", "roles", "phrases", "judged", "pressure", "practise")
_ABOUT = ("how", "can", "cannot", "change", "ours")


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose profile it is (`row` None: the rep's); `assessments` finished ones, newest first.

    `own`: the rep's newest, to see how far a buyer is away.
    """

    row: PersonRow | None
    assessments: tuple[Assessment, ...] = ()
    customer: Customer | None = None
    own: Assessment | None = None


def gather(store: Store, row_id: str) -> Facts:
    """Raises UserError("record.gone") if there is no such contact."""
    with store.reading():
        mine = profile(store, None).assessments
        if row_id == ME:
            return Facts(None, mine)
        row = person(store, row_id)
        return Facts(
            row,
            profile(store, row_id).assessments,
            store.record(Customer, row.contact.customer_id),
            mine[0] if mine else None,
        )


def subject(facts: Facts) -> Subject:
    return Subject(customer_id=facts.customer.id if facts.customer else "")


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The profile before it is laid out."""
    internal = audience == "internal"
    sheet = _Sheet(facts, words, letterhead, today)
    row = facts.row if internal else None
    sections = sheet.for_them() if row is None else sheet.for_us(row)
    newest = facts.assessments[0] if facts.assessments else None
    return Document(
        name=words("report.profile.name" if internal else "report.profile.customer_name"),
        title=sheet.name,
        facts=tuple(sheet.facts_lines(internal=internal)),
        sources=(words("field.contact.name"), words("noun.contact")),
        sections=tuple(section for section in sections if section is not None),
        reference=words.date(_day(newest) or today),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
        dense=internal,
    )


class _Sheet:
    """The parts of a profile."""

    def __init__(self, facts: Facts, words: Words, letterhead: Letterhead, today: date) -> None:
        self.facts, self.words, self.today = facts, words, today
        self.brain = whole_brain(words.language)
        self.name = letterhead.seller or words("report.profile.me")
        if facts.row is not None:
            self.name = facts.row.contact.name
        told = [self._told(self.name, one) for one in facts.assessments]
        self.told: Profile | None = told[0] if told else None
        self.earlier = told[1:]

    def _told(self, name: str, assessment: Assessment) -> Profile:
        return told_profile(name, assessment, self.brain, self.words)

    def facts_lines(self, *, internal: bool) -> list[str]:
        """Where they work; when it was taken; for us which part they play."""
        words, row, customer = self.words, self.facts.row, self.facts.customer
        place = customer.name if customer else ""
        position = (row.contact.department, row.contact.title) if row else ()
        lines = [phrases.joined(words, (place, *position))]
        if row is not None and internal:
            roles = phrases.listed(words, (words.choice("buying_role", one) for one in row.parts()))
            lines.append(roles)
        if self.told is not None:
            lines.append(words("report.profile.taken", day=self.told.told))
        return [line for line in lines if line]

    def for_them(self) -> list[Section | None]:
        """What somebody may keep who took the self-assessment, or an invitation to take it."""
        if self.told is None:
            return [self._invitation(), self._quadrants(), self._about()]
        kind = self.brain.type_told(self.told.scores)
        return [
            self._result(self.told, kind),
            self._quadrants(),
            *self._texts(kind),
            self._before(),
            self._about(),
        ]

    def for_us(self, row: PersonRow) -> list[Section | None]:
        """What they said and what was seen, never mixed; how to talk with them."""
        seen = seen_profile(self.name, row.clues, self.brain, self.today)
        best = self.told or seen
        kind = self.brain.type_told(self.told.scores) if self.told else None
        parts: list[Section | None] = []
        if self.told is None:
            parts.append(self._seen(row, seen))
        else:
            parts.append(self._result(self.told, kind))
            parts.append(self._both(row, self.told, seen))
        parts += [self._advice(row, best), self._gap(best), self._clues(row)]
        parts += [self._type(kind), self._before(), self._about("cannot", "change")]
        return parts

    # parts

    def _result(self, told: Profile, kind: Type | None) -> Section:
        words = self.words
        named = (Said(kind.name, "lead"), Said(kind.gist)) if kind else ()
        drawn = kite([told], words, _KITE, size=_TEXT, earlier=self.earlier[:_EARLIER])
        blocks: list[Block] = [Prose(named)] if named else []
        return Section(
            words("report.profile.result"), (*blocks, Figure(finding([told], words), drawn))
        )

    def _quadrants(self) -> Section:
        """What each quadrant stands for."""
        words = self.words
        columns = (
            Column(words("report.profile.quadrant"), 2),
            Column(words("report.profile.looks"), 4),
            Column(words("report.profile.asks"), 3.2),
        )
        rows = tuple(
            (
                cell(quadrant_name(code, words), "strong"),
                cell(self.brain.quadrants[code].gist),
                cell(self.brain.quadrants[code].asks, "quiet"),
            )
            for code in QUADRANTS
        )
        return Section(words("report.profile.four"), (Table(columns, rows),))

    def _texts(self, kind: Type | None) -> list[Section | None]:
        """All that is said of the type, a section each."""
        if kind is None:
            return []
        return [
            Section(self.words(f"report.profile.{part}"), (_passage(kind, part),))
            for part in _PARTS
        ]

    def _type(self, kind: Type | None) -> Section | None:
        """The same close together, for a working sheet."""
        if kind is None:
            return None
        blocks = [
            replace(_passage(kind, part), heading=self.words(f"report.profile.{part}"))
            for part in _PARTS
        ]
        return Section(self.words("report.profile.type"), tuple(blocks))

    def _before(self) -> Section | None:
        """The results of earlier years, the newest first."""
        words = self.words
        if self.told is None or not self.earlier:
            return None
        columns = (
            Column(words("report.profile.when"), 2.2),
            *(Column(quadrant_name(code, words), 1.5, "end") for code in QUADRANTS),
        )
        rows = tuple(
            (cell(one.told), *(cell(score_text(score)) for score in one.scores))
            for one in (self.told, *self.earlier)
        )
        return Section(words("report.profile.before"), (Table(columns, rows),))

    def _about(self, *parts: str) -> Section:
        """What the method can tell, and what it cannot."""
        words = self.words
        points = tuple(
            Point(Said(words(f"report.profile.about.{part}"), "quiet")) for part in parts or _ABOUT
        )
        return Section(words("report.profile.about"), (Points(points),))

    def _invitation(self) -> Section:
        words = self.words
        parts = (
            Said(words("report.profile.not_yet"), "strong"),
            Said(words("report.profile.invitation")),
        )
        return Section(words("report.profile.result"), (Prose(parts),))

    # for us alone

    def _seen(self, row: PersonRow, seen: Profile) -> Section:
        """The observed profile, hatched, and how sure it is."""
        words = self.words
        title = words("report.profile.seen")
        if not seen.known:
            return Section(title, (prose(words("report.profile.no_clues"), "quiet"),))
        figure = Figure(finding([seen], words), kite([seen], words, _KITE, size=_TEXT))
        return Section(title, (figure, self._grounds(row)))

    def _both(self, row: PersonRow, told: Profile, seen: Profile) -> Section:
        """What they say of themselves beside what was seen, and the difference."""
        if not seen.known:
            return self._seen(row, seen)
        words = self.words
        one = replace(told, told=words("report.profile.as_told", day=told.told))
        other = replace(seen, told=words("report.profile.as_seen"))
        figure = Figure(
            compared_finding(one, other, words), compared(one, other, words, _KITE, size=_TEXT)
        )
        return Section(words("report.profile.both"), (figure, self._grounds(row)))

    def _grounds(self, row: PersonRow) -> Prose:
        """How sure what was seen is, and why."""
        words = self.words
        told = grounds(row.clues, self.brain, self.today, words)
        return Prose((Said(told), Said(words("report.profile.seen_mild"), "small")))

    def _advice(self, row: PersonRow, best: Profile) -> Section | None:
        """How to talk with them, in each role they hold; else in general (M21 × M16)."""
        words = self.words
        blocks = []
        for role in row.parts() or ("",):
            for counsel in advise((Seat(best, role),), self.brain).counsels:
                points = tuple(
                    Point(
                        Said(
                            words(
                                "report.labelled",
                                label=words(f"advice.{part}"),
                                text=getattr(counsel, part),
                            )
                        )
                    )
                    for part in PARTS
                )
                blocks.append(Points(points, heading=words.choice("buying_role", role)))
        return phrases.section(words("advice.title"), blocks)

    def _gap(self, best: Profile) -> Section | None:
        """From our own quadrant to theirs."""
        words, own = self.words, self.facts.own
        mine = self._told("", own) if own else None
        counsels = advise((Seat(best),), self.brain, mine).counsels
        if not counsels or counsels[0].gap is None:
            return None
        gap, (ours, theirs) = counsels[0].gap, counsels[0].between
        said = words(
            "report.profile.alike" if ours == theirs else "report.profile.between",
            ours=quadrant_name(ours, words),
            theirs=quadrant_name(theirs, words),
        )
        return Section(
            words("report.profile.gap"),
            (Prose((Said(said, "strong"), Said(gap.tell), Said(gap.watch, "quiet"))),),
        )

    def _clues(self, row: PersonRow) -> Section | None:
        """Each sighting that is known, the newest first: when, and how it was seen."""
        words = self.words
        points = tuple(
            Point(
                Said(self.brain.clues[clue.code].text),
                below=(Said(clue.note, "quiet"),) if clue.note else (),
                aside=phrases.joined(
                    words,
                    (
                        clue.seen_on or clue.created_at[:10],
                        words.choice("clue_source", clue.source),
                    ),
                ),
            )
            for clue in row.clues
            if clue.code in self.brain.clues  # a newer version may know more
        )
        return Section(words("report.profile.clues"), (Points(points),)) if points else None


_TEXT = 9.0  # points of the words in a kite


def _passage(kind: Type, part: str) -> Points:
    """What is said of a type in one respect; a text is one point."""
    said: str | tuple[str, ...] = getattr(kind, part)
    lines = (said,) if isinstance(said, str) else said
    return Points(tuple(Point(Said(line)) for line in lines))


def _day(assessment: Assessment | None) -> date | None:
    return local_day(assessment.finished_at) if assessment and assessment.finished_at else None
