"""A business card as a QR code."""

from __future__ import annotations

from dataclasses import replace

from fieldsales.domain.contact import Contact
from fieldsales.drawing.code import qr_code
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.business_card.vcard import vcard


def card_code(
    contact: Contact, size: float, *, company: str = "", address: str = "", alt: str = ""
) -> Picture:
    """The card as `drawing.code.qr_code` draws it.

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
        code = qr_code(text, size, alt)
        if code is not None:
            return code
    raise AssertionError("a name, a number and an e-mail address always fit")
