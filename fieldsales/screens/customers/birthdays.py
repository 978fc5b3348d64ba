"""Birthdays by either calendar: how they read, how they are typed, when they come round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fieldsales.domain.birthday import parse
from fieldsales.domain.contact import Contact
from fieldsales.domain.fields import Field
from fieldsales.errors import FieldError
from fieldsales.services.birthdays import next_birthday
from fieldsales.services.importing.values import birthday as read_any
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import PicksEditor
from fieldsales.widgets.typed import (
    TypedBirthday,
    parse_birthday,
    write_moon_day,
    write_moon_month,
)
from fieldsales.words import Words


def birthday_told(words: Words, contact: Contact) -> str:
    """`5月12日`, `农历闰四月初八`, the year left out; what is no date is shown as typed."""
    born = parse(contact.birthday)
    if born is None:
        return contact.birthday
    if contact.birthday_calendar == "lunar":
        return _moon_day(words, born.month, born.day, leap=bool(contact.birthday_leap))
    try:
        # a leap year, so that 29 February exists
        return words.date(date(2000, born.month, born.day), year=False)
    except ValueError:
        return contact.birthday


def _moon_day(words: Words, month: int, day: int, *, leap: bool) -> str:
    key = "people.moon_leap_day" if leap else "people.moon_day"
    if not words.chinese:
        return words(key, month=month, day=day)
    return words(key, month=write_moon_month(month), day=write_moon_day(day))


def coming_told(words: Words, contact: Contact, today: date) -> str:
    """When it comes round, what age they turn, and why on another day than it is written."""
    coming = next_birthday(contact, today)
    if coming is None:
        return ""
    said = [words("people.birthday_next", day=words.dated(coming.day))]
    if coming.age is not None:
        said.append(words("people.turns", n=coming.age))
    said += [words(f"people.moved_birthday.{why}") for why in coming.moved]
    return " · ".join(said)


class BirthdayEditor(TextEditor):
    """A day of either calendar, in figures or written out; the calendar's own field stands beside.

    `parsed` is what was understood of the text, None where it says nothing.
    """

    def __init__(self, look: Look, field: Field, hint: str = "") -> None:
        super().__init__(look, field, hint)
        self._calendar, self._leap, self._stored = "solar", False, ""
        self.parsed: TypedBirthday | None = None

    def set_context(self, values: Mapping[str, object]) -> None:
        self._calendar = str(values.get("birthday_calendar") or "solar")
        self._leap = bool(values.get("birthday_leap"))
        if not self.in_use() and self.parsed is None:
            self._show(self._written())

    def set_value(self, value: object) -> None:
        self._stored = "" if value is None else str(value)
        if self.parsed is not None and self.parsed.calendar and self.parsed.text == self._stored:
            self._calendar, self._leap = self.parsed.calendar, self.parsed.leap
        self.parsed = None
        self._show(self._written())

    def value(self) -> object:
        text = self.line.text().strip()
        if not text:
            return ""
        if text == self._written():
            return self._stored
        found = self._read(text)
        if found is None:
            raise FieldError("people.birthday_unclear", self.field.name, value=text)
        return found.text

    def _read(self, text: str) -> TypedBirthday | None:
        found = parse_birthday(text)
        if found is None and (day := read_any(text)):
            found = TypedBirthday(day)
        return found

    def _written(self) -> str:
        """The stored day as one says it."""
        born = parse(self._stored)
        if born is None or self._calendar != "lunar":
            return self._stored
        day = _moon_day(self.look.words, born.month, born.day, leap=self._leap)
        return (
            day if born.year is None else self.look.words("people.in_year", year=born.year, day=day)
        )

    def _changed(self) -> None:
        self.parsed = self._read(self.line.text().strip())
        super()._changed()


class CalendarEditor(PicksEditor):
    """The sun's calendar or the moon's: one of them always holds."""

    def value(self) -> object:
        return self.picks.key or "solar"
