"""The people sheet 人员表 of a customer: who they are, what each thinks of us; for us alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fieldsales.domain.buying_climate import Coverage, coverage, covered
from fieldsales.domain.clock import local_day
from fieldsales.domain.contact import BuyingRole, Contact
from fieldsales.domain.negotiation import partner
from fieldsales.domain.relationship import behaviour, lopsided
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import (
    Cell,
    Column,
    Columns,
    Figure,
    Point,
    Points,
    Prose,
    Said,
    Section,
    Spread,
    Style,
    Table,
    cell,
    prose,
)
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.buying_group import picture as group
from fieldsales.methods.relationship import picture as relationship
from fieldsales.methods.relationship.content import relationship as content
from fieldsales.methods.whole_brain.advice import grounds
from fieldsales.methods.whole_brain.profiles import quadrant_names
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.people_pictures import cards, dots, member, thinking
from fieldsales.services.birthdays import birthday_told, next_birthday
from fieldsales.store.queries.papers import best_known_customer, latest_customer
from fieldsales.store.queries.people import People, PersonRow, people
from fieldsales.words import Words

KIND = "people"
AUDIENCES = INTERNAL
latest = latest_customer
example = best_known_customer
gather = people
_HALF = 320.0  # points: half a sheet on its side
_TEXT = 8.5  # of the words in pictures
_MAPPED = 16  # people on the map at most, those of most influence
_CARDS = 20  # people with a business card at most, the top level first
_SHORT = (5, 400)  # people and characters that have room beside the matrix
_DONE = ("visits", "orders", "replies")
_RECENT = 28  # days that are told as so many days ago
_HOLDERS = 3  # names of those who hold one role
_STYLES: dict[str, Style] = {"against": "late", "unknown": "quiet"}  # of how a role is covered


def subject(facts: People) -> Subject:
    return Subject(customer_id=facts.customer.id)


def compose(
    facts: People, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The sheet before it is laid out."""
    sheet = _Sheet(facts, words, today)
    sections = [
        sheet.table(),
        sheet.roles(),
        sheet.climate(),
        *sheet.standings(),
        sheet.cards(),
    ]
    found = tuple(section for section in sections if section is not None)
    if not found:
        nobody = prose(words("report.people.empty"), "quiet")
        found = (Section(words("report.people.who"), (nobody,)),)
    return Document(
        name=words("report.people.name"),
        title=facts.customer.name,
        facts=tuple(sheet.facts_lines()),
        sources=(words("field.customer.name"),),
        sections=found,
        reference=words.date(today),
        version=words("report.version.internal", day=words.date(today)),
        words=words,
        dense=True,
        wide=True,
    )


class _Sheet:
    """The parts of a people sheet."""

    def __init__(self, facts: People, words: Words, today: date) -> None:
        self.facts, self.words, self.today = facts, words, today
        self.covered = coverage(
            (role for row in facts.persons for role in row.roles),
            {row.contact.id: row.last_met for row in facts.persons},
        )

    def facts_lines(self) -> list[str]:
        """How many they are, how well the four roles are covered, and both sides of it (M10)."""
        words, persons = self.words, self.facts.persons
        if not self.facts.rows:
            return []
        vacant = len(self.facts.rows) - len(persons)
        count = [words("report.people.count", n=len(persons))]
        if vacant:
            count.append(words("report.people.vacant", n=vacant))
        roles = words("report.people.covered", n=covered(self.covered), of=len(self.covered))
        lacking = [words.choice("buying_role", one.role) for one in self.covered if not one.holders]
        if lacking:
            lack = words("report.people.lacking", roles=phrases.listed(words, lacking))
            roles = words("pictures.both", one=roles, other=lack)
        return [phrases.joined(words, (phrases.listed(words, count), roles)), self._pair()]

    def _pair(self) -> str:
        words, customer, counts = self.words, self.facts.customer, self.facts.counts
        doing = behaviour(counts)
        said = words("report.people.doing", n=doing, **{one: counts.get(one, 0) for one in _DONE})
        if customer.feeling is not None:
            felt = words("report.people.feeling", n=customer.feeling)
            said = words("pictures.both", one=said, other=felt)
        ahead = lopsided(doing, customer.feeling)
        if ahead:
            mark = words(f"report.people.lopsided.{ahead}")
            said = words("pictures.both", one=said, other=mark)
        return said

    def table(self) -> Section | None:
        """Everybody, the top level first, vacant posts among them."""
        words = self.words
        columns = (
            Column(words("report.column.name"), 1.9),
            Column(words("report.column.role"), 2.5),
            Column(words("report.column.standing"), 1.7),
            Column(words("report.people.thinks"), 1.5),
            Column(words("report.people.relationship"), 0.9),
            Column(words("report.people.met"), 1.2),
            Column(words("field.contact.birthday"), 1.4),
            Column(words("report.people.reach"), 1.6),
        )
        rows = tuple(self._row(row) for row in self.facts.rows)
        title = words("report.people.who")
        return Section(title, (Table(columns, rows),)) if rows else None

    def _row(self, row: PersonRow) -> tuple[Cell, ...]:
        words, contact = self.words, row.contact
        level = words.choice("level", contact.level)
        position = phrases.joined(words, (contact.department, contact.title, level))
        if contact.vacant:
            post = cell(contact.name, "quiet", position)
            return (post, cell(words("report.people.nobody_there"), "quiet"), *[()] * 6)
        return (
            cell(contact.name, "strong", position),
            self._roles(row),
            self._standing(row),
            self._thinks(row),
            self._relationship(row),
            self._met(row),
            self._birthday(contact),
            self._reach(contact),
        )

    def _roles(self, row: PersonRow) -> Cell:
        """Each role once, assumed or confirmed, below it what that rests on."""
        words, said = self.words, []
        for role in _each_once(row.roles):
            sure = "confirmed" if role.confirmed else "assumed"
            name = words.choice("buying_role", role.role)
            said.append(Said(words(f"report.people.{sure}", role=name)))
            if role.evidence:
                said.append(Said(role.evidence, "small"))
        return tuple(said)

    def _standing(self, row: PersonRow) -> Cell:
        words, influence, attitude = self.words, row.influence(), row.attitude()
        told = "" if attitude is None else words(f"scale.attitude.{attitude + 2}")
        weight = "" if influence is None else words("report.influence", n=influence)
        against = attitude is not None and attitude < 0
        return cell(told, "late" if against else "body", weight) if told else cell(weight, "small")

    def _thinks(self, row: PersonRow) -> Cell:
        """What leads, and whether they said so themselves or it was only seen."""
        words, profile = self.words, thinking(row, self.words, self.today)
        if not profile.known:
            return ()
        led = quadrant_names(profile.leading, words) or words("report.people.even")
        below = words("report.people.told", day=profile.told)
        if profile.observed:
            below = grounds(profile, words)
        return cell(led, "body", below)

    def _relationship(self, row: PersonRow) -> Cell:
        words, where = self.words, self.facts.standing_of(row).cell
        if not where:
            return ()
        fades = "" if row.fresh(self.today) == 1 else words("report.people.fades")
        return cell(words(f"matrix.cell.{where}"), "body", fades)

    def _met(self, row: PersonRow) -> Cell:
        words = self.words
        if not row.last_met:
            return cell(words("report.never_met"), "small")
        day = local_day(row.last_met)
        ago = words.days_from(day, self.today) if (self.today - day).days <= _RECENT else ""
        return cell(words.date(day), "body", ago)

    def _birthday(self, contact: Contact) -> Cell:
        words, coming = self.words, next_birthday(contact, self.today)
        if coming is None:
            return cell(contact.birthday)
        below = [words("report.people.next", day=words.date(coming.day))]
        if coming.age is not None:
            below.append(words("people.turns", n=coming.age))
        below += [words(f"people.moved_birthday.{why}") for why in coming.moved]
        return cell(birthday_told(words, contact), "body", "\n".join(below))

    def _reach(self, contact: Contact) -> Cell:
        numbers = [Said(number) for number in (contact.mobile, contact.phone) if number]
        others = [Said(one, "small") for one in (contact.messenger, contact.email) if one]
        return (*numbers, *others)

    def _remembered(self) -> tuple[list[Section], bool]:
        """What they like and how they negotiate (M15, M23), and whether that is said shortly."""
        words, points = self.words, []
        for row in self.facts.persons:
            contact = row.contact
            animal = partner(contact.sees_long_term, contact.plays_fair)
            below = [Said(one.text) for one in self.facts.noted if one.contact_id == contact.id]
            if animal:
                told = words(f"report.people.partner.{animal}")
                below.append(Said(phrases.joined(words, (told, contact.negotiation_evidence))))
            if below:
                points.append(Point(Said(contact.name, "strong"), tuple(below)))
        if not points:
            return [], True
        long = sum(len(said.text) for point in points for said in (point.said, *point.below))
        section = Section(words("report.people.remember"), (Points(tuple(points)),))
        return [section], len(points) <= _SHORT[0] and long <= _SHORT[1]

    def standings(self) -> list[Section | Columns]:
        """The matrix of relationships, beside it what the customer's cell asks for (M20), and what
        to remember where that is short.
        """
        words = self.words
        if not self.facts.persons:
            return []
        found = dots(self.facts, self.today)
        told = relationship.finding(found, words)
        title = words("report.people.relationship")
        remembered, short = self._remembered()
        if not any(one.cell for one in found):
            return [Section(title, (prose(told, "quiet"),)), *remembered]
        figure = Figure(
            told,
            _fitting(lambda size: relationship.matrix(found, words, _HALF, size=size), _HALF),
        )
        beside = self._what_now(found[-1].cell)
        if short:
            beside += remembered
        matrix = Columns((Section(title, (figure,)), *beside))
        return [matrix] if short else [matrix, *remembered]

    def _what_now(self, where: str) -> list[Section]:
        """What the customer's cell means and what to do next; nothing where it is unknown."""
        words = self.words
        if not where:
            return []
        advice = content(words.language).cells[where]
        name = words(f"matrix.cell.{where}")
        meaning = Prose((Said(name, "strong"), Said(advice.meaning), Said(advice.risk, "quiet")))
        steps = tuple(Point(Said(step)) for step in advice.next)
        blocks = (meaning, Points(steps, words("report.people.next_steps")))
        return [Section(words("report.people.what_now"), blocks)]

    def roles(self) -> Section | None:
        """How well the four roles are covered (M16)."""
        if not self.facts.persons:
            return None
        return Section(self.words("report.people.roles"), (self._coverage(),))

    def _member(self, row: PersonRow) -> group.Member:
        words, day = self.words, local_day(row.last_met) if row.last_met else None
        met = words("report.last_met", day=words.date(day)) if day else ""
        return member(row, thinking(row, words, self.today), met, self.today)

    def climate(self) -> Spread | None:
        """The map of those who have a part in buying."""
        words = self.words
        known = [row for row in self.facts.persons if row.roles]
        if not known:
            return None
        known.sort(key=lambda row: -(row.influence() or 0))
        members = [self._member(row) for row in known[:_MAPPED]]
        told = group.finding(members, words)
        if len(known) > len(members):
            more = words("report.people.not_drawn", n=len(known) - len(members))
            told = words("pictures.both", one=told, other=more)
        return Spread(
            told,
            lambda width, _: [
                _fitting(lambda size: group.group_map(members, words, width, size=size), width)
            ],
        )

    def cards(self) -> Spread | None:
        """Business cards of those with a number or an address, for a phone to scan (M15)."""
        words = self.words
        reached = [row.contact for row in self.facts.persons if _can_be_reached(row.contact)]
        if not reached:
            return None
        told = words("report.people.cards")
        if len(reached) > _CARDS:
            more = words("report.people.not_drawn", n=len(reached) - _CARDS)
            told = words("pictures.both", one=told, other=more)
        company = self.facts.customer.name
        return Spread(
            told,
            lambda width, height: cards(reached[:_CARDS], company, words, width, height),
        )

    def _coverage(self) -> Table:
        words = self.words
        names = {row.contact.id: row.contact.name for row in self.facts.rows}
        columns = (
            Column(words("report.column.role"), 2),
            Column(words("report.column.who"), 3),
            Column(words("report.people.state"), 2),
        )
        return Table(columns, tuple(self._covered(one, names) for one in self.covered))

    def _covered(self, one: Coverage, names: dict[str, str]) -> tuple[Cell, ...]:
        words = self.words
        holders = dict.fromkeys(names[role.contact_id] for role in one.holders[:_HOLDERS])
        style = _STYLES.get(one.state, "body")
        return (
            cell(words.choice("buying_role", one.role)),
            cell(phrases.listed(words, holders)),
            (Said(words(f"report.people.coverage.{one.state}"), style),),
        )


def _can_be_reached(contact: Contact) -> bool:
    return any((contact.mobile, contact.phone, contact.email, contact.messenger))


def _each_once(roles: tuple[BuyingRole, ...]) -> list[BuyingRole]:
    """Each role once: what is confirmed before what is assumed, of all before of one deal."""
    found: dict[str, BuyingRole] = {}
    for role in sorted(roles, key=lambda role: (not role.confirmed, bool(role.deal_id), role.id)):
        found.setdefault(role.role, role)
    return list(found.values())


def _fitting(draw: Callable[[float], Picture], width: float) -> Picture:
    """The picture drawn for a size of text, a smaller one where it needs more than the width."""
    picture = draw(_TEXT)
    if picture.width > width:
        picture = draw(0.99 * _TEXT * width / picture.width)
    return picture
