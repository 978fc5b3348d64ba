"""What tests of pictures ask of them all: inside the frame, readable, printable."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, settings
from PySide6.QtGui import QImage, QPainter

from fieldsales.drawing import qt
from fieldsales.drawing.colours import PAPER
from fieldsales.drawing.pdf import PdfFile
from fieldsales.drawing.placing import Rect, bounds
from fieldsales.drawing.shapes import Picture, Text

# a machine may be busy with other things while a picture is drawn
unhurried = settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
_EDGE = 2.0  # thickness of lines and the parts of letters beyond their width


def texts(picture: Picture) -> list[str]:
    return [shape.text for shape in picture.shapes if isinstance(shape, Text)]


def outside(picture: Picture) -> list[object]:
    """Shapes that reach over the edge."""
    frame = Rect(-_EDGE, -_EDGE, picture.width + _EDGE, picture.height + _EDGE)
    return [shape for shape in picture.shapes if not bounds(shape).within(frame)]


def covered(picture: Picture) -> list[tuple[str, str]]:
    """Pairs of texts of which one lies upon the other."""
    shown = [shape for shape in picture.shapes if isinstance(shape, Text) and shape.text.strip()]
    rects = [
        Rect(rect.left + 0.5, rect.top + 1, rect.right - 0.5, rect.bottom - 1)
        for rect in map(bounds, shown)
    ]
    return [
        (shown[one].text, shown[other].text)
        for one in range(len(shown))
        for other in range(one)
        if rects[one].meets(rects[other])
    ]


def painted(picture: Picture) -> QImage:
    """The picture on the screen; a Qt message would fail the test."""
    image = QImage(round(picture.width) + 1, round(picture.height) + 1, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    qt.paint(painter, picture, PAPER)
    painter.end()
    return image


def printed(*pictures: Picture) -> bytes:
    file = PdfFile(title="t", author="a", subject="s", language="zh_CN", day=date(2026, 11, 9))
    for picture in pictures:
        file.add_page(picture)
    return file.content()
