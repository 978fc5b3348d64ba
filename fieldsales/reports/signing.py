"""Where a paper is signed, with the signature drawn by hand, and the code of its number."""

from __future__ import annotations

import struct
from base64 import b64decode
from dataclasses import dataclass
from io import BytesIO

from fieldsales.domain.money.proposal import IMAGE
from fieldsales.domain.signature import strokes
from fieldsales.drawing.shapes import Image, Line, Path, Picture, Shape, Text
from fieldsales.drawing.text import wrap
from fieldsales.errors import UserError
from fieldsales.reports.paper import BODY, SMALL
from fieldsales.services.photos import read

_LINE = 15.0  # points from one line of text to the next
_FIELD = 48.0  # points high is the room to sign in
_ABOVE = 12.0
_GAP = 28.0
_FINEST = 100  # dots to which a picture is read to see whether it can be
_DOTS = 8  # of the image for each module of a code: sharp on paper


@dataclass(frozen=True, slots=True)
class Party:
    """One who signs: under which title, for whom, by whom and when; `signature` as a proposal's."""

    title: str
    name: str
    below: tuple[str, ...] = ()
    signature: str = ""


def signatures(parties: tuple[Party, Party], width: float, note: str = "") -> Picture:
    """Two fields side by side, as wide as the text, and a line below both."""
    wide = (width - _GAP) / 2
    shapes: list[Shape] = []
    lowest = 0.0
    for at, party in enumerate(parties):
        drawn, high = _field(party, wide)
        shapes += [shape.moved(at * (wide + _GAP), 0.0) for shape in drawn]
        lowest = max(lowest, high)
    if note:
        lowest += 6.0
    for line in wrap(note, width, SMALL) if note else ():
        lowest += 11.0
        shapes.append(Text(0, lowest, line, SMALL, "ink-2"))
    return Picture(width, lowest + 4, tuple(shapes))


def _field(party: Party, wide: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = [Text(0, _ABOVE + 0.8 * _LINE, party.title, BODY, "ink-2")]
    y = _ABOVE + _LINE
    for line in wrap(party.name, wide, BODY, bold=True)[:2]:
        shapes.append(Text(0, y + 0.8 * _LINE, line, BODY, "ink", bold=True))
        y += _LINE
    shapes += _ink(party.signature, wide, y + 4)
    y += _FIELD
    shapes.append(Line(0, y, wide, y, "ink-2", 0.75))
    for text in party.below:
        for line in wrap(text, wide, SMALL):
            y += 11.0
            shapes.append(Text(0, y, line, SMALL, "ink-2"))
    return shapes, y


def _ink(signature: str, wide: float, top: float) -> list[Shape]:
    """The strokes as large as they were drawn, or as the field has room for; or the picture.

    Nothing of what is neither: a file from elsewhere may hold anything.
    """
    if not signature:
        return []
    try:
        if signature.startswith(IMAGE):
            png = b64decode(signature.removeprefix(IMAGE))
            read(png, (_FINEST, _FINEST))
            return [_picture(png, wide, top)]
        drawn = strokes(signature)
    except (ValueError, UserError):
        return []
    points = [point for stroke in drawn for point in stroke]
    if not points:
        return []
    left, upper = min(x for x, _ in points), min(y for _, y in points)
    long = max(x for x, _ in points) - left
    high = max(y for _, y in points) - upper
    scale = min(wide / 1000, (_FIELD - 8) / max(high, 1.0), wide / max(long, 1.0))
    return [
        Path(
            tuple((12 + (x - left) * scale, top + (y - upper) * scale) for x, y in stroke),
            stroke="ink",
            thickness=1.2,
        )
        for stroke in drawn
    ]


def _picture(png: bytes, wide: float, top: float) -> Image:
    """As large as the field has room for."""
    across, down = struct.unpack(">II", png[16:24])  # where every PNG says its size
    scale = min((wide - 12) / across, (_FIELD - 8) / down)
    return Image(12, top, across * scale, down * scale, png)


def number_code(number: str, size: float) -> Picture:
    """The number of a paper as a QR code, at most `size` points wide."""
    import segno

    code = segno.make_qr(number, error="m")
    file = BytesIO()
    code.save(file, kind="png", scale=_DOTS, border=0)
    return Picture(size, size, (Image(0, 0, size, size, file.getvalue()),), number)
