"""The editors of a birthday by either calendar."""

from __future__ import annotations

from collections.abc import Mapping

from fieldsales.domain.birthday import parse
from fieldsales.domain.fields import Field
from fieldsales.errors import FieldError
from fieldsales.services.birthdays import moon_day
from fieldsales.services.importing.values import birthday as read_any
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import PicksEditor
from fieldsales.widgets.typed import TypedBirthday, parse_birthday


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
        day = moon_day(self.look.words, born.month, born.day, leap=self._leap)
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
