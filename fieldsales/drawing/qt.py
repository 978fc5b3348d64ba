"""Paints pictures on the screen: the same shapes, text and line ends as on paper."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from fieldsales.drawing.font import FAMILY
from fieldsales.drawing.shapes import Arc, Box, Image, Line, Path, Picture, Text
from fieldsales.drawing.text import pieces, width

_DESIGN = 100  # text is set at this pixel size and scaled, so that hinting cannot change widths


def paint(painter: QPainter, picture: Picture, colours: Mapping[str, str]) -> None:
    """Paints a picture at the painter's origin, one unit a pixel; `colours` by role.

    Qt must know the shipped fonts by then, as it does once there is a theme.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for shape in picture.shapes:
        if isinstance(shape, Text):
            _text(painter, shape, colours)
        elif isinstance(shape, Image):
            box = QRectF(shape.x, shape.y, shape.width, shape.height)
            painter.drawImage(box, QImage.fromData(shape.data))
        else:
            _outline(painter, shape, colours)
    painter.restore()


@cache
def _font(bold: bool, variant: bool) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(_DESIGN)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setKerning(False)
    if variant:
        font.setFeature(QFont.Tag("pwid"), 1)
    return font


def _text(painter: QPainter, shape: Text, colours: Mapping[str, str]) -> None:
    long = 0.0 if shape.anchor == "start" else width(shape.text, shape.size, bold=shape.bold)
    x = shape.x - (long / 2 if shape.anchor == "middle" else long)
    painter.save()
    painter.translate(x, shape.y)
    painter.scale(shape.size / _DESIGN, shape.size / _DESIGN)
    painter.setPen(QColor(colours[shape.colour]))
    for run in pieces(shape.text, bold=shape.bold):
        painter.setFont(_font(shape.bold, run.variant))
        painter.drawText(QPointF(run.x * _DESIGN, 0), run.text)
    painter.restore()


def _outline(painter: QPainter, shape: Box | Line | Path | Arc, colours: Mapping[str, str]) -> None:
    pen = QPen(Qt.PenStyle.NoPen)
    if shape.stroke is not None:
        pen = QPen(QColor(colours[shape.stroke]), shape.thickness)
        if isinstance(shape, Line) or shape.dash:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if shape.dash:
            pen.setDashPattern([length / shape.thickness for length in shape.dash])
    painter.setPen(pen)
    if isinstance(shape, Line):
        painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))
        return
    fill = None if shape.fill is None else QColor(colours[shape.fill])
    painter.setBrush(Qt.BrushStyle.NoBrush if fill is None else fill)
    if isinstance(shape, Box):
        box = QRectF(shape.x, shape.y, shape.width, shape.height)
        painter.drawRoundedRect(box, shape.radius, shape.radius)
    else:
        painter.drawPath(_path(shape))


def _path(shape: Path | Arc) -> QPainterPath:
    path = QPainterPath()
    if isinstance(shape, Path):
        for index, (x, y) in enumerate(shape.points):
            (path.lineTo if index else path.moveTo)(x, y)
        if shape.closed:
            path.closeSubpath()
        return path
    radius = shape.radius
    box = QRectF(shape.x - radius, shape.y - radius, 2 * radius, 2 * radius)
    if shape.sweep >= 360:
        path.addEllipse(box)
        return path
    start = 90 - shape.start  # Qt counts anticlockwise from 3 o'clock
    if shape.fill is None:
        path.arcMoveTo(box, start)
    else:
        path.moveTo(shape.x, shape.y)
    path.arcTo(box, start, -shape.sweep)
    if shape.fill is not None:
        path.closeSubpath()
    return path
