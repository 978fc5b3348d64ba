"""An empty checklist 检查表 to fill in by hand, and the one that a customer fills in (M35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.checklist import Checklist
from fieldsales.domain.checklist_file import HIGH, LOW, Form, Item
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import (
    Block,
    Column,
    Point,
    Points,
    Said,
    Section,
    Table,
    cell,
    prose,
)
from fieldsales.errors import UserError
from fieldsales.methods.checklist.content import checklists, own_form
from fieldsales.reports.document import Document
from fieldsales.reports.documents import EVERYBODY, Audience, Subject
from fieldsales.store.database import Store
from fieldsales.words import LANGUAGES, Words

KIND = "checklist_form"
AUDIENCES = EVERYBODY
_RING = "○"
_BLANK = "\u3000"


@dataclass(frozen=True, slots=True)
class Facts:
    """A shipped checklist by its code, or one's `own`."""

    code: str
    own: Checklist | None = None


def latest(store: Store) -> str:
    """The form that customers are handed most."""
    return "satisfaction"


def gather(store: Store, row_id: str) -> Facts:
    """A checklist by its code or the id of one's own; raises UserError("record.gone")."""
    if row_id in checklists(LANGUAGES[0]):
        return Facts(row_id)
    own = store.record(Checklist, row_id)
    if own is None or own.trashed_at or own_form(own, LANGUAGES[0]) is None:
        raise UserError("record.gone")
    return Facts(row_id, own)


def subject(facts: Facts) -> Subject:
    return Subject()


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The paper before it is laid out."""
    form = checklists(words.language).get(facts.code) or own_form(facts.own, words.language)
    if form is None:
        raise UserError("record.gone")
    ours = audience == "internal"
    intro = form.about if ours else words("report.checklist_form.intro")
    sections = [_section(form, code, words) for code in form.sections]
    names = ("about", "day", "by") if ours else ("firm", "name_of", "day")
    columns = tuple(Column(words(f"report.checklist_form.{name}"), 1.0) for name in names)
    signed = Table(columns, (tuple(cell(_BLANK) for _ in names),))
    closing = Section(words(f"report.checklist_form.end.{audience}"), (signed,))
    return Document(
        name=words("report.checklist_form.name"),
        title=form.title,
        facts=(intro,) if intro else (),
        sources=(words("field.checklist_result.title"), words("field.checklist.text")),
        sections=(*(one for one in sections if one is not None), closing),
        reference=words.date(today),
        version=words(f"report.version.{audience}", day=words.date(today)),
        words=words,
    )


def _section(form: Form, code: str, words: Words) -> Section | None:
    """Items of like kind that follow each other share a table."""
    blocks: list[Block] = []
    row: list[Item] = []
    for item in [item for item in form.items.values() if item.section == code]:
        if row and _shape(row[0]) != _shape(item):
            blocks += _blocks(row, words)
            row = []
        row.append(item)
    if row:
        blocks += _blocks(row, words)
    return Section(form.sections[code].title, tuple(blocks)) if blocks else None


def _shape(item: Item) -> str:
    return "tick" if item.kind in ("yes", "task") else item.kind


def _blocks(items: list[Item], words: Words) -> list[Block]:
    """Boxes to tick, marks to ring, fields for numbers or lines to write on."""
    shape = _shape(items[0])
    if shape == "tick":
        ticks = (
            Point(Said(item.text), (Said(item.help, "small"),) if item.help else (), mark="box")
            for item in items
        )
        return [Points(tuple(ticks))]
    if shape == "scale":
        marks = [str(n) for n in range(LOW, HIGH + 1)]
        columns = (
            Column(words("report.checklist.item"), 6.6),
            *(Column(mark, 0.45, "end") for mark in marks),
        )
        rows = ((cell(item.text, below=item.help), *(cell(_RING) for _ in marks)) for item in items)
        return [Table(columns, tuple(rows))]
    if shape == "number":
        names = (words("report.checklist.item"), words("checklist.target"))
        titles = (*names, words("checklist.actual"))
        columns = tuple(Column(one, 1.4 if at else 4.0) for at, one in enumerate(titles))
        rows = ((cell(item.text, below=item.help), cell(""), cell("")) for item in items)
        return [Table(columns, tuple(rows))]
    line = Table((Column("", 1.0),), ((cell(_BLANK),),))  # two lines to write on
    return [block for item in items for block in (prose(item.text), line)]
