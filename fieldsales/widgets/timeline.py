"""What happened, newest first, under headings of days: visits, calls and papers in one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from fieldsales.widgets.chips import ChipFace, chip_width, paint_chip
from fieldsales.widgets.look import Look

Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_ELIDE = Qt.TextElideMode.ElideRight
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened, or will: `at` is an aware moment, `key` names it to the screen.

    `role` colours its icon. A `whole_day` entry shows no time.
    """

    kind: str
    at: datetime
    title: str
    text: str = ""
    icon: str = "note"
    key: str = ""
    badge: ChipFace | None = None
    role: str = "ink-2"
    whole_day: bool = False


class TimelineModel(QAbstractListModel):
    """Entries with a heading (a `date`) before those of each day."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.items: list[TimelineEntry | date] = []

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these, in the order given; a heading stands wherever the day changes."""
        items: list[TimelineEntry | date] = []
        day: date | None = None
        for entry in entries:
            own = entry.at.astimezone().date()
            if own != day:
                items.append(own)
                day = own
            items.append(entry)
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def entry(self, row: int) -> TimelineEntry | None:
        item = self.items[row] if 0 <= row < len(self.items) else None
        return item if isinstance(item, TimelineEntry) else None

    def day(self, row: int) -> date:
        """The day of a heading or of an entry."""
        item = self.items[row]
        return item.at.astimezone().date() if isinstance(item, TimelineEntry) else item

    def spoken(self, row: int) -> str:
        """An entry, or a day, as one text: for copying and for screen readers."""
        words = self._look.words
        item = self.items[row]
        if not isinstance(item, TimelineEntry):
            return words.dated(item)
        at = words.date(item.at.astimezone().date()) if item.whole_day else words.moment(item.at)
        badge = item.badge.text if item.badge is not None else ""
        head = " ".join(filter(None, (at, item.title, badge)))
        return f"{head}\n{item.text}" if item.text else head

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.spoken(index.row())
        if role == Qt.ItemDataRole.ToolTipRole:
            entry = self.entry(index.row())
            return entry.text if entry is not None and entry.text else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags  # the keys step over headings
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _Delegate(QStyledItemDelegate):
    def __init__(self, look: Look, model: TimelineModel, view: Timeline) -> None:
        super().__init__(view)
        self._look, self._model, self._view = look, model, view
        self._heights: dict[int, int] = {}
        self._lines: dict[tuple[str, int, int], list[str]] = {}
        self._width = 0

    def forget(self) -> None:
        self._heights.clear()
        self._lines.clear()

    def _text_width(self) -> int:
        theme = self._look.theme
        return max(theme.px(120), self._view.viewport().width() - theme.px(96 + 16))

    def _line_count(self, text: str) -> int:
        """How many lines a text gets, measured roughly: exact for one line, at most three."""
        metrics = self._look.theme.metrics()
        width = self._text_width()
        lines = 0
        for paragraph in text[:600].split("\n", _MOST_LINES)[:_MOST_LINES]:
            advance = metrics.horizontalAdvance(paragraph)
            lines += 1 if advance <= width else int(advance * 1.04 / width) + 1
            if lines >= _MOST_LINES:
                return _MOST_LINES
        return lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        if width != self._width:
            self._width = width
            self.forget()
        row = index.row()
        height = self._heights.get(row)
        if height is None:
            theme = self._look.theme
            entry = self._model.entry(row)
            if entry is None:
                height = theme.px(36)
            else:
                lines = self._line_count(entry.text) if entry.text else 0
                height = theme.px(36) + lines * theme.px(20) + (theme.px(4) if lines else 0)
            self._heights[row] = height
        return QSize(10, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.row()
        entry = self._model.entry(row)
        if entry is None:
            self._paint_day(painter, option.rect, self._model.day(row))
        else:
            self._paint_entry(painter, option, row, entry)

    def _paint_day(self, painter: QPainter, rect: QRect, day: date) -> None:
        theme, words = self._look.theme, self._look.words
        today = self._look.clock.today()
        near = abs((day - today).days) <= 1
        other_year = day.year != today.year
        if near:
            text, rest = words.days_from(day, today), [words.weekday(day)]
        elif words.chinese:
            text, rest = words.date(day, year=other_year), [words.weekday(day)]
        else:
            text, rest = words.dated(day, year=other_year), []
        if not near and 1 < (today - day).days <= 60:
            rest.append(words("days.ago", n=(today - day).days))
        text = text[:1].upper() + text[1:]
        inside = rect.adjusted(theme.px(16), theme.px(8), -theme.px(16), 0)
        painter.setFont(theme.font("caption", bold=True))
        painter.setPen(theme.colour("ink-2"))
        painter.drawText(inside, _LEFT, text)
        left = inside.left() + theme.metrics("caption", bold=True).horizontalAdvance(text)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-3"))
        painter.drawText(
            inside.adjusted(left - inside.left() + theme.px(8), 0, 0, 0), _LEFT, " · ".join(rest)
        )

    def _paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, row: int, entry: TimelineEntry
    ) -> None:
        look, theme = self._look, self._look.theme
        rect = option.rect
        pad = theme.px(8)
        if option.state & QStyle.StateFlag.State_Selected:
            self._ground(painter, rect, "accent-soft")
        elif option.state & QStyle.StateFlag.State_MouseOver:
            self._ground(painter, rect, "paper-2")
        middle = rect.top() + theme.px(18)
        if not entry.whole_day:
            spot = QRect(rect.left(), rect.top(), theme.px(54), theme.px(36))
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink-3"))
            painter.drawText(spot, _RIGHT, look.words.time(entry.at))
        self._paint_rail(painter, rect, row)
        side = theme.px(16)
        centre = rect.left() + theme.px(74)
        icon = QRect(centre - side // 2, middle - side // 2, side, side)
        look.icons.paint(painter, icon, entry.icon, entry.role)
        left, right = rect.left() + theme.px(96), rect.right() - theme.px(16)
        if entry.badge is not None:
            width = chip_width(look, entry.badge)
            paint_chip(look, painter, right - width, middle, entry.badge)
            right -= width + pad
        metrics = theme.metrics()
        title = metrics.elidedText(entry.title, _ELIDE, right - left)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink"))
        painter.drawText(QRect(left, rect.top(), right - left, theme.px(36)), _LEFT, title)
        if entry.text:
            painter.setPen(theme.colour("ink-2"))
            top = rect.top() + theme.px(31)
            for line in self._laid(entry.text):
                spot = QRect(left, top, self._text_width() + theme.px(4), theme.px(20))
                painter.drawText(spot, _LEFT, line)
                top += theme.px(20)

    def _ground(self, painter: QPainter, rect: QRect, role: str) -> None:
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(role))
        side = theme.px(8)
        painter.drawRoundedRect(rect.adjusted(side, 0, -side, -1), theme.px(6), theme.px(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_rail(self, painter: QPainter, rect: QRect, row: int) -> None:
        """A thin line between the icons of one day."""
        theme = self._look.theme
        centre = rect.left() + theme.px(74)
        colour = theme.colour("hairline")
        if self._model.entry(row - 1) is not None:
            painter.fillRect(centre, rect.top(), 1, theme.px(6), colour)
        if self._model.entry(row + 1) is not None:
            top = rect.top() + theme.px(30)
            painter.fillRect(centre, top, 1, rect.bottom() - top + 1, colour)

    def _laid(self, text: str) -> list[str]:
        """The lines of a text, the last one shortened where it does not fit."""
        width, most = self._text_width(), self._line_count(text)
        key = (text, width, most)
        found = self._lines.get(key)
        if found is not None:
            return found
        theme = self._look.theme
        metrics = theme.metrics()
        lines: list[str] = []
        paragraphs = text[:600].split("\n")
        for place, paragraph in enumerate(paragraphs):
            layout = QTextLayout(paragraph, theme.font())
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                start = line.textStart()
                rest = paragraph[start:]
                if len(lines) == most - 1 and (
                    len(rest) > line.textLength() or place < len(paragraphs) - 1
                ):
                    more = rest if len(rest) > line.textLength() else f"{rest} …"
                    lines.append(metrics.elidedText(more, _ELIDE, width))
                else:
                    lines.append(rest[: line.textLength()])
                if len(lines) == most:
                    break
            layout.endLayout()
            if len(lines) == most:
                break
        self._lines[key] = lines
        return lines


class Timeline(QListView):
    """The list. Enter opens, Delete asks to delete, Ctrl+C copies what is selected."""

    opened = Signal(str)  # key
    delete_wanted = Signal(str)  # key
    menu_wanted = Signal(str, QPoint)  # key, where on the screen

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._model = TimelineModel(look)
        self.setModel(self._model)
        self._delegate = _Delegate(look, self._model, self)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(look.theme.px(20))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.customContextMenuRequested.connect(self._menu)
        self.doubleClicked.connect(self._open)
        self.setMinimumWidth(look.theme.px(240))

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show these; the current entry and the place in the list are kept where they can be."""
        current, top = self.current_key(), self.verticalScrollBar().value()
        self._delegate.forget()
        self._model.set_entries(entries)
        if current and self.select_key(current, scroll=False):
            self.verticalScrollBar().setValue(top)

    def entries(self) -> list[TimelineEntry]:
        return [item for item in self._model.items if isinstance(item, TimelineEntry)]

    def current_key(self) -> str:
        entry = self._model.entry(self.currentIndex().row())
        return entry.key if entry is not None else ""

    def select_key(self, key: str, *, scroll: bool = True) -> bool:
        """Make an entry the current one; False if it is not there."""
        for row in range(self._model.rowCount()):
            entry = self._model.entry(row)
            if entry is not None and entry.key == key:
                index = self._model.index(row, 0)
                self.setCurrentIndex(index)
                if scroll:
                    self.scrollTo(index)
                return True
        return False

    def copy(self) -> None:
        """Put the selected entries on the clipboard as text."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        if rows:
            QApplication.clipboard().setText("\n\n".join(map(self._model.spoken, rows)))

    def _open(self, index: QModelIndex) -> None:
        entry = self._model.entry(index.row())
        if entry is not None and entry.key:
            self.opened.emit(entry.key)

    def _menu(self, spot: QPoint) -> None:
        entry = self._model.entry(self.indexAt(spot).row())
        if entry is not None and entry.key:
            self.menu_wanted.emit(entry.key, self.viewport().mapToGlobal(spot))

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump about."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.current_key():
            self.delete_wanted.emit(self.current_key())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._delegate.forget()
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._delegate.forget()
