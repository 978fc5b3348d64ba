"""Writes a contact as a vCard 3.0, which every phone reads; nothing that is ours alone is in it."""

from __future__ import annotations

from fieldsales.domain.contact import Contact
from fieldsales.domain.person_name import name_parts


def vcard(contact: Contact, company: str = "", address: str = "") -> str:
    """The card's text, lines ended by CRLF; `address` where the contact has none of its own.

    What is empty is left out. Attitudes, notes, preferences and the birthday never go in.
    """
    family, given = name_parts(contact.name)
    where = contact.address or address
    lines = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{_safe(family)};{_safe(given)};;;",
        f"FN:{_safe(contact.name)}",
        f"ORG:{_safe(company)}{';' + _safe(contact.department) if contact.department else ''}"
        if company or contact.department
        else "",
        f"TITLE:{_safe(contact.title)}" if contact.title else "",
        f"TEL;TYPE=CELL:{_safe(contact.mobile)}" if contact.mobile else "",
        f"TEL;TYPE=WORK:{_safe(contact.phone)}" if contact.phone else "",
        f"EMAIL:{_safe(contact.email)}" if contact.email else "",
        f"X-WECHAT:{_safe(contact.messenger)}" if contact.messenger else "",
        f"ADR;TYPE=WORK:;;{_safe(where)};;;;" if where else "",
        "END:VCARD",
    ]
    return "".join(f"{line}\r\n" for line in lines if line)


def _safe(text: str) -> str:
    """A value as a line can hold it."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")
