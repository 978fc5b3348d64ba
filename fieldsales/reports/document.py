"""A paper as a whole: its parts, its pages, and one PDF file of one or many of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fieldsales.domain.keeping import Content
from fieldsales.domain.visit import Letterhead
from fieldsales.drawing.blocks import Card, Columns, Section, Spread, prose
from fieldsales.drawing.shapes import Picture
from fieldsales.errors import UserError
from fieldsales.reports.cards import card_sheets
from fieldsales.reports.layout import Setter
from fieldsales.reports.looks import (
    PLAIN,
    Look,
    inked,
    middle,
    ornament,
    watermark,
)
from fieldsales.reports.paper import A4, DENSE, GUTTER, Paper, footer, letterhead, turned
from fieldsales.reports.strips import Strip, break_pages, height_of
from fieldsales.services.photos import without_place
from fieldsales.words import Words

_NAMED = 5  # places told at once that hold what cannot be printed


@dataclass(frozen=True, slots=True)
class Document:
    """A paper before it is laid out, in one language.

    `name` is what kind of paper it is, `title` whom it is about, `facts` the lines below the title;
    `sources` says which fields stand in the title and in each of those lines. `reference` tells
    papers of a kind apart, `version` stands in the footer. A `dense` one is a working sheet: closer
    lines and no letterhead. A `wide` one lies on its side; there, and with `titles_above`, titles
    stand above what they are about. With `cards`, it is sheets of these to be cut apart, and
    nothing else. `look` and `accent` are its template and colour; `mark` stands at the
    right of the title, and `watermark` across every page. `files`, each a name and where it lies,
    are put into the PDF.
    """

    name: str
    title: str
    facts: tuple[str, ...]
    sections: tuple[Section | Columns | Spread, ...]
    reference: str
    version: str
    words: Words
    dense: bool = False
    wide: bool = False
    sources: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    titles_above: bool = False
    look: Look = PLAIN
    accent: str = ""
    mark: Picture | None = None
    watermark: str = ""
    files: tuple[tuple[str, Content], ...] = ()

    @property
    def label(self) -> str:
        """Name, title and reference in one line."""
        return self.words("report.separator").join((self.name, self.title, self.reference))


def overview(
    kind: str,
    sections: Sequence[Section],
    words: Words,
    today: date,
    *,
    of: date | None = None,
    facts: tuple[str, ...] = (),
) -> Document:
    """A working sheet over many records as they stood `of` a day: of today unless it says another.

    Where there is no section it says so, by `report.<kind>.nothing`. For the house alone.
    """
    day = words.date(of or today)
    if not sections:
        sections = [Section("", (prose(words(f"report.{kind}.nothing"), "quiet"),))]
    return Document(
        name=words(f"report.{kind}.name"),
        title=words("report.statement.as_of", day=day),
        facts=facts,
        sections=tuple(sections),
        reference=day,
        version=words("report.version.internal", day=words.date(today)),
        words=words,
        dense=True,
        titles_above=True,
    )


def pages(document: Document, sender: Letterhead, paper: Paper = A4) -> list[Picture]:
    """The pages as pictures in points; raises UserError where the font lacks a character."""
    words = document.words
    if document.wide:
        paper = turned(paper)
    setter = Setter(
        paper,
        unreadable=words("report.photo_unreadable"),
        spacing=DENSE if document.dense else document.look.spacing,
        titles_above=document.wide or document.titles_above,
        tinted=document.look.tinted,
    )
    if document.cards:
        setter.where = document.name
        sheets = list(card_sheets(document.cards, document.title, paper, setter))
        _refuse_lacking(setter, words)
        return [replace(sheet, alt=document.label) for sheet in sheets]
    setter.where = words("report.letterhead")
    head, start = letterhead(Letterhead() if document.dense else sender, paper, setter.lines)
    lines = [(document.title, "title", 0.0)]
    lines += [(fact, "quiet", 0.0 if index else 3.0) for index, fact in enumerate(document.facts)]
    sources = (*document.sources, *[document.name] * len(lines))
    mark = document.mark
    beside = mark.width + GUTTER if mark else 0.0
    strips = setter.heading(
        [
            (document.name, "kicker", 0.0, document.name),
            *((*line, source) for line, source in zip(lines, sources, strict=False)),
        ],
        beside=2 * beside if document.look.centred else beside,
    )
    if document.look.centred:
        strips = [replace(strip, shapes=middle(strip.shapes, paper)) for strip in strips]
    if mark:
        at = paper.width - paper.right - mark.width
        strips[0] = replace(
            strips[0],
            shapes=(*strips[0].shapes, *(shape.moved(at, 0.0) for shape in mark.shapes)),
        )
        strips.append(Strip(max(0.0, mark.height - height_of(strips)), keep=True))
    bottom = paper.height - paper.bottom
    room = bottom - start - height_of(strips)
    for section in document.sections:
        if isinstance(section, Columns):
            strips += setter.columns(section)
        elif isinstance(section, Spread):
            strips += setter.spread(section, room)
        else:
            strips += setter.section(section)
    _refuse_lacking(setter, words)
    broken = break_pages(strips, bottom - start, bottom - paper.top)
    told = words("report.separator").join((document.name, document.reference, document.title))
    finished = []
    for number, placed in enumerate(broken, start=1):
        top = start if number == 1 else paper.top
        shapes = ornament(document.look, paper)
        shapes += watermark(document.watermark, paper) if document.watermark else []
        shapes += head if number == 1 else []
        shapes += [shape.moved(0.0, top + y) for y, shape in placed]
        shapes += footer(paper, told, document.version, number, len(broken))
        painted = tuple(inked(shapes, document.accent))
        finished.append(Picture(paper.width, paper.height, painted, alt=document.label))
    return finished


def _refuse_lacking(setter: Setter, words: Words) -> None:
    """Raises UserError where something was set that the font has no character for."""
    if setter.lacking:
        raise UserError(
            "report.missing_glyph",
            places=words("report.list_separator").join(
                words("report.missing_place", where=found.where, quoted=found.quoted)
                for found in setter.lacking[:_NAMED]
            ),
            characters=" ".join(
                dict.fromkeys("".join(found.characters for found in setter.lacking))
            ),
        )


def render(
    documents: Sequence[Document], sender: Letterhead, today: date, paper: Paper = A4
) -> bytes:
    """One PDF file of the documents, each numbered for itself; the same input, the same bytes.

    Raises UserError where the font lacks a character or the logo cannot be read.
    """
    from fieldsales.drawing.pdf import PdfFile  # reportlab takes its time to import

    first = documents[0]
    file = PdfFile(
        title=first.label if len(documents) == 1 else first.name,
        author=sender.seller or sender.company,
        subject=first.name,
        language=first.words.language,
        day=today,
    )
    for document in documents:
        bookmark = document.label
        for name, content in document.files:
            try:
                file.attach(*without_place(name, content.read_bytes()))
            except OSError as error:
                raise UserError("files.gone") from error
        for page in pages(document, sender, paper):
            file.add_page(page, bookmark)
            bookmark = ""
    return file.content()
