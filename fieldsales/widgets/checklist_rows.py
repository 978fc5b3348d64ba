"""One item of a checklist with its answer, and what it was the last time: a row of each kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from fieldsales.domain.checklist_file import HIGH, LOW, Item
from fieldsales.domain.fields import Field, Kind
from fieldsales.widgets.editors import Editor, NoteEditor, TextEditor
from fieldsales.widgets.form import FieldCell
from fieldsales.widgets.kept_rows import TickRow
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import ElidedLabel, Tone, button, column, label, row, set_tone
from fieldsales.widgets.segmented import Option, Segmented

TARGET = "/target"  # behind an item's code: the field of what its number should become
_TEXT, _NUMBER = 2_000, 60  # characters of an answer

Way = Literal["", "up", "down", "other"]
_TONES: Mapping[Way, Tone] = {"": "faint", "up": "good", "down": "bad", "other": "accent"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an item: its answer, that of the last time as it is read, which way it went
    since, and what is said of the task it became.
    """

    value: str = ""
    target: str = ""
    before: str = ""
    way: Way = ""
    task: str = ""


class ItemRow(QWidget):
    """An item with its answer, and what it was the last time."""

    answered = Signal(str)  # value, by a press
    task_wanted = Signal()

    stop: QWidget  # what takes the focus
    cells: Sequence[FieldCell] = ()  # of what is typed

    def __init__(self, look: Look, item: Item, *, compact: bool) -> None:
        super().__init__()
        self.look = look
        self.item = item
        self.told = Told()
        self.help = "" if compact else item.help
        self.before = ElidedLabel(look, size="caption", tone="faint")
        self.before.setVisible(False)
        if compact and item.help:
            self.setToolTip(item.help)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_told(self, told: Told) -> None:
        """Show its answer and that of the time before."""
        self.told = told
        said = self.look.words("checklist.before", value=told.before) if told.before else ""
        self.before.set_text(said)
        self.before.setVisible(bool(said))
        set_tone(self.before, _TONES[told.way])
        self.show_value(told.value)

    def show_value(self, value: str) -> None:
        """Show the answer; typed ones are the binder's."""


class TickItem(ItemRow):
    """Yes or no, or something to do later that can become a task."""

    def __init__(self, look: Look, item: Item, *, compact: bool) -> None:
        super().__init__(look, item, compact=compact)
        self.tick = TickRow(look, item.text, self.help)
        self.tick.ticked.connect(self._ticked)
        self.stop = self.tick.box
        self.task: QPushButton | None = None
        line = self.tick.line
        line.addWidget(self.before, 0, Qt.AlignmentFlag.AlignVCenter)
        if item.kind == "task":
            self.task = button(look, "", self.task_wanted.emit, role="link")
            line.addWidget(self.task, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(look, self.tick, gap=0))

    def _ticked(self, ticked: bool) -> None:
        self.answered.emit("1" if ticked else "")

    def show_told(self, told: Told) -> None:
        super().show_told(told)
        if self.task is not None:
            said = told.task or self.look.words("checklist.make_task")
            self.task.setText(said)
            self.task.setAccessibleName(f"{self.item.text} {said}")

    def show_value(self, value: str) -> None:
        self.tick.set_ticked(bool(value))


class ScaleItem(ItemRow):
    """One to five."""

    def __init__(self, look: Look, item: Item, *, compact: bool) -> None:
        super().__init__(look, item, compact=compact)
        options = [Option(str(n), str(n)) for n in range(LOW, HIGH + 1)]
        self.scale = Segmented(look, options, name=item.text, clearable=True)
        self.scale.chosen.connect(self.answered)
        self.stop = self.scale
        texts = column(look, label(look, item.text, wrap=True), gap=2)
        if self.help:
            texts.addWidget(label(look, self.help, size="caption", tone="muted", wrap=True))
        line = row(look, gap=12)
        line.addLayout(texts, 1)
        line.addWidget(self.before, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.scale, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)

    def show_value(self, value: str) -> None:
        self.scale.set_key(value)


class TypedItem(ItemRow):
    """A text, or a number with what it should become."""

    def __init__(self, look: Look, item: Item, *, compact: bool) -> None:
        super().__init__(look, item, compact=compact)
        editors: list[tuple[Editor, str]]
        if item.kind == "text":
            kept = Field(item.code, Kind.NOTE, max_length=_TEXT)
            note = NoteEditor(look, kept, lines=1 if compact else 2)
            editors = [(note, item.text)]
        else:
            names = {item.code: "checklist.actual", f"{item.code}{TARGET}": "checklist.target"}
            editors = [
                (TextEditor(look, Field(name, Kind.TEXT, max_length=_NUMBER)), look.words(key))
                for name, key in names.items()
            ]
        self.cells = [FieldCell(look, editor, text) for editor, text in editors]
        self.stop = editors[0][0].target()
        for cell in self.cells:
            cell.editor.set_name(f"{item.text} {cell.label.text() if cell.label else ''}".strip())
        head = row(look, gap=12)
        head.addWidget(label(look, item.text, wrap=True), 1)
        head.addWidget(self.before)
        parts = column(look, head, gap=2)
        if self.help:
            parts.addWidget(label(look, self.help, size="caption", tone="muted", wrap=True))
        if item.kind == "text":
            text = self.cells[0].label
            if text is not None:
                text.hide()  # what is asked stands above, as the other items have it
            parts.addWidget(self.cells[0])
        else:
            parts.addLayout(row(look, *reversed(self.cells), None, gap=12))
        self.setLayout(parts)
