"""A picture from a file, made small: a logo, a signature."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from fieldsales.errors import UserError

_MOST = 600  # pixels of its longer side; paper needs no more
_LIMIT = 40_000_000  # pixels; a larger picture is not even loaded


def scaled(path: Path, most: int = _MOST, *, grey: bool = False) -> bytes:
    """The picture as PNG of at most so many pixels; raises UserError if it is none or far too
    large.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        raise UserError("settings.logo_broken", name=path.name)
    if size.width() * size.height() > _LIMIT:
        raise UserError("settings.logo_too_large", name=path.name)
    if max(size.width(), size.height()) > most:
        bound = QSize(most, most)
        reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UserError("settings.logo_broken", name=path.name)
    if grey:
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # takes no bytes
    return bytes(buffer.data().data())
