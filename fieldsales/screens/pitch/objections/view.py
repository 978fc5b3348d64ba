"""One objection at the right: read, and if it is the rep's own, written."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import Field, values_of
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.screens.contract import Context
from fieldsales.screens.objection import ObjectionReading
from fieldsales.services.library import Objection
from fieldsales.services.objections import STEPS, Objections
from fieldsales.services.operations.records import EditRecord
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.counted import CountedNote
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import Pick, PicksEditor
from fieldsales.widgets.pieces import button, column, label, row

_WIDE = 760  # px at 100 %: longer lines are hard to read
_THEIRS = ("heard", "means", "ask")
_STYLES = ("answer_a", "answer_b", "answer_c", "answer_d")
LINES = (*_THEIRS, *_STYLES)  # one wording a line
_GROUPS = (
    Group("", ("title", "topic", "industry"), ("title", "topic")),
    Group("objections.theirs", _THEIRS),
    Group("objections.ours", ("answer", *_STYLES, "avoid")),
)


class ObjectionView(CardScroll):
    """Reads first; an own entry is written in the same place."""

    copy_wanted = Signal()
    trash_wanted = Signal()

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=16)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # keys scroll what is only read
        self._context = context
        self.code = ""
        self._own: OwnEntry | None = None
        self.title = label(look, size="section", bold=True, wrap=True)
        self.chips = ChipLine(look)
        self.edit = button(look, words("objections.edit"), self.begin_edit, icon="edit")
        self.done = button(look, words("objections.done"), self.end_edit, icon="check")
        self.trash = button(
            look, words("objections.trash"), self.trash_wanted.emit, icon="trash", role="quiet"
        )
        self.copy = button(look, words("objections.copy"), self.copy_wanted.emit, icon="copy")
        self.copy.setToolTip(words("objections.copy_tip"))
        head = row(look, gap=8)
        head.addWidget(self.title, 1)
        for part in (self.copy, self.edit, self.done, self.trash):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self.reading = ObjectionReading(look)
        self.empty_hint = button(look, words("objections.no_answer"), self.begin_edit, role="link")
        self.form = Form(
            look,
            "own_entry",
            _GROUPS,
            self._save,
            self._draft,
            editors={
                "topic": StepEditor,
                **dict.fromkeys(LINES, self._wordings),
                **dict.fromkeys(("answer", "avoid"), CountedNote),
            },
        )
        self.form.hide()
        inside = QWidget()
        inside.setMaximumWidth(look.theme.px(_WIDE))
        inside.setLayout(
            column(look, head, self.chips, self.reading, self.empty_hint, self.form, gap=16)
        )
        self.body.addWidget(inside)
        self.body.addStretch(1)

    @property
    def editing(self) -> bool:
        return self.form.isVisibleTo(self)

    def show_entry(self, entry: Objection, shelf: Objections) -> None:
        """Show an entry, another one from its top and to be read."""
        words = self._context.words
        other = entry.code != self.code
        if other:
            self.flush()
            self.code = entry.code
            self.verticalScrollBar().setValue(0)
        self._own = shelf.own.get(entry.code)
        self.title.setText(entry.title)
        times = shelf.heard.get(entry.code, 0)
        step = f"objection.step.{entry.step}"
        chips = [ChipFace(words(step))] if words.has(step) else []
        if self._own is not None:
            chips.append(ChipFace(words("objections.own"), "accent"))
        if times:
            chips.append(ChipFace(words("objections.times", n=times)))
        self.chips.show_chips((("", face) for face in chips), pressable=False)
        answers = shelf.answers(entry)
        self.reading.show_entry(entry, answers)
        if self._own is not None:
            if other:
                self.form.load(values_of(self._own), self._context.drafts("own_entry", self.code))
            else:
                self.form.refresh(values_of(self._own))
        self._arrange(self.editing and not other and self._own is not None)
        self.empty_hint.setVisible(not answers and not self.editing)

    def begin_edit(self) -> None:
        """Write in an own entry."""
        if self._own is not None:
            self._arrange(True)
            self.form.focus()

    def end_edit(self) -> None:
        self.flush()
        self._arrange(False)

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._own is not None:
            self.form.flush()

    def _arrange(self, editing: bool) -> None:
        own = self._own is not None
        self.copy.setVisible(not own)
        self.edit.setVisible(own and not editing)
        self.done.setVisible(own and editing)
        self.trash.setVisible(own)
        self.reading.setVisible(not editing)
        self.empty_hint.hide()
        self.form.setVisible(editing)

    def _wordings(self, look: Look, field: Field) -> CountedNote:
        return CountedNote(look, field, look.words("objections.one_a_line"))

    def _save(self, values: Mapping[str, object]) -> None:
        self._context.workspace.run(EditRecord("own_entry", self.code, values))

    def _draft(self, name: str, text: str | None) -> None:
        self._context.keep_draft("own_entry", self.code, name, text)


class StepEditor(PicksEditor):
    """The step of the sale at which an objection comes."""

    def recommend(self, codes: object = ()) -> None:
        words = self.look.words
        self.picks.set_picks([Pick(step, words(f"objection.step.{step}")) for step in STEPS])
