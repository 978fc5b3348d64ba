"""The stages of the pipeline side by side: which are behind, where the deal stands, what is proven.

Choosing one shows its evidence; it moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fieldsales.widgets.look import Look

_GAP = 3
_HEIGHT = 46


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the rail; `told` is its evidence in few characters, `state` behind, here, ahead,
    or an end that is reached: won, lost.
    """

    key: str
    name: str
    state: str
    told: str = ""
    proven: bool = False


_BARS = {"behind": "accent", "here": "accent", "ahead": "line", "won": "good", "lost": "bad"}


class StageRail(QWidget):
    """Painted; arrow keys choose, so does a click."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._steps: Sequence[Step] = ()
        self._key = ""
        self._hovered = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        return self._key

    def show_steps(self, steps: Sequence[Step], key: str) -> None:
        self._steps = steps
        self._key = key
        self._tell()
        self.update()

    def _tell(self) -> None:
        step = next((one for one in self._steps if one.key == self._key), None)
        told = f" {step.name} {step.told}" if step is not None else ""
        self.setAccessibleName(f"{self._name}{told}")

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(480), self._look.theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(240), self._look.theme.px(_HEIGHT))

    def rect_of(self, at: int) -> QRect:
        """Where the step at a position stands."""
        gap, count = self._look.theme.px(_GAP), max(1, len(self._steps))
        width = (self.width() + gap) / count
        left = round(at * width)
        return QRect(left, 0, round((at + 1) * width) - left - gap, self.height())

    def _at(self, x: float) -> int:
        return next(
            (
                at
                for at in range(len(self._steps))
                if self.rect_of(at).left() <= x <= self.rect_of(at).right()
            ),
            -1,
        )

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._steps) and self._steps[at].key != self._key:
            self._key = self._steps[at].key
            self._tell()
            self.update()
            self.chosen.emit(self._key)

    def _position(self) -> int:
        return next((at for at, one in enumerate(self._steps) if one.key == self._key), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            shape = Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and not event.modifiers():
            self._choose(self._position() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            at = self._at(event.pos().x())
            if at >= 0:
                step = self._steps[at]
                QToolTip.showText(event.globalPos(), f"{step.name} {step.told}".strip(), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, step in enumerate(self._steps):
            self._paint_step(painter, self.rect_of(at), step, hovered=at == self._hovered)

    def _paint_step(self, painter: QPainter, rect: QRect, step: Step, *, hovered: bool) -> None:
        theme = self._look.theme
        current, chosen = step.state in ("here", "won", "lost"), step.key == self._key
        bar = QRect(rect.left(), rect.top(), rect.width(), theme.px(6 if current else 4))
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or hovered:
            painter.setBrush(theme.colour("paper-3" if chosen else "paper-2"))
            ground = rect.adjusted(0, theme.px(8), 0, 0)
            painter.drawRoundedRect(ground, theme.px(6), theme.px(6))
        if chosen and self.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = rect.adjusted(1, theme.px(8), -1, -1)
            painter.drawRoundedRect(inner, theme.px(6), theme.px(6))
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(_BARS[step.state]))
        painter.drawRoundedRect(bar, theme.px(2), theme.px(2))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        inside = rect.adjusted(theme.px(6), theme.px(10), -theme.px(4), 0)
        upper = QRect(inside.left(), inside.top(), inside.width(), theme.px(18))
        metrics = theme.metrics("caption", bold=current)
        text = metrics.elidedText(step.name, Qt.TextElideMode.ElideRight, upper.width())
        painter.setFont(theme.font("caption", bold=current))
        painter.setPen(theme.colour("ink-3" if step.state == "ahead" else "ink"))
        painter.drawText(upper, flags, text)
        lower = QRect(inside.left(), upper.bottom(), inside.width(), theme.px(16))
        if step.proven:
            side = theme.px(12)
            spot = QRect(lower.left(), lower.center().y() - side // 2, side, side)
            self._look.icons.paint(painter, spot, "check", "good")
            lower.setLeft(lower.left() + theme.px(16))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("good" if step.proven else "ink-3"))
        painter.drawText(lower, flags, step.told)
