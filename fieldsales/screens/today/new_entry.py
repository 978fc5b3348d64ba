"""Something new in the calendar: a visit or a task, where the cursor stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldsales.domain.clock import to_stamp
from fieldsales.domain.task import TITLE
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import customers_finder
from fieldsales.services.operations.records import AddRecord
from fieldsales.services.operations.visits import PlanVisit
from fieldsales.widgets.calendar.items import clock
from fieldsales.widgets.chooser import ReferenceEditor
from fieldsales.widgets.editors import LineEdit
from fieldsales.widgets.pieces import button, column, label, row, surface
from fieldsales.widgets.saved_field import field_of
from fieldsales.widgets.segmented import Option, Segmented

_MOST = 12  # customers found at a time
_MORNING = 10 * 60  # of a visit on a day without an hour


@dataclass(frozen=True, slots=True)
class Span:
    """Where it is to stand; `minute` None for a day alone."""

    day: date
    minute: int | None
    minutes: int


class NewEntry(QWidget):
    """Enter makes it, Esc leaves it."""

    closed = Signal()
    made = Signal(str)  # key in the calendar

    def __init__(self, context: Context) -> None:
        super().__init__()
        look, words = context.look, context.words
        self._context = context
        self._span = Span(look.clock.today(), None, 60)
        self.when = label(look, bold=True)
        kinds = [Option(kind, words(f"calendar.new_{kind}")) for kind in ("visit", "task")]
        self.kind = Segmented(look, kinds, name=words("calendar.kind"))
        self.kind.chosen.connect(self._arrange)
        hint = words("calendar.customer_hint")
        self.customer = ReferenceEditor(
            look,
            field_of("visit", "customer_id"),
            customers_finder(context, new=True),
            hint,
            calm=False,
        )
        self.customer.set_name(words("field.visit.customer_id"))
        self.customer.line.returnPressed.connect(self.submit)
        self.text = LineEdit(look, calm=False)
        self.text.setMaxLength(TITLE)
        self.text.returnPressed.connect(self.submit)
        self._wrong = label(look, size="caption", tone="bad", wrap=True)
        line = row(
            look,
            self.when,
            self.kind,
            self.customer,
            self.text,
            button(look, words("calendar.add"), self.submit, icon="check"),
            button(look, words("calendar.not_now"), self.closed.emit, role="quiet"),
            gap=8,
        )
        line.setStretch(2, 3)
        line.setStretch(3, 4)
        ground = surface("paper-2")
        ground.setLayout(column(look, line, self._wrong, gap=4, margin=12))
        self.setLayout(column(look, ground, gap=0))
        self.setFocusProxy(self.customer)
        self._say("")

    def ask(self, span: Span) -> None:
        """Begins anew for a place in the calendar."""
        self._span = span
        self.kind.set_key("task" if span.minute is None else "visit")
        self.customer.set_value(None)
        self.text.clear()
        self._say("")
        self._arrange()
        self.show()
        self.customer.target().setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        words, span = self._context.words, self._span
        visit = self.kind.key == "visit"
        told = words.dated(span.day, year=False)
        if visit:
            begin = _MORNING if span.minute is None else span.minute
            told = f"{told} {clock(begin)}–{clock(begin + span.minutes)}"
        self.when.setText(told)
        hint = words("calendar.visit_hint" if visit else "calendar.task_hint")
        self.text.setPlaceholderText(hint)
        self.text.setAccessibleName(hint)

    def submit(self) -> None:
        """Makes it, or says what is missing."""
        words = self._context.words
        try:
            customer = self.customer.value()
        except FieldError as wrong:
            self._say(words(wrong.code, **wrong.params))
            return
        text = self.text.text().strip()
        if self.kind.key == "visit":
            self._plan(str(customer or ""), text)
        else:
            self._note(str(customer or ""), text)

    def _plan(self, customer: str, text: str) -> None:
        words, span = self._context.words, self._span
        if not customer:
            self._say(words("calendar.whom"))
            self.customer.target().setFocus()
            return
        begin = _MORNING if span.minute is None else span.minute
        moment = datetime.combine(span.day, time(begin // 60, begin % 60)).astimezone()
        values = {
            "starts_at": to_stamp(moment),
            "minutes": span.minutes,
            "objective": text,
        }
        planned = PlanVisit(customer, values)
        if self._context.run(planned, undoable=words("calendar.planned")) is not None:
            self.made.emit(f"visit:{planned.row_id}")

    def _note(self, customer: str, text: str) -> None:
        words = self._context.words
        if not text:
            self._say(words("calendar.what"))
            self.text.setFocus()
            return
        values = {
            "title": text,
            "due": self._span.day.isoformat(),
            "customer_id": customer or None,
        }
        noted = AddRecord("task", values)
        if self._context.run(noted, undoable=words("calendar.noted")) is not None:
            self.made.emit(f"task:{noted.row_id}")

    def _say(self, text: str) -> None:
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
