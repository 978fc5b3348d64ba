"""Days and moments: typed as people write them, or picked from a month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from fieldsales.domain.clock import from_stamp, to_stamp
from fieldsales.domain.fields import Field
from fieldsales.errors import FieldError
from fieldsales.widgets.editors import Editor, LineEdit
from fieldsales.widgets.look import Look
from fieldsales.widgets.pieces import column, label, row, set_style, tool_button
from fieldsales.widgets.typed import add_months, parse_day, parse_time


class MonthGrid(QWidget):
    """The days of a month, weeks from Monday. Arrow keys move, Enter picks."""

    picked = Signal(date)
    month_changed = Signal()

    def __init__(self, look: Look, day: date) -> None:
        super().__init__()
        self._look = look
        self.day = day
        self._chosen = day
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()

    def go(self, day: date) -> None:
        changed = (day.year, day.month) != (self.day.year, self.day.month)
        self.day = day
        self._tell()
        self.update()
        if changed:
            self.month_changed.emit()

    def _tell(self) -> None:
        words = self._look.words
        self.setAccessibleName(words.dated(self.day))

    def _first(self) -> date:
        first = self.day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def _cell(self, position: int) -> QRect:
        theme = self._look.theme
        side, head = theme.px(34), theme.px(24)
        return QRect(position % 7 * side, head + position // 7 * side, side, side)

    def sizeHint(self) -> QSize:
        side = self._look.theme.px(34)
        return QSize(7 * side, self._look.theme.px(24) + 6 * side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for position in range(42):
            if self._cell(position).contains(event.position().toPoint()):
                self.picked.emit(self._first() + timedelta(days=position))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.go(add_months(self.day, -1 if event.angleDelta().y() > 0 else 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7,
        }  # fmt: skip
        if key in steps:
            self.go(self.day + timedelta(days=steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(add_months(self.day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-3"))
        monday = date(2024, 1, 1)
        for position in range(7):
            cell = self._cell(position)
            head = QRect(cell.left(), 0, cell.width(), theme.px(24))
            name = look.words.weekday(monday + timedelta(days=position))
            painter.drawText(
                head, Qt.AlignmentFlag.AlignCenter, name[-1:] if look.words.chinese else name[:2]
            )
        painter.setFont(theme.font())
        today = look.clock.today()
        for position in range(42):
            day = self._first() + timedelta(days=position)
            spot = QRectF(self._cell(position)).adjusted(2, 2, -2, -2)
            role = "ink" if day.month == self.day.month else "ink-3"
            if day == self.day:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent"))
                painter.drawRoundedRect(spot, theme.px(6), theme.px(6))
                role = "on-accent"
            elif day in (today, self._chosen):
                painter.setPen(theme.colour("accent" if day == today else "line"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(spot, theme.px(6), theme.px(6))
            painter.setPen(theme.colour(role))
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(day.day))


class CalendarPopup(QFrame):
    """A month to pick a day from. It holds no text entry, so it may be a popup."""

    picked = Signal(date)

    def __init__(self, look: Look, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("surface", "float")
        self._look = look
        words = look.words
        self._title = label(look, bold=True)
        self._grid = MonthGrid(look, day)
        self._grid.picked.connect(self._pick)
        self._grid.month_changed.connect(self._retitle)
        head = row(
            look,
            self._title,
            None,
            tool_button(look, "chevron-left", words("widgets.month_before"), self._before),
            tool_button(look, "chevron-right", words("widgets.month_after"), self._after),
            gap=0,
        )
        self.setLayout(column(look, head, self._grid, gap=4, margin=8))
        self._retitle()
        self._grid.setFocus()

    def _before(self) -> None:
        self._grid.go(add_months(self._grid.day, -1))

    def _after(self) -> None:
        self._grid.go(add_months(self._grid.day, 1))

    def _retitle(self) -> None:
        day = self._grid.day
        self._title.setText(self._look.words("widgets.month_title", year=day.year, month=day.month))

    def _pick(self, day: date) -> None:
        self.picked.emit(day)
        self.close()

    def show_below(self, anchor: QWidget) -> None:
        self.adjustSize()
        spot = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        screen = anchor.screen().availableGeometry()
        if spot.y() + self.height() > screen.bottom():
            spot = anchor.mapToGlobal(QPoint(0, -self.height() - 2))
        spot.setX(max(screen.left(), min(spot.x(), screen.right() - self.width())))
        self.move(spot)
        self.show()
        self._grid.setFocus()


class DayLine(LineEdit):
    """A line for a day: says its weekday and distance, opens a month by its button or F4."""

    day_changed = Signal()  # by the user, typed or picked
    done = Signal()

    def __init__(self, look: Look, *, calm: bool = True) -> None:
        super().__init__(look, calm=calm)
        self._open: CalendarPopup | None = None
        self._button = tool_button(
            look,
            "calendar",
            look.words("widgets.open_calendar"),
            self.open_calendar,
            colour="ink-3",
        )
        self._button.setParent(self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_style(self._button, "inline", True)
        self.set_tail(look.theme.px(28))
        self.textEdited.connect(self._edited)
        self.left.connect(self._finish)
        self.returnPressed.connect(self._finish)

    def day(self) -> date | None:
        """The day meant; None where the line is empty or has no meaning."""
        return parse_day(self.text(), self._look.clock.today())

    def set_day(self, day: date | None) -> None:
        text = "" if day is None else self._look.words.date(day)
        if text != self.text():
            self.setText(text)
        self.say()

    def say(self) -> None:
        """Beside the text: how it is understood."""
        day = self.day()
        if day is None:
            self.set_suffix("")
            return
        words, today = self._look.words, self._look.clock.today()
        parts = [words.weekday(day)]
        if words.date(day) != self.text().strip():
            parts.insert(0, words.date(day, year=day.year != today.year))
        if abs((day - today).days) <= 28:
            parts.append(words.days_from(day, today))
        self.set_suffix(" · ".join(parts))

    def open_calendar(self) -> None:
        popup = CalendarPopup(self._look, self.day() or self._look.clock.today(), self)
        popup.picked.connect(self._picked)
        popup.show_below(self)

    def _picked(self, day: date) -> None:
        self.set_day(day)
        self.setFocus()
        self.day_changed.emit()
        self.done.emit()

    def _edited(self) -> None:
        self.say()
        self.day_changed.emit()

    def _finish(self) -> None:
        day = self.day()
        if day is not None:
            self.set_day(day)
        self.done.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.height() - 4
        self._button.setGeometry(self.width() - side - 2, 2, side, side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        day = self.day()
        if key == Qt.Key.Key_F4:
            self.open_calendar()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and day is not None:
            self.set_day(day + timedelta(days=1 if key == Qt.Key.Key_Up else -1))
            self.day_changed.emit()
        else:
            super().keyPressEvent(event)


class DayEditor(Editor):
    """A calendar day, stored as an ISO date."""

    def __init__(self, look: Look, field: Field, hint: str = "", *, calm: bool = True) -> None:
        super().__init__(look, field)
        self.line = DayLine(look, calm=calm)
        self.line.setPlaceholderText(hint or look.words("widgets.day_hint"))
        self.line.day_changed.connect(self.edited)
        self.line.done.connect(self.finished)
        self.fill(self.line)

    def value(self) -> object:
        text = self.line.text().strip()
        if not text:
            return None
        day = self.line.day()
        if day is None:
            raise FieldError("field.not_a_date", self.field.name, value=text)
        return day.isoformat()

    def set_value(self, value: object) -> None:
        self.line.set_day(date.fromisoformat(str(value)) if value else None)

    def typed(self) -> str:
        return self.line.text()

    def set_typed(self, text: str) -> None:
        self.line.setText(text)
        self.line.say()

    def target(self) -> QWidget:
        return self.line


class MomentEditor(Editor):
    """A day and a time of the laptop's own zone, stored in UTC; a day alone means 9 o'clock."""

    def __init__(self, look: Look, field: Field, hint: str = "", *, calm: bool = True) -> None:
        super().__init__(look, field)
        self.line = DayLine(look, calm=calm)
        self.line.setPlaceholderText(hint or look.words("widgets.day_hint"))
        self.clock = LineEdit(look, calm=calm)
        self.clock.setPlaceholderText("9:00")
        self.clock.setFixedWidth(look.theme.px(76))
        self.line.day_changed.connect(self.edited)
        self.line.done.connect(self._left)
        self.clock.textEdited.connect(self.edited)
        self.clock.left.connect(self._left)
        self.clock.returnPressed.connect(self._left)
        layout = QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.px(4))
        layout.addWidget(self.line, 1)
        layout.addWidget(self.clock)
        self.setLayout(layout)
        self.setFocusProxy(self.line)

    def value(self) -> object:
        text, clock = self.line.text().strip(), self.clock.text().strip()
        if not text and not clock:
            return None
        day = self.line.day() if text else self.look.clock.today()
        at = parse_time(clock) if clock else time(9)
        wrong = FieldError("field.not_a_moment", self.field.name, value=f"{text} {clock}".strip())
        if day is None or at is None:
            raise wrong
        try:
            return to_stamp(datetime.combine(day, at).astimezone())
        except OSError:  # Windows has no local time before 1970
            raise wrong from None

    def set_value(self, value: object) -> None:
        if not value:
            self.line.set_day(None)
            self.clock.clear()
            return
        local = from_stamp(str(value)).astimezone()
        self.line.set_day(local.date())
        text = f"{local:%H:%M}"
        if text != self.clock.text():
            self.clock.setText(text)

    def typed(self) -> str:
        return f"{self.line.text()}\t{self.clock.text()}".strip("\t")

    def set_typed(self, text: str) -> None:
        day, _tab, clock = text.partition("\t")
        self.line.setText(day)
        self.line.say()
        self.clock.setText(clock)

    def target(self) -> QWidget:
        return self.line

    def set_wrong(self, wrong: bool) -> None:
        set_style(self.line, "wrong", wrong)
        set_style(self.clock, "wrong", wrong)

    def set_name(self, name: str) -> None:
        super().set_name(name)
        self.clock.setAccessibleName(self.look.words("widgets.time_of", name=name))

    def _left(self) -> None:
        at = parse_time(self.clock.text()) if self.clock.text().strip() else None
        if at is not None:
            self.clock.setText(f"{at:%H:%M}")
        if not self.clock.hasFocus():
            self.finished.emit()
