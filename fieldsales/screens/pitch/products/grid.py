"""The grid of industries and products: a cell each, painted, rated by keys (M14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from fieldsales.domain.customer import INDUSTRIES
from fieldsales.domain.product import FITS, Product, Solution
from fieldsales.store.queries.products import Matrix
from fieldsales.widgets.look import Look

Index = QModelIndex | QPersistentModelIndex
KEYS = {Qt.Key.Key_1: "high", Qt.Key.Key_2: "some", Qt.Key.Key_3: "none"}
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_CELL = (92, 40)  # px at 100 %
_HEAD = 64
_SIDE, _WIDEST = 24, 180  # before a row's name, and how wide it is at most
_ROLES = {"high": "good", "some": "accent", "none": "ink-3"}


class MatrixModel(QAbstractTableModel):
    """A row for each industry there is, then those that nobody is in yet; a column per product."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.industries: Sequence[str] = ()
        self.products: Sequence[Product] = ()
        self._cells: dict[tuple[str, str], Solution] = {}

    def show_matrix(self, matrix: Matrix) -> None:
        """Shows the cells; rows and columns are laid out anew only if there are others."""
        industries = tuple(dict.fromkeys((*matrix.industries, *INDUSTRIES)))
        same = industries == self.industries and [one.id for one in matrix.products] == [
            one.id for one in self.products
        ]
        if not same:
            self.beginResetModel()
        self.industries, self.products, self._cells = industries, matrix.products, matrix.cells
        if not same:
            self.endResetModel()
        elif industries and matrix.products:
            last = self.index(len(industries) - 1, len(matrix.products) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(matrix.products) - 1)

    def place(self, index: Index) -> tuple[str, Product]:
        """Industry and product of a cell."""
        return self.industries[index.row()], self.products[index.column()]

    def cell(self, index: Index) -> Solution | None:
        industry, product = self.place(index)
        return self._cells.get((industry, product.id))

    def named(self, index: Index) -> str:
        """`养猪 · 保育康 551`."""
        industry, product = self.place(index)
        return f"{self._look.words.choice('industry', industry)} · {product.name}"

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.industries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.products)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid() or role not in (_DISPLAY, _TOOLTIP, _SPOKEN):
            return None
        cell = self.cell(index)
        fit = self._look.words.choice("fit", cell.fit) if cell is not None else ""
        if role == _DISPLAY:
            return fit
        note = cell.note if cell is not None else ""
        return "\n".join(filter(None, (f"{self.named(index)} {fit}".strip(), note)))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if role not in (_DISPLAY, _TOOLTIP):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self.products[section].name if section < len(self.products) else None
        if section < len(self.industries):
            return self._look.words.choice("industry", self.industries[section])
        return None


class _Cells(QStyledItemDelegate):
    """A fit as a word on its ground; a dot says that there is a note."""

    def __init__(self, look: Look, view: MatrixGrid) -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._look.theme, option.rect
        model = index.model()
        assert isinstance(model, MatrixModel)
        cell = model.cell(index)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.drawRect(rect.adjusted(-1, -1, -1, -1))
        inside = rect.adjusted(theme.px(3), theme.px(3), -theme.px(4), -theme.px(4))
        if cell is not None:
            self._paint_fit(painter, inside, cell)
        if self._view.currentIndex() == index:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(theme.colour("accent" if focused else "line"), theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _paint_fit(self, painter: QPainter, rect: QRect, cell: Solution) -> None:
        theme = self._look.theme
        role = _ROLES.get(cell.fit, "ink-3")
        if cell.fit in ("high", "some"):
            painter.fillRect(rect, theme.colour(f"{role}-soft"))
        painter.setPen(theme.colour(role))
        painter.setFont(theme.font(bold=cell.fit == "high"))
        text = self._look.words.choice("fit", cell.fit)
        metrics = theme.metrics(bold=cell.fit == "high")
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)
        if cell.note:
            side = theme.px(5)
            painter.fillRect(QRect(rect.right() - side, rect.top(), side, side), theme.colour(role))


class _Head(QHeaderView):
    """Names along an edge, on the page's own ground; they wrap."""

    def __init__(self, look: Look, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._look = look
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(orientation == Qt.Orientation.Horizontal)
        self.setFont(look.theme.font("caption"))

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        if self.orientation() == Qt.Orientation.Horizontal:
            return QSize(theme.px(_CELL[0]), theme.px(_HEAD))
        model, metrics = self.model(), theme.metrics("caption")
        names = [
            str(model.headerData(at, self.orientation()))
            for at in range(model.rowCount() if model is not None else 0)
        ]
        widest = max(map(metrics.horizontalAdvance, names), default=0)
        return QSize(min(widest, theme.px(_WIDEST)) + theme.px(_SIDE + 8), theme.px(_CELL[1]))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        theme, model = self._look.theme, self.model()
        painter.fillRect(rect, theme.colour("paper"))
        painter.setPen(theme.colour("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.colour("ink-2"))
        painter.setFont(theme.font("caption"))
        text = str(model.headerData(logicalIndex, self.orientation()) or "")
        if self.orientation() == Qt.Orientation.Horizontal:
            inside = rect.adjusted(theme.px(4), 0, -theme.px(4), -theme.px(6))
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(inside, int(flags) | int(Qt.TextFlag.TextWordWrap), text)
        else:
            inside = rect.adjusted(theme.px(_SIDE), 0, -theme.px(4), 0)
            shown = theme.metrics("caption").elidedText(
                text, Qt.TextElideMode.ElideRight, inside.width()
            )
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inside, int(flags), shown)


class MatrixGrid(QTableView):
    """Arrows move, 1 2 3 rate, Delete empties, Enter goes to the note; headers stay in view."""

    rated = Signal(str)  # the current cell: a fit, or '' to empty it
    note_wanted = Signal()
    moved = Signal()
    product_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        theme = look.theme
        self.cells = MatrixModel(look)
        self.setModel(self.cells)
        self.setItemDelegate(_Cells(look, self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        across = _Head(look, Qt.Orientation.Horizontal)
        down = _Head(look, Qt.Orientation.Vertical)
        self.setHorizontalHeader(across)
        self.setVerticalHeader(down)
        across.setDefaultSectionSize(theme.px(_CELL[0]))
        across.sectionClicked.connect(self._header_clicked)
        down.setDefaultSectionSize(theme.px(_CELL[1]))
        self.doubleClicked.connect(self._turn)
        self.selectionModel().currentChanged.connect(self.moved)

    def show_matrix(self, matrix: Matrix) -> None:
        self.cells.show_matrix(matrix)
        if not self.currentIndex().isValid() and self.cells.rowCount() and self.cells.columnCount():
            self.setCurrentIndex(self.cells.index(0, 0))
        self.moved.emit()

    def _turn(self, index: QModelIndex) -> None:
        """A double click goes through the fits."""
        cell = self.cells.cell(index)
        order = ("", *FITS)
        at = order.index(cell.fit) if cell is not None and cell.fit in order else 0
        self.rated.emit(order[(at + 1) % len(order)])

    def _header_clicked(self, section: int) -> None:
        self.product_wanted.emit(self.cells.products[section].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in KEYS:
            self.rated.emit(KEYS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0):
            self.rated.emit("")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.note_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            event.ignore()  # the page goes back
        else:
            super().keyPressEvent(event)
