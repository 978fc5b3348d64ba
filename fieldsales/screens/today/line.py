"""One line of Today: what, for whom, when, and what can be done about it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import (
    Clickable,
    ElidedLabel,
    IconLabel,
    Tone,
    label,
    row,
    tool_button,
)
from fieldsales.widgets.snooze import MovePanel, SnoozePanel

_ICON = 32  # px at 100 % that an icon or a tick takes
TEXT_AT = 8 + _ICON + 12  # where the texts of lines begin


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line shows; `kind` and `row_id` say what it opens.

    `subject` is the record it speaks of where it opens another. `ticks` shows a circle to be
    ticked in place of the icon. `move` takes the day to which a visit is moved. `greets` are person
    and occasion of the greeting that it offers. Actions are (icon, name, code); the code comes with
    `Line.asked`.
    """

    kind: str
    row_id: str
    icon: str
    title: str
    subject: str = ""
    subtitle: str = ""
    when: str = ""
    when_tone: Tone = "muted"
    when_tooltip: str = ""
    chip: ChipFace | None = None
    ticks: bool = False
    done: Callable[[], object] | None = None
    done_name: str = ""
    done_icon: str = "check"
    snooze: Callable[[date, str], object] | None = None
    move: Callable[[date], object] | None = None
    greets: tuple[str, str] | None = None
    actions: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def about(self) -> str:
        """Id of the record the line speaks of."""
        return self.subject or self.row_id

    def with_done(self, done: Callable[[], object]) -> Entry:
        """The same line, finished in another way."""
        return replace(self, done=done)


class Line(QWidget):
    """A line that opens its record, with its actions at the right end."""

    opened = Signal(str, str)
    stepped = Signal(int)  # ↑ (−1) or ↓ (1)
    crossed = Signal(int)  # ← (−1) or → (1)
    greeting_wanted = Signal()
    asked = Signal(str, QWidget)  # code of an action, the button that was pressed

    def __init__(self, look: Look, entry: Entry) -> None:
        super().__init__()
        self._look = look
        self.entry = entry
        self._snooze: SnoozePanel | MovePanel | None = None
        self._below: QWidget | None = None
        self._ground = _Ground(look)
        self._ground.clicked.connect(self._open)
        self._ground.stepped.connect(self.stepped)
        self._ground.crossed.connect(self.crossed)
        self._ground.finished.connect(self.finish)
        self._ground.put_off.connect(self.ask_snooze)
        self._ground.greeted.connect(self._ask_greeting)
        self._ground.setAccessibleName(
            " · ".join(filter(None, (entry.title, entry.subtitle, entry.when)))
        )
        texts = QVBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(look.theme.px(2))
        texts.addWidget(ElidedLabel(look, entry.title, bold=entry.kind == "visit"))
        if entry.subtitle:
            texts.addWidget(ElidedLabel(look, entry.subtitle, size="caption", tone="muted"))
        inside = row(look, gap=12)
        theme = look.theme
        inside.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        if entry.ticks:
            tick = tool_button(look, "circle", entry.done_name, self.finish, colour="ink-3")
            tick.setFixedWidth(theme.px(_ICON))
            inside.addWidget(tick)
        else:
            beside = (_ICON - 18) // 2
            inside.addLayout(
                row(look, beside, IconLabel(look, entry.icon, "ink-3", 18), beside, gap=0)
            )
        inside.addLayout(texts, 1)
        if entry.chip is not None:
            inside.addWidget(Chip(look, entry.chip))
        when = label(look, entry.when, tone=entry.when_tone)
        when.setToolTip(entry.when_tooltip)
        inside.addWidget(when)
        for icon, name, code in entry.actions:
            pressed = tool_button(look, icon, name)
            pressed.clicked.connect(partial(self.asked.emit, code, pressed))
            inside.addWidget(pressed)
        if entry.greets:
            greet = look.words("today.greet")
            inside.addWidget(tool_button(look, "message", greet, self._ask_greeting))
        if entry.done is not None and not entry.ticks:
            inside.addWidget(tool_button(look, entry.done_icon, entry.done_name, self.finish))
        if entry.snooze is not None:
            inside.addWidget(
                tool_button(look, "snooze", look.words("widgets.snooze"), self.ask_snooze)
            )
        elif entry.move is not None:
            inside.addWidget(
                tool_button(look, "calendar", look.words("today.move"), self.ask_snooze)
            )
        self._ground.setLayout(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._ground)
        self.setFocusProxy(self._ground)

    def _open(self) -> None:
        self.opened.emit(self.entry.kind, self.entry.row_id)

    def finish(self) -> None:
        """What is done about it is done."""
        if self.entry.done is not None:
            self.entry.done()

    def _ask_greeting(self) -> None:
        """Asks for the greeting below; pressed again it goes away."""
        if self._below is not None:
            self.close_below()
        elif self.entry.greets:
            self.greeting_wanted.emit()

    def show_below(self, part: QWidget) -> None:
        """Shows something below the line, with the focus in it."""
        theme = self._look.theme
        part.setContentsMargins(theme.px(TEXT_AT), theme.px(4), theme.px(8), theme.px(12))
        self._below = part
        self.layout().addWidget(part)
        part.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_below(self) -> None:
        """Takes away what stands below the line."""
        self._ground.setFocus()
        if self._below is not None:
            self._below.hide()
            self._below.deleteLater()
            self._below = None

    def ask_snooze(self) -> None:
        """Opens the line below that asks until when, and why; of a visit, on which day."""
        entry = self.entry
        if self._snooze is None:
            if entry.snooze is not None:
                self._snooze = SnoozePanel(self._look, entry.snooze, indent=TEXT_AT)
            elif entry.move is not None:
                self._snooze = MovePanel(self._look, entry.move, indent=TEXT_AT)
            else:
                return
            self._snooze.closed.connect(self._close_snooze)
            self.layout().addWidget(self._snooze)
        self._snooze.ask()

    def _close_snooze(self) -> None:
        if self._snooze is not None:
            self._snooze.hide()
        self._ground.setFocus()


class _Ground(Clickable):
    """The line itself: lights up under the mouse and with the focus."""

    stepped = Signal(int)
    crossed = Signal(int)
    finished = Signal()
    put_off = Signal()
    greeted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self.look.theme.px(40)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.crossed.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_D:
            self.finished.emit()
        elif key == Qt.Key.Key_S:
            self.put_off.emit()
        elif key == Qt.Key.Key_G:
            self.greeted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.hovered or self.hasFocus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.look.theme
        painter.setPen(theme.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("paper-2"))
        side = theme.px(6)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), side, side)
