"""People as address cards (vCard 4.0) that phones, mail programs and the import read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fieldsales.domain.birthday import parse
from fieldsales.domain.contact import Contact
from fieldsales.domain.person_name import name_parts
from fieldsales.store.database import Store
from fieldsales.store.queries.exports import people

_GENDERS = {"female": "F", "male": "M"}


def cards(store: Store) -> tuple[bytes, int]:
    """The file's content, and how many people stand in it: all outside the trash."""
    from icalendar import vText  # cards are escaped and folded as calendars are
    from icalendar.parser import Contentline

    line: Any = Contentline  # the library gives it no types

    lines: list[bytes] = []
    number = 0
    for contact, customer in people(store):
        number += 1
        for name, kind, parts in _properties(contact, customer):
            value = ";".join(vText(part).to_ical().decode() for part in parts)
            lines.append(line(f"{name}{kind}:{value}").to_ical())
    return b"".join(line + b"\r\n" for line in lines), number


def _properties(one: Contact, customer: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Name, parameter and parts of each line of a card."""
    yield "BEGIN", "", ("VCARD",)
    yield "VERSION", "", ("4.0",)
    yield "UID", "", (f"urn:uuid:{one.id}",)
    yield "FN", "", (one.name,)
    yield "N", "", (*name_parts(one.name), "", "", "")  # by it phones sort
    if customer or one.department:
        yield "ORG", "", (customer, one.department) if one.department else (customer,)
    for name, kind, text in (
        ("TITLE", "", one.title),
        ("TEL", ";TYPE=cell", one.mobile),
        ("TEL", ";TYPE=work", one.phone),
        ("EMAIL", "", one.email),
        ("X-WECHAT", "", one.messenger),
        ("GENDER", "", _GENDERS.get(one.gender, "")),
        ("BDAY", "", _birthday(one)),
        ("NOTE", "", one.note),
    ):
        if text:
            yield name, kind, (text,)
    if one.address:
        yield "ADR", ";TYPE=work", ("", "", one.address, "", "", "", "")
    yield "END", "", ("VCARD",)


def _birthday(one: Contact) -> str:
    """A day of the sun's calendar; cards know no other."""
    born = parse(one.birthday)
    if born is None or one.birthday_calendar == "lunar":
        return ""
    year = "--" if born.year is None else f"{born.year:04d}"
    return f"{year}{born.month:02d}{born.day:02d}"
