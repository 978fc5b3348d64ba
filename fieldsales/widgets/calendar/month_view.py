"""A month in its weeks; of many things in a day the first, and how many more."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent

from fieldsales.widgets.calendar.items import paint_item
from fieldsales.widgets.calendar.view import CalendarView, Spot
from fieldsales.widgets.look import Look
from fieldsales.widgets.typed import add_months

_NAMES, _HEAD, _ROW = 26, 26, 21  # px at 100 %


class MonthView(CalendarView):
    """Things are dragged from day to day; a day's number leads to the day."""

    hours = False

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.month = look.clock.today()  # any day of it
        self._spots: dict[str, QRect] = {}
        self._more: dict[date, tuple[int, QRect]] = {}  # how many more, and where that is said

    def arrange(self) -> None:
        theme = self.look.theme
        self._spots.clear()
        self._more.clear()
        self.verticalScrollBar().setRange(0, 0)
        for day in self.days:
            cell, found = self._cell(day), self.of_day(day)
            fits = max(1, (cell.height() - theme.px(_HEAD) - 2) // theme.px(_ROW))
            room = len(found) if len(found) <= fits else fits - 1
            for at, item in enumerate(found[:room]):
                top = cell.top() + theme.px(_HEAD) + at * theme.px(_ROW)
                self._spots[item.key] = QRect(
                    cell.left() + 3, top, cell.width() - 5, theme.px(_ROW) - 2
                )
            if len(found) > room:
                top = cell.top() + theme.px(_HEAD) + room * theme.px(_ROW)
                left = cell.left() + theme.px(8)
                foot = QRect(left, top, cell.width() - theme.px(12), theme.px(_ROW))
                self._more[day] = len(found) - room, foot

    def _cell(self, day: date) -> QRect:
        at = self.days.index(day)
        weeks = len(self.days) // 7
        names = self.look.theme.px(_NAMES)
        width, height = self.viewport().width(), self.viewport().height() - names
        left, right = width * (at % 7) // 7, width * (at % 7 + 1) // 7
        top, bottom = height * (at // 7) // weeks, height * (at // 7 + 1) // weeks
        return QRect(left, names + top, right - left, bottom - top)

    def place_of(self, key: str) -> QRect:
        return self._spots.get(key, QRect())

    def spot(self, at: QPoint) -> Spot | None:
        day = next((one for one in self.days if self._cell(one).contains(at)), None)
        if day is None:
            return None
        theme, cell = self.look.theme, self._cell(day)
        item = next((one for one in self.of_day(day) if self.place_of(one.key).contains(at)), None)
        head = at.y() < cell.top() + theme.px(_HEAD) and at.x() < cell.left() + theme.px(36)
        counted = day in self._more and self._more[day][1].contains(at)
        return Spot(day, None, item, more=item is None and (head or counted))

    def _page(self, by: int) -> date:
        return add_months(self.day, by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.days:
            self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.days:
            return
        theme, look = self.look.theme, self.look
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-3"))
        for day in self.days[:7]:
            head = QRect(self._cell(day).left() + theme.px(8), 0, 999, theme.px(_NAMES))
            painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, look.words.weekday(day))
        for day in self.days:
            self._paint_day(painter, day)
        held = self.ghost.key if self.ghost is not None else ""
        for item in self.items:
            if item.key in self._spots and item.key != held:
                ringed = self.ringed(item)
                paint_item(painter, look, self._spots[item.key], item, current=ringed)
        self._paint_ghost(painter)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, look = self.look.theme, self.look
        cell, today = self._cell(day), look.clock.today()
        inside = (day.year, day.month) == (self.month.year, self.month.month)
        if not inside:
            painter.fillRect(cell, theme.colour("paper-2"))
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(cell.topLeft(), cell.topRight())
        if cell.left():
            painter.drawLine(cell.topLeft(), cell.bottomLeft())
        if self.hasFocus() and day == self.day and not self.current:
            painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            spot = QRectF(cell).adjusted(2.5, 2.5, -2.5, -2.5)
            painter.drawRoundedRect(spot, theme.px(4), theme.px(4))
        side = theme.px(22)
        number = QRect(cell.left() + theme.px(4), cell.top() + theme.px(2), side, side)
        if day == today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(number)
        painter.setFont(theme.font("body", bold=day == today))
        painter.setPen(theme.colour("on-accent" if day == today else "ink" if inside else "ink-3"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(day.day))
        note, metrics = self.note(day), theme.metrics("caption")
        rest = QRect(
            number.right() + theme.px(4),
            number.top(),
            cell.right() - number.right() - theme.px(10),
            side,
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("warn" if note.marked else "ink-3"))
        text = metrics.elidedText(note.text, Qt.TextElideMode.ElideRight, max(0, rest.width()))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rest, right, text)
        if day in self._more:
            number_more, foot = self._more[day]
            painter.setPen(theme.colour("accent"))
            painter.drawText(foot, Qt.AlignmentFlag.AlignVCenter, f"+{number_more}")

    def _paint_ghost(self, painter: QPainter) -> None:
        ghost = self.ghost
        if ghost is None or not ghost.key or ghost.day not in self.days:
            return
        theme, cell = self.look.theme, self._cell(ghost.day)
        row = QRect(
            cell.left() + 3, cell.top() + theme.px(_HEAD), cell.width() - 5, theme.px(_ROW) - 2
        )
        paint_item(painter, self.look, row, ghost, current=True, ghost=True)
