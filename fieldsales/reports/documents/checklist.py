"""A checklist that was filled in 检查结果: score, answers, what moved since the last time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.checklist import Filled, score
from fieldsales.domain.checklist_file import Form, Item
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Block, Cell, Column, Figure, Said, Section, Table, cell, prose
from fieldsales.methods.checklist.content import form_of
from fieldsales.methods.checklist.picture import scored, trend
from fieldsales.methods.checklist.told import about, compared, points, spoken
from fieldsales.reports import phrases
from fieldsales.reports.document import Document
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.paper import BODY
from fieldsales.store.database import Store
from fieldsales.store.queries.checklists import filled, history, latest_result
from fieldsales.words import Words

KIND = "checklist"
AUDIENCES = INTERNAL
latest = latest_result
_PICTURE = 330.0  # points it is wide at most


@dataclass(frozen=True, slots=True)
class Facts:
    """A filling-in, and those before it with itself as the last."""

    filled: Filled
    history: tuple[Filled, ...]


def gather(store: Store, row_id: str) -> Facts:
    """A filling-in by its id; raises UserError("record.gone") if it is not there."""
    found = filled(store, row_id)
    return Facts(found, tuple(history(store, found.result)))


def subject(facts: Facts) -> Subject:
    result = facts.filled.result
    return Subject(
        day=date.fromisoformat(result.filled_on) if result.filled_on else None,
        customer_id=result.customer_id or "",
        visit_id=result.visit_id or "",
        deal_id=result.deal_id or "",
    )


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The paper before it is laid out."""
    now = facts.filled
    form = form_of(now, words.language)
    before = facts.history[-2] if len(facts.history) > 1 else None
    day = phrases.day(words, now.result.filled_on)
    note = now.result.note
    sections = [
        _found(form, facts, words),
        *(_answers(form, code, now, before, words) for code in form.sections),
        phrases.section(words("field.checklist_result.note"), [prose(note) if note else None]),
    ]
    said = about(words, now)
    seller = words("report.our_side", name=letterhead.seller) if letterhead.seller else ""
    return Document(
        name=words("report.checklist.name"),
        title=form.title,
        facts=tuple(line for line in (said, phrases.joined(words, (day, seller))) if line),
        sources=(words("field.checklist_result.title"), words("field.checklist_result.subject")),
        sections=tuple(one for one in sections if one is not None),
        reference=now.result.filled_on or words.date(today),
        version=words("report.version.internal", day=words.date(today)),
        words=words,
    )


def _found(form: Form, facts: Facts, words: Words) -> Section | None:
    """The score against the last time, and a picture of the scores."""
    result = score(form, facts.filled.answers)
    counted = words("checklist.answered", n=result.answered, total=result.total)
    blocks: list[Block | None] = [
        prose(points(words, result), "result"),
        prose(counted, "quiet"),
    ]
    marks = scored(form, facts.history)
    said = compared(words, form, facts.history)
    if len(marks) > 1:
        picture = trend(form.title, marks, words, _PICTURE, size=BODY)
        blocks.append(Figure(said or words("checklist.trend", title=form.title), picture))
    elif said:
        blocks.append(prose(said))
    return phrases.section(words("report.checklist.found"), blocks)


def _answers(
    form: Form, section: str, now: Filled, before: Filled | None, words: Words
) -> Section | None:
    """The items of a section with their answers, and those of the last time beside them."""
    items = [item for item in form.items.values() if item.section == section]
    if not items:
        return None
    told = {one.item: one for one in now.answers}
    old = {one.item: one.value for one in before.answers} if before else {}
    columns = [Column(words("report.checklist.item"), 5.6)]
    if before is not None:
        columns.append(Column(words("report.checklist.before"), 1.5, "end"))
    columns.append(Column(words("report.checklist.now"), 1.5, "end"))
    rows = []
    for item in items:
        answer = told.get(item.code)
        value, target = (answer.value, answer.target) if answer else ("", "")
        row = [_asked(item, value, target, words)]
        if before is not None:
            row.append(cell(_short(item, old.get(item.code, ""), words), "quiet"))
        changed = before is not None and old.get(item.code, "") != value
        row.append(cell(_short(item, value, words), "strong" if changed else "body"))
        rows.append(tuple(row))
    title = form.sections[section].title or words("checklist.gone_items")
    marks = points(words, score(form, now.answers, section))
    heading = phrases.joined(words, (title, marks)) if len(form.sections) > 1 else title
    return Section(heading, (Table(tuple(columns), tuple(rows)),))


def _asked(item: Item, value: str, target: str, words: Words) -> Cell:
    """What is asked; a text that answers it, or what its number should become, stands below."""
    if item.kind == "text" and value:
        return (Said(item.text), Said(value, "strong"))
    aim = words("report.checklist.target", value=target) if target else ""
    return cell(item.text, below=aim)


def _short(item: Item, value: str, words: Words) -> str:
    """An answer that fits a narrow column; a text stands below its question instead."""
    if item.kind == "text":
        return ""
    return spoken(words, item, value) or words("report.checklist.none")
