"""The line below a thing that asks until when it is put off, and why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.errors import UserError
from fieldsales.widgets.day_editor import DayLine
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import button, column, label, row


class SnoozePanel(QWidget):
    """Until when, and why; Enter puts it off, Esc leaves it.

    `act` gets day and reason; the UserError it may raise is shown below. `indent` in px.
    """

    closed = Signal()

    def __init__(self, look: Look, act: Callable[[date, str], object], *, indent: int = 0) -> None:
        super().__init__()
        words = look.words
        self._look = look
        self._act = act
        self.day = DayLine(look)
        self.day.setPlaceholderText(words("widgets.snooze_until"))
        self.day.setAccessibleName(words("widgets.snooze_until"))
        self.reason = LineEdit(look, calm=False)
        self.reason.setPlaceholderText(words("widgets.snooze_why"))
        self.reason.setAccessibleName(words("widgets.snooze_why"))
        self.reason.returnPressed.connect(self.finish)
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        lines = row(look, self.day, self.reason, button(look, words("widgets.snooze"), self.finish))
        lines.setStretch(0, 2)
        lines.setStretch(1, 3)
        layout = column(look, lines, self._wrong, gap=4)
        theme = look.theme
        layout.setContentsMargins(theme.px(indent), theme.px(4), theme.px(8), theme.px(8))
        self.setLayout(layout)

    def ask(self) -> None:
        """Shows itself, empty, with the cursor in the day."""
        self.day.clear()
        self.reason.clear()
        self._say("")
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Puts it off, or says below what is still missing."""
        words = self._look.words
        until = self.day.day()
        if until is None:
            self._say(words("task.snooze_past"))
            self.day.setFocus()
            return
        self._say("")
        try:
            self._act(until, self.reason.text())
        except UserError as error:
            self._say(words(error.code, **error.params))

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
