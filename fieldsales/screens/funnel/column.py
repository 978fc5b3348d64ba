"""A column of the board: its head, its cards, and its face while it is folded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from fieldsales.screens.funnel.card_list import CardList
from fieldsales.screens.funnel.cards import ColumnModel, carried
from fieldsales.widgets.look import Look

if TYPE_CHECKING:
    from fieldsales.screens.funnel.board import BoardView

WIDTH, NARROW = 240, 40  # px at 100 %: the least of a column, and of one that is folded
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight


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
            self._board.unfold(self._model.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._board.unfold(self._model.key)
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
    """One column: folded, or head and cards.

    It is made in its place: a widget that comes to a parent later takes on its style again.
    """

    def __init__(self, board: BoardView, model: ColumnModel, parent: QWidget) -> None:
        super().__init__(parent)
        look = board.look
        self._board = board
        self.key = model.key
        self.model = model
        self.head = Head(look)
        self.head.fold_wanted.connect(self._fold)
        self.list = CardList(board, model, self)
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

    def _fold(self) -> None:
        self._board.fold(self.key)

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
