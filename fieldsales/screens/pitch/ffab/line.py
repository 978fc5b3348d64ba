"""One row of a worksheet: its four cells, the need it answers, and how it is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.domain.need import Need
from fieldsales.domain.worksheet import PARTS, WorksheetRow
from fieldsales.methods.ffab.rules import row_pitch
from fieldsales.methods.ffab.told import only_advantage, spoken_time
from fieldsales.screens.pitch.ffab.desk import Desk
from fieldsales.screens.pitch.ffab.speech import SpeechNote, copy
from fieldsales.services.operations.records import EditRecord
from fieldsales.services.operations.worksheets import LinkNeed
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.grip import Grip, Siblings
from fieldsales.widgets.kept_rows import Row
from fieldsales.widgets.offers import MenuButton
from fieldsales.widgets.pieces import button, column, hairline, label, row, tool_button
from fieldsales.widgets.saved_field import SavedField, WrappedLine, field_of

GRIP, REMOVE = 22, 32  # px at 100 % before and after the cells
_UNLINK = "\x00none"  # no id looks like this
_SHORT = 36  # characters of a need in the menu


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the page shows it; `id` is the row's."""

    row: WorksheetRow
    at: int

    @property
    def id(self) -> str:
        return self.row.id


class RowLine(Row[Shown]):
    """Everything saves itself. Enter goes on to the next cell, from the last one to a new row."""

    reusable = True
    typed = Signal()
    entered = Signal()  # Enter in the last cell
    moved = Signal(int)  # dragged to this place
    remove_wanted = Signal()
    adapt_wanted = Signal()

    def __init__(self, desk: Desk, shown: Shown, lines: Siblings) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self._row = shown.row
        self.binder = Binder(words, self._save, self._keep_draft, parent=self)
        self.binder.trouble.connect(self._say)
        self._wrong: dict[str, str] = {}
        self.grip = Grip(look, lines, words("ffab.drag"))
        self._place = label(look, size="caption", tone="faint")
        handle = column(look, self.grip, self._place, None, gap=2)
        handle.setAlignment(self._place, Qt.AlignmentFlag.AlignHCenter)
        holder = QWidget()
        holder.setLayout(handle)
        handle.setContentsMargins(0, look.theme.px(8), 0, 0)
        holder.setFixedWidth(look.theme.px(GRIP))
        self.cells: dict[str, WrappedLine] = {}
        for part in PARTS:
            cell = WrappedLine(
                look, field_of("worksheet_row", part), words(f"ffab.hint.{part}"), most=10
            )
            cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            cell.entered.connect(self._entered)
            cell.edited.connect(self.typed)
            self.binder.bind(cell)
            self.cells[part] = cell
        self._remove = tool_button(
            look, "close", words("ffab.remove_row"), self.remove_wanted.emit, colour="ink-3"
        )
        cells = row(look, holder, gap=4)
        for cell in self.cells.values():
            cells.addWidget(cell, 1, Qt.AlignmentFlag.AlignTop)
        cells.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        self._trouble = label(look, size="caption", tone="bad", wrap=True)
        self._trouble.hide()
        below = column(look, self._trouble, self._need(), self._speech(), gap=2)
        px = look.theme.px
        below.setContentsMargins(px(GRIP + 9), 0, px(REMOVE), px(4))
        layout = column(look, cells, below, hairline(look), gap=2)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.own: SavedField | None = None
        self.stand_for(shown)

    @property
    def row_id(self) -> str:
        return self._row.id

    def _save(self, values: Mapping[str, object]) -> None:
        self._desk.commit("worksheet_row", self._row.id)(values)

    def _keep_draft(self, name: str, text: str | None) -> None:
        self._desk.draft("worksheet_row", self._row.id)(name, text)

    def _need(self) -> QWidget:
        """The line that says which need is answered, or why none is."""
        look, words = self._desk.look, self._desk.words
        self._standing = Chip(look, ChipFace(words("ffab.only_chip"), "warn"))
        self._why = label(look, size="caption", tone="muted", wrap=True)
        self.needs = MenuButton(look, words("field.worksheet_row.need_id"), self._choices)
        self.needs.picked.connect(self._link)
        self.adapt = button(look, words("ffab.adapt"), self.adapt_wanted.emit, role="link")
        self.adapt.setFont(look.theme.font("caption"))
        made = QWidget()
        layout = row(look, self._standing, self._why, self.needs, self.adapt, gap=8)
        layout.setStretch(1, 1)
        made.setLayout(layout)
        self._need_line = made
        return made

    def _speech(self) -> QWidget:
        """The line that says how the row is told, and what can be done with that."""
        look, words = self._desk.look, self._desk.words
        self.told = label(look, tone="muted", wrap=True)
        self._time = label(look, size="caption", tone="faint")
        self.own_words = tool_button(look, "edit", words("ffab.own"), self._put_own)
        self.copy = tool_button(look, "copy", words("ffab.copy"), self._copy)
        self.again = button(look, words("ffab.compose_again"), self.compose_again, role="link")
        self._own_place = column(look, gap=0)
        made = QWidget()
        tools = row(look, self._time, self.again, self.own_words, self.copy, gap=4)
        line = row(look, gap=8)
        line.addLayout(column(look, self.told, self._own_place, gap=0), 1)
        line.addLayout(tools)
        line.setAlignment(tools, Qt.AlignmentFlag.AlignTop)
        made.setLayout(line)
        self._speech_line = made
        return made

    # showing

    def stand_for(self, thing: Shown) -> None:
        """Another row, with what was typed there and could not be saved."""
        self._row = thing.row
        kept = self._desk.drafts("worksheet_row", thing.id)
        cells = {name: text for name, text in kept.items() if name in self.cells}
        self.binder.load(self._values(thing.row), cells)
        if kept.get("pitch"):
            self._begin_own(kept["pitch"])

    def show_thing(self, thing: Shown) -> None:
        self._row = thing.row
        plain = bool(self._desk.sheet.without_function)
        self._place.setText(str(thing.at + 1))
        self.binder.refresh(self._values(thing.row))
        self.cells["function"].setVisible(not plain)
        for part, cell in self.cells.items():
            name = self._desk.words(f"field.worksheet_row.{part}")
            cell.set_name(f"{name} {thing.at + 1}")
        if self.own is not None:
            self.own.refresh(thing.row.pitch)
            if not thing.row.pitch and not self.own.editor.in_use():
                self._end_own()
        elif thing.row.pitch:
            self._begin_own()
        self._show_need()
        self.show_speech()

    def _values(self, shown: WorksheetRow) -> dict[str, object]:
        return {part: getattr(shown, part) for part in PARTS}

    def now(self) -> WorksheetRow:
        """The row with what is being typed."""
        typed: dict[str, Any] = {part: one.typed().strip() for part, one in self.cells.items()}
        own = self.own.editor.value() if self.own is not None else self._row.pitch
        return replace(self._row, pitch=str(own), **typed)

    def show_speech(self) -> None:
        """How the row is told, with what is being typed."""
        desk, mine = self._desk, self.now()
        plain = bool(desk.sheet.without_function)
        composed = row_pitch(
            replace(mine, pitch=""), desk.facts.needs, desk.said, without_function=plain
        )
        if self.own is not None and isinstance(self.own.editor, SpeechNote):
            self.own.editor.set_composed(composed)
        said = mine.pitch or composed
        self.told.setText(composed)
        self.told.setVisible(self.own is None)
        self._time.setText(spoken_time(said, desk.words) if said and self.own is None else "")
        self.again.setVisible(bool(mine.pitch))
        self.own_words.setVisible(self.own is None)
        self._speech_line.setVisible(bool(said))

    def _show_need(self) -> None:
        desk, words, shown = self._desk, self._desk.words, self._row
        linked = next((need for need in desk.facts.needs if need.id == shown.need_id), None)
        why = only_advantage(desk.sheet, shown, desk.facts.needs)
        self._need_line.setVisible(bool(shown.benefit or linked))
        if why or linked is None:
            self._standing.set_face(ChipFace(words("ffab.only_chip"), "warn"))
            self._why.setText(words(why) if why else "")
        else:
            self._standing.set_face(ChipFace(words("ffab.benefit_chip"), "good", "check"))
            self._why.setText(words("ffab.answers", need=linked.text))
        general = desk.sheet.customer_id is None
        self.needs.setVisible(not general)
        self.adapt.setVisible(general)
        self.needs.say("", words("ffab.relink" if linked else "ffab.link"))

    def _choices(self) -> Sequence[tuple[str, str]]:
        """Explicit needs first; one only implied can be pressed, and says why it will not do."""
        words, found = self._desk.words, self._desk.facts.needs
        explicit = [(need.id, _short(need)) for need in found if need.statement == "explicit"]
        implied = [
            (need.id, words("ffab.implied_need", need=_short(need)))
            for need in found
            if need.statement == "implied"
        ]
        choices = [*explicit, *([("", "")] if explicit and implied else []), *implied]
        if self._row.need_id:
            choices += [("", ""), (_UNLINK, words("ffab.unlink"))]
        return choices or [(_UNLINK, words("ffab.no_needs"))]

    def _link(self, key: str) -> None:
        if key != _UNLINK:
            self._desk.run(LinkNeed(self._row.id, key))
        elif self._row.need_id:
            self._desk.run(LinkNeed(self._row.id, None))
        elif self._desk.sheet.customer_id:
            self._desk.context.open("customer", self._desk.sheet.customer_id)

    # one's own words

    def _put_own(self) -> None:
        self._begin_own()
        assert self.own is not None
        self.own.editor.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_own(self, draft: str | None = None) -> None:
        desk = self._desk
        if self.own is None:
            note = SpeechNote(desk, field_of("worksheet_row", "pitch"), lines=2)
            name = desk.words("field.worksheet_row.pitch")
            self.own = SavedField(desk, "worksheet_row", self._row.id, note, name)
            self.own.emptied.connect(self.typed)
            note.edited.connect(self.typed)
            note.finished.connect(self._left_own)
            self._own_place.addWidget(self.own)
            self.show_speech()
            self.own.load(self._row.pitch, draft)

    def _left_own(self) -> None:
        """Who left it as it was composed needs no field for it."""
        if self.own is not None and not self.own.editor.value() and not self.own.editor.in_use():
            self._end_own()

    def _end_own(self) -> None:
        if self.own is not None:
            self.own.binder.flush()
            self._remove_own()
            self.show_speech()

    def _remove_own(self) -> None:
        gone, self.own = self.own, None  # or it is taken for left when its focus goes
        if gone is not None:
            self._own_place.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def compose_again(self) -> None:
        """Back to what is composed; Undo brings one's own words back."""
        if self.own is not None:
            self.own.binder.flush()
        self._desk.run(EditRecord("worksheet_row", self._row.id, {"pitch": ""}))

    def _copy(self) -> None:
        mine = self.now()
        copy(self._desk, mine.pitch or self.told.text())

    # typing

    def focus(self, part: str = "feature") -> None:
        self.cells[part].target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self) -> None:
        shown = [cell for cell in self.cells.values() if cell.isVisibleTo(self)]
        following = shown[shown.index(self.sender()) + 1 :]  # type: ignore[arg-type]
        if following:
            following[0].target().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()

    def flush(self) -> None:
        self.binder.flush()
        if self.own is not None:
            self.own.binder.flush()

    def drop(self) -> None:
        """The row is gone, and what was being typed there with it."""
        self.binder.load({})
        if self.own is not None:
            self.own.drop()
            self._remove_own()

    def _say(self, name: str, text: str, kind: str) -> None:
        self._wrong[name] = text
        self.cells[name].set_wrong(kind == "wrong")
        told: Mapping[str, str] = {key: said for key, said in self._wrong.items() if said}
        self._trouble.setText(
            "\n".join(
                self._desk.words("ffab.trouble_in", field=_field(self._desk, key), why=said)
                for key, said in told.items()
            )
        )
        self._trouble.setVisible(bool(told))


def _field(desk: Desk, part: str) -> str:
    return desk.words(f"field.worksheet_row.{part}")


def _short(need: Need) -> str:
    return need.text if len(need.text) <= _SHORT else f"{need.text[:_SHORT]}…"
