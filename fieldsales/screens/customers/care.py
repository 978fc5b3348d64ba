"""What to bear in mind of a customer or of one person: likes, what to keep off, days (M44)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from fieldsales.domain.birthday import trouble
from fieldsales.domain.fields import Field
from fieldsales.domain.preference import TABOO, Preference
from fieldsales.domain.special_day import KINDS, SpecialDay
from fieldsales.screens.contract import Context
from fieldsales.screens.customers.birthdays import (
    SPECIAL,
    BirthdayEditor,
    CalendarEditor,
    show_leap,
    tell_calendar,
)
from fieldsales.screens.customers.card.records import RecordSection
from fieldsales.screens.finders import people_finder
from fieldsales.services.special_days import coming_told, day_told, named, next_day
from fieldsales.services.workspace import Operation
from fieldsales.store.queries import special_days
from fieldsales.store.queries.preferences import preferences_of
from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.chooser import Finder
from fieldsales.widgets.form import EditorMaker, Group
from fieldsales.widgets.lines import LineFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.typed import parse_birthday

Item = TypeVar("Item")


class CareSection(RecordSection[Item]):
    """Records of a customer that may be about one of its people: of all, or `contact_id` alone."""

    keeps_adding = False

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.contact_id = ""
        self.names: Mapping[str, str] = {}  # of the people it may be about

    def read(self, customer_id: str) -> Sequence[Item]:
        """All of a customer, in the order they are shown."""
        raise NotImplementedError

    def show_for(self, customer_id: str, names: Mapping[str, str]) -> None:
        """Reads what there is of a customer; `names` of its people."""
        self.names = names
        found = self.read(customer_id)
        if self.contact_id:
            found = [one for one in found if self.about(one) == self.contact_id]
        self.show_items(found)

    def about(self, item: Item) -> str | None:
        """Whom an item is about; None for the whole customer."""
        raise NotImplementedError

    def load(self, customer_id: str, kept: Mapping[str, str]) -> None:
        if self.add_line is not None and self.contact_id:  # of the person before
            self.add_line.keep_draft()
            self.body.removeWidget(self.add_line)
            self.add_line.deleteLater()
            self.add_line = None
        super().load(customer_id, kept)

    @property
    def draft_name(self) -> str:
        return f"{self.noun}:{self.contact_id}" if self.contact_id else self.noun

    def finders(self) -> Mapping[str, Finder]:
        return {"contact_id": people_finder(self.context, lambda: self.customer_id)}


class PreferencesSection(CareSection[Preference]):
    """Lines of what was noted, what to keep off first."""

    noun = "preference"
    groups = (Group("", ("text", "kind", "contact_id", "noted_on"), wide=("text", "kind")),)

    def read(self, customer_id: str) -> Sequence[Preference]:
        return preferences_of(self.context.store, customer_id)

    def about(self, item: Preference) -> str | None:
        return item.contact_id

    def record(self, item: Preference) -> Preference:
        return item

    def values(self, text: str) -> dict[str, object]:
        noted = self.context.look.clock.today().isoformat()
        return {"text": text, "contact_id": self.contact_id or None, "noted_on": noted}

    def face(self, item: Preference) -> LineFace:
        words = self.context.words
        tone = "bad" if item.kind == TABOO else "plain"
        kind = words.choice("preference_kind", item.kind)
        about = [] if self.contact_id else [self.names.get(item.contact_id or "", "")]
        if item.noted_on:
            day = date.fromisoformat(item.noted_on)
            about.append(words("card.noted_on", day=words.date(day)))
        return LineFace(
            key=item.id,
            title=item.text,
            chips=(ChipFace(kind, tone),) if kind else (),
            subtitle=" · ".join(filter(None, about)),
            tooltip=item.text,
        )


class SpecialDaysSection(CareSection[SpecialDay]):
    """Days kept beside birthdays, the next first; `5月20日 结婚纪念日` typed is one."""

    noun = "special_day"
    groups = (
        Group("", ("kind", "day", "calendar", "leap", "once", "contact_id", "note"), ("leap",)),
    )

    def read(self, customer_id: str) -> Sequence[SpecialDay]:
        today = self.context.look.clock.today()
        found = [
            (next_day(one, today), one)
            for one in special_days.of_customer(self.context.store, customer_id)
        ]
        found.sort(key=lambda pair: pair[0].day if pair[0] is not None else date.max)
        return [one for _, one in found]

    def about(self, item: SpecialDay) -> str | None:
        return item.contact_id

    def record(self, item: SpecialDay) -> SpecialDay:
        return item

    def values(self, text: str) -> dict[str, object]:
        """A day where one stands in the line, what it is from the rest."""
        parts = text.split()
        spans = [(i, j) for j in range(len(parts), 0, -1) for i in range(j)]
        for start, end in spans:
            typed = parse_birthday(" ".join(parts[start:end]))
            if typed is not None and not trouble(typed.text, typed.calendar or "solar"):
                rest = " ".join((*parts[:start], *parts[end:]))
                day = {"day": typed.text, "leap": int(typed.leap)}
                calendar = typed.calendar or "solar"
                return {**day, "calendar": calendar, **self._about(rest)}
        return self._about(text)

    def _about(self, kind: str) -> dict[str, object]:
        words = self.context.words
        named = {words.choice("special_day_kind", code): code for code in KINDS}
        return {"kind": named.get(kind, kind), "contact_id": self.contact_id or None}

    def editing(self, row_id: str, values: Mapping[str, object]) -> Operation:
        leap = {"leap": 0} if values.get("calendar") == "solar" else {}
        return super().editing(row_id, {**values, **leap})

    def editors(self) -> Mapping[str, EditorMaker]:
        return {"day": self._day_editor, "calendar": CalendarEditor}

    def _day_editor(self, look: Look, field: Field) -> BirthdayEditor:
        editor = BirthdayEditor(look, field, SPECIAL)
        editor.edited.connect(self._calendar_told)
        return editor

    def _calendar_told(self) -> None:
        if self.editor is not None:
            tell_calendar(self.editor.form, SPECIAL)

    def show_items(self, items: Sequence[SpecialDay]) -> None:
        super().show_items(items)
        if self.editor is not None:
            show_leap(self.editor.form, SPECIAL)

    def face(self, item: SpecialDay) -> LineFace:
        words, today = self.context.words, self.context.look.clock.today()
        coming = next_day(item, today)
        whose = "" if self.contact_id else self.names.get(item.contact_id or "", "")
        told = day_told(words, item) or words("special_day.when")
        moved = coming_told(words, item, coming) if coming is not None else []
        over = words("special_day.over") if item.once and item.day and coming is None else ""
        return LineFace(
            key=item.id,
            title=named(words, item),
            subtitle=" · ".join(filter(None, (whose, told, *moved, item.note))),
            aside=words.days_from(coming.day, today) if coming is not None else over,
            tooltip=words.dated(coming.day) if coming is not None else "",
        )
