"""What a calendar file holds, to be looked through before it is taken over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from fieldsales.domain.customer import Customer
from fieldsales.errors import FieldError
from fieldsales.screens.contract import Context
from fieldsales.screens.finders import customers_finder
from fieldsales.services.calendar_file.plan import Incoming, Planned
from fieldsales.services.operations.calendar_file import ImportCalendar
from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.chooser import ReferenceEditor
from fieldsales.widgets.empty_state import EmptyState
from fieldsales.widgets.pieces import ElidedLabel, button, column, hairline, label, row
from fieldsales.widgets.saved_field import field_of

_AT_ONCE = 60  # rows that are looked through at a time
_TONES = {"new": "accent", "moved": "warn", "cancelled": "bad"}


class CalendarImport(QWidget):
    """Each entry with the customer it was found to be of; without one it becomes a task.

    Esc leaves without taking anything.
    """

    closed = Signal()
    taken = Signal(object)  # the first day on which something came to stand

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.rows: list[ImportRow] = []
        self._waiting: list[Planned] = []
        self._name = ""
        look, words = context.look, context.words
        self._title = label(look, size="section", bold=True)
        self._said = label(look, tone="muted", wrap=True)
        self.go = button(look, "", self.take, icon="import", role="primary")
        leave = button(look, words("calendar.import_leave"), self.closed.emit, role="quiet")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = row(look, self._title, None, leave, self.go)
        layout = column(look, head, self._said, self._scroll, gap=8)
        side = look.theme.px(24)
        layout.setContentsMargins(side, 0, side, look.theme.px(8))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def look_at(self, path: Path, found: Incoming) -> None:
        """Shows what a file would bring."""
        self._name = path.name
        self._waiting = [one for one in found.planned if one.useful]
        known = len(found.planned) - len(self._waiting)
        self._show(known, found.contents.past, found.contents.unreadable)

    def _show(self, known: int = 0, past: int = 0, unreadable: int = 0) -> None:
        look, words = self._context.look, self._context.words
        shown = self._waiting[:_AT_ONCE]
        rest = len(self._waiting) - len(shown)
        self._title.setText(words("calendar.import_title", name=self._name))
        said = [words("calendar.import_hint")] if shown else []
        for code, number in (
            ("rest", rest),
            ("known", known),
            ("past", past),
            ("unreadable", unreadable),
        ):
            if number:
                said.append(words(f"calendar.import_{code}", n=number))
        self._said.setText(" ".join(said))
        self.rows = [ImportRow(self._context, one) for one in shown]
        body = QWidget()
        if self.rows:
            body.setLayout(_listed(self._context, self.rows))
        else:
            nothing = EmptyState(
                look,
                words("calendar.import_nothing"),
                icon="calendar",
                action=words("calendar.import_back"),
                act=self.closed.emit,
            )
            body.setLayout(column(look, nothing))
            self.setFocusProxy(nothing)
        for one in self.rows:
            one.changed.connect(self._count)
        self._scroll.setWidget(body)
        self.go.setVisible(bool(self.rows))
        self._count()
        if self.rows:
            self.setFocusProxy(self.rows[0].tick)

    def _count(self) -> None:
        chosen = sum(one.tick.isChecked() for one in self.rows)
        self.go.setText(self._context.words("calendar.import_go", n=chosen))
        self.go.setEnabled(chosen > 0)

    def take(self) -> None:
        """Takes over what is ticked, as one change; of a long file, then shows what follows."""
        words = self._context.words
        chosen = tuple(one.planned() for one in self.rows if one.tick.isChecked())
        if not chosen:
            return
        said = words("calendar.imported", n=len(chosen))
        if self._context.run(ImportCalendar(chosen), undoable=said) is None:
            return
        self.taken.emit(min(one.event.day for one in chosen))
        self._waiting = self._waiting[len(self.rows) :]
        if self._waiting:
            self._show()
            self.setFocus()
        else:
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _listed(context: Context, rows: Sequence[QWidget]) -> QVBoxLayout:
    layout = column(context.look, gap=0)
    for at, one in enumerate(rows):
        if at:
            layout.addWidget(hairline(context.look))
        layout.addWidget(one)
    layout.addStretch(1)
    return layout


class ImportRow(QWidget):
    """An entry: whether it is taken, when and what it is, and whose."""

    changed = Signal()

    def __init__(self, context: Context, one: Planned) -> None:
        super().__init__()
        look, words, event = context.look, context.words, one.event
        self._context = context
        self._one = one
        when = words.dated(event.day, year=event.day.year != look.clock.today().year)
        if event.begins is not None:
            when = f"{when} {words.time(event.begins)}"
        self.tick = QCheckBox()
        self.tick.setChecked(True)
        self.tick.setAccessibleName(f"{when} · {event.title}")
        self.tick.toggled.connect(self._ticked)
        told = label(look, when)
        told.setFixedWidth(look.theme.px(170))
        about = [event.place, words("calendar.import_repeats") if event.repeats else ""]
        texts = column(look, ElidedLabel(look, event.title, bold=True), gap=2)
        if any(about):
            below = " · ".join(filter(None, about))
            texts.addWidget(ElidedLabel(look, below, size="caption", tone="muted"))
        self._kind = Chip(look, ChipFace("", "plain"))
        self.customer = ReferenceEditor(
            look,
            field_of("visit", "customer_id"),
            customers_finder(context, new=True),
            words("calendar.import_whose"),
            calm=False,
        )
        self.customer.set_name(words("field.visit.customer_id"))
        self.customer.set_value(one.customer_id or None)
        self.customer.finished.connect(self._tell)
        self.customer.setEnabled(one.state == "new")
        self.customer.setFixedWidth(look.theme.px(300))
        side = look.theme.px(8)
        layout = row(look, self.tick, told, texts, self._kind, self.customer, gap=12)
        layout.setContentsMargins(side, side, side, side)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._tell()

    def _ticked(self, _on: bool) -> None:
        self.changed.emit()

    def planned(self) -> Planned:
        """As it would be taken over, with the customer that is chosen now."""
        if self._one.state != "new":
            return self._one
        try:
            chosen = str(self.customer.value() or "")
        except FieldError:
            chosen = ""
        customer = self._context.store.record(Customer, chosen) if chosen else None
        return self._one.of_customer(chosen, customer.name if customer is not None else "")

    def _tell(self) -> None:
        words, one = self._context.words, self.planned()
        if one.state == "new":
            face = ChipFace(words(f"calendar.new_{one.noun}"), "accent")
        else:
            face = ChipFace(words(f"calendar.import_state.{one.state}"), _TONES[one.state])
        self._kind.set_face(face)
