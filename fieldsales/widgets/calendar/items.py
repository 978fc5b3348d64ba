"""What stands in a calendar, and how it is painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from fieldsales.widgets.look import Look

Face = Literal["plan", "running", "good", "warn", "bad", "task", "theirs", "late", "care"]
DAY = 24 * 60  # minutes
_FACES: dict[Face, tuple[str, str]] = {  # colour roles of ground and edge
    "plan": ("accent-soft", "accent"),
    "running": ("accent-soft", "accent-strong"),
    "good": ("good-soft", "good"),
    "warn": ("warn-soft", "warn"),
    "bad": ("bad-soft", "bad"),
    "task": ("paper-3", "ink-3"),
    "theirs": ("paper-3", "ink-3"),
    "late": ("bad-soft", "bad"),
    "care": ("warn-soft", "warn"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a day.

    `key` comes back in signals. `start` is the minute of the day, None for what has the day alone;
    `minutes` how long it takes. `spoken` is read out for it. `movable` things can be dragged.
    """

    key: str
    day: date
    title: str
    aside: str = ""
    icon: str = ""
    face: Face = "plan"
    start: int | None = None
    minutes: int = 0
    movable: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What is said beside a day."""

    text: str
    marked: bool = False


Notes = Callable[[date], Note]


def clock(minute: int) -> str:
    """`09:30` of a minute of the day."""
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def paint_item(
    painter: QPainter, look: Look, rect: QRect, item: Item, *, current: bool, ghost: bool = False
) -> None:
    """An item within its rectangle: an edge in its colour, title, and below it what has room."""
    theme = look.theme
    ground, edge = _FACES[item.face]
    whole = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.save()
    painter.setClipRect(rect)
    painter.setOpacity(0.6 if ghost else 1)
    fill = QColor(theme.colour(ground))
    painter.setPen(QPen(theme.colour("accent" if current else ground), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(whole, theme.px(4), theme.px(4))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(edge))
    painter.drawRect(QRectF(rect.left(), rect.top() + 3, theme.px(3), max(2, rect.height() - 6)))
    inside = rect.adjusted(theme.px(8), theme.px(2), -theme.px(4), -theme.px(1))
    _paint_texts(painter, look, inside, item)
    if current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
        painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
    painter.restore()


def _paint_texts(painter: QPainter, look: Look, inside: QRect, item: Item) -> None:
    theme = look.theme
    metrics = theme.metrics("caption")
    height = metrics.height()
    left = inside.left()
    if item.icon and inside.width() > theme.px(40):
        side = theme.px(14)
        top = inside.top() + (min(height, inside.height()) - side) // 2
        look.icons.paint(painter, QRect(left, top, side, side), item.icon, "ink-2")
        left += side + theme.px(4)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    elide = Qt.TextElideMode.ElideRight
    first = QRect(left, inside.top(), inside.right() - left, min(height, inside.height()))
    timed = item.start is not None
    painter.setFont(theme.font("caption", bold=timed))
    painter.setPen(theme.colour("ink"))
    title = item.title
    lines = inside.height() // height
    if timed and lines < 2:
        title = f"{clock(item.start or 0)} {title}"
    bold = theme.metrics("caption", bold=timed)
    painter.drawText(first, flags, bold.elidedText(title, elide, first.width()))
    if not timed or lines < 2:
        return
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.colour("ink-2"))
    begin = item.start or 0
    below = [f"{clock(begin)}–{clock(begin + item.minutes)}", item.aside]
    if lines == 2:
        below = [" · ".join(filter(None, below))]
    for at, text in enumerate(filter(None, below), start=1):
        line = QRect(inside.left(), inside.top() + at * height, inside.width(), height)
        painter.drawText(line, flags, metrics.elidedText(text, elide, line.width()))
