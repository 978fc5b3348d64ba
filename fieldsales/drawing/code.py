"""A text as a QR code, dark on light in every theme: a phone reads no other."""

from __future__ import annotations

from io import BytesIO

from fieldsales.drawing.shapes import Image, Picture

_DOTS = 8  # of the image for each module of the code: sharp on paper, too


def qr_code(text: str, size: float, alt: str = "") -> Picture | None:
    """A square picture, its quiet margin within; at most `size` points or pixels wide, as many to
    each module as go in whole, so that no module is wider than another. None for too much text.
    """
    import segno  # a start has no use for it

    try:
        code = segno.make_qr(text, error="m", encoding="utf-8", boost_error=False)
    except segno.DataOverflowError:
        return None
    file = BytesIO()
    code.save(file, kind="png", scale=_DOTS, border=4)
    modules, _ = code.symbol_size(border=4)
    wide = modules * (size // modules) or size
    return Picture(wide, wide, (Image(0, 0, wide, wide, file.getvalue()),), alt)
