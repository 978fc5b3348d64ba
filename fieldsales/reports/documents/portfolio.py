"""The portfolio review 客户评审: findings, pictures, and who stands behind each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import (
    Block,
    Column,
    Figure,
    Point,
    Points,
    Said,
    Section,
    Table,
    cell,
    prose,
)
from fieldsales.errors import UserError
from fieldsales.reports.document import Document, overview
from fieldsales.reports.documents import INTERNAL, Audience, Subject
from fieldsales.reports.documents._asked import as_of, parted
from fieldsales.reports.paper import A4_FILED, SMALL
from fieldsales.reports.portfolio.pictures import PICTURES
from fieldsales.reports.portfolio.portrait import Portrait
from fieldsales.store.database import Store
from fieldsales.store.queries.outcomes import named
from fieldsales.words import Words

KIND = "portfolio"
AUDIENCES = INTERNAL
ALL = "all"
_LISTED = 6  # customers behind a picture
_WIDTH = A4_FILED.measure  # fits on every sheet


@dataclass(frozen=True, slots=True)
class Facts:
    """The file the pictures are of: each takes what it needs, in the language it is drawn for."""

    store: Store
    picture: str = ALL
    day: date | None = None  # gone by; pictures that cannot look back are left out then


def latest(store: Store) -> str:
    """There is one review."""
    return ALL


def gather(store: Store, row_id: str) -> Facts:
    """`row_id`: `all`, or the code of one picture, behind an `@` a day gone by, or a day alone;
    UserError("record.gone") for others.
    """
    picture, day = parted(store, row_id)
    picture = picture or ALL
    known = {kind.KEY for kind in PICTURES if kind.PAST or day is None}
    if picture != ALL and picture not in known:
        raise UserError("record.gone")
    return Facts(store, picture, day)


def subject(facts: Facts) -> Subject:
    return Subject(facts.day)


def compose(
    facts: Facts, words: Words, audience: Audience, letterhead: Letterhead, today: date
) -> Document:
    """The review before it is laid out: all findings on the first page, then picture by picture."""
    asked = [kind for kind in PICTURES if facts.picture in (ALL, kind.KEY)]
    shown = [
        kind(facts.store, words, as_of(facts.day))
        for kind in asked
        if kind.PAST or facts.day is None
    ]
    drawn = [one for one in shown if not one.empty()]
    missing = [one for one in shown if one.empty()]
    sections = [section(one, _LISTED) for one in drawn]
    if len(drawn) > 1:
        findings = tuple(Point(Said(one.finding()), aside=title(one)) for one in drawn)
        sections.insert(0, Section(words("report.portfolio.findings"), (Points(findings),)))
    if missing:
        told = tuple(Point(Said(one.empty(), "quiet"), aside=title(one)) for one in missing)
        sections.append(Section(words("report.portfolio.missing"), (Points(told),)))
    return overview(KIND, sections, words, today, of=facts.day)


def title(portrait: Portrait) -> str:
    return portrait.words(f"portfolio.picture.{portrait.KEY}")


def section(portrait: Portrait, most: int) -> Section:
    """One picture below its finding, what belongs to it, and so many of its customers."""
    picture = portrait.draw(_WIDTH, SMALL)
    blocks: list[Block] = [Figure(portrait.finding(), picture)]
    blocks += [prose(note, "small") for note in portrait.notes()]
    blocks += listed(portrait, most)
    return Section(title(portrait), tuple(blocks))


def listed(portrait: Portrait, most: int) -> list[Block]:
    """The first customers behind a picture, and how many there are besides."""
    words, behind = portrait.words, portrait.behind("")
    numbers = list(behind.numbers[:most])
    names, told = named(portrait.store, numbers), behind.tell(numbers)
    rows = tuple(
        (
            cell(names[number].name, "strong", told[number].below),
            cell(told[number].aside, below=told[number].aside_below),
        )
        for number in numbers
        if number in names and number in told
    )
    if not rows:
        return []
    columns = (Column(words("noun.customer"), 5), Column("", 2, "end"))
    more = behind.count - len(rows)
    rest = [prose(words("report.more", n=more), "quiet")] if more > 0 else []
    return [Table(columns, rows), *rest]
