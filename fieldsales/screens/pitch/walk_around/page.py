"""The section: a text, its readers, and what a walk around the quadrants finds in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence

from fieldsales.errors import UserError
from fieldsales.screens.contract import Command, Context
from fieldsales.screens.pitch.walk_around.corrections import Corrections
from fieldsales.screens.pitch.walk_around.readers import Readers
from fieldsales.screens.pitch.walk_around.sources import CONCERN, Source, Sources, source
from fieldsales.screens.sections import SectionPage
from fieldsales.screens.walk_around import WalkPanel
from fieldsales.services.operations.records import EditRecord
from fieldsales.store.journal import Changed
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.pieces import Tone, button, column, label, row, set_tone

_NOUN = "walk_around"  # of the drafts
OWN = "text:"  # key of what is typed here and stands nowhere else
_DRAFT_EVERY = 1_000  # ms; what is typed must outlive a kill within 2 s of the last key


class WalkAroundPage(SectionPage):
    """A text of one's own, or a copy of one that stands elsewhere and can be put back there.

    What is typed is kept as a draft until it is put back, or equals what stands there.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        look, words = context.look, context.words
        self.key = OWN
        self._source: Source | None = None
        self._began = False
        self.sources = Sources(context)
        self.line = ChooserLine(look, self.sources.find, calm=False)
        self.line.setPlaceholderText(words("walk_around.choose"))
        self.line.setAccessibleName(words("walk_around.choose"))
        self.line.picked.connect(self._picked)
        self.line.left.connect(self._name_source)
        self.line.setMaximumWidth(look.theme.px(460))
        self.there = button(look, words("walk_around.open_source"), self._open, role="quiet")
        self.back = button(look, words("walk_around.put_back"), self.put_back)
        self.fresh = button(look, words("walk_around.fresh"), self.new_record, role="quiet")
        self.note = label(look, size="caption", tone="muted", wrap=True)
        self.readers = Readers(context)
        self.readers.changed.connect(self._tell_readers)
        self.panel = WalkPanel(context, editable=True)
        self.panel.text.setPlaceholderText(words("walk_around.write"))
        self.panel.edited.connect(self._edited)
        self.corrections = Corrections(context)
        self.panel.add_beside(self.corrections)
        self._drafts = QTimer(self, singleShot=True, interval=_DRAFT_EVERY)
        self._drafts.timeout.connect(self._keep)
        head = row(look, self.line, self.there, self.back, None, self.fresh, gap=8)
        head.setStretch(0, 1)
        layout = column(look, head, self.readers, self.note, self.panel, gap=8)
        layout.setStretchFactor(self.panel, 1)
        side = look.theme.px(24)
        layout.setContentsMargins(side, look.theme.px(4), side, look.theme.px(16))
        self.setLayout(layout)
        self._tell_source()

    # the contract of sections

    def refresh(self) -> None:
        self.sources.reload()
        self.corrections.refresh()
        if not self._began:
            self.show_record("walk_around", self.key)
            return
        self.readers.refresh()
        self._reread()
        self._tell_readers()

    def follow(self, changed: Changed) -> None:
        if changed.touches("tag_rule"):
            self.corrections.refresh()
        if changed.touches(*CONCERN):
            self.refresh()

    def show_record(self, kind: str, row_id: str) -> None:
        """A source by its key, or `text:`."""
        self.flush()
        self._began = True
        self._source = source(self.context, row_id)
        if row_id != OWN and self._source is None:
            self.context.tell(UserError("record.gone"))
        self.key = self._source.key if self._source else OWN
        kept = self.context.drafts(_NOUN, self.key).get("text")
        self._show(kept if kept is not None else self._source.text if self._source else "")

    def show_example(self) -> None:
        """A worksheet for a customer some of whose people are known."""
        self.sources.reload()
        for one in self.sources.find(""):
            found = source(self.context, one.key)
            if found and found.field[0] == "pitch" and found.customer_id and found.text:
                self.show_record("walk_around", one.key)
                return

    def new_record(self) -> bool:
        """Ctrl+N: a text of one's own, begun anew."""
        self.show_record("walk_around", OWN)
        self.panel.text.selectAll()
        self.panel.text.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def commands_here(self) -> list[Command]:
        words = self.context.words
        if self._source is None:
            return []
        found = [Command(words("walk_around.open_source"), "forward", self._open)]
        if self.back.isEnabled() and not self.back.isHidden():
            found.append(Command(words("walk_around.put_back"), "save", self.put_back))
        return found

    def flush(self) -> None:
        if self._drafts.isActive():
            self._keep()

    # the text

    def _show(self, text: str) -> None:
        self.panel.show_text(text)
        if self._source is not None:
            self.readers.choose(self._source.customer_id, self._source.readers)
        self._tell_source()
        self._tell_readers()

    def _reread(self) -> None:
        """What stands elsewhere may have changed, or gone; what was typed here stays."""
        before = self._source
        if before is None:
            return
        self._source = source(self.context, before.key)
        if self._source is None:
            self.key = OWN
            self._keep()
            self._note(self.context.words("walk_around.gone", title=before.title))
        elif self.panel.text.text() == before.text != self._source.text:
            self.panel.show_text(self._source.text)
        self._tell_source()

    def _edited(self) -> None:
        self._drafts.start()
        self._tell_source()

    def _keep(self) -> None:
        self._drafts.stop()
        text = self.panel.text.text()
        there = self._source.text if self._source else ""
        self.context.keep_draft(_NOUN, self.key, "text", None if text == there else text)

    def _tell_source(self) -> None:
        """What can be done with the text, and where it comes from."""
        words, found = self.context.words, self._source
        self.there.setVisible(found is not None)
        place, most = found.field if found else ("", 0)
        text = self.panel.text.text()
        changed = found is not None and text != found.text
        self.back.setVisible(bool(place))
        self.back.setEnabled(changed and len(text) <= most)
        self.fresh.setVisible(found is not None or bool(text))
        if not self.line.hasFocus():
            self._name_source()
        if found is None:
            if not text:
                self._note("")
            return
        over = len(text) - most if place else 0
        key = "over" if over > 0 else "changed" if changed and place else "copy" if changed else ""
        said = words(f"walk_around.{key}", most=most, n=over) if key else ""
        self._note(said, "bad" if over > 0 else "muted")

    def _note(self, text: str, tone: Tone = "muted") -> None:
        set_tone(self.note, tone)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _name_source(self) -> None:
        self.line.setText(self._source.title if self._source else "")
        self.line.setCursorPosition(0)

    def _tell_readers(self) -> None:
        found = self._source
        glossary, pictures = (found.glossary, found.pictures) if found else ((), False)
        self.panel.set_about(self.readers.seats, glossary, pictures=pictures)

    def _picked(self, key: str, _typed: str) -> None:
        self.show_record("walk_around", key)
        self._name_source()
        self.panel.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        if self._source is not None:
            self.flush()
            self.context.open(*self._source.record)

    def put_back(self) -> None:
        """Puts the text in the place it came from; undo brings back what stood there."""
        found = self._source
        if found is None or not self.back.isEnabled():
            return
        noun, row_id = found.record
        text, words = self.panel.text.text(), self.context.words
        said = words("walk_around.was_put_back", title=found.title)
        if self.context.run(EditRecord(noun, row_id, {found.field[0]: text}), undoable=said):
            self._source = source(self.context, found.key)
            self._keep()
            self._tell_source()

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.panel.text.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Find):
            self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.line.selectAll()
            self.line.search()
        else:
            super().keyPressEvent(event)
