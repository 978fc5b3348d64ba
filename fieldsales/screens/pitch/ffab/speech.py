"""What is said: composed from the parts until somebody puts it in their own words."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from fieldsales.domain.fields import Field, clean_text
from fieldsales.screens.pitch.ffab.desk import Desk
from fieldsales.widgets.binder import Binder
from fieldsales.widgets.card import Section
from fieldsales.widgets.counted import CountedNote
from fieldsales.widgets.message_bar import Message
from fieldsales.widgets.pieces import button, label, row
from fieldsales.widgets.saved_field import field_of


class SpeechNote(CountedNote):
    """Shows what is composed until something else is typed; emptied, it is composed again."""

    def __init__(self, desk: Desk, field: Field, *, lines: int = 3, most: int = 14) -> None:
        self._composed = ""
        super().__init__(desk.look, field, told=desk.takes, lines=lines, most=most)

    def set_composed(self, text: str) -> None:
        """What stands here while nobody has said it in their own words."""
        followed = self.typed() == self._composed
        self._composed = text
        if followed:
            self.set_typed(text)

    def value(self) -> object:
        text = self.typed()
        return (
            "" if clean_text(text, lines=True) == clean_text(self._composed, lines=True) else text
        )

    def set_value(self, value: object) -> None:
        super().set_value(value or self._composed)


def copy(desk: Desk, text: str) -> None:
    """Puts what is said on the clipboard."""
    QGuiApplication.clipboard().setText(text)
    desk.context.say(Message(desk.words("ffab.copied"), "success", key="copied"))


class WholeSection(Section):
    """The whole pitch: to be put in one's own words, timed, copied."""

    def __init__(self, desk: Desk) -> None:
        look, words = desk.look, desk.words
        super().__init__(look, words("report.ffab.pitch"))
        self._desk = desk
        name = words("field.worksheet.pitch")
        self.note = SpeechNote(desk, field_of("worksheet", "pitch"), lines=4, most=24)
        self.note.set_name(name)
        self.binder = Binder(words, desk.save_sheet, desk.keep_sheet_draft, parent=self)
        self.binder.bind(self.note)
        self.binder.trouble.connect(self._say)
        self._trouble = label(look, size="caption", tone="bad", wrap=True)
        self._trouble.hide()
        self._state = label(look, size="caption", tone="muted", wrap=True)
        self.again = button(look, words("ffab.compose_again"), self.compose_again, role="link")
        self.copy = button(look, words("ffab.copy"), self._copy, icon="copy", role="quiet")
        foot = row(look, self._state, self.again, self.copy, gap=8)
        foot.setStretch(0, 1)
        self.show_parts((self.note, self._trouble, foot))
        self.note.text.textChanged.connect(self._tell)

    def load(self) -> None:
        kept = self._desk.drafts("worksheet", self._desk.sheet_id)
        self.note.set_composed("")
        mine = {"pitch": kept["pitch"]} if "pitch" in kept else {}
        self.binder.load({"pitch": self._desk.sheet.pitch}, mine)

    def show_composed(self, text: str) -> None:
        """What the parts come to now."""
        self.note.set_composed(text)
        self._tell()

    def refresh(self) -> None:
        self.binder.refresh({"pitch": self._desk.sheet.pitch})
        self._tell()

    def compose_again(self) -> None:
        """Back to what is composed of the rows; Undo brings one's own words back."""
        self.binder.flush()
        self._desk.edit_sheet(pitch="")

    def _tell(self) -> None:
        own = bool(self.note.value())
        words = self._desk.words
        self._state.setText(words("ffab.own_words" if own else "ffab.composed"))
        self.again.setVisible(own)
        self.copy.setEnabled(bool(self.note.typed().strip()))

    def _copy(self) -> None:
        copy(self._desk, self.note.typed())

    def _say(self, _name: str, text: str, kind: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
        self.note.set_wrong(kind == "wrong")
