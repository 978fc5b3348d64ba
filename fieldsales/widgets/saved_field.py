"""One field that saves itself, with what is wrong below it, and a line of text that wraps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.domain.fields import Field, fields
from fieldsales.domain.nouns import NOUNS
from fieldsales.widgets.binder import Binder, Commit, Draft
from fieldsales.widgets.editors import Editor, NoteEditor
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, label
from fieldsales.words import Words


class Saver(Protocol):
    """What a field that saves itself needs of its page."""

    @property
    def look(self) -> Look: ...

    @property
    def words(self) -> Words: ...

    def commit(self, noun: str, row_id: str) -> Commit: ...

    def draft(self, noun: str, row_id: str) -> Draft: ...


def field_of(noun: str, name: str) -> Field:
    """The declared field of a noun."""
    return fields(NOUNS[noun])[name]


class WrappedLine(NoteEditor):
    """One line of text that wraps instead of scrolling sideways; Enter is done."""

    entered = Signal()

    def __init__(self, look: Look, field: Field, hint: str = "", *, most: int = 6) -> None:
        super().__init__(look, field, hint, lines=1, most=most)

    def _fit(self) -> None:
        layout = self.text.document().documentLayout()
        layout.documentSizeChanged.emit(layout.documentSize())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            # Qt tells of a new size after a change of the text, not of the width
            QTimer.singleShot(0, self._fit)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.finished.emit()
            self.entered.emit()
            return True
        return super().eventFilter(watched, event)


class SavedField(QWidget):
    """One field of a record that saves itself; what is wrong stands below it."""

    emptied = Signal()  # the user is done, and left nothing

    def __init__(self, desk: Saver, noun: str, row_id: str, editor: Editor, name: str) -> None:
        super().__init__()
        self.editor = editor
        self._desk, self._noun, self._row_id = desk, noun, row_id
        editor.set_name(name)
        self.binder = Binder(desk.words, self._save, self._keep, parent=self)
        self.binder.bind(editor)
        self.binder.trouble.connect(self._say)
        editor.finished.connect(self._left)
        self._dropped = False
        self._message = label(desk.look, size="caption", tone="bad", wrap=True)
        self._message.setVisible(False)
        self.setLayout(column(desk.look, editor, self._message, gap=2))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(editor.target())

    def stand_for(self, row_id: str) -> None:
        """From now on a field of another record; `load` it then."""
        self._row_id, self._dropped = row_id, False

    def load(self, value: object, draft: str | None = None) -> None:
        name = self.editor.field.name
        self.binder.load({name: value}, {name: draft} if draft else {})

    def refresh(self, value: object) -> None:
        self.binder.refresh({self.editor.field.name: value})

    def drop(self) -> None:
        """Forget what is pending: the record is gone."""
        self._dropped = True
        self.binder.load({})

    def _save(self, values: Mapping[str, object]) -> None:
        self._desk.commit(self._noun, self._row_id)(values)

    def _keep(self, name: str, text: str | None) -> None:
        self._desk.draft(self._noun, self._row_id)(name, text)

    def _left(self) -> None:
        if not self._dropped and not self.editor.typed().strip():
            self.emptied.emit()

    def _say(self, _name: str, text: str, kind: str) -> None:
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self.editor.set_wrong(kind == "wrong")
