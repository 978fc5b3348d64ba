"""Rows below each other that are kept as long as their things are, and lines to tick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import Tone, column, label, row, set_tone


class Keyed(Protocol):
    """What a list of rows can show."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Keyed)


class Row(QWidget, Generic[T]):
    """A row that can show its thing anew in place.

    One that is `reusable` can stand for another thing once its own is gone: making it costs more.
    """

    reusable: ClassVar[bool] = False

    def stand_for(self, thing: T) -> None:
        """Begin anew with another thing."""
        raise NotImplementedError

    def show_thing(self, thing: T) -> None:
        raise NotImplementedError

    def drop(self) -> None:
        """Called when its thing is gone, before the row goes too."""


class Rows(QWidget, Generic[T]):
    """Rows below each other, kept as long as their things are: cursor and focus stay put.

    `at_once`: so many new ones are made at once, others in later turns of the loop; 0 makes all.
    """

    def __init__(
        self, look: Look, make: Callable[[T], Row[T]], *, gap: int = 4, at_once: int = 0
    ) -> None:
        super().__init__()
        self._make = make
        self._at_once = at_once
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._make_some)
        self._things: Sequence[T] = ()
        self._rows: dict[str, Row[T]] = {}
        self._spare: list[Row[T]] = []
        self._layout: QVBoxLayout = column(look, gap=gap)
        self.setLayout(self._layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setVisible(False)

    def row(self, key: str) -> Row[T] | None:
        while key not in self._rows and self._later.isActive():
            self._make_some()
        return self._rows.get(key)

    def keys(self) -> list[str]:
        return [thing.id for thing in self._things]

    def show_things(self, things: Sequence[T]) -> None:
        self._things = things
        wanted = {thing.id for thing in things}
        for key in [key for key in self._rows if key not in wanted]:
            self._remove(key)
        for thing in things:
            if thing.id in self._rows:
                self._rows[thing.id].show_thing(thing)
        self._make_some()
        self.setVisible(bool(wanted))

    def _make_some(self) -> None:
        """Make rows that are missing, and put all that are there in order."""
        made = 0
        for at, thing in enumerate(self._things):
            found = self._rows.get(thing.id)
            if found is None:
                if self._at_once and made == self._at_once:
                    self._later.start()
                    return
                made += 1
                found = self._rows[thing.id] = self._row_for(thing)
                self._layout.insertWidget(at, found)
                found.show()
                found.show_thing(thing)
            elif self._layout.indexOf(found) != at:
                self._layout.insertWidget(at, found)
        self._later.stop()

    def _row_for(self, thing: T) -> Row[T]:
        if not self._spare:
            return self._make(thing)
        found = self._spare.pop()
        found.stand_for(thing)
        return found

    def _remove(self, key: str) -> None:
        gone = self._rows.pop(key)
        gone.drop()
        focused = gone.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        at = self._layout.indexOf(gone)
        self._layout.removeWidget(gone)
        if focused:  # the neighbour takes the focus, so that the keyboard stays in the list
            item = self._layout.itemAt(min(at, self._layout.count() - 1))
            if item is not None:
                item.widget().setFocus()
        gone.hide()
        if gone.reusable:
            self._spare.append(gone)
        else:
            gone.deleteLater()


class TickRow(QWidget):
    """A box to tick with a text that wraps, and a quiet line below it."""

    ticked = Signal(bool)  # by the user

    def __init__(self, look: Look, text: str = "", below: str = "") -> None:
        super().__init__()
        self._look = look
        self.box = QCheckBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.box.clicked.connect(self._clicked)
        self.text = label(look, text, wrap=True)
        self.below = label(look, below, size="caption", tone="muted", wrap=True)
        self.texts = column(look, self.text, self.below, gap=2)
        self.texts.setContentsMargins(0, look.theme.px(6), 0, look.theme.px(4))
        self.line = row(look, gap=8)
        self.line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addLayout(self.texts, 1)
        self.setLayout(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.box)
        for part in (self.text, self.below):
            part.setCursor(Qt.CursorShape.PointingHandCursor)
            part.installEventFilter(self)
        self.set_texts(text, below)

    def set_texts(self, text: str, below: str = "", tone: Tone = "muted") -> None:
        self.text.setText(text)
        self.below.setText(below)
        self.below.setVisible(bool(below))
        set_tone(self.below, tone)
        self.box.setAccessibleName(text)
        self.box.setAccessibleDescription(below)

    def set_ticked(self, ticked: bool) -> None:
        self.box.setChecked(ticked)

    def _clicked(self) -> None:
        self.ticked.emit(self.box.isChecked())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self.box.click()
            return True
        return super().eventFilter(watched, event)
