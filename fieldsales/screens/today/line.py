"""One line of Today: what, for whom, when, and what can be done about it at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

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
from fieldsales.widgets.snooze import SnoozePanel

_ICON = 32  # px at 100 % that an icon or a tick takes
TEXT_AT = 8 + _ICON + 12  # where the texts of lines begin


@dataclass(frozen=True, slots=True)
class Entry:
    """What a line shows; `kind` and `row_id` say what it opens. Actions are (icon, name, act)."""

    kind: str
    row_id: str
    icon: str
    title: str
    subtitle: str = ""
    when: str = ""
    when_tone: Tone = "muted"
    when_tooltip: str = ""
    chip: ChipFace | None = None
    done: Callable[[], object] | None = None
    snooze: Callable[[date, str], object] | None = None
    actions: tuple[tuple[str, str, Callable[[], object]], ...] = field(default=())


class Line(QWidget):
    """A line that opens its record, with its actions at the right end."""

    opened = Signal(str, str)
    stepped = Signal(int)  # ↑ (−1) or ↓ (1)

    def __init__(self, look: Look, entry: Entry) -> None:
        super().__init__()
        self._look = look
        self.entry = entry
        self._snooze: SnoozePanel | None = None
        self._ground = _Ground(look)
        self._ground.clicked.connect(self._open)
        self._ground.stepped.connect(self.stepped)
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
        for icon, name, act in entry.actions:
            inside.addWidget(tool_button(look, icon, name, act))
        if entry.snooze is not None:
            inside.addWidget(
                tool_button(look, "snooze", look.words("widgets.snooze"), self.ask_snooze)
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
            self._snooze = SnoozePanel(self._look, self.entry.snooze, indent=TEXT_AT)
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

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), max(hint.height(), self.look.theme.px(40)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
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
