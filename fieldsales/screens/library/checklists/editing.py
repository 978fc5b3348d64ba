"""What the parts of the editor share: the tables of the checklist, and how a change is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from fieldsales.domain.checklist import Checklist
from fieldsales.domain.checklist_edit import Table, with_entry, with_head, write
from fieldsales.domain.checklist_file import KINDS, SUBJECTS, parse
from fieldsales.domain.fields import Field, Kind
from fieldsales.errors import UserError
from fieldsales.screens.contract import Context
from fieldsales.services.operations.checklists import KeepChecklist
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.form import FieldCell, make_editor
from fieldsales.words import LANGUAGES

_TEXT = 500  # characters of one text, as `checklist_file` has it
_FIELDS = {
    one.name: one
    for one in (
        Field("title", Kind.TEXT, required=True),
        Field("about", Kind.NOTE, max_length=_TEXT),
        Field("of", Kind.CHOICE, required=True, choices=SUBJECTS, list="checklist_of"),
        Field("repeat_days", Kind.INTEGER, low=0, high=3_650),
        Field("text", Kind.NOTE, required=True, max_length=_TEXT),
        Field("kind", Kind.CHOICE, required=True, choices=KINDS, list="checklist_kind"),
        Field("help", Kind.TEXT, max_length=_TEXT),
        Field("weight", Kind.INTEGER, low=0, high=10),
        Field("days", Kind.INTEGER, low=0, high=3_650),
        Field("task", Kind.TEXT, max_length=_TEXT),
    )
}
_USUAL: Mapping[str, object] = {"of": "self", "weight": 1}


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the file: the head, or a section or an item (`group`) by its code."""

    group: str = ""
    code: str = ""

    def named(self, field: str) -> str:
        """A field of it, as drafts and merging name it."""
        return "/".join(part for part in (self.group, self.code, field) if part)


class EditDesk(QObject):
    """Holds one own checklist while it is edited."""

    moved = Signal(object)  # Place: it stands elsewhere now

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.look, self.words = context.look, context.words
        self.row_id = ""
        self.table: Table = {}

    def open(self, row_id: str) -> bool:
        """Reads a checklist; False if it is gone or cannot be read."""
        self.row_id = row_id
        own = self.context.store.record(Checklist, row_id)
        if own is None or own.trashed_at:
            return False
        try:
            self.table = parse(own.text)
        except UserError:
            return False
        return True

    @property
    def language(self) -> str:
        language = self.words.language
        return language if language in LANGUAGES else "en"

    def values(self, place: Place) -> dict[str, object]:
        """The fields of a part, its texts in the language of the window."""
        entry = self.table.get(place.group, {}).get(place.code, {}) if place.group else self.table
        known = {**_USUAL, **entry}
        return {
            name: value[self.language] if isinstance(value, Mapping) else value
            for name, value in known.items()
            if name in _FIELDS
        }

    # writing

    def keep(self, table: Table, part: str = "") -> None:
        """Keeps the checklist as it is now; raises UserError or EnvironmentProblem."""
        kept = KeepChecklist(write(table), self.words.language, self.row_id, part)
        self.context.workspace.run(kept)

    def change(self, table: Table, said: str = "") -> bool:
        """The same for what was pressed: trouble is told in the bar."""
        kept = KeepChecklist(write(table), self.words.language, self.row_id)
        return self.context.run(kept, undoable=said) is not None

    def set(self, place: Place, values: Mapping[str, object]) -> None:
        """Sets fields of a part; an empty one is as it usually is."""
        clean = {
            name: value if isinstance(value, int) else str(value or "")
            for name, value in values.items()
        }
        if place.group:
            table = with_entry(self.table, place.group, place.code, self.language, **clean)
        else:
            table = with_head(self.table, self.language, **clean)
        self.keep(table, ",".join(place.named(name) for name in values))

    # fields

    def binder(self, place: Place) -> Binder:
        """Saves the fields of a part by themselves."""

        def draft(name: str, text: str | None) -> None:
            self.context.keep_draft("checklist", self.row_id, place.named(name), text)

        return Binder(self.words, partial(self.set, place), draft)

    def drafts(self, place: Place) -> dict[str, str]:
        """What was typed into a part and could not be saved yet."""
        kept = self.context.drafts("checklist", self.row_id)
        return {name: kept[place.named(name)] for name in _FIELDS if place.named(name) in kept}

    def cell(self, name: str, *, hint: str = "", unit: str = "", calm: bool = True) -> FieldCell:
        """An editor of a field under its name."""
        editor = make_editor(self.look, _FIELDS[name], hint=hint, unit=unit, calm=calm)
        return FieldCell(self.look, editor, self.words(f"checklists.field.{name}"))


def field(name: str) -> Field:
    """A field of the head, of a section or of an item."""
    return _FIELDS[name]
