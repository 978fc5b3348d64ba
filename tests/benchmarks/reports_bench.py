"""How long papers take, against the same content in bare reportlab."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from statistics import median
from typing import Any
from xml.sax.saxutils import escape

from fieldsales.domain.need import Need
from fieldsales.domain.visit import VisitFacts, VisitItem
from fieldsales.drawing.blocks import Cell, Figure, Points, Prose, Said, Section, Table
from fieldsales.drawing.shapes import Text
from fieldsales.reports.document import Document, pages
from fieldsales.reports.documents import build, build_many, kind
from fieldsales.reports.paper import A4, TYPES
from fieldsales.words import Words
from tests.reports.people import rich_profile
from tests.reports.visits import TODAY, rich, sender

_ROUNDS = 15


def figures() -> list[dict[str, Any]]:
    """Seconds and ratios: `name`, `value`, `limit`, `ratio` to the bare baseline (or None)."""
    words, letterhead = Words("zh_CN"), sender()
    facts = _three_pages()
    document = kind("visit").compose(facts, words, "internal", letterhead, TODAY)
    assert len(pages(document, letterhead)) == 3

    def ours() -> object:
        return build("visit", facts, words, "internal", letterhead, TODAY)

    ours()  # registers the fonts, which the baseline uses too
    bare_seconds, our_seconds = in_turns(lambda: _bare(document), ours)
    begun = time.perf_counter()
    build_many(
        "visit", [_numbered(facts, n) for n in range(200)], words, "internal", letterhead, TODAY
    )
    many_seconds = time.perf_counter() - begun
    return [
        {
            "name": "visit report, 3 pages, warm ÷ bare reportlab",
            "value": round(our_seconds / bare_seconds, 2),
            "limit": 1.5,
            "ratio": round(our_seconds / bare_seconds, 2),
        },
        {
            "name": "visit report, 3 pages, warm, ms",
            "value": round(our_seconds * 1000, 1),
            "limit": None,
            "ratio": None,
        },
        {
            "name": "200 visit reports of 3 pages into one PDF, s",
            "value": round(many_seconds, 2),
            "limit": 6.0,
            "ratio": None,
        },
        *_profile(),
    ]


def _profile() -> list[dict[str, Any]]:
    """A profile; the baseline has the same texts, those in the pictures too, but draws nothing."""
    words, letterhead, facts = Words("zh_CN"), sender(), rich_profile()
    document = kind("profile").compose(facts, words, "internal", letterhead, TODAY)

    def ours() -> object:
        return build("profile", facts, words, "internal", letterhead, TODAY)

    ours()
    bare_seconds, our_seconds = in_turns(lambda: _bare(document), ours)
    ratio = round(our_seconds / bare_seconds, 2)
    return [
        {"name": "profile, warm, ms", "value": round(our_seconds * 1000, 1), "limit": 200,
         "ratio": None},
        {"name": "profile, warm ÷ bare reportlab", "value": ratio, "limit": 1.5, "ratio": ratio},
    ]  # fmt: skip


def in_turns(one: Callable[[], object], two: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of two ways, taken in turns, so that a busy machine slows both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(_ROUNDS):
        for way, seconds in zip((one, two), taken, strict=True):
            begun = time.perf_counter()
            way()
            seconds.append(time.perf_counter() - begun)
    return median(taken[0]), median(taken[1])


def _three_pages() -> VisitFacts:
    facts = rich()
    answer = "有的栏多吃了 3%，有的栏没有变化，孙场长说再看两周。"
    more = tuple(
        VisitItem(text=f"第 {n} 个问题：换料以后，采食量有没有变化？", done=1, answer=answer)
        for n in range(1, 11)
    )
    needs = tuple(
        Need(text=f"第 {n} 条：夜里送料没人卸车，希望改成早上八点以前到场", contact_id="p3")
        for n in range(1, 9)
    )
    return replace(facts, items=facts.items + more, needs=facts.needs + needs)


def _numbered(facts: VisitFacts, number: int) -> VisitFacts:
    """The same visit at another customer: every report has words of its own."""
    name = f"第{number}号养殖场"
    return replace(facts, customer=replace(facts.customer, name=name, short_name=name))


def _bare(document: Document) -> bytes:
    """The same content as plain reportlab paragraphs and tables."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate
    from reportlab.platypus import Table as BareTable

    styles = {
        name: ParagraphStyle(
            name,
            fontName="FieldSans-Bold" if kind.bold else "FieldSans",
            fontSize=kind.size,
            leading=kind.leading,
            wordWrap="CJK",
        )
        for name, kind in TYPES.items()
    }

    def paragraph(said: Said) -> Paragraph:
        return Paragraph(escape(said.text).replace("\n", "<br/>"), styles[said.style])

    def cell(said: Cell) -> list[Paragraph]:
        return [paragraph(part) for part in said]

    story: list[Any] = [
        Paragraph(escape(text), styles[style])
        for text, style in (
            (document.name, "kicker"),
            (document.title, "title"),
            *((fact, "quiet") for fact in document.facts),
        )
    ]
    left, right = A4.span(3), A4.span(9)
    for section in document.sections:
        assert isinstance(section, Section)
        title = paragraph(Said(section.title, "strong"))
        for rows, widths in _rows(section, right):
            cells = [[title, *(cell(part) for part in row)] for row in rows]
            story.append(BareTable(cells, [left, *widths], splitByRow=1))
    buffer = BytesIO()
    SimpleDocTemplate(buffer, initialFontName="FieldSans", invariant=1).build(story)
    return buffer.getvalue()


def _rows(section: Section, room: float) -> list[tuple[list[tuple[Cell, ...]], list[float]]]:
    found: list[tuple[list[tuple[Cell, ...]], list[float]]] = []
    for block in section.blocks:
        if isinstance(block, Figure):
            texts = [shape.text for shape in block.picture.shapes if isinstance(shape, Text)]
            found.append(([((Said(text, "small"),),) for text in texts], [room]))
        elif isinstance(block, Prose):
            found.append(([(block.parts,)], [room]))
        elif isinstance(block, Points):
            aside = room * 0.28
            rows: list[tuple[Cell, ...]] = [
                ((item.said, *item.below), (Said(item.aside, "small"),)) for item in block.items
            ]
            found.append((rows, [room - aside, aside]))
        elif isinstance(block, Table):
            shares = sum(column.share for column in block.columns)
            head = tuple((Said(column.title, "heading"),) for column in block.columns)
            widths = [room * column.share / shares for column in block.columns]
            found.append(([head, *block.rows], widths))
    return found


if __name__ == "__main__":
    import json

    for figure in figures():
        print(json.dumps(figure, ensure_ascii=False))
