"""A business card as a QR code, dark on light in every theme: a phone reads no other."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import segno

from fieldsales.domain.contact import Contact
from fieldsales.drawing.shapes import Image, Picture
from fieldsales.methods.business_card.vcard import vcard

_DOTS = 8  # of the image for each module of the code: sharp on paper, too


def card_code(
    contact: Contact, size: float, *, company: str = "", address: str = "", alt: str = ""
) -> Picture:
    """A square picture of the card, its quiet margin within; at most `size` points or pixels wide,
    as many to each module as go in whole, so that no module is wider than another.

    What is too much for a code is left out: first the address, then all but name, number and
    e-mail, at last what is beyond a name's first 80 characters.
    """
    short = replace(
        contact, title="", department="", address="", messenger="", name=contact.name[:80]
    )
    for text in (
        vcard(contact, company, address),
        vcard(replace(contact, address=""), company),
        vcard(replace(short, name=contact.name)),
        vcard(short),
    ):
        try:
            code = segno.make_qr(text, error="m", encoding="utf-8", boost_error=False)
        except segno.DataOverflowError:
            continue
        file = BytesIO()
        code.save(file, kind="png", scale=_DOTS, border=4)
        modules, _ = code.symbol_size(border=4)
        wide = modules * (size // modules) or size
        return Picture(wide, wide, (Image(0, 0, wide, wide, file.getvalue()),), alt)
    raise AssertionError("a name, a number and an e-mail address always fit")
