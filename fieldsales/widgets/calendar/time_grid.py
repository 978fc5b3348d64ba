"""Days beside each other with their hours: one day, or a week from Monday."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent

from fieldsales.domain.weeks import lanes
from fieldsales.widgets.calendar.items import DAY, Item, clock, paint_item
from fieldsales.widgets.calendar.view import CalendarView, Spot
from fieldsales.widgets.look import Look

_GUTTER, _HOUR, _HEAD, _ROW = 52, 48, 40, 22  # px at 100 %
_MOST_ROWS = (4, 10)  # of what has a day alone, in a week and of one day; the rest is counted
_LEAST = 25  # minutes of height that a line of text takes
_EDGE = 7  # px at 100 % at the lower rim that change the length
_MORNING = 7  # the hour first seen


class TimeGrid(CalendarView):
    """Hours scroll below a head of days and of what has no hour."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._spots: dict[str, QRect] = {}  # in hours' coordinates, or of the strip
        self._counts: dict[date, int] = {}  # what has no room in the strip
        self._rows = 0
        self._begun = False
        self._minute = QTimer(self, interval=60_000)
        self._minute.timeout.connect(self.viewport().update)
        self._minute.start()

    # where things stand

    def arrange(self) -> None:
        theme = self.look.theme
        alone = {day: [one for one in self.of_day(day) if one.start is None] for day in self.days}
        most = max((len(found) for found in alone.values()), default=0)
        self._rows = min(most, _MOST_ROWS[len(self.days) == 1])
        self._spots.clear()
        self._counts.clear()
        bar = self.verticalScrollBar()
        hours = 24 * theme.px(_HOUR)
        bar.setRange(0, max(0, hours - (self.viewport().height() - self.head())))
        bar.setPageStep(max(1, self.viewport().height() - self.head()))
        bar.setSingleStep(theme.px(_HOUR) // 2)
        if not self._begun:
            self._begun = True
            bar.setValue(self._y(_MORNING * 60) - theme.px(12))
        for day in self.days:
            self._arrange_alone(day, alone[day])
            self._arrange_hours(day)

    def _arrange_alone(self, day: date, found: list[Item]) -> None:
        theme = self.look.theme
        column = self._column(day)
        room = self._rows if len(found) <= self._rows else self._rows - 1
        for at, item in enumerate(found[:room]):
            top = theme.px(_HEAD) + theme.px(2) + at * theme.px(_ROW)
            self._spots[item.key] = QRect(
                column.left() + 2, top, column.width() - 4, theme.px(_ROW) - 2
            )
        if len(found) > room:
            self._counts[day] = len(found) - room

    def _arrange_hours(self, day: date) -> None:
        timed = [one for one in self.of_day(day) if one.start is not None]
        spans = [(one.start or 0, (one.start or 0) + max(one.minutes, _LEAST)) for one in timed]
        column = self._column(day)
        for item, (begin, end), lane in zip(timed, spans, lanes(spans), strict=True):
            width = (column.width() - 6) / lane.of
            left = column.left() + 2 + round(lane.at * width)
            top, bottom = self._y(begin), self._y(min(end, DAY))
            self._spots[item.key] = QRect(left, top, round(width) - 1, max(bottom - top - 1, 4))

    def head(self) -> int:
        theme = self.look.theme
        return theme.px(_HEAD) + (self._rows * theme.px(_ROW) + theme.px(6) if self._rows else 0)

    def _y(self, minute: int) -> int:
        """Of a minute, from the top of the hours."""
        return round(minute * self.look.theme.px(_HOUR) / 60)

    def _column(self, day: date) -> QRect:
        gutter = self.look.theme.px(_GUTTER)
        at, number = self.days.index(day), len(self.days)
        room = self.viewport().width() - gutter
        left, right = gutter + room * at // number, gutter + room * (at + 1) // number
        return QRect(left, 0, right - left, self.viewport().height())

    def place_of(self, key: str) -> QRect:
        found = self._spots.get(key, QRect())
        item = self._item(key)
        if item is None or item.start is None:
            return found
        return found.translated(0, self.head() - self.verticalScrollBar().value())

    def spot(self, at: QPoint) -> Spot | None:
        day = next((one for one in self.days if self._column(one).contains(at)), None)
        if day is None:
            return None
        theme, top = self.look.theme, self.head()
        if at.y() < theme.px(_HEAD):
            return Spot(day, more=len(self.days) > 1)
        if at.y() < top:
            item = self._over(at, day, timed=False)
            last = at.y() >= theme.px(_HEAD) + (self._rows - 1) * theme.px(_ROW)
            return Spot(day, None, item, more=item is None and day in self._counts and last)
        down = at.y() - top + self.verticalScrollBar().value()
        minute = min(DAY - 1, max(0, down * 60 // theme.px(_HOUR)))
        item = self._over(QPoint(at.x(), down), day, timed=True)
        edge = (
            item is not None
            and item.movable
            and down > self._spots[item.key].bottom() - theme.px(_EDGE)
        )
        return Spot(day, minute, item, edge=edge)

    def _over(self, at: QPoint, day: date, *, timed: bool) -> Item | None:
        for item in reversed(self.of_day(day)):
            if (item.start is not None) == timed and self._spots.get(item.key, QRect()).contains(
                at
            ):
                return item
        return None

    def reveal(self) -> None:
        if self.minute is None:
            return
        bar, y = self.verticalScrollBar(), self._y(self.minute)
        seen = self.viewport().height() - self.head() - self.look.theme.px(_HOUR)
        bar.setValue(min(max(bar.value(), y - seen), y))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.days:
            self.arrange()

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.days:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self.head()
        ground = self.viewport().rect()
        painter.setClipRect(QRect(0, top, ground.width(), ground.height() - top))
        painter.save()
        painter.translate(0, top - self.verticalScrollBar().value())
        self._paint_hours(painter)
        painter.restore()
        painter.setClipping(False)
        self._paint_head(painter, top)

    def _paint_hours(self, painter: QPainter) -> None:
        theme, look = self.look.theme, self.look
        width, whole = self.viewport().width(), self._y(DAY)
        gutter = theme.px(_GUTTER)
        today = look.clock.today()
        for day in self.days:
            column = self._column(day)
            if day == today and len(self.days) > 1:
                painter.fillRect(
                    QRect(column.left(), 0, column.width(), whole), theme.colour("paper-2")
                )
            painter.setPen(theme.colour("hairline"))
            painter.drawLine(column.left(), 0, column.left(), whole)
        painter.setFont(theme.font("caption"))
        for hour in range(24):
            y = self._y(hour * 60)
            painter.setPen(theme.colour("hairline"))
            painter.drawLine(gutter, y, width, y)
            if hour:
                painter.setPen(theme.colour("ink-3"))
                spot = QRect(0, y - theme.px(9), gutter - theme.px(8), theme.px(18))
                right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(spot, right, clock(hour * 60))
        held = self.ghost.key if self.ghost is not None else ""
        for item in self.items:
            if item.start is not None and item.day in self.days and item.key != (held or "\0"):
                ringed = self.ringed(item)
                paint_item(painter, look, self._spots[item.key], item, current=ringed)
        self._paint_cursor(painter)
        self._paint_ghost(painter)
        if today in self.days:
            self._paint_now(painter, today)

    def _paint_cursor(self, painter: QPainter) -> None:
        if not self.hasFocus() or self.current or self.minute is None or self.day not in self.days:
            return
        theme, column = self.look.theme, self._column(self.day)
        top, bottom = self._y(self.minute), self._y(self.minute + 30)
        spot = QRectF(column.left() + 2.5, top + 0.5, column.width() - 5, bottom - top - 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(spot, theme.px(4), theme.px(4))

    def _paint_ghost(self, painter: QPainter) -> None:
        ghost = self.ghost
        if ghost is None or ghost.start is None or ghost.day not in self.days:
            return
        column, begin = self._column(ghost.day), ghost.start
        top, bottom = self._y(begin), self._y(min(begin + max(ghost.minutes, _LEAST), DAY))
        spot = QRect(column.left() + 2, top, column.width() - 6, bottom - top - 1)
        paint_item(painter, self.look, spot, ghost, current=True, ghost=True)

    def _paint_now(self, painter: QPainter, today: date) -> None:
        now = self.look.clock.now().astimezone()
        theme, column = self.look.theme, self._column(today)
        y = self._y(now.hour * 60 + now.minute)
        painter.setPen(QPen(theme.colour("bad"), max(1, theme.px(1))))
        painter.drawLine(column.left(), y, column.right(), y)
        painter.setBrush(theme.colour("bad"))
        side = theme.px(3)
        painter.drawEllipse(QPoint(column.left(), y), side, side)

    def _paint_head(self, painter: QPainter, top: int) -> None:
        theme, look = self.look.theme, self.look
        width = self.viewport().width()
        painter.fillRect(QRect(0, 0, width, top), theme.colour("paper"))
        for day in self.days:
            self._paint_day(painter, day, top)
        for item in self.items:
            shown = item.start is None and item.key in self._spots
            if shown and (self.ghost is None or self.ghost.key != item.key):
                ringed = self.ringed(item)
                paint_item(painter, look, self._spots[item.key], item, current=ringed)
        ghost = self.ghost
        if ghost is not None and ghost.start is None and ghost.day in self.days:
            column = self._column(ghost.day)
            row = QRect(
                column.left() + 2, theme.px(_HEAD) + 2, column.width() - 4, theme.px(_ROW) - 2
            )
            paint_item(painter, look, row, ghost, current=True, ghost=True)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, top - 1, width, top - 1)

    def _paint_day(self, painter: QPainter, day: date, top: int) -> None:
        theme, look = self.look.theme, self.look
        column, today = self._column(day), look.clock.today()
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(column.left(), theme.px(8), column.left(), top)
        if self.hasFocus() and day == self.day and self.minute is None and not self.current:
            spot = QRectF(column.left() + 2.5, 2.5, column.width() - 5, top - 6)
            painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(spot, theme.px(4), theme.px(4))
        head = QRect(column.left() + theme.px(8), 0, column.width() - theme.px(12), theme.px(_HEAD))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("title", bold=day == today))
        painter.setPen(theme.colour("accent" if day == today else "ink"))
        number = str(day.day)
        painter.drawText(head, middle, number)
        left = head.adjusted(
            theme.metrics("title", bold=True).horizontalAdvance("88") + theme.px(6), 0, 0, 0
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("accent" if day == today else "ink-2"))
        weekday = look.words.weekday(day)
        painter.drawText(left, middle, weekday)
        note = self.note(day)
        metrics = theme.metrics("caption")
        rest = left.adjusted(metrics.horizontalAdvance(weekday) + theme.px(6), 0, 0, 0)
        painter.setPen(theme.colour("warn" if note.marked else "ink-3"))
        text = metrics.elidedText(note.text, Qt.TextElideMode.ElideRight, max(0, rest.width()))
        painter.drawText(rest, middle | Qt.AlignmentFlag.AlignRight, text)
        if day in self._counts:
            row = theme.px(_HEAD) + theme.px(2) + (self._rows - 1) * theme.px(_ROW)
            foot = QRect(
                column.left() + theme.px(8), row, column.width() - theme.px(8), theme.px(_ROW)
            )
            painter.setPen(theme.colour("accent"))
            painter.drawText(foot, middle, f"+{self._counts[day]}")
