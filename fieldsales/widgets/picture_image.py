"""A picture as an image file, in the colours of a theme."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from fieldsales.drawing.qt import paint
from fieldsales.drawing.shapes import Picture
from fieldsales.widgets.theme import colours

_SCALE = 2.0  # pixels for a unit: readable when it is put on a slide


def image(picture: Picture, mode: str = "light") -> QImage:
    """The picture at twice its size; `mode` is light or dark. Qt must know the fonts by then."""
    made = QImage(
        round(picture.width * _SCALE), round(picture.height * _SCALE), QImage.Format.Format_RGB32
    )
    made.fill(colours(mode)["paper"])
    painter = QPainter(made)
    painter.scale(_SCALE, _SCALE)
    paint(painter, picture, colours(mode))
    painter.end()
    return made
