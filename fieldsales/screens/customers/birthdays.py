"""The editors of a birthday, and of other days, by either calendar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fieldsales.domain.birthday import parse
from fieldsales.domain.fields import Field
from fieldsales.errors import FieldError
from fieldsales.services.birthdays import moon_day
from fieldsales.services.importing.values import birthday as read_any
from fieldsales.widgets.editors import TextEditor
from fieldsales.widgets.form import Form
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import PicksEditor
from fieldsales.widgets.typed import TypedBirthday, parse_birthday


class DayFields(NamedTuple):
    """Names of the fields that a day is written in."""

    day: str
    calendar: str
    leap: str


BIRTHDAY = DayFields("birthday", "birthday_calendar", "birthday_leap")
SPECIAL = DayFields("day", "calendar", "leap")


class BirthdayEditor(TextEditor):
    """A day of either calendar, in figures or written out; the calendar's own field stands beside.

    `parsed` is what was understood of the text, None where it says nothing.
    """

    def __init__(self, look: Look, field: Field, names: DayFields = BIRTHDAY) -> None:
        super().__init__(look, field, look.words("people.birthday_hint"))
        self._names = names
        self._calendar, self._leap, self._stored = "solar", False, ""
        self.parsed: TypedBirthday | None = None

    def set_context(self, values: Mapping[str, object]) -> None:
        self._calendar = str(values.get(self._names.calendar) or "solar")
        self._leap = bool(values.get(self._names.leap))
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


def tell_calendar(form: Form, names: DayFields) -> None:
    """Who types the moon's day need not name its calendar once more."""
    editor = form.cells[names.day].editor
    assert isinstance(editor, BirthdayEditor)
    parsed = editor.parsed
    if parsed is None or not parsed.calendar:
        return
    for name, told in ((names.calendar, parsed.calendar), (names.leap, int(parsed.leap))):
        other = form.cells[name].editor
        if other.value() != told:
            other.set_value(told)
            other.edited.emit()
    show_leap(form, names)


def show_leap(form: Form, names: DayFields) -> None:
    """A leap month is asked for by the moon's calendar alone."""
    calendar = form.cells[names.calendar].editor.value()
    form.cells[names.leap].setVisible(calendar == "lunar")
