"""A line in which something is added to a record; what is typed there is kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from fieldsales.screens.contract import Context
from fieldsales.widgets.editors import LineEdit

_KEEP_AFTER = 1_000  # ms; a draft must outlive a kill within 2 s of the last key


class AddLine(LineEdit):
    """A line whose Enter adds something; until then its text is kept as a draft of the record.

    With `tab_adds` so does Tab; elsewhere the line says that what stands there was not added yet.
    """

    added = Signal(str)
    left_empty = Signal()  # Esc, or the focus went and nothing stands there

    def __init__(
        self, context: Context, noun: str, name: str, hint: str, *, tab_adds: bool = False
    ) -> None:
        super().__init__(context.look)
        self._tab_adds = tab_adds
        self._context = context
        self._noun = noun
        self._name = f"add:{name}"
        self._row_id = ""
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_AFTER)
        self._timer.timeout.connect(self.keep_draft)
        self.textEdited.connect(self._edited)
        self.returnPressed.connect(self._take)
        self.left.connect(self._left)

    def load(self, row_id: str, kept: Mapping[str, str]) -> None:
        """Stand for another record, with what was typed there and not added yet."""
        self._timer.stop()
        self._row_id = row_id
        self.setText(kept.get(self._name, ""))
        self._tell_waiting()

    def keep_draft(self) -> None:
        """Keep what stands there, now."""
        self._timer.stop()
        if self._row_id:
            text = self.text()
            self._context.keep_draft(self._noun, self._row_id, self._name, text or None)

    def clear_added(self) -> None:
        """Its text was added: forget it."""
        self.clear()
        self.keep_draft()
        self._tell_waiting()

    def _tell_waiting(self) -> None:
        waits = bool(self.text().strip()) and not self.hasFocus()
        self.set_suffix(self._context.words("card.not_added") if waits else "")

    def _edited(self) -> None:
        self.set_suffix("")
        if not self._timer.isActive():  # who types on must not put it off
            self._timer.start()

    def _take(self) -> None:
        text = self.text().strip()
        if text:
            self.added.emit(text)

    def _left(self) -> None:
        if self._timer.isActive():
            self.keep_draft()
        if not self.text().strip():
            self.left_empty.emit()
        self._tell_waiting()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._tab_adds and forward and self.text().strip():
            self._take()
            if not self.hasFocus():  # a form for the rest was opened
                return True
        return super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear_added()
            self.left_empty.emit()
        else:
            super().keyPressEvent(event)
