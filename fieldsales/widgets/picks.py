"""Choices as chips that wrap: one key each, one of them holds, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldsales.domain.fields import Field
from fieldsales.widgets.choices import Choices
from fieldsales.widgets.editors import Editor
from fieldsales.widgets.look import Look

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class Pick:
    """One choice; `aside` is a small key or count beside it, `marked` recommends it."""

    key: str
    text: str
    aside: str = ""
    marked: bool = False


class Picks(Choices):
    """Chips of which one may be chosen. Arrows move the choice, a digit takes the nth.

    Where `clearable`, Delete clears.
    """

    def __init__(self, look: Look, *, name: str = "", clearable: bool = True) -> None:
        super().__init__(look, name=name, clearable=clearable)
        self._picks: list[Pick] = []
        self._rects: list[QRect] = []
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def texts(self) -> Mapping[str, str]:
        return {pick.key: pick.text for pick in self._picks}

    def rects(self) -> list[QRect]:
        return self._rects

    def set_picks(self, picks: Sequence[Pick]) -> None:
        if list(picks) != self._picks:
            self._picks = list(picks)
            self._arrange()
            self.tell()

    def step(self, by: int) -> None:
        """To the next or the one before, round the ends."""
        keys = [pick.key for pick in self._picks]
        if self._key in keys:
            self.choose(keys[(keys.index(self._key) + by) % len(keys)])
        elif keys:
            self.choose(keys[0 if by > 0 else -1])

    def _width(self, pick: Pick) -> int:
        theme = self._look.theme
        width = theme.metrics().horizontalAdvance(pick.text) + theme.px(24)
        if pick.aside:
            width += theme.metrics("caption").horizontalAdvance(pick.aside) + theme.px(6)
        return width + (theme.px(16) if pick.marked else 0)

    def _arrange(self) -> None:
        theme = self._look.theme
        height, gap = theme.px(32), theme.px(6)
        self._rects = []
        left = top = 0
        for pick in self._picks:
            width = min(self._width(pick), max(self.width(), 1))
            if left and left + width > self.width():
                left, top = 0, top + height + gap
            self._rects.append(QRect(left, top, width, height))
            left += width + gap
        self.setFixedHeight(top + height)
        self.update()

    def sizeHint(self) -> QSize:
        width = sum(self._width(pick) + self._look.theme.px(6) for pick in self._picks)
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        widest = max((self._width(pick) for pick in self._picks), default=0)
        return QSize(min(widest, self._look.theme.px(160)), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS:
            self.step(_STEPS[Qt.Key(key)])
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 < len(self._picks):
            self.choose(self._picks[key - Qt.Key.Key_1].key)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._clearable:
            self.choose("")
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, (rect, pick) in enumerate(zip(self._rects, self._picks, strict=True)):
            self._paint(painter, rect, pick, hovered=at == self._hovered)

    def _paint(self, painter: QPainter, rect: QRect, pick: Pick, *, hovered: bool) -> None:
        theme = self._look.theme
        chosen = pick.key == self._key
        ground, edge, ink = "paper", "line", "ink-2"
        if chosen:
            ground, edge, ink = "accent-soft", "accent", "accent-strong"
        elif hovered:
            edge, ink = "ink-3", "ink"
        focused = self.hasFocus() and (chosen or (not self._key and pick is self._picks[0]))
        width = 2 if focused and chosen else 1
        painter.setPen(QPen(theme.colour("accent" if focused else edge), width))
        painter.setBrush(theme.colour(ground))
        inside = QRectF(rect).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(inside, inside.height() / 2, inside.height() / 2)
        text = rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        if pick.marked:
            side = theme.px(12)
            spot = QRect(text.left(), text.center().y() - side // 2 + 1, side, side)
            self._look.icons.paint(painter, spot, "star-filled", "accent" if chosen else "ink-3")
            text.setLeft(text.left() + theme.px(16))
        middle = Qt.AlignmentFlag.AlignVCenter
        if pick.aside:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink-3"))
            painter.drawText(text, middle | Qt.AlignmentFlag.AlignRight, pick.aside)
            text.setRight(
                text.right() - theme.metrics("caption").horizontalAdvance(pick.aside) - theme.px(6)
            )
        painter.setFont(theme.font())
        painter.setPen(theme.colour(ink))
        shown = theme.metrics().elidedText(pick.text, Qt.TextElideMode.ElideRight, text.width() + 1)
        painter.drawText(text, middle | Qt.AlignmentFlag.AlignLeft, shown)


class PicksEditor(Editor):
    """A field of codes as chips, so that no list needs opening."""

    def __init__(self, look: Look, field: Field) -> None:
        super().__init__(look, field)
        self.picks = Picks(look, clearable=not field.required)
        self.recommend(())
        self.picks.chosen.connect(self._picked)
        self.fill(self.picks)

    def recommend(self, codes: Sequence[str]) -> None:
        """Mark some of the choices."""
        words, listed = self.look.words, self.field.list
        self.picks.set_picks(
            [
                Pick(code, words.choice(listed, code), marked=code in codes)
                for code in self.field.choices
            ]
        )

    def value(self) -> object:
        return self.picks.key

    def set_value(self, value: object) -> None:
        self.picks.set_key("" if value is None else str(value))

    def typed(self) -> str:
        return self.picks.key

    def set_typed(self, text: str) -> None:
        self.picks.set_key(text)

    def target(self) -> QWidget:
        return self.picks

    def set_name(self, name: str) -> None:
        self.picks.set_name(name)

    def set_wrong(self, wrong: bool) -> None:
        """Nothing among the chips can be wrong."""

    def _picked(self) -> None:
        self.edited.emit()
        self.finished.emit()
