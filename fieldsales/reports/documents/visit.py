"""The visit report 拜访报告: what was agreed and learned; for the customer what was agreed.

A customer reads what they said they will do and the promises of both sides that came out of the
visit. Of ours only what was promised counts, `our_action` too: the rest that we noted for ourselves
to do is written in words for the house. Answers, files and photos that were not marked as theirs
to see stay in the house, too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fieldsales.domain.checklist import score
from fieldsales.domain.clock import local_day
from fieldsales.domain.satisfaction import PARTS
from fieldsales.domain.visit import Letterhead, PersonFacts, VisitFacts
from fieldsales.drawing.blocks import (
    Block,
    Cell,
    Column,
    Photo,
    Photos,
    Point,
    Points,
    Prose,
    Said,
    Section,
    Style,
    Table,
    cell,
    prose,
)
from fieldsales.methods.checklist.content import form_of
from fieldsales.methods.checklist.told import points as marks
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import EVERYBODY, Audience, Subject
from fieldsales.reports.talk import Spoken
from fieldsales.store.database import Store
from fieldsales.store.queries.papers import latest_visit
from fieldsales.store.queries.talk import told_facts
from fieldsales.words import Words

KIND = "visit"
AUDIENCES = EVERYBODY
gather = told_facts
subject = Subject.of_visit


def latest(store: Store) -> str:
    """Id of the visit concluded last; UserError if there is no visit."""
    return latest_visit(store, planned=False)


def compose(
    facts: VisitFacts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The report before it is laid out."""
    internal = audience == "internal"
    sections = [
        _result(facts, words) if internal else None,
        _agreed(facts, words, letterhead, internal=internal),
        _aim(facts, words) if internal else None,
        _people(facts, words, internal=internal),
        phrases.section(
            words("report.visit.needs"),
            phrases.need_points(
                facts.needs if internal else phrases.for_customer(facts.needs, facts),
                facts,
                words,
                internal=internal,
                deep=internal,
            ),
        ),
        *(_learned(facts, words, today) if internal else ()),
        _materials(facts, words, internal=internal),
        *(_background(facts, words) if internal else ()),
        _satisfaction(facts, words, internal=internal),
        _checklists(facts, words) if internal else None,
        _photos(facts, words, internal=internal),
        _attachments(facts, words) if internal else None,
    ]
    found = tuple(section for section in sections if section is not None)
    if not found:  # internal ones always have a result
        nothing = prose(words("report.visit.empty"), "quiet")
        found = (Section(words("report.visit.agreed"), (nothing,)),)
    return Document(
        name=words("report.visit.name" if internal else "report.visit.customer_name"),
        title=facts.customer.name,
        facts=tuple(phrases.visit_facts(facts, words, letterhead, number=internal)),
        sources=phrases.visit_sources(words),
        sections=found,
        reference=words.date(local_day(facts.visit.starts_at)),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
    )


def _result(facts: VisitFacts, words: Words) -> Section:
    visit = facts.visit
    judged = visit.judgement
    if judged is None:
        return Section(
            words("report.visit.result"), (prose(words("report.visit.not_concluded"), "lead"),)
        )
    parts = [
        Said(words.choice("verdict", judged.verdict), "result"),
        Said(words(f"verdict_reason.{judged.reason}"), "quiet"),
    ]
    if visit.ordered and visit.amount is not None:
        amount = phrases.money(words, visit.amount, visit.currency)
        parts.append(Said(words("report.visit.order_amount", amount=amount), "strong"))
    return Section(words("report.visit.result"), (Prose(tuple(parts)),))


def _agreed(
    facts: VisitFacts, words: Words, letterhead: Letterhead, *, internal: bool
) -> Section | None:
    """Who does what by when: what the two agreed, in bold, then the tasks that follow from it."""
    visit = facts.visit
    agreed = [("them", visit.their_action, visit.their_date)]
    if internal or facts.told_of_ours:
        agreed.append(("us", visit.our_action, visit.our_date))
    told = {what.strip() for _, what, _ in agreed}
    if not internal and facts.our_task is not None:
        told.add(facts.our_task.title.strip())  # it may have got other words since
    steps = [
        *agreed,
        *sorted(
            (
                (task.party, task.title, task.due)
                for task in facts.follow_ups
                if task.title.strip() not in told and (internal or task.kind == "promise")
            ),
            key=lambda step: step[2] or "9999",
        ),
    ]
    title = words("report.visit.agreed")
    if not any(what for _, what, _ in steps):
        nothing = prose(words("report.visit.nothing_agreed"), "quiet")
        concluded = visit.state == "concluded"
        return Section(title, (nothing,)) if internal and concluded else None
    rows: list[tuple[Cell, ...]] = []
    for index, (by, what, due) in enumerate(steps):
        if what:
            style: Style = "strong" if index < len(agreed) else "body"
            rows.append(
                (
                    cell(phrases.party(words, by, facts, letterhead), style),
                    cell(what, style),
                    cell(phrases.day(words, due), style)
                    if due
                    else cell(words("report.no_day"), "quiet"),
                )
            )
    columns = (
        Column(words("report.column.who"), 2.2),
        Column(words("report.column.what"), 4.6),
        Column(words("report.column.when"), 2.2, "end"),
    )
    return Section(title, (Table(columns, tuple(rows)),))


def _aim(facts: VisitFacts, words: Words) -> Section | None:
    visit = facts.visit
    wanted = words.choice("advance", visit.wanted_advance)
    parts = []
    if visit.objective:
        parts.append(Said(visit.objective))
    if wanted:
        parts.append(Said(words("report.wanted", advance=wanted), "quiet"))
    return phrases.section(words("report.visit.aim"), (Prose(tuple(parts)) if parts else None,))


def _people(facts: VisitFacts, words: Words, *, internal: bool) -> Section | None:
    concluded = facts.visit.state == "concluded"
    shown = phrases.attendees(facts)
    blocks: list[Block] = []
    if shown:
        blocks.append(_people_table(shown, words, internal=internal))
    absent = [person.contact.name for person in facts.people if not person.met]
    if internal and concluded and absent:
        names = phrases.listed(words, absent)
        blocks.append(prose(words("report.visit.not_met", names=names), "quiet"))
    return phrases.section(words("report.visit.people"), blocks)


def _people_table(people: list[PersonFacts], words: Words, *, internal: bool) -> Table:
    if not internal:
        return Table(
            (Column(words("report.column.name"), 3), Column(words("report.column.position"), 6)),
            tuple(
                (cell(person.contact.name, "strong"), cell(phrases.position(words, person)))
                for person in people
            ),
        )
    return Table(
        (
            Column(words("report.column.name"), 3.4),
            Column(words("report.column.role"), 3),
            Column(words("report.column.standing"), 2.6),
        ),
        tuple(
            (
                cell(person.contact.name, "strong", phrases.position(words, person)),
                cell(phrases.roles(words, person)),
                cell(phrases.standing(words, person)),
            )
            for person in people
        ),
    )


def _learned(facts: VisitFacts, words: Words, today: date) -> list[Section | None]:
    questions = facts.items_of("question")
    asked = [item for item in questions if item.done or item.answer]
    left = [item for item in questions if not (item.done or item.answer)]
    spoken = Spoken(facts, words, today)
    by_kind = [
        phrases.item_points(some, words, heading=name) for name, some in spoken.by_kind(asked)
    ]
    return [
        phrases.section(
            words("report.visit.questions"),
            (
                *by_kind,
                Points(
                    tuple(Point(Said(item.text, "quiet")) for item in left),
                    heading=words("report.visit.not_asked"),
                )
                if left
                else None,
            ),
        ),
        phrases.section(
            words("report.visit.objections"),
            (phrases.item_points(facts.items_of("objection"), words, answer="report.our_answer"),),
        ),
        _closing(facts, words, spoken),
        phrases.section(
            words("report.visit.signals"), (phrases.item_points(facts.items_of("signal"), words),)
        ),
        phrases.section(
            words("report.visit.observations"),
            (phrases.item_points(facts.items_of("observation"), words),),
        ),
        phrases.section(
            words("report.visit.competitor"),
            (phrases.item_points(facts.items_of("competitor"), words),),
        ),
    ]


def _closing(facts: VisitFacts, words: Words, spoken: Spoken) -> Section | None:
    """The closing techniques that were tried, upon what, and what came of it (M29b)."""
    points = tuple(
        Point(
            Said(item.text),
            below=(Said(item.answer, "quiet"),) if item.answer else (),
            aside=phrases.joined(
                words, (spoken.technique_name(item.code), words.choice("worked", item.worked))
            ),
        )
        for item in facts.items_of("closing")
        if item.done
    )
    return phrases.section(words("report.visit.closing"), (Points(points) if points else None,))


def _materials(facts: VisitFacts, words: Words, *, internal: bool) -> Section | None:
    """What was shown; once a visit has run, only what really was."""
    materials = facts.items_of("material")
    if facts.visit.state in ("running", "concluded"):
        materials = tuple(item for item in materials if item.done)
    if not internal:
        materials = tuple(replace(item, answer="") for item in materials)
    return phrases.section(
        words("report.visit.materials"), (phrases.item_points(materials, words),)
    )


def _background(facts: VisitFacts, words: Words) -> list[Section | None]:
    deal = facts.deal
    told = None
    if deal:
        line = phrases.deal_line(words, deal, facts)
        told = Prose((Said(deal.title, "strong"), Said(line)))
    return [
        phrases.section(words("report.visit.deal"), (told,)),
        phrases.section(
            words("report.visit.notes"), (prose(facts.visit.note) if facts.visit.note else None,)
        ),
    ]


def _satisfaction(facts: VisitFacts, words: Words, *, internal: bool) -> Section | None:
    """What the customer gave for goods, service and the firm; theirs to read where we said so."""
    found = facts.satisfaction
    if found is None or not (internal or found.for_customer):
        return None
    given = {part: getattr(found, part) for part in PARTS}
    columns = tuple(Column(words(f"field.satisfaction.{part}"), 1.0) for part in PARTS)
    marks = tuple(
        cell(words("report.visit.score", score=score), "strong")
        if score is not None
        else cell(words("report.visit.not_scored"), "quiet")
        for score in given.values()
    )
    who = next((one.contact for one in facts.people if one.contact.id == found.contact_id), None)
    said = phrases.joined(words, (who.name if who else "", found.note))
    return Section(
        words("report.visit.satisfaction"),
        (Table(columns, (marks,)), *((prose(said),) if said else ())),
    )


def _checklists(facts: VisitFacts, words: Words) -> Section | None:
    """What was answered in words stands as it was told; what was ticked and marked as a score."""
    points = []
    for filled in facts.talk.filled:
        form = form_of(filled, words.language)
        told = {one.item: one.value for one in filled.answers if one.value}
        texts = [item for item in form.items.values() if item.kind == "text" and item.code in told]
        if told:
            points.append(
                Point(
                    Said(form.title),
                    below=tuple(
                        Said(
                            words("report.labelled", label=item.text, text=told[item.code]), "quiet"
                        )
                        for item in texts
                    ),
                    aside=marks(words, score(form, filled.answers)),
                )
            )
    return phrases.section(
        words("report.visit.checklists"), (Points(tuple(points)) if points else None,)
    )


def _photos(facts: VisitFacts, words: Words, *, internal: bool) -> Section | None:
    photos = tuple(
        Photo(content, attachment.name.rpartition(".")[0] or attachment.name)
        for attachment, content in facts.photos
        if internal or attachment.for_customer
    )
    return phrases.section(words("report.visit.photos"), (Photos(photos) if photos else None,))


def _attachments(facts: VisitFacts, words: Words) -> Section | None:
    printed = {attachment.id for attachment, _ in facts.photos}
    points = tuple(
        Point(Said(attachment.name), aside=phrases.size(words, attachment.size or 0))
        for attachment in facts.attachments
        if attachment.id not in printed and attachment.kind != "report"
    )
    return phrases.section(words("report.visit.attachments"), (Points(points) if points else None,))
