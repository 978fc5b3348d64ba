"""Screen and paper show the same picture."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from PIL import Image as Bitmap
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from fieldsales.drawing import qt
from fieldsales.drawing.colours import PAPER
from fieldsales.drawing.pdf import PdfFile
from fieldsales.drawing.shapes import Arc, Box, Image, Line, Path, Picture, Text

_SCALE = 3


def _png() -> bytes:
    buffer = BytesIO()
    Bitmap.new("RGB", (8, 8), (176, 54, 43)).save(buffer, "PNG")
    return buffer.getvalue()


SHAPES = [
    Box(10, 10, 60, 30, fill="accent", stroke="ink", radius=6),
    Box(10, 10, 60, 30, stroke="bad", thickness=2),
    Line(10, 15, 110, 60, "ink", 2),
    Line(10, 30, 110, 30, "accent", 2, dash=(8, 4)),
    Path(((20, 10), (100, 40), (60, 70)), fill="good", stroke="ink", closed=True),
    Path(((20, 10), (100, 40), (60, 70)), stroke="ink", thickness=2),
    Arc(60, 40, 30, 30, 100, fill="warn"),
    Arc(60, 40, 30, 200, 100, stroke="bad", thickness=3),
    Arc(60, 40, 30, fill="quadrant-a"),
    Box(10, 10, 60, 30, stroke="bad", thickness=2, radius=6, dash=(6, 3)),
    Path(((20, 10), (100, 40), (60, 70)), stroke="ink", thickness=2, closed=True, dash=(6, 3)),
    Arc(60, 40, 30, stroke="bad", dash=(4, 2)),
    Text(10, 40, "试用3吨：“ok”——", 12, "ink"),
    Text(110, 40, "Mr Wang’s “yes”", 12, "accent", bold=True, anchor="end"),
    Text(60, 40, "育肥料 3 t", 16, "bad", anchor="middle"),
    Image(30, 20, 40, 40, _png()),
]


def _on_paper(picture: Picture) -> QImage:
    file = PdfFile(title="t", author="a", subject="s", language="zh_CN", day=date(2026, 11, 9))
    file.add_page(picture)
    buffer = QBuffer()
    buffer.setData(QByteArray(file.content()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = QSize(round(picture.width * _SCALE), round(picture.height * _SCALE))
    rendered = document.render(0, size)
    on_white = QImage(size, QImage.Format.Format_RGB32)
    on_white.fill(0xFFFFFFFF)
    painter = QPainter(on_white)
    painter.drawImage(0, 0, rendered)
    painter.end()
    document.close()
    return on_white


def _on_screen(picture: Picture) -> QImage:
    image = QImage(
        round(picture.width * _SCALE), round(picture.height * _SCALE), QImage.Format.Format_RGB32
    )
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(_SCALE, _SCALE)
    qt.paint(painter, picture, PAPER)
    painter.end()
    return image


def _blurred(image: QImage) -> Bitmap.Image:
    """Small grey squares: the two renderers smooth edges differently."""
    grey = image.convertToFormat(QImage.Format.Format_RGB888)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    grey.save(buffer, "PNG")
    picture = Bitmap.open(BytesIO(bytes(buffer.data()))).convert("RGB")
    return picture.resize((image.width() // 12, image.height() // 12), Bitmap.Resampling.BOX)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: type(shape).__name__)
def test_both_painters_draw_the_same(qapp, shape):
    picture = Picture(120, 80, (shape,))
    paper, screen = _blurred(_on_paper(picture)), _blurred(_on_screen(picture))
    assert paper.getextrema() != ((255, 255),) * 3
    differences = [
        abs(one - two) for one, two in zip(paper.tobytes(), screen.tobytes(), strict=True)
    ]
    assert max(differences) < 60
    assert sum(differences) / len(differences) < 2.5


def test_the_same_input_gives_the_same_bytes():
    def made() -> bytes:
        file = PdfFile(
            title="报告", author="陈", subject="s", language="zh_TW", day=date(2026, 1, 2)
        )
        file.add_page(Picture(200, 100, (Text(10, 20, "同样的 bytes", 10),)), "书签")
        return file.content()

    assert made() == made()
    assert b"D:20260102" in made()
    assert b"(zh-TW)" in made()
    assert b"Helvetica" not in made()
