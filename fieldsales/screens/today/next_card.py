"""What stands in the place of a line that is done: what comes next for that customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.task import TITLE
from fieldsales.screens.today.desk import Finished
from fieldsales.widgets.day_editor import DayLine
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import (
    ElidedLabel,
    IconLabel,
    button,
    column,
    label,
    row,
    surface,
    tool_button,
)

_DAYS = 3  # ahead that a next step is dated, unless another day is typed


class NextCard(QWidget):
    """Offers a next step where a customer has none: noted here as a task, or a visit planned.

    `note` takes title and day and says whether it was written; Esc leaves it.
    """

    closed = Signal()
    visit_wanted = Signal(QWidget)

    def __init__(
        self, look: Look, finished: Finished, note: Callable[[str, date | None], bool]
    ) -> None:
        super().__init__()
        words = look.words
        self._note = note
        self.title = LineEdit(look, calm=False)
        self.title.setMaxLength(TITLE)
        self.title.setPlaceholderText(words("today.next_what"))
        self.title.setAccessibleName(words("today.next_what"))
        self.title.setText(finished.then)
        self.title.returnPressed.connect(self._add)
        self.day = DayLine(look, calm=False)
        self.day.setAccessibleName(words("today.next_when"))
        self.day.setPlaceholderText(words("today.next_when"))
        self.day.set_day(date.fromordinal(look.clock.today().toordinal() + _DAYS))
        self.day.returnPressed.connect(self._add)
        visit = button(look, words("today.next_visit"), icon="visit")
        visit.clicked.connect(lambda: self.visit_wanted.emit(visit))
        head = row(
            look,
            IconLabel(look, "success", "good", 18),
            ElidedLabel(look, finished.title, bold=True),
            tool_button(look, "close", words("common.close"), self.closed.emit),
            gap=12,
        )
        head.setStretch(1, 1)
        lines = row(look, self.title, self.day, gap=8)
        lines.setStretch(0, 5)
        lines.setStretch(1, 4)
        ways = row(look, button(look, words("today.next_note"), self._add), visit, None, gap=8)
        ground = surface("paper-2")
        asked = label(look, words("today.next_none"), size="caption", tone="muted", wrap=True)
        ground.setLayout(column(look, head, asked, lines, ways, gap=8, margin=12))
        self.setLayout(column(look, ground, gap=0))
        self.setFocusProxy(self.title)

    def _add(self) -> None:
        title = self.title.text().strip()
        if not title:
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._note(title, self.day.day()):
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
