"""The line below a thing that asks until when it is put off and why, or to which day it goes."""

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


class DayPanel(QWidget):
    """Asks for a day, and what stands beside it; Enter does it, Esc leaves it.

    The UserError that doing it may raise is shown below. `indent` in px.
    """

    closed = Signal()

    def __init__(self, look: Look, hint: str, verb: str, *beside: LineEdit, indent: int) -> None:
        super().__init__()
        self._look = look
        self.day = DayLine(look)
        self.day.setPlaceholderText(hint)
        self.day.setAccessibleName(hint)
        self._beside = beside
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        lines = row(look, self.day, *beside, button(look, verb, self.finish))
        lines.setStretch(0, 2)
        for at in range(len(beside)):
            lines.setStretch(at + 1, 3)
        if not beside:
            lines.addStretch(3)
            self.day.returnPressed.connect(self.finish)
        layout = column(look, lines, self._wrong, gap=4)
        theme = look.theme
        layout.setContentsMargins(theme.px(indent), theme.px(4), theme.px(8), theme.px(8))
        self.setLayout(layout)

    def ask(self) -> None:
        """Shows itself, empty, with the cursor in the day."""
        for line in (self.day, *self._beside):
            line.clear()
        self._say("")
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Does it, or says below what is still missing."""
        words = self._look.words
        until = self.day.day()
        if until is None:
            self._say(words("task.snooze_past"))
            self.day.setFocus()
            return
        self._say("")
        try:
            self.act(until)
        except UserError as error:
            self._say(words(error.code, **error.params))

    def act(self, day: date) -> None:
        """What is done with the day."""
        raise NotImplementedError

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class SnoozePanel(DayPanel):
    """Until when, and why; `act` gets day and reason."""

    def __init__(self, look: Look, act: Callable[[date, str], object], *, indent: int = 0) -> None:
        words = look.words
        reason = LineEdit(look, calm=False)
        reason.setPlaceholderText(words("widgets.snooze_why"))
        reason.setAccessibleName(words("widgets.snooze_why"))
        until, verb = words("widgets.snooze_until"), words("widgets.snooze")
        super().__init__(look, until, verb, reason, indent=indent)
        self.reason = reason
        self.reason.returnPressed.connect(self.finish)
        self._act = act

    def act(self, day: date) -> None:
        self._act(day, self.reason.text())


class MovePanel(DayPanel):
    """To which day; `act` gets it."""

    def __init__(self, look: Look, act: Callable[[date], object], *, indent: int = 0) -> None:
        words = look.words
        super().__init__(look, words("widgets.move_to"), words("widgets.move"), indent=indent)
        self._act = act

    def act(self, day: date) -> None:
        self._act(day)
