"""One line of Today: what, for whom, when, and what can be done about it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from fieldsales.widgets.chips import Chip, ChipFace
from fieldsales.widgets.day_editor import DayLine
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import (
    Clickable,
    ElidedLabel,
    IconLabel,
    button,
    label,
    row,
    tool_button,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line shows; `kind` and `row_id` say what it opens. Actions are (icon, name, act)."""

    kind: str
    row_id: str
    icon: str
    title: str
    subtitle: str = ""
    when: str = ""
    when_tone: str = "muted"
    when_tooltip: str = ""
    chip: ChipFace | None = None
    done: Callable[[], object] | None = None
    snooze: Callable[[date, str], object] | None = None
    actions: tuple[tuple[str, str, Callable[[], object]], ...] = field(default=())


class Line(QWidget):
    """A line that opens its record, with its actions at the right end."""

    opened = Signal(str, str)

    def __init__(self, look: Look, entry: Entry) -> None:
        super().__init__()
        self._look = look
        self.entry = entry
        self._snooze: SnoozePanel | None = None
        self._ground = _Ground(look)
        self._ground.clicked.connect(self._open)
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
        inside.setContentsMargins(theme.px(8), theme.px(6), theme.px(4), theme.px(6))
        if entry.done is not None:
            tick = tool_button(look, "circle", look.words("today.done"), entry.done, colour="ink-3")
            inside.addWidget(tick)
        else:
            inside.addSpacing(theme.px(7))
            inside.addWidget(IconLabel(look, entry.icon, "ink-3", 18))
            inside.addSpacing(theme.px(7))
        inside.addLayout(texts, 1)
        if entry.chip is not None:
            inside.addWidget(Chip(look, entry.chip))
        when = label(look, entry.when, tone=entry.when_tone)  # type: ignore[arg-type]
        when.setToolTip(entry.when_tooltip)
        inside.addWidget(when)
        for icon, name, act in entry.actions:
            inside.addWidget(tool_button(look, icon, name, act))
        if entry.snooze is not None:
            inside.addWidget(
                tool_button(look, "snooze", look.words("today.snooze"), self.ask_snooze)
            )
        self._ground.setLayout(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._ground)
        self.setFocusProxy(self._ground)

    def _open(self) -> None:
        self.opened.emit(self.entry.kind, self.entry.row_id)

    def ask_snooze(self) -> None:
        """Opens the line below that asks until when, and why."""
        if self._snooze is None:
            assert self.entry.snooze is not None
            self._snooze = SnoozePanel(self._look, self.entry.snooze)
            self._snooze.closed.connect(self._close_snooze)
            self.layout().addWidget(self._snooze)
        self._snooze.show()
        self._snooze.start()

    def _close_snooze(self) -> None:
        if self._snooze is not None:
            self._snooze.hide()
        self._ground.setFocus()


class _Ground(Clickable):
    """The line itself: lights up under the mouse and with the focus."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self.look.theme.px(40)))

    def focusInEvent(self, event: QEvent) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

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


class SnoozePanel(QWidget):
    """Until when, and why; Enter does it, Esc leaves it."""

    closed = Signal()

    def __init__(self, look: Look, snooze: Callable[[date, str], object]) -> None:
        super().__init__()
        words = look.words
        self._act = snooze
        self._look = look
        self.day = DayLine(look)
        self.day.setPlaceholderText(words("today.snooze_until"))
        self.day.setAccessibleName(words("today.snooze_until"))
        self.day.setMinimumWidth(look.theme.px(220))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(words("today.snooze_why"))
        self.reason.setAccessibleName(words("today.snooze_why"))
        self.reason.returnPressed.connect(self.finish)
        self._button = button(look, words("today.snooze"), self.finish)
        layout = row(look, self.day, self.reason, self._button, gap=8)
        side = look.theme.px(8)
        layout.setContentsMargins(look.theme.px(52), 0, side, side)
        layout.setStretchFactor(self.reason, 1)
        self.setLayout(layout)

    def start(self) -> None:
        self.day.setFocus()

    def finish(self) -> None:
        day = self.day.day()
        if day is None:
            self.day.setFocus()
            return
        self._act(day, self.reason.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
