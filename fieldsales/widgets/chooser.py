"""Choosing by typing: another record, or an entry of a list that the user may add to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import Field
from fieldsales.errors import FieldError
from fieldsales.widgets.editors import Editor, LineEdit
from fieldsales.widgets.look import Look
from fieldsales.widgets.suggestions import Suggestion, Suggestions

_CREATE = "\x00create"  # no id looks like this


@dataclass(frozen=True, slots=True)
class Finder:
    """How a chooser finds records: `find` by what was typed ('' for the likely ones), `title` of
    an id, and where new ones may be made, `create` from a text (gives the new id).
    """

    find: Callable[[str], Sequence[Suggestion]]
    title: Callable[[str], str]
    create: Callable[[str], str] | None = None


class ChooserLine(LineEdit):
    """A line with a list of hits below it, driven by the keyboard: ↑ ↓ Enter Esc."""

    picked = Signal(str, str)  # key, text as it stood when picked

    def __init__(
        self,
        look: Look,
        find: Callable[[str], Sequence[Suggestion]],
        *,
        calm: bool = True,
        take_first: bool = True,
    ) -> None:
        super().__init__(look, calm=calm)
        self._find = find
        self._take_first = take_first
        self._list = Suggestions(look, self)
        self._list.picked.connect(self._pick)
        self.textEdited.connect(self.search)

    def search(self, text: str = "") -> None:
        """Look for what stands in the line, and show it."""
        self._list.show_hits(self._find(text.strip()), text, first=self._take_first)

    @property
    def suggestions(self) -> Suggestions:
        return self._list

    def _pick(self, key: str) -> None:
        text = self.text().strip()
        self._list.hide()
        self.picked.emit(key, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        shown = self._list.isVisible()
        if key == Qt.Key.Key_Down and not shown:
            self.search(self.text())
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown and self._list.current():
            self._pick(self._list.current().key)
        elif key == Qt.Key.Key_Escape and shown:
            self._list.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._list.hide()
        super().focusOutEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self._list.hide()
        return super().focusNextPrevChild(forward)


class ReferenceEditor(Editor):
    """Another record, found by typing; what is typed but not picked is no value."""

    opened = Signal(str)  # Ctrl+Enter or F4 on a chosen record: show it

    def __init__(
        self, look: Look, field: Field, finder: Finder, hint: str = "", *, calm: bool = True
    ) -> None:
        super().__init__(look, field)
        self._finder = finder
        self._id = ""
        self._title = ""
        self.line = ChooserLine(look, self._hits, calm=calm)
        self.line.setPlaceholderText(hint or look.words("widgets.type_to_find"))
        self.line.textEdited.connect(self.edited)
        self.line.picked.connect(self._picked)
        self.line.left.connect(self.finished)
        self.line.installEventFilter(self)
        self.fill(self.line)

    def value(self) -> object:
        text = self.line.text().strip()
        if not text:
            return None
        if text == self._title:
            return self._id
        # a name typed in full needs no picking
        same = [hit.key for hit in self._finder.find(text) if hit.title == text]
        if len(same) != 1:
            raise FieldError("widgets.pick_one", self.field.name, value=text)
        return same[0]

    def set_value(self, value: object) -> None:
        self._id = "" if value is None else str(value)
        self._title = self._finder.title(self._id).strip() if self._id else ""
        self.line.setText(self._title)
        self.line.setCursorPosition(0)

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, text: str) -> None:
        self.line.setText(text)

    def target(self) -> QWidget:
        return self.line

    def _hits(self, text: str) -> Sequence[Suggestion]:
        hits = list(self._finder.find(text))
        if text and self._finder.create is not None:
            title = self.look.words("widgets.create_named", name=text)
            hits.append(Suggestion(_CREATE, title, icon="add"))
        return hits

    def _picked(self, key: str, text: str) -> None:
        if key == _CREATE and self._finder.create is not None:
            key = self._finder.create(text)
        self.set_value(key)
        self.edited.emit()
        self.finished.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._id:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.key() == Qt.Key.Key_F4 or (
                enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            ):
                self.opened.emit(self._id)
                return True
        return super().eventFilter(watched, event)


class NameEditor(Editor):
    """A name as it is typed, with names that may be meant below it."""

    def __init__(
        self, look: Look, field: Field, find: Callable[[str], Sequence[Suggestion]]
    ) -> None:
        super().__init__(look, field)
        self.line = ChooserLine(look, find, calm=False, take_first=False)
        self.line.setMaxLength(field.max_length or 200)
        self.line.textEdited.connect(self.edited)
        self.line.left.connect(self.finished)
        self._find = find
        self.line.picked.connect(self._picked)
        self.fill(self.line)

    def value(self) -> object:
        return self.line.text()

    def set_value(self, value: object) -> None:
        self.line.setText("" if value is None else str(value))

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, text: str) -> None:
        self.line.setText(text)

    def target(self) -> QWidget:
        return self.line

    def _picked(self, key: str, text: str) -> None:
        self.line.setText(next((one.title for one in self._find(text) if one.key == key), text))
        self.edited.emit()
        self.finished.emit()


class OpenChoiceEditor(Editor):
    """A list of codes shown by their names, to which the user may add own entries by typing."""

    def __init__(
        self,
        look: Look,
        field: Field,
        hint: str = "",
        *,
        own: Callable[[], Sequence[str]] | None = None,
        calm: bool = True,
    ) -> None:
        super().__init__(look, field)
        self._own = own
        self.line = ChooserLine(look, self._hits, calm=calm, take_first=False)
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self.edited)
        self.line.picked.connect(self._picked)
        self.line.left.connect(self.finished)
        self.line.returnPressed.connect(self.finished)
        self.fill(self.line)

    def value(self) -> object:
        text = self.line.text().strip()
        for code in self.field.choices:
            if self.look.words.choice(self.field.list, code).casefold() == text.casefold():
                return code
        return text

    def set_value(self, value: object) -> None:
        code = "" if value is None else str(value)
        self.line.setText(self.look.words.choice(self.field.list, code))
        self.line.setCursorPosition(0)

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, text: str) -> None:
        self.line.setText(text)

    def target(self) -> QWidget:
        return self.line

    def _hits(self, text: str) -> Sequence[Suggestion]:
        names = {code: self.look.words.choice(self.field.list, code) for code in self.field.choices}
        names.update({own: own for own in (self._own() if self._own else ())})
        wanted = text.casefold()
        if any(name.casefold() == wanted for name in names.values()):
            wanted = ""  # opened on what is chosen: show the whole list
        return [Suggestion(code, name) for code, name in names.items() if wanted in name.casefold()]

    def _picked(self, key: str, text: str) -> None:
        self.set_value(key)
        self.edited.emit()
        self.finished.emit()
