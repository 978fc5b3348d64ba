"""What every calendar does alike: a cursor, a current item, and both moved by keys and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip

from fieldsales.widgets.calendar.items import DAY, Item, Note, Notes, clock
from fieldsales.widgets.look import Look

_SHORTEST = 15  # minutes of a visit
_FINE = 15  # minutes to which a drag snaps
_STEP = 30  # minutes of a key
USUAL = 60  # minutes of what is new
_RIM, _PULL = 24, 6  # px at 100 %: so near an edge a drag scrolls, so far each time
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the calendar: a day, a minute of it (None beside its hours), what stands there.

    `edge`: at the lower rim, where its length is changed. `more`: on what leads to the whole day.
    """

    day: date
    minute: int | None = None
    item: Item | None = None
    edge: bool = False
    more: bool = False


class CalendarView(QAbstractScrollArea):
    """Arrow keys move the cursor, Space goes to the next item, Enter opens it or asks for a new
    one; Shift with arrows moves the item, Ctrl+Shift makes it longer or shorter. All of these only
    ask: who shows the calendar decides.
    """

    opened = Signal(str)
    moved = Signal(str, object, object)  # key, day, minute or None
    resized = Signal(str, int)  # key, minutes
    wanted = Signal(object, object, int)  # a new one: day, minute or None, minutes
    day_wanted = Signal(object)
    turned = Signal(object)  # the cursor left what is shown: the day it went to

    hours = True  # whether the days have hours

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.days: list[date] = []
        self.items: list[Item] = []
        self.day = look.clock.today()
        self.minute: int | None = None
        self.current = ""
        self._note: Notes = lambda _day: Note("")
        self._notes: dict[date, Note] = {}
        self._pressed: tuple[QPoint, Spot] | None = None
        self.ghost: Item | None = None  # where what is dragged would come to stand
        self._at = QPoint()  # where the mouse drags it
        self._pull = QTimer(self, interval=30)
        self._pull.timeout.connect(self._scroll_on)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        look.theme.changed.connect(self.viewport().update)

    # what is shown

    def show_days(self, days: Sequence[date], items: Sequence[Item], note: Notes) -> None:
        """Shows these days; cursor and current item stay where they can."""
        self.days = list(days)
        self.items = sorted(items, key=lambda one: (one.day, one.start is None, one.start or 0))
        self._note = note
        self._notes.clear()
        if self.day not in self.days:
            today = self.look.clock.today()
            self.day = today if today in self.days else self.days[0]
        if self._item(self.current) is None:
            self.current = ""
        self.ghost = None
        self._pull.stop()
        self.arrange()
        self.tell()
        self.viewport().update()

    def arrange(self) -> None:
        """Reckons anew where everything stands."""
        raise NotImplementedError

    def spot(self, at: QPoint) -> Spot | None:
        """What is at a point of the viewport."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Scrolls to the cursor."""

    def head(self) -> int:
        """Height of what does not scroll."""
        return 0

    def note(self, day: date) -> Note:
        if day not in self._notes:
            self._notes[day] = self._note(day)
        return self._notes[day]

    def _item(self, key: str) -> Item | None:
        return next((one for one in self.items if one.key == key), None) if key else None

    def of_day(self, day: date) -> list[Item]:
        return [one for one in self.items if one.day == day]

    def go(self, day: date, minute: int | None = None, current: str = "") -> None:
        """Moves the cursor; beyond what is shown, asks to be turned."""
        self.day, self.minute, self.current = day, minute, current
        if day not in self.days:
            self.turned.emit(day)
            return
        self.tell()
        self.reveal()
        self.viewport().update()

    def tell(self) -> None:
        """Says where the cursor is to who cannot see it."""
        words = self.look.words
        parts = [words.dated(self.day), self.note(self.day).text]
        item = self._item(self.current)
        if item is not None:
            parts.append(item.spoken or item.title)
        elif self.minute is not None:
            parts.append(clock(self.minute))
        self.setAccessibleName(", ".join(filter(None, parts)))

    # keys

    def event(self, event: QEvent) -> bool:
        # Space and the arrows with Shift are ours before they are anybody's shortcut
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = (*_WAYS, Qt.Key.Key_Space)
            if event.key() in keys and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in _WAYS and shift and control:
            self._stretch(_WAYS[Qt.Key(key)][1])
        elif key in _WAYS and shift:
            self._shift(*_WAYS[Qt.Key(key)])
        elif key in _WAYS and not control:
            self._step(*_WAYS[Qt.Key(key)])
        elif key == Qt.Key.Key_Space:
            self._next(-1 if shift else 1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(self._page(-1 if key == Qt.Key.Key_PageUp else 1), self.minute)
        elif key == Qt.Key.Key_Home:
            self.go(self.day, None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and self._pressed is not None:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _page(self, by: int) -> date:
        """The cursor's day on the page before or after."""
        return self.day + timedelta(days=by * len(self.days))

    def _step(self, across: int, down: int) -> None:
        if not self.hours:
            self.go(self.day + timedelta(days=across + 7 * down))
        elif across:
            self.go(self.day + timedelta(days=across), self.minute)
        elif self.minute is None:
            self.go(self.day, 8 * 60 if down > 0 else None)
        else:
            minute = self.minute + down * _STEP
            at = None if minute < 0 else min(minute - minute % _STEP, DAY - _STEP)
            here = [
                one
                for one in self.of_day(self.day)
                if at is not None
                and one.start is not None
                and one.start < at + _STEP
                and at < one.start + max(one.minutes, _STEP)
            ]
            self.go(self.day, at, here[0].key if here else "")

    def _next(self, by: int) -> None:
        """To the next item from the cursor on, or the one before."""
        if not self.items:
            return
        keys = [one.key for one in self.items]
        if self.current in keys:
            at = (keys.index(self.current) + by) % len(keys)
        else:
            later = [at for at, one in enumerate(self.items) if one.day >= self.day]
            at = later[0] if later else 0
        item = self.items[at]
        self.go(item.day, item.start, item.key)

    def _shift(self, across: int, down: int) -> None:
        item = self._item(self.current)
        if item is None or not item.movable:
            return
        day, start = item.day + timedelta(days=across), item.start
        if down and start is not None and self.hours:
            start = min(max(0, start + down * _FINE), DAY - _FINE)
        elif down and not self.hours:
            day += timedelta(days=7 * down)
        elif down:
            return
        self.day, self.minute = day, start
        self.moved.emit(item.key, day, start)

    def _stretch(self, down: int) -> None:
        item = self._item(self.current)
        if item is not None and item.movable and item.start is not None and down:
            minutes = max(_SHORTEST, item.minutes + down * _FINE)
            self.resized.emit(item.key, min(minutes, DAY - item.start))

    def _enter(self) -> None:
        if self.current:
            self.opened.emit(self.current)
        else:
            self.wanted.emit(self.day, self.minute, USUAL)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.tell()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.spot(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or found is None:
            super().mousePressEvent(event)
            return
        self._pressed = event.position().toPoint(), found
        item = found.item
        minute = found.minute if item is None else item.start
        self.go(found.day, _snapped(minute), "" if item is None else item.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            self._show_cursor(self.spot(at))
            return
        begun, _held = self._pressed
        far = (at - begun).manhattanLength() >= QApplication.startDragDistance()
        if self.ghost is None and not far:
            return
        self._drag_to(at)
        if not self._pulls():
            self._pull.stop()
        elif not self._pull.isActive():
            self._pull.start()

    def _drag_to(self, at: QPoint) -> None:
        assert self._pressed is not None
        (begun, held), self._at = self._pressed, at
        self.ghost = self._dragged(held, self.spot(self._inside(at)), begun)
        self.viewport().update()

    def _pulls(self) -> int:
        """1 where the drag is so far down that the hours below are wanted, −1 upwards, else 0."""
        if self.ghost is None or self.ghost.start is None:
            return 0
        top, rim = self.head(), self.look.theme.px(_RIM)
        below = self._at.y() > self.viewport().height() - rim
        return 1 if below else -1 if top <= self._at.y() < top + rim else 0

    @Slot()
    def _scroll_on(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._pulls() * self.look.theme.px(_PULL))
        self._drag_to(self._at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        (_begun, held), ghost = self._pressed, self.ghost
        self._let_go()
        item = held.item
        if ghost is None:
            if held.more:
                self.day_wanted.emit(held.day)
        elif item is None:
            self.wanted.emit(ghost.day, ghost.start, ghost.minutes)
        elif held.edge:
            if ghost.minutes != item.minutes:
                self.resized.emit(item.key, ghost.minutes)
        elif (ghost.day, ghost.start) != (item.day, item.start):
            self.day, self.minute = ghost.day, ghost.start
            self.moved.emit(item.key, ghost.day, ghost.start)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.spot(event.position().toPoint())
        if found is None or found.more:
            return
        if found.item is not None:
            self.opened.emit(found.item.key)
        else:
            self.wanted.emit(found.day, _snapped(found.minute), USUAL)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.spot(event.pos())
            text = found.item.spoken if found is not None and found.item is not None else ""
            QToolTip.showText(event.globalPos(), text, self.viewport())
            return True
        return super().viewportEvent(event)

    def _inside(self, at: QPoint) -> QPoint:
        """The nearest point of the viewport: a drag may leave it."""
        ground = self.viewport().rect()
        nearest = QPointF(min(max(at.x(), 0), ground.right()), min(max(at.y(), 0), ground.bottom()))
        return nearest.toPoint()

    def _dragged(self, held: Spot, over: Spot | None, begun: QPoint) -> Item | None:
        """What is dragged, as it would stand; None where it cannot."""
        item = held.item
        if over is None:
            return self.ghost
        if item is None:
            return self._new(held, over)
        if not item.movable:
            return None
        if held.edge and item.start is not None and over.minute is not None:
            minutes = _snapped(over.minute + _FINE // 2) or 0
            return replace(item, minutes=max(_SHORTEST, minutes - item.start))
        if item.start is None or not self.hours or over.minute is None:
            return replace(item, day=over.day)
        grabbed = (held.minute or 0) - item.start
        start = _snapped(over.minute - grabbed + _FINE // 2) or 0
        start = max(0, min(start, DAY - _FINE))
        return replace(item, day=over.day, start=start)

    def _new(self, held: Spot, over: Spot) -> Item | None:
        """The span drawn over empty time."""
        if held.minute is None or over.minute is None:
            return None
        begin, end = sorted((held.minute, over.minute))
        begin = _snapped(begin) or 0
        minutes = max(_STEP, (_snapped(end + _FINE - 1) or 0) - begin)
        return Item("", held.day, "", start=begin, minutes=minutes)

    def _let_go(self) -> None:
        self._pressed = self.ghost = None
        self._pull.stop()
        self.viewport().update()

    def _show_cursor(self, found: Spot | None) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if found is not None and found.edge:
            shape = Qt.CursorShape.SizeVerCursor
        elif found is not None and (found.item is not None or found.more):
            shape = Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)

    def ringed(self, item: Item) -> bool:
        """Whether an item is shown as the current one."""
        return item.key == self.current and self.hasFocus()

    def place_of(self, key: str) -> QRect:
        """Where an item stands in the viewport; empty where it is not shown."""
        raise NotImplementedError


def _snapped(minute: int | None) -> int | None:
    return None if minute is None else minute - minute % _FINE
