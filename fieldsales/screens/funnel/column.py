"""A column of the board: its head, and the list of its cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from fieldsales.screens.funnel.cards import ColumnModel, Index, LaneHead, carried
from fieldsales.screens.funnel.face import BETWEEN, COMPACT_HEIGHT, FULL_HEIGHT, Face
from fieldsales.widgets.look import Look

if TYPE_CHECKING:
    from fieldsales.screens.funnel.board import BoardView

WIDTH, NARROW = 240, 40  # px at 100 %: the least of a column, and of one that is folded
_LANE_HEIGHT = 32
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight
_SELECTED = QStyle.StateFlag.State_Selected
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class CardDelegate(QStyledItemDelegate):
    """Paints the card of a deal, the head of a lane, or the gap a card will land in."""

    def __init__(self, look: Look, view: CardList) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        at = index.row()
        row = self._view.cards_model.rows[at]
        if isinstance(row, str):
            self._card(painter, option.rect, at, selected=bool(option.state & _SELECTED))
        elif isinstance(row, LaneHead):
            self._view.board.paint_lane(painter, option.rect, row.lane, self._view.key)
        elif row is not None:
            self._gap(painter, option.rect)

    def _card(self, painter: QPainter, rect: QRect, at: int, *, selected: bool) -> None:
        view, theme = self._view, self._look.theme
        card = view.cards_model.card_at(at)
        if card is None:
            return
        width, height = rect.width(), rect.height() - theme.px(BETWEEN)
        face = view.cards_model.cards.faces.face(card, width, compact=view.board.compact)
        current = view.hasFocus() and view.currentIndex().row() == at
        edge = "accent" if current else "line" if view.hovered == at else "hairline"
        ground = "accent-soft" if selected else "paper"
        density = painter.device().devicePixelRatioF()
        key = (edge, ground, density)
        picture = face.pictures.get(key)
        if picture is None:
            picture = QPixmap(round(width * density), round(height * density))
            picture.setDevicePixelRatio(density)
            picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(picture)
            self._draw(inner, face, width, height, theme.colour(edge), theme.colour(ground))
            inner.end()
            view.cards_model.cards.faces.keep(face, key, picture)
        painter.drawPixmap(rect.left(), rect.top(), picture)

    def _draw(
        self,
        painter: QPainter,
        face: Face,
        width: int,
        height: int,
        edge: QColor,
        ground: QColor,
    ) -> None:
        look, theme = self._look, self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(ground)
        radius = theme.px(6)
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(
            0, theme.px(6), theme.px(3), height - theme.px(12), theme.colour(face.edge)
        )
        for mark in face.marks:
            look.icons.paint(painter, mark.rect, mark.icon, mark.role)
        for text in face.texts:
            painter.setFont(theme.font(text.size, bold=text.bold))
            painter.setPen(theme.colour(text.role))
            painter.drawText(text.rect, text.align, text.text)

    def _gap(self, painter: QPainter, rect: QRect) -> None:
        theme = self._look.theme
        inside = QRectF(rect).adjusted(0.5, 0.5, -0.5, -theme.px(BETWEEN) - 0.5)
        pen = QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent-soft"))
        painter.drawRoundedRect(inside, theme.px(6), theme.px(6))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class CardList(QTableView):
    """The cards of a column. Arrow keys go between cards and columns, Ctrl+← → moves them."""

    opened = Signal(str)
    sideways = Signal(int)  # −1 to the column at the left
    step_wanted = Signal(int)  # the chosen cards by a column
    delete_wanted = Signal()
    pressed_plain = Signal()  # without Ctrl: what is chosen elsewhere is not any more
    menu_wanted = Signal(QPoint)
    fold_wanted = Signal()

    def __init__(self, board: BoardView, model: ColumnModel) -> None:
        super().__init__()
        look = board.look
        self.board = board
        self.cards_model = model
        self.key = model.key
        self.hovered = -1
        self._before_gap = 0
        self.setModel(model)
        self.setItemDelegate(CardDelegate(look, self))
        self.setProperty("surface", "paper-2")
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setAutoScroll(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        vertical = self.verticalHeader()
        vertical.hide()
        vertical.setMinimumSectionSize(1)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalScrollBar().setSingleStep(look.theme.px(24))
        self.setMouseTracking(True)
        self.entered.connect(self._entered)
        self.doubleClicked.connect(self._open)
        self.customContextMenuRequested.connect(self._ask_menu)

    def show_rows(self, rows: list) -> None:
        """Shows rows; the place scrolled to stays."""
        at = self.verticalScrollBar().value()
        theme = self.board.look.theme
        height = COMPACT_HEIGHT if self.board.compact else FULL_HEIGHT
        self.verticalHeader().setDefaultSectionSize(theme.px(height) + theme.px(BETWEEN))
        self.cards_model.show_rows(rows)
        for number, row in enumerate(rows if self.board.lanes_shown else ()):
            if isinstance(row, LaneHead):
                self.verticalHeader().resizeSection(number, theme.px(_LANE_HEIGHT))
        self.executeDelayedItemsLayout()  # else the bar still has the range it had
        self.verticalScrollBar().setValue(at)

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
        half = self.verticalHeader().defaultSectionSize() // 2
        wanted = y + self.verticalOffset()
        header = self.verticalHeader()
        at = min(cards, key=lambda one: abs(header.sectionPosition(one) + half - wanted))
        self.setCurrentIndex(model.index(at, 0))
        return True

    def current_y(self) -> int:
        """The middle of the current card in the viewport."""
        return self.visualRect(self.currentIndex()).center().y()

    # Qt

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        super().initViewItemOption(option)
        # the delegate paints what is chosen; the style would fill the room between cards too
        option.palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)

    def _entered(self, index: Index) -> None:
        self._hover(index.row())

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            before, self.hovered = self.hovered, row
            for at in (before, row):
                if at >= 0:
                    self._update_row(at)

    def _update_row(self, at: int) -> None:
        top = self.rowViewportPosition(at)
        self.viewport().update(0, top, self.viewport().width(), self.rowHeight(at))

    def _open(self, index: Index) -> None:
        deal = self.cards_model.deal_at(index.row())
        if deal:
            self.opened.emit(deal)

    def _ask_menu(self, spot: QPoint) -> None:
        if self.current():
            self.menu_wanted.emit(self.viewport().mapToGlobal(spot))

    def keyboardSearch(self, search: str) -> None:
        """Typing does not jump about: there is a search for that."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        sides = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        plain = not modifiers & _CHORD
        if key in sides and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.step_wanted.emit(sides[key])
        elif key in sides and plain:
            self.sideways.emit(sides[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if self.current():
                self.opened.emit(self.current())
        elif key == Qt.Key.Key_Space and plain:
            toggle = QItemSelectionModel.SelectionFlag.Toggle
            self.selectionModel().select(self.currentIndex(), toggle)
        elif key == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Minus:
            self.fold_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            event.ignore()  # the page goes back
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not event.modifiers() & (_CHORD | Qt.KeyboardModifier.ShiftModifier):
            index = self.indexAt(event.position().toPoint())
            if not self.selectionModel().isSelected(index):
                self.pressed_plain.emit()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not event.modifiers() & (_CHORD | Qt.KeyboardModifier.ShiftModifier):
            self.pressed_plain.emit()

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
        deals = self.board.chosen()
        if not deals:
            return
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
            self.board.drag_over(self.key, deals)
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
        if model.dropMimeData(event.mimeData(), event.dropAction(), -1, -1, self.rootIndex()):
            event.accept()
        else:
            event.ignore()


class Head(QWidget):
    """Name and number, the sums in bold, the weighted sums and the oldest; a click folds it."""

    fold_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._texts = ("", "", "", "")
        self._hovered = False
        self._lit = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_texts(self, name: str, count: str, sums: str, below: str, tooltip: str) -> None:
        self._texts = (name, count, sums, below)
        self.setToolTip(tooltip)
        self.setAccessibleName(tooltip.replace("\n", ", "))
        self.update()

    def texts(self) -> tuple[str, str, str, str]:
        """Name, number, sums, weighted sums with the oldest."""
        return self._texts

    def light(self, on: bool) -> None:
        """Shows that a card may be let go here."""
        if on != self._lit:
            self._lit = on
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(WIDTH), self._look.theme.px(72))

    def enterEvent(self, event: QEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.fold_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        px = theme.px
        left, right = px(12), self.width() - px(12)
        name, count, sums, below = self._texts
        if self._lit:
            painter.fillRect(0, 0, self.width(), px(3), theme.colour("accent"))
        if self._hovered:
            side = px(14)
            look.icons.paint(
                painter, QRect(right - side, px(13), side, side), "chevron-left", "ink-3"
            )
        room = right - left - px(20)
        metrics = theme.metrics("title", bold=True)
        number = theme.metrics().horizontalAdvance(count)
        name = metrics.elidedText(name, _ELIDE, max(0, room - number - px(8)))
        self._line(painter, left, 8, 24, name, "title", "accent" if self._lit else "ink", bold=True)
        start = left + metrics.horizontalAdvance(name) + px(8)
        self._line(painter, start, 9, 24, count, "body", "ink-3")
        wide = right - left
        sums = theme.metrics(bold=True).elidedText(sums, _ELIDE, wide)
        self._line(painter, left, 32, 18, sums, "body", "ink", bold=True)
        below = theme.metrics("caption").elidedText(below, _ELIDE, wide)
        self._line(painter, left, 50, 16, below, "caption", "ink-3")

    def _line(
        self,
        painter: QPainter,
        left: int,
        top: int,
        height: int,
        text: str,
        size: str,
        role: str,
        *,
        bold: bool = False,
    ) -> None:
        theme = self._look.theme
        painter.setFont(theme.font(size, bold=bold))
        painter.setPen(theme.colour(role))
        rect = QRect(left, theme.px(top), self.width() - left, theme.px(height))
        painter.drawText(rect, _LEFT, text)


class Folded(QWidget):
    """A folded column: its name upright and its number; it still takes cards."""

    unfold_wanted = Signal()

    def __init__(self, board: BoardView, model: ColumnModel) -> None:
        super().__init__()
        self._board = board
        self._look = board.look
        self._model = model
        self._name, self._count = "", ""
        self._lit = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedWidth(self._look.theme.px(NARROW))

    def show_texts(self, name: str, count: str, tooltip: str) -> None:
        self._name, self._count = name, count
        self.setToolTip(tooltip)
        self.setAccessibleName(tooltip.replace("\n", ", "))
        self.update()

    def light(self, on: bool) -> None:
        if on != self._lit:
            self._lit = on
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.unfold_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.unfold_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        deals = carried(event.mimeData())
        if deals:
            self._board.drag_over(self._model.key, deals)
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._board.drag_over("", [])

    def dropEvent(self, event: QDropEvent) -> None:
        self._board.drag_over("", [])
        if self._model.dropMimeData(
            event.mimeData(), event.dropAction(), -1, -1, self._model.index(-1, -1)
        ):
            event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        px = theme.px
        ground = "accent-soft" if self._lit else "paper-2"
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(whole, px(6), px(6))
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink-3"))
        top = QRect(0, px(8), self.width(), px(24))
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, self._count)
        painter.setPen(theme.colour("ink-2"))
        painter.setFont(theme.font(bold=True))
        upright = any(0x3400 <= ord(letter) <= 0x9FFF for letter in self._name)
        if upright:  # Chinese is written from above
            height = theme.metrics().height()
            for at, letter in enumerate(self._name[:16]):
                spot = QRect(0, px(40) + at * height, self.width(), height)
                painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, letter)
            return
        painter.translate(0, px(40))
        painter.rotate(90)
        rect = QRect(0, -self.width(), self.height() - px(56), self.width())
        painter.drawText(rect, _LEFT, self._name)


class Column(QWidget):
    """One column: folded, or head and cards."""

    def __init__(self, board: BoardView, model: ColumnModel) -> None:
        super().__init__()
        look = board.look
        self._board = board
        self.key = model.key
        self.model = model
        self.head = Head(look)
        self.list = CardList(board, model)
        self.folded_face = Folded(board, model)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        inside = QVBoxLayout()
        side = look.theme.px(8)
        inside.setContentsMargins(side, 0, look.theme.px(2), look.theme.px(6))
        inside.addWidget(self.list)
        layout.addLayout(inside, 1)
        layout.addWidget(self.folded_face, 1)
        self.set_folded(False)

    @property
    def folded(self) -> bool:
        return self.folded_face.isVisibleTo(self)

    def set_folded(self, folded: bool) -> None:
        self.head.setVisible(not folded)
        self.list.setVisible(not folded)
        self.folded_face.setVisible(folded)
        px = self._board.look.theme.px
        if folded:
            self.setFixedWidth(px(NARROW))
        else:
            self.setMinimumWidth(px(WIDTH))
            self.setMaximumWidth(px(420))

    def light(self, on: bool) -> None:
        self.head.light(on)
        self.folded_face.light(on)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.folded:
            return
        theme = self._board.look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("paper-2"))
        painter.drawRoundedRect(self.rect(), theme.px(6), theme.px(6))
