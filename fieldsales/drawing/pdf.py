"""Paints pictures into a PDF file, with the shipped font embedded as a subset."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from fieldsales.drawing.colours import PAPER
from fieldsales.drawing.font import VARIANTS, face
from fieldsales.drawing.shapes import Arc, Box, Image, Line, Path, Picture, Text
from fieldsales.drawing.text import pieces, width

_NAMES = {False: "FieldSans", True: "FieldSans-Bold"}
_VARIANTS_SUFFIX = "-Variants"  # the same face, with the glyphs of `font.VARIANTS`


class PdfFile:
    """A PDF in the making: one picture a page, in points; the same input gives the same bytes."""

    def __init__(self, *, title: str, author: str, subject: str, language: str, day: date) -> None:
        _register_fonts()
        self._buffer = BytesIO()
        self._canvas = canvas = Canvas(
            self._buffer,
            pageCompression=1,
            invariant=1,  # no clock and no chance in the file; its day is the given one
            initialFontName=_NAMES[False],
            lang=language.replace("_", "-"),
        )
        canvas.setTitle(title)
        canvas.setAuthor(author)
        canvas.setSubject(subject)
        canvas.setCreator("fieldsales")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setDateFormatter(lambda *_: f"D:{day:%Y%m%d}000000+00'00'")
        self._bookmarks = 0
        self._files: list[Any] = []  # keys in their order, each followed by the file it is of

    def add_page(self, picture: Picture, bookmark: str = "") -> None:
        """Adds a page of the picture's size; `bookmark` is its entry in the reader's outline."""
        canvas = self._canvas
        canvas.setPageSize((picture.width, picture.height))
        if bookmark:
            self._bookmarks += 1
            name = f"p{self._bookmarks}"
            canvas.bookmarkPage(name)
            canvas.addOutlineEntry(bookmark, name)
        _paint(canvas, picture)
        canvas.showPage()

    def attach(self, name: str, content: bytes) -> None:
        """Puts a file into the PDF, which readers list by its name and give out unchanged."""
        size = PDFDictionary({"Size": len(content)})
        head = PDFDictionary({"Type": PDFName("EmbeddedFile"), "Params": size})
        stream = PDFStream(head, content, filters=[PDFZCompress])
        place = self._document().Reference(stream)
        told = {"Type": PDFName("Filespec"), "F": PDFString(name), "UF": PDFString(name)}
        files = PDFDictionary({"F": place, "UF": place})
        key = PDFString(f"{len(self._files):06d}")
        self._files += [key, PDFDictionary({**told, "EF": files})]

    def _document(self) -> Any:
        return self._canvas._doc  # noqa: SLF001 - a canvas has no other door for files

    def content(self) -> bytes:
        """The finished file; nothing can be added afterwards."""
        if self._files:
            names = PDFDictionary({"Names": PDFArray(self._files)})
            self._document().Catalog.Names = PDFDictionary({"EmbeddedFiles": names})
        self._canvas.save()
        return self._buffer.getvalue()


@cache
def _register_fonts() -> None:
    for bold, name in _NAMES.items():
        shipped = TTFont(name, str(face(bold).path), asciiReadable=0, shapable=False)
        pdfmetrics.registerFont(shipped)
        variant = TTFont.__new__(TTFont)
        variant.__dict__.update(shipped.__dict__)
        variant.fontName = name + _VARIANTS_SUFFIX
        variant.state = type(shipped.state)()
        variant.face = copy.copy(shipped.face)
        variant.face.name = shipped.face.name + b"-Variants"
        variant.face.charToGlyph = {ord(mark): glyph for mark, glyph in VARIANTS.items()}
        variant.face.charWidths = {
            ord(mark): round(1000 * advance) for mark, advance in face(bold).variants.items()
        }
        pdfmetrics.registerFont(variant)


def _paint(canvas: Canvas, picture: Picture) -> None:
    height = picture.height
    for shape in picture.shapes:
        if isinstance(shape, Text):
            _text(canvas, shape, height)
        elif isinstance(shape, Line):
            _pen(canvas, shape.stroke, shape.thickness)
            with _dashed(canvas, shape.dash):
                canvas.line(shape.x1, height - shape.y1, shape.x2, height - shape.y2)
        elif isinstance(shape, Image):
            _image(canvas, shape, height)
        else:
            with _dashed(canvas, shape.dash):
                _area(canvas, shape, height)


@contextmanager
def _dashed(canvas: Canvas, dash: tuple[float, ...]) -> Iterator[None]:
    """Strokes drawn inside are dashed, those after are not."""
    if dash:
        canvas.setDash(list(dash))
    yield
    if dash:
        canvas.setDash()


def _text(canvas: Canvas, shape: Text, height: float) -> None:
    runs = pieces(shape.text, bold=shape.bold)
    if not shape.text.strip() or not runs:
        return
    long = 0.0 if shape.anchor == "start" else width(shape.text, shape.size, bold=shape.bold)
    x = shape.x - (long / 2 if shape.anchor == "middle" else long)
    font = _NAMES[shape.bold]
    line = canvas.beginText()
    line.setFillColor(_colour(shape.colour))
    line.setFont(font, shape.size)
    for run in runs:
        if run.variant:
            line.setFont(font + _VARIANTS_SUFFIX, shape.size)
        line.setTextOrigin(x + run.x * shape.size, height - shape.y)
        line.textOut(run.text)
        if run.variant:
            line.setFont(font, shape.size)
    canvas.drawText(line)


def _image(canvas: Canvas, shape: Image, height: float) -> None:
    canvas.drawImage(
        ImageReader(BytesIO(shape.data)),
        shape.x,
        height - shape.y - shape.height,
        shape.width,
        shape.height,
        mask="auto",
    )


def _area(canvas: Canvas, shape: Box | Path | Arc, height: float) -> None:
    fills = shape.fill is not None
    strokes = shape.stroke is not None
    if shape.fill is not None:
        canvas.setFillColor(_colour(shape.fill))
    if shape.stroke is not None:
        _pen(canvas, shape.stroke, shape.thickness)
    if isinstance(shape, Box):
        bottom = height - shape.y - shape.height
        canvas.roundRect(
            shape.x, bottom, shape.width, shape.height, shape.radius, int(strokes), int(fills)
        )
        return
    outline: Any = canvas.beginPath()
    if isinstance(shape, Path):
        for index, (x, y) in enumerate(shape.points):
            (outline.lineTo if index else outline.moveTo)(x, height - y)
        if shape.closed:
            outline.close()
    else:
        _arc(outline, shape, height)
    canvas.drawPath(outline, int(strokes), int(fills))


def _arc(outline: Any, shape: Arc, height: float) -> None:
    y = height - shape.y
    box = (shape.x - shape.radius, y - shape.radius, shape.x + shape.radius, y + shape.radius)
    if shape.sweep >= 360:
        outline.ellipse(box[0], box[1], 2 * shape.radius, 2 * shape.radius)
        return
    start, sweep = 90 - shape.start, -shape.sweep  # reportlab counts anticlockwise from 3 o'clock
    if shape.fill is None:
        outline.arc(*box, start, sweep)
        return
    outline.moveTo(shape.x, y)
    outline.arcTo(*box, start, sweep)
    outline.close()


def _pen(canvas: Canvas, role: str, thickness: float) -> None:
    canvas.setStrokeColor(_colour(role))
    canvas.setLineWidth(thickness)


def _colour(role: str) -> str:
    """What a role looks like; a paper of the user's own colour has `#rrggbb` in its place."""
    return role if role.startswith("#") else PAPER[role]
