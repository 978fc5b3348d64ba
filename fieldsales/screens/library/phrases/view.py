"""One phrase at the right: read and copied, and if it is the rep's own, written in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import Field, values_of
from fieldsales.domain.own_entry import OwnEntry
from fieldsales.screens.contract import Context
from fieldsales.services.library import GREETING_TOPICS, TOPICS, Phrase
from fieldsales.services.operations.records import EditRecord
from fieldsales.widgets.card import CardScroll
from fieldsales.widgets.chips import ChipFace, ChipLine
from fieldsales.widgets.counted import CountedNote
from fieldsales.widgets.form import Form, Group
from fieldsales.widgets.look import Look
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.picks import Pick, PicksEditor
from fieldsales.widgets.pieces import button, column, label, row

_WIDE = 720  # px at 100 %: longer lines are hard to read
_FIELDS = ("title", "answer", "topic")


class PhraseView(CardScroll):
    """The words large enough to be read out; an own phrase is a form that saves itself."""

    copy_wanted = Signal()  # as an own one
    trash_wanted = Signal()

    def __init__(self, context: Context) -> None:
        look, words = context.look, context.words
        super().__init__(look, gap=16)
        self._context = context
        self.code = ""
        self._own: OwnEntry | None = None
        self.use = label(look, size="section", bold=True, wrap=True)
        self.chips = ChipLine(look)
        self.text = label(look, size="title", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.take = button(look, words("phrases.take"), self.take_words, icon="copy")
        self.take.setToolTip(words("phrases.take_tip"))
        self.adapt = button(look, words("phrases.adapt"), self.copy_wanted.emit, icon="edit")
        self.trash = button(
            look, words("phrases.trash"), self.trash_wanted.emit, icon="trash", role="quiet"
        )
        head = row(look, gap=8)
        head.addWidget(self.use, 1)
        for part in (self.take, self.adapt, self.trash):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self.form = Form(
            look,
            "own_entry",
            (Group("", _FIELDS, _FIELDS),),
            self._save,
            self._draft,
            editors={"topic": _TopicEditor, "answer": _answer_editor},
        )
        for name in _FIELDS:  # an objection calls them otherwise
            cell, said = self.form.cells[name], words(f"phrases.field.{name}")
            cell.editor.set_name(said)
            if cell.label is not None:
                cell.label.setText(said)
        self.fields = label(look, words("phrases.fields"), size="caption", tone="muted", wrap=True)
        inside = QWidget()
        inside.setMaximumWidth(look.theme.px(_WIDE))
        inside.setLayout(column(look, head, self.chips, self.text, self.form, self.fields, gap=16))
        self.body.addWidget(inside)
        self.body.addStretch(1)

    def show_phrase(self, phrase: Phrase, own: OwnEntry | None) -> None:
        """Shows a phrase; what is typed into the same one stays."""
        words = self._context.words
        other = phrase.code != self.code
        if other:
            self.flush()
            self.code = phrase.code
            self.verticalScrollBar().setValue(0)
        self._own = own
        self.use.setText(phrase.use)
        self.text.setText(phrase.text)
        topic = f"phrase.topic.{phrase.topic}"
        chips = [ChipFace(words(topic))] if words.has(topic) else []
        if own is not None:
            chips.append(ChipFace(words("phrases.own"), "accent"))
            if other:
                self.form.load(values_of(own), self._context.drafts("own_entry", own.id))
            else:
                self.form.refresh(values_of(own))
        self.chips.show_chips((("", face) for face in chips), pressable=False)
        self.fields.setVisible(phrase.topic in GREETING_TOPICS)
        self.text.setVisible(own is None)
        self.form.setVisible(own is not None)
        self.adapt.setVisible(own is None)
        self.trash.setVisible(own is not None)

    def begin(self) -> None:
        """Write in an own phrase: in its words, or what it is for while it has no name."""
        if self._own is not None:
            self.form.focus("answer" if self._own.title else "title")

    def begin_new(self) -> None:
        self.form.focus("title")
        self.form.cells["title"].editor.target().selectAll()  # type: ignore[attr-defined]

    def take_words(self) -> None:
        """Puts the words on the clipboard."""
        own = self._own is not None
        text = self.form.cells["answer"].editor.typed() if own else self.text.text()
        QGuiApplication.clipboard().setText(text)
        said = self._context.words("phrases.taken")
        self._context.say(Message(said, "success", key="copied"))

    def flush(self) -> None:
        """Saves what is being typed."""
        if self._own is not None:
            self.form.flush()

    def _save(self, values: Mapping[str, object]) -> None:
        self._context.workspace.run(EditRecord("own_entry", self.code, values))

    def _draft(self, name: str, text: str | None) -> None:
        self._context.keep_draft("own_entry", self.code, name, text)


class _TopicEditor(PicksEditor):
    """What a phrase is about."""

    def recommend(self, codes: Sequence[str]) -> None:
        words = self.look.words
        self.picks.set_picks([Pick(one, words(f"phrase.topic.{one}")) for one in TOPICS])


def _answer_editor(look: Look, field: Field) -> CountedNote:
    return CountedNote(look, field, look.words("phrases.hint"), lines=4)
