"""The one line that takes down whatever is said, and the kind it is kept as."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fieldsales.screens.visit.desk import Desk
from fieldsales.widgets.chooser import ChooserLine
from fieldsales.widgets.look import Look
from fieldsales.widgets.picks import Pick, Picks
from fieldsales.widgets.pieces import column, label
from fieldsales.widgets.suggestions import Suggestion

# kind -> the letter that chooses it with Alt, or after a slash at the line's beginning
KINDS = {
    "implied": "I",
    "explicit": "X",
    "objection": "O",
    "signal": "S",
    "observation": "B",
    "competitor": "C",
}
_PREFIX = re.compile(r"^[/／、]([{}])\s?".format("".join(KINDS.values())), re.IGNORECASE)
_DRAFT = "capture"
_DRAFT_AFTER = 1_000  # ms; what was typed must outlive a kill within 2 s


class Capture(QWidget):
    """Type, Enter: kept. Tab changes the kind of what was typed; Alt with a letter does too."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        look, words = desk.look, desk.words
        self._desk = desk
        self.kinds = Picks(look, name=words("visit.capture_kind"), clearable=False)
        self.kinds.set_picks(
            [Pick(kind, words(f"visit.capture.{kind}"), letter) for kind, letter in KINDS.items()]
        )
        self.kinds.set_key("implied")
        self.kinds.chosen.connect(self._kind_chosen)
        self.line = _CaptureLine(look, self._hits)
        self.line.setAccessibleName(words("visit.capture_line"))
        self.line.textEdited.connect(self._edited)
        self.line.picked.connect(self._picked)
        self.line.returnPressed.connect(self._own)
        self.line.turned.connect(self.kinds.step)
        self._hint = label(look, size="caption", tone="faint", wrap=True)
        self.setLayout(column(look, self.kinds, self.line, self._hint, gap=6))
        self.setFocusProxy(self.line)
        self._drafted = ""
        self._draft = QTimer(self, singleShot=True, interval=_DRAFT_AFTER)
        self._draft.timeout.connect(self.keep)
        self._say_kind()

    def add_shortcuts(self, page: QWidget) -> None:
        """Alt with a kind's letter, wherever the cursor stands in the page."""
        for kind, letter in KINDS.items():
            shortcut = QShortcut(QKeySequence(f"Alt+{letter}"), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda kind=kind: self.begin(kind))

    def load(self) -> None:
        """Show another visit: what was typed there last and not kept."""
        self._draft.stop()
        self._drafted = self._desk.drafts().get(_DRAFT, "")
        self.line.setText(self._drafted)

    def begin(self, kind: str) -> None:
        """Choose a kind and put the cursor into the line."""
        self.kinds.set_key(kind)
        self._say_kind()
        self.line.setFocus()
        if self.line.text():
            self.line.search(self.line.text())

    def keep(self) -> None:
        """Keep what stands in the line, so that a crash does not lose it."""
        self._draft.stop()
        text = self.line.text().strip()
        if text != self._drafted:
            self._drafted = text
            self._desk.keep_visit_draft(_DRAFT, text or None)

    def _say_kind(self) -> None:
        words, kind = self._desk.words, self.kinds.key
        self.line.setPlaceholderText(words(f"visit.capture_hint.{kind}"))
        self._hint.setText(words("visit.capture_keys"))

    def _kind_chosen(self) -> None:
        self._say_kind()
        if self.line.hasFocus():
            self.line.search(self.line.text())
        else:
            self.line.setFocus()

    def _edited(self, text: str) -> None:
        found = _PREFIX.match(text)
        if found:
            letters = {letter: kind for kind, letter in KINDS.items()}
            self.line.setText(text[found.end() :])
            self.begin(letters[found[1].upper()])
        self._draft.start()

    def _hits(self, text: str) -> Sequence[Suggestion]:
        if not text:
            return ()
        desk, kind = self._desk, self.kinds.key
        if kind == "competitor":
            return [
                Suggestion(name, name, icon="competitor")
                for name in desk.competitors()
                if text.casefold() in name.casefold()
            ]
        if kind not in ("objection", "signal", "observation"):
            return ()
        if kind == "objection":
            return [
                Suggestion(
                    entry.code,
                    entry.title,
                    "".join(answer.text for answer in desk.answers(entry)[:1]),
                    "objection",
                )
                for entry in desk.find_objections(text, 5)
            ]
        codes = desk.matcher(kind).find(text, 5)
        shelf = desk.library
        if kind == "signal":
            noticed = [shelf.signals[code] for code in codes]
            return [Suggestion(s.code, s.text, s.then, "signal") for s in noticed]
        clues = [shelf.observations[code] for code in codes]
        return [Suggestion(o.code, o.text, o.tells, "eye") for o in clues]

    def _picked(self, key: str, typed: str) -> None:
        desk, kind, shelf = self._desk, self.kinds.key, self._desk.library
        if kind == "objection":
            kept = desk.add_objection(typed, desk.objections.entries[key])
        elif kind == "signal":
            kept = desk.add_signal(shelf.signals[key])
        elif kind == "observation":
            kept = desk.add_item("observation", shelf.observations[key].text, code=key)
        else:
            kept = desk.add_item("competitor", key)
        self._kept(bool(kept))

    def _own(self) -> None:
        text, kind = self.line.text().strip(), self.kinds.key
        if not text:
            return
        if kind in ("implied", "explicit"):
            self._kept(self._desk.add_need(text, kind))
        else:
            self._kept(bool(self._desk.add_item(kind, text)))

    def _kept(self, kept: bool) -> None:
        if kept:
            self.line.setText("")  # with it goes what the line itself could undo
            self.line.suggestions.hide()
            self.keep()


class _CaptureLine(ChooserLine):
    """A line in which Tab turns to the next kind as long as something stands in it, and Ctrl+Enter
    takes the best hit.
    """

    turned = Signal(int)

    def __init__(self, look: Look, find: Callable[[str], Sequence[Suggestion]]) -> None:
        super().__init__(look, find, calm=False, take_first=False)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self.text().strip():
            self.turned.emit(1 if forward else -1)
            return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        best = entered and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if best and self.suggestions.isVisible() and self.suggestions.current() is None:
            self.suggestions.move_by(1)
        if event.key() == Qt.Key.Key_Escape and self.text() and not self.suggestions.isVisible():
            self.clear()
            self.textEdited.emit("")
        else:
            super().keyPressEvent(event)
