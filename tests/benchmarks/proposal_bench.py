"""How long a proposal of 300 lines takes on paper, against the same content in bare reportlab."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from fieldsales.drawing.blocks import Prose, Said, Section, Table
from fieldsales.reports.document import Document
from fieldsales.reports.documents import build, kind
from fieldsales.reports.paper import A4, TYPES
from fieldsales.words import Words
from tests.benchmarks.reports_bench import in_turns
from tests.reports.money import many
from tests.reports.visits import TODAY, sender


def figures() -> list[dict[str, Any]]:
    """Milliseconds, and the ratio to the bare baseline."""
    words, letterhead, facts = Words("zh_CN"), sender(), many(300)
    document = kind("proposal").compose(facts, words, "customer", letterhead, TODAY)

    def ours() -> object:
        return build("proposal", facts, words, "customer", letterhead, TODAY)

    ours()  # registers the fonts, which the baseline uses too
    bare_seconds, our_seconds = in_turns(lambda: _bare(document), ours)
    ratio = round(our_seconds / bare_seconds, 2)
    return [
        {"name": "proposal of 300 lines, warm, ms", "value": round(our_seconds * 1000, 1),
         "limit": 400, "ratio": None},
        {"name": "proposal of 300 lines, warm ÷ bare reportlab", "value": ratio, "limit": 1.5,
         "ratio": ratio},
    ]  # fmt: skip


def _bare(document: Document) -> bytes:
    """The same texts as plain paragraphs in one table each, broken over pages by reportlab."""
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

    def paragraph(said: Said) -> Any:
        return Paragraph(escape(said.text).replace("\n", "<br/>"), styles[said.style])

    story: list[Any] = [paragraph(Said(document.title, "lead"))]
    for section in document.sections:
        if not isinstance(section, Section):
            continue
        story.append(paragraph(Said(section.title, "strong")))
        for block in section.blocks:
            if isinstance(block, Prose):
                story += [paragraph(said) for said in block.parts]
            elif isinstance(block, Table):
                exact = sum(column.share for column in block.columns if column.exact)
                shares = sum(column.share for column in block.columns if not column.exact)
                widths = [
                    column.share * (1.0 if column.exact else (A4.measure - exact) / shares)
                    for column in block.columns
                ]
                head = [[paragraph(Said(column.title, "heading")) for column in block.columns]]
                rows = [[[paragraph(said) for said in cell] for cell in row] for row in block.rows]
                story.append(BareTable([*head, *rows], widths, repeatRows=1))
    buffer = BytesIO()
    SimpleDocTemplate(buffer, initialFontName="FieldSans", invariant=1).build(story)
    return buffer.getvalue()
