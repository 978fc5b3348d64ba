"""A day gone by, as of which something is to be shown; today unless one is told."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.fields import Field, Kind
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.widgets.day_editor import DayEditor
from fieldsales.widgets.pieces import button, label, row

_DAY = Field("as_of", Kind.DATE)


class AsOf(QWidget):
    """One press asks for the day, another leads back to today.

    Without `opener` it is asked for from elsewhere.
    """

    changed = Signal(object)  # the day, None for today
    left = Signal()  # nothing is asked any more

    def __init__(self, context: Context, *, opener: bool = True) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._opener = opener
        self.day: date | None = None
        self.open = button(look, words("as_of.open"), self.ask, icon="history", role="quiet")
        self.open.setToolTip(words("as_of.hint"))
        self.caption = label(look, words("as_of.caption"), tone="muted")
        self.editor = DayEditor(look, _DAY, calm=False)
        self.editor.setFixedWidth(look.theme.px(150))
        self.editor.set_name(words("as_of.caption"))
        self.editor.finished.connect(self._finished)
        self.wrong = label(look, size="caption", tone="warn")
        self.back = button(look, words("as_of.today"), self.to_today, role="link")
        self.setLayout(
            row(look, self.open, self.caption, self.editor, self.wrong, self.back, None, gap=8)
        )
        self._show(asking=False)

    @property
    def asking(self) -> bool:
        """Whether a day is asked for or shown."""
        return not self.back.isHidden()

    def ask(self) -> None:
        """Asks for the day."""
        self._show(asking=True)
        self.editor.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_day(self, day: date | None) -> None:
        """Takes a day over without telling anybody."""
        self.day = day
        self.editor.set_value(day.isoformat() if day else None)
        self._say("")
        self._show(asking=day is not None)

    def to_today(self) -> None:
        """Back to how things are now."""
        had = self.day is not None
        self.show_day(None)
        if had:
            self.changed.emit(None)
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.emit()

    def _finished(self) -> None:
        try:
            told = self.editor.value()
        except FieldError as trouble:
            self._say(self._context.words(trouble.code, **trouble.params))
            return
        day = date.fromisoformat(str(told)) if told else None
        if day is not None and day >= self._context.look.clock.today():
            self._say(self._context.words("as_of.not_past"))
            return
        self._say("")
        if day != self.day:
            self.day = day
            self.changed.emit(day)

    def _say(self, wrong: str) -> None:
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        self.editor.set_wrong(bool(wrong))

    def _show(self, *, asking: bool) -> None:
        self.open.setVisible(not asking and self._opener)
        for part in (self.caption, self.editor, self.back):
            part.setVisible(asking)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.asking:
            self.to_today()
        else:
            super().keyPressEvent(event)
