"""The cards of a column: how they are painted, walked through, chosen and dragged."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QWidget,
)

from fieldsales.screens.funnel.cards import ColumnModel, Index, LaneHead, Row, carried
from fieldsales.screens.funnel.face import BETWEEN, COMPACT_HEIGHT, FULL_HEIGHT, Face, Shade
from fieldsales.screens.funnel.row_list import RowList
from fieldsales.widgets.look import Look

if TYPE_CHECKING:
    from fieldsales.screens.funnel.board import BoardView

_LANE_HEIGHT = 32
_FRAMES = 20  # kept: each width the window was drawn to has its own
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class CardPainter:
    """Paints the card of a deal, or the gap a card will land in."""

    def __init__(self, look: Look, view: CardList) -> None:
        self._look, self._view = look, view

    def card(self, painter: QPainter, rect: QRect, at: int) -> None:
        view, theme = self._view, self._look.theme
        card = view.cards_model.card_at(at)
        if card is None:
            return
        width, height = rect.width(), rect.height() - theme.px(BETWEEN)
        face = view.cards_model.cards.faces.face(card, width, compact=view.board.compact)
        current = view.hasFocus() and view.currentIndex().row() == at
        edge = "accent" if current else "line" if view.hovered == at else "hairline"
        selected = view.selectionModel().isSelected(view.cards_model.index(at))
        ground = "accent-soft" if selected else "paper"
        density = painter.device().devicePixelRatioF()
        key = (edge, ground, density)
        picture = face.pictures.get(key)
        if picture is None:
            picture = self._frame(width, height, key).copy()
            self._draw(picture, face, height)
            view.cards_model.cards.faces.keep(face, key, picture)
        painter.drawPixmap(rect.left(), rect.top(), picture)

    def _frame(self, width: int, height: int, shade: Shade) -> QPixmap:
        """Edge and ground, which all cards of a size share: round corners are dear to draw."""
        frames, theme = self._view.cards_model.cards.faces.frames, self._look.theme
        found = frames.get((width, height, shade))
        if found is None:
            if len(frames) >= _FRAMES:
                frames.clear()
            edge, ground, density = shade
            found = QPixmap(round(width * density), round(height * density))
            found.setDevicePixelRatio(density)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour(edge), 1))
            painter.setBrush(theme.colour(ground))
            radius = theme.px(6)
            painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), radius, radius)
            painter.end()
            frames[width, height, shade] = found
        return found

    def _draw(self, picture: QPixmap, face: Face, height: int) -> None:
        look, theme = self._look, self._look.theme
        painter = QPainter(picture)
        painter.fillRect(
            0, theme.px(6), theme.px(3), height - theme.px(12), theme.colour(face.edge)
        )
        for mark in face.marks:
            look.icons.paint(painter, mark.rect, mark.icon, mark.role)
        for text in face.texts:
            painter.setFont(theme.font(text.size, bold=text.bold))
            painter.setPen(theme.colour(text.role))
            painter.drawText(text.rect, text.align, text.text)
        painter.end()

    def gap(self, painter: QPainter, rect: QRect) -> None:
        theme = self._look.theme
        inside = QRectF(rect).adjusted(0.5, 0.5, -0.5, -theme.px(BETWEEN) - 0.5)
        pen = QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent-soft"))
        painter.drawRoundedRect(inside, theme.px(6), theme.px(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class CardList(RowList):
    """The cards of a column. Arrow keys go between cards and columns, Ctrl+← → moves them."""

    def __init__(self, board: BoardView, model: ColumnModel, parent: QWidget) -> None:
        super().__init__(parent)
        look = board.look
        self.board = board
        self.cards_model = model
        self.key = model.key
        self.hovered = -1
        self._before_gap = 0
        self.setModel(model)
        self._painter = CardPainter(look, self)
        self.setProperty("surface", "paper-2")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(False)
        self.verticalScrollBar().setSingleStep(look.theme.px(24))
        self.verticalScrollBar().valueChanged.connect(board.scrolled)
        self.setMouseTracking(True)
        self.entered.connect(self._entered)
        self.doubleClicked.connect(self._open)
        self.customContextMenuRequested.connect(self._ask_menu)

    def show_rows(self, rows: list[Row]) -> None:
        """Shows rows; the place scrolled to stays."""
        at = self.verticalScrollBar().value()
        self.cards_model.show_rows(rows)
        self.executeDelayedItemsLayout()  # else the bar still has the range it had
        self.verticalScrollBar().setValue(at)

    def edges(self) -> Sequence[int]:
        px, rows = self.board.look.theme.px, self.cards_model.rows
        high = px(COMPACT_HEIGHT if self.board.compact else FULL_HEIGHT) + px(BETWEEN)
        if not self.board.lanes_shown:
            return range(0, len(rows) * high + 1, high)
        heads = px(_LANE_HEIGHT)
        return list(
            accumulate((heads if isinstance(one, LaneHead) else high for one in rows), initial=0)
        )

    def paint_row(self, painter: QPainter, rect: QRect, at: int) -> None:
        row = self.cards_model.rows[at]
        if isinstance(row, str):
            self._painter.card(painter, rect, at)
        elif isinstance(row, LaneHead):
            self.board.paint_lane(painter, rect, row.lane, self.key)
        elif row is not None:
            self._painter.gap(painter, rect)

    def show_gap(self, at: int) -> None:
        """Opens a gap before a row and brings it into view; −1 closes it and goes back."""
        model, bar = self.cards_model, self.verticalScrollBar()
        if at >= 0 and model.gap < 0:
            self._before_gap = bar.value()
        had = model.gap >= 0
        model.show_gap(at)
        if at >= 0:
            self.scrollTo(model.index(at, 0))
        elif had:
            bar.setValue(self._before_gap)

    # what is chosen

    def chosen(self) -> list[str]:
        """The selected deals, from above."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [found for found in map(self.cards_model.deal_at, rows) if found]

    def choose(self, deal_ids: set[str], current: str = "") -> None:
        """Selects those of the deals that stand here."""
        model, selection = self.cards_model, self.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        if current and (at := model.position(current)) >= 0:
            selection.setCurrentIndex(model.index(at, 0), flag.NoUpdate)
            self.scrollTo(model.index(at, 0))
        wanted = QItemSelection()
        start = -1
        for at, row in enumerate((*model.rows, None) if deal_ids else ()):
            if row in deal_ids:
                start = at if start < 0 else start
            elif start >= 0:
                wanted.select(model.index(start, 0), model.index(at - 1, 0))
                start = -1
        selection.select(wanted, flag.ClearAndSelect)

    def current(self) -> str:
        return self.cards_model.deal_at(self.currentIndex().row())

    def go_to(self, y: int) -> bool:
        """Makes the card nearest to a height of the viewport current; False if there is none."""
        model = self.cards_model
        cards = [at for at, row in enumerate(model.rows) if isinstance(row, str)]
        if not cards:
            return False
        at = min(cards, key=lambda one: abs(self.row_rect(one).center().y() - y))
        self.setCurrentIndex(model.index(at, 0))
        return True

    def current_y(self) -> int:
        """The middle of the current card in the viewport."""
        return self.visualRect(self.currentIndex()).center().y()

    # Qt

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.current():
            self.board.now_at(self.key, self.current())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.board.selection_soon()

    def _entered(self, index: Index) -> None:
        self._hover(index.row())

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            before, self.hovered = self.hovered, row
            for at in (before, row):
                self.update(self.cards_model.index(at))  # of a row that is gone this is none

    def _open(self, index: Index) -> None:
        deal = self.cards_model.deal_at(index.row())
        if deal:
            self.board.opened.emit(deal)

    def _ask_menu(self, spot: QPoint) -> None:
        if self.current():
            self.board.menu_wanted.emit(self.viewport().mapToGlobal(spot))

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump about: there is a search for that."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        side = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}.get(key, 0)
        plain = not modifiers & _CHORD
        if side and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.board.step(side)
        elif side and plain:
            self.board.sideways(self.key, side)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if self.current():
                self.board.opened.emit(self.current())
        elif key == Qt.Key.Key_Space and plain:
            toggle = QItemSelectionModel.SelectionFlag.Toggle
            self.selectionModel().select(self.currentIndex(), toggle)
        elif key == Qt.Key.Key_Delete:
            self.board.delete()
        elif key == Qt.Key.Key_Minus:
            self.board.fold(self.key)
        elif key == Qt.Key.Key_Escape:
            event.ignore()  # the page goes back
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not event.modifiers() & (_CHORD | Qt.KeyboardModifier.ShiftModifier):
            index = self.indexAt(event.position().toPoint())
            if not self.selectionModel().isSelected(index):
                self.board.choose_only_in(self.key)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not event.modifiers() & (_CHORD | Qt.KeyboardModifier.ShiftModifier):
            self.board.choose_only_in(self.key)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and not self.currentIndex().isValid():
            self.go_to(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carries all that is chosen, in whatever column."""
        held = self.current()
        deals = self.board.chosen()
        if not deals:
            return
        deals.sort(key=lambda one: one != held)  # the card in hand leads the others
        drag = QDrag(self)
        drag.setMimeData(self.cards_model.cards.mime(deals))
        picture = self._picture(len(deals))
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(self.board.look.theme.px(24), self.board.look.theme.px(16)))
        drag.exec(Qt.DropAction.MoveAction)
        self.board.drag_over("", [])

    def _picture(self, count: int) -> QPixmap:
        """The card in hand, with the number of those that come along."""
        theme = self.board.look.theme
        rect = self.visualRect(self.currentIndex()).adjusted(0, 0, 0, -theme.px(BETWEEN))
        picture = self.viewport().grab(rect)
        if count > 1:
            text = self.board.look.words.number(count)
            side = theme.px(24)
            wide = max(side, theme.metrics(bold=True).horizontalAdvance(text) + theme.px(12))
            badge = QRectF(rect.width() - wide - theme.px(6), theme.px(6), wide, side)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(badge, side / 2, side / 2)
            painter.setPen(theme.colour("on-accent"))
            painter.setFont(theme.font(bold=True))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
            painter.end()
        return picture

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drag(event)

    def _drag(self, event: QDragMoveEvent) -> None:
        deals = carried(event.mimeData())
        if deals:
            at = self.row_at(event.position().toPoint().y())
            self.board.drag_over(self.key, deals, self.cards_model.lane_at(at))
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.board.drag_over("", [])
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.board.drag_over("", [])
        model = self.cards_model
        at = self.row_at(event.position().toPoint().y())
        if model.dropMimeData(event.mimeData(), event.dropAction(), at, 0, self.rootIndex()):
            event.accept()
        else:
            event.ignore()
