"""The board: its columns side by side, what is chosen on it, the keys and the drag."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QWidget

from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.card_list import CardList
from fieldsales.screens.funnel.cards import Cards, ColumnModel, LaneHead, Row
from fieldsales.screens.funnel.column import Column
from fieldsales.screens.funnel.columns import column_name, lane_name
from fieldsales.screens.funnel.heads import head_texts, sums_text
from fieldsales.services.board import Totals, View
from fieldsales.store.journal import Changed

_FIRST = 8  # cards of each column that are fetched together at first: as many as are in sight
_EDGE = 48  # px at 100 % from an edge within which a drag scrolls
_SCROLL_EVERY = 30  # ms
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class BoardView(QScrollArea):
    """Shows a view of the deals. It asks for changes and never makes one."""

    move_wanted = Signal(object, str, object)  # ids of deals, key of the column, lane or None
    opened = Signal(str)
    delete_wanted = Signal(object)
    menu_wanted = Signal(QPoint)
    selection_changed = Signal()
    folds_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.look = context.look
        self.cards = Cards(context)
        self.cards.dropped.connect(self.move_wanted)
        self.compact = False
        self.folded: set[str] = set()
        self.columns: dict[str, Column] = {}
        self._current: tuple[str, str] = ("", "")  # column and deal the keys were at
        self._over = ""
        self._over_lane: str | None = None  # on which cards would be let go
        self._carried: list[str] = []
        self._syncing = False
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nudge = QTimer(self, interval=_SCROLL_EVERY)
        self._nudge.timeout.connect(self._scroll_with_drag)
        self._changed_soon = QTimer(self, singleShot=True, interval=0)
        self._changed_soon.timeout.connect(self.selection_changed)

    @property
    def view(self) -> View:
        return self.cards.board.view

    @property
    def lanes_shown(self) -> bool:
        return bool(self.view.lane)

    # what is shown

    def load(self, view: View) -> None:
        """Reads and shows everything anew; what was chosen stays chosen where it is still there."""
        keys = (self.view.by, tuple(self.columns))
        chosen, current, focused = set(self.chosen()), self._current[1], self.current_list()
        self.cards.load(view)
        if keys != (view.by, self.cards.board.columns):
            self._make_columns()
        else:
            self.set_folded(self.folded)
        self._show(self.columns, chosen, current)
        if focused is not None:
            self.focus_board()

    def follow(self, changed: Changed) -> None:
        """Brings the columns in line with a change."""
        chosen, current, focused = set(self.chosen()), self._current[1], self.current_list()
        before = self.cards.board.columns
        touched = self.cards.follow(changed)
        if self.cards.board.columns != before:
            self._make_columns()
            touched = None
        if touched is None or self.lanes_shown:
            touched = set(self.columns)
        self._show(touched, chosen, current)
        if focused is not None:
            self.focus_board()  # the keys go with the card they were at

    def _make_columns(self) -> None:
        body = QWidget(self.viewport())
        self._row = QHBoxLayout(body)
        side = self.look.theme.px(24)
        self._row.setContentsMargins(side, 0, side, self.look.theme.px(12))
        self._row.setSpacing(self.look.theme.px(8))
        self.columns = {}
        words = self.look.words
        for place, key in enumerate(self.cards.board.columns):
            column = Column(self, ColumnModel(self.cards, key, place), body)
            column.set_folded(key in self.folded)
            column.list.setObjectName(f"column-{key}")
            name = column_name(words, self.cards.board, key)
            column.list.setAccessibleName(words("funnel.column", name=name))
            self.columns[key] = column
            self._row.addWidget(column, 0 if key in self.folded else 1)
        gone = self.takeWidget()
        if gone is not None:
            gone.deleteLater()  # not now: the key that led here may have come from it
        self.setWidget(body)

    def _show(self, keys: Container[str], chosen: set[str], current: str) -> None:
        board = self.cards.board
        lanes = board.lanes if self.lanes_shown else ()
        high = {
            lane: max((len(board.ids(key, lane)) for key in self._unfolded()), default=0)
            for lane in lanes
        }
        rows = {key: self._rows(key, lanes, high) for key in self.columns if key in keys}
        first = [
            row
            for key, shown in rows.items()
            for row in shown[: self.columns[key].model.together(_FIRST - 1).stop]
            if isinstance(row, str)
        ]
        self.cards.fetch(first)
        for key, shown in rows.items():
            column = self.columns[key]
            column.list.show_rows(shown)
            column.list.choose(chosen, current)
            self._show_head(column)
        if lanes:
            place = self.cards.board.place(current)
            leader = self.columns[place[0]] if place else next(iter(self.columns.values()))
            self.scrolled(leader.list.verticalScrollBar().value())
        self._changed_soon.start()

    def _rows(self, key: str, lanes: Sequence[str], high: dict[str, int]) -> list[Row]:
        board = self.cards.board
        if not lanes:
            return list(board.ids(key))
        rows: list[Row] = []
        for lane in lanes:
            ids = board.ids(key, lane)
            rows += [LaneHead(lane), *ids, *[None] * (high[lane] - len(ids))]
        return rows

    def _show_head(self, column: Column) -> None:
        now = self._context.look.clock.now()
        told = head_texts(self.look.words, self.cards.board, column.key, now)
        column.head.show_texts(*told)
        column.folded_face.show_texts(told.name, told.number, told.tooltip)

    def sums(self, deal_ids: Sequence[str]) -> str:
        """What some deals add up to, each currency for itself."""
        return sums_text(self.look.words, self.cards.board.totals_of(deal_ids).sums)

    def totals(self, key: str) -> Totals:
        return self.cards.board.totals(key)

    def paint_lane(self, painter: QPainter, rect: QRect, lane: str, key: str) -> None:
        """The head of a lane: its name in the column that stands first in view."""
        theme, board = self.look.theme, self.cards.board
        px = theme.px
        if lane == self._over_lane:
            painter.fillRect(rect.adjusted(0, 0, 0, -px(4)), theme.colour("accent-soft"))
        painter.fillRect(
            rect.left(), rect.bottom() - px(4), rect.width(), px(1), theme.colour("line")
        )
        if key != self._first_in_view():
            return
        totals = board.lane_totals(lane)
        name = lane_name(self.look.words, self._context.store, board.view.lane, lane)
        number = f"{totals.count} · {sums_text(self.look.words, totals.sums)}"
        inside = rect.adjusted(px(2), 0, -px(4), -px(6))
        metrics, small = theme.metrics(bold=True), theme.metrics("caption")
        elide, whole = Qt.TextElideMode.ElideRight, inside.width() - px(8)
        # each has half the room, and what the other leaves
        room = max(whole // 2, whole - metrics.horizontalAdvance(name))
        number = small.elidedText(number, elide, room)
        name = metrics.elidedText(name, elide, whole - small.horizontalAdvance(number))
        painter.setFont(theme.font(bold=True))
        painter.setPen(theme.colour("ink"))
        painter.drawText(inside, _LEFT, name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("ink-3"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, right, number)

    def _first_in_view(self) -> str:
        offset = self.horizontalScrollBar().value()
        unfolded = [one for one in self.columns.values() if not one.folded]
        for column in unfolded:
            if column.x() + column.width() // 2 >= offset:
                return column.key
        return unfolded[-1].key if unfolded else ""

    # what is chosen

    def chosen(self) -> list[str]:
        """The selected deals, column by column."""
        return [row_id for column in self.columns.values() for row_id in column.list.chosen()]

    def choose(self, deal_ids: Sequence[str]) -> None:
        """Selects deals and brings the first of them into view, with the keys at it."""
        places = [(one, self.cards.board.place(one)) for one in deal_ids]
        there = [(one, place[0]) for one, place in places if place is not None]
        if not there:
            return
        current, key = there[0]
        if self.columns[key].folded:
            self._set_folded(key, False)
        for column in self.columns.values():
            column.list.choose(set(deal_ids), current)
        self.columns[key].list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.columns[key], self.look.theme.px(24), 0)

    def mark(self, deal_ids: Sequence[str], key: str) -> None:
        """Shows which cards wait to be moved, and where they would land; '' for none."""
        if key:
            for column in self.columns.values():
                column.list.choose(set(deal_ids))
        self.drag_over(key, list(deal_ids) if key else [])

    def clear_selection(self) -> None:
        for column in self.columns.values():
            column.list.clearSelection()

    def focus_board(self) -> None:
        """The keys go where they were, or to the first card there is."""
        place = self.cards.board.place(self._current[1])
        for key in (place[0] if place else "", self._current[0]):
            column = self.columns.get(key)
            if column is not None and not column.folded and column.model.rows:
                column.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(column, self.look.theme.px(24), 0)
                return
        for column in self.columns.values():
            if not column.folded and column.model.rows:
                column.list.setFocus(Qt.FocusReason.OtherFocusReason)
                column.list.go_to(0)
                return

    def current_list(self) -> CardList | None:
        """The list that has the keys."""
        return next((one.list for one in self.columns.values() if one.list.hasFocus()), None)

    def current(self) -> str:
        """The deal the keys are at."""
        return self._current[1]

    def now_at(self, key: str, deal_id: str) -> None:
        """The keys went to a card of a column."""
        self._current = (key, deal_id)

    def selection_soon(self) -> None:
        """What is chosen changed in a column; told once for all of them."""
        self._changed_soon.start()

    def choose_only_in(self, key: str) -> None:
        """What is chosen in other columns is not any more."""
        for column in self.columns.values():
            if column.key != key:
                column.list.clearSelection()

    def delete(self) -> None:
        """Asks to throw away what is chosen, or the current card."""
        deals = self.chosen() or [self.current()]
        self.delete_wanted.emit([one for one in deals if one])

    # keys

    def _unfolded(self) -> list[str]:
        return [key for key, column in self.columns.items() if not column.folded]

    def sideways(self, key: str, step: int) -> None:
        """The keys go from a column to the nearest one at that side which has cards."""
        keys = self._unfolded()
        at = keys.index(key) + step
        y = self.columns[key].list.current_y()
        while 0 <= at < len(keys):
            beside = self.columns[keys[at]].list
            if beside.go_to(y):
                self.choose_only_in(keys[at])
                beside.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(self.columns[keys[at]], self.look.theme.px(24), 0)
                return
            at += step

    def step(self, step: int) -> None:
        """Asks to move what is chosen, or the current card, to the next column."""
        deals = self.chosen()
        current = self.current()
        if current and current not in deals:
            deals = [current]
        places = [(one, self.cards.board.place(one)) for one in deals]
        found = [place[0] for _, place in places if place is not None]
        if not found:
            return
        keys = list(self.columns)
        at = keys.index(found[0]) + step
        if 0 <= at < len(keys):
            self.move_wanted.emit(deals, keys[at], None)

    # drag

    def drag_over(self, key: str, deals: list[str], lane: str | None = None) -> None:
        """Shows where cards would land; '' when the drag is over or left."""
        self._light_lane(lane)
        if key == self._over and deals == self._carried:
            return
        self._over, self._carried = key, deals
        board = self.cards.board
        for column in self.columns.values():
            here = column.key == key
            staying = all((board.place(one) or ("",))[0] == key for one in deals)
            column.light(here and not staying)
            shows = here and not staying and not self.lanes_shown and not column.folded
            column.list.show_gap(board.landing(deals[0], key) if shows else -1)
        if key:
            self._nudge.start()
        else:
            self._nudge.stop()

    def _light_lane(self, lane: str | None) -> None:
        if lane != self._over_lane:
            self._over_lane = lane
            for column in self.columns.values():
                column.list.viewport().update()

    def _scroll_with_drag(self) -> None:
        """Near an edge the board, or the column under the hand, goes on."""
        if not QApplication.mouseButtons():
            self._nudge.stop()
            return
        edge = self.look.theme.px(_EDGE)
        spot = self.viewport().mapFromGlobal(QCursor.pos())
        if spot.x() < edge or spot.x() > self.viewport().width() - edge:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + (-edge if spot.x() < edge else edge) // 3)
        column = self.columns.get(self._over)
        if column is not None and not column.folded:
            viewport = column.list.viewport()
            y = viewport.mapFromGlobal(QCursor.pos()).y()
            if y < edge or y > viewport.height() - edge:
                bar = column.list.verticalScrollBar()
                bar.setValue(bar.value() + (-edge if y < edge else edge) // 3)

    # folding and scrolling

    def set_folded(self, keys: set[str]) -> None:
        """Which columns are folded."""
        self.folded = set(keys)
        for key, column in self.columns.items():
            column.set_folded(key in keys)
            self._row.setStretchFactor(column, 0 if key in keys else 1)

    def is_folded(self, deal_id: str) -> bool:
        """Whether a card stands in a column that is folded."""
        place = self.cards.board.place(deal_id)
        return place is not None and place[0] in self.folded

    def _set_folded(self, key: str, folded: bool) -> None:
        self.set_folded(self.folded | {key} if folded else self.folded - {key})
        if self.lanes_shown:  # a lane is as high as the columns that are seen
            self._show(self.columns, set(self.chosen()), self._current[1])
        self.folds_changed.emit()

    def fold(self, key: str) -> None:
        """Folds a column; the keys stay in it."""
        column = self.columns[key]
        had_focus = column.list.hasFocus()
        self._set_folded(key, True)
        if had_focus:
            column.folded_face.setFocus(Qt.FocusReason.OtherFocusReason)

    def unfold(self, key: str) -> None:
        """Unfolds a column, with the keys in it."""
        self._set_folded(key, False)
        self.columns[key].list.setFocus(Qt.FocusReason.OtherFocusReason)

    def scrolled(self, value: int) -> None:
        """A column was scrolled: lanes stand beside each other in all of them."""
        if not self.lanes_shown or self._syncing:
            return
        self._syncing = True
        for column in self.columns.values():
            column.list.verticalScrollBar().setValue(value)
        self._syncing = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self.lanes_shown:
            for column in self.columns.values():
                column.list.viewport().update()
