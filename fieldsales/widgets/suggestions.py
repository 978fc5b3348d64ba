"""The list of hits below a line that is being typed, as an ordinary child of the window.

Not a `Qt.Popup`: while a popup is open, Chinese input methods cannot be used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QCursor, QMouseEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QScrollArea,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fieldsales.widgets.look import Look

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A hit: what it is, where the typed text was found in it, and its key for the asker.

    `spans` are (start, length) within the title; where none are given, the typed text itself is
    looked for. `aside` stands at the right end: a kind, or a key combination.
    """

    key: str
    title: str
    subtitle: str = ""
    icon: str = ""
    aside: str = ""
    spans: tuple[tuple[int, int], ...] = ()


class Hit(Protocol):
    """What the list can show: a `Suggestion`, or anything of an asker's own with these."""

    @property
    def title(self) -> str: ...
    @property
    def subtitle(self) -> str: ...
    @property
    def icon(self) -> str: ...
    @property
    def aside(self) -> str: ...
    @property
    def spans(self) -> Sequence[tuple[int, int]]: ...


class SuggestionModel(QAbstractListModel):
    """The hits of the moment."""

    def __init__(self) -> None:
        super().__init__()
        self.hits: Sequence[Hit] = ()
        self.query = ""

    def set_hits(self, hits: Sequence[Hit], query: str) -> None:
        self.beginResetModel()
        self.hits = hits
        self.query = query.strip().casefold()
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        return self.hits[row] if 0 <= row < len(self.hits) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(filter(None, (hit.title, hit.subtitle, hit.aside)))
        return None


class SuggestionDelegate(QStyledItemDelegate):
    """Icon, title with the found part in accent, subtitle below, an aside at the right."""

    def __init__(self, look: Look, model: SuggestionModel, view: QListView) -> None:
        super().__init__(view)
        self._look = look
        self._model = model
        self._view = view
        self._height = look.theme.px(44)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = self._model.hit(index.row())
        low = hit is not None and not hit.subtitle
        return QSize(10, self._look.theme.px(36) if low else self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = self._model.hit(index.row())
        if hit is None:
            return
        look, theme = self._look, self._look.theme
        rect = option.rect
        current = self._view.currentIndex().row() == index.row()
        if current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent-soft"))
            painter.drawRoundedRect(rect, theme.px(4), theme.px(4))
        inside = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        if hit.icon:
            side = theme.px(18)
            spot = QRect(inside.left(), inside.center().y() - side // 2, side, side)
            look.icons.paint(painter, spot, hit.icon, "accent" if current else "ink-3")
            inside.setLeft(inside.left() + theme.px(30))
        if hit.aside:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink-3"))
            painter.drawText(inside, _RIGHT, hit.aside)
            width = theme.metrics("caption").horizontalAdvance(hit.aside)
            inside.setRight(inside.right() - width - theme.px(12))
        upper = QRect(inside)
        if hit.subtitle:
            upper.setBottom(inside.center().y() + theme.px(1))
            lower = inside.adjusted(0, inside.height() // 2 + theme.px(1), 0, -theme.px(3))
            metrics = theme.metrics("caption")
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("ink-2"))
            text = metrics.elidedText(hit.subtitle, _ELIDE, lower.width())
            painter.drawText(lower, _LEFT, text)
            upper.setTop(upper.top() + theme.px(3))
        self._paint_title(painter, upper, hit)

    def _paint_title(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        theme = self._look.theme
        metrics = theme.metrics()
        text = metrics.elidedText(hit.title, _ELIDE, rect.width())
        painter.setFont(theme.font())
        left, at = rect.left(), 0
        for start, length in self._spans(hit, text):
            for part, role in ((text[at:start], "ink"), (text[start : start + length], "accent")):
                painter.setPen(theme.colour(role))
                spot = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
                painter.drawText(spot, _LEFT, part)
                left += metrics.horizontalAdvance(part)
            at = start + length
        painter.setPen(theme.colour("ink"))
        spot = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
        painter.drawText(spot, _LEFT, text[at:])

    def _spans(self, hit: Hit, shown: str) -> list[tuple[int, int]]:
        if hit.spans:
            return [(start, length) for start, length in hit.spans if start < len(shown)]
        query = self._model.query
        at = shown.casefold().find(query) if query else -1
        # folding can change lengths (ß): then nothing is marked rather than the wrong letters
        fits = at >= 0 and shown[at : at + len(query)].casefold() == query
        return [(at, len(query))] if fits else []


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ELIDE = Qt.TextElideMode.ElideRight


class _HitList(QListView):
    """Makes the hit under the mouse the current one, but not one that comes under a resting mouse
    as the list opens or scrolls by keys.
    """

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._mouse_at = QCursor.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = event.globalPosition().toPoint()
        index = self.indexAt(event.position().toPoint())
        if at != self._mouse_at and index.isValid():
            self.setCurrentIndex(index)
        self._mouse_at = at


def suggestion_list(look: Look, model: SuggestionModel) -> QListView:
    """A list that shows hits and never takes the focus from the line being typed."""
    view = _HitList()
    view.setModel(model)
    view.setItemDelegate(SuggestionDelegate(look, model, view))
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setMouseTracking(True)
    return view


def step(view: QListView, by: int) -> None:
    """Move the current hit, round the ends."""
    count = view.model().rowCount()
    if count:
        row = view.currentIndex().row()
        target = (row + by) % count if row >= 0 else (0 if by > 0 else count - 1)
        view.setCurrentIndex(view.model().index(target, 0))
        view.viewport().update()


class Suggestions(QFrame):
    """The list as it floats below a line; `picked` gives the hit's key."""

    picked = Signal(str)

    def __init__(self, look: Look, anchor: QWidget) -> None:
        super().__init__(anchor)
        self._look = look
        self._anchor = anchor
        self._hits: Sequence[Suggestion] = ()
        self.model = SuggestionModel()
        self.view = suggestion_list(look, self.model)
        self.view.setStyleSheet("background: transparent")
        self.view.clicked.connect(self._clicked)
        self.setProperty("surface", "float")
        layout = QVBoxLayout()
        side = look.theme.px(4)
        layout.setContentsMargins(side, side, side, side)
        layout.addWidget(self.view)
        self.setLayout(layout)
        self.hide()
        anchor.destroyed.connect(self.deleteLater)  # it floats as a child of the window

    def show_hits(self, hits: Sequence[Suggestion], query: str, *, first: bool = True) -> None:
        """Show hits below the anchor, or hide where there are none; `first` marks the top one."""
        self._hits = hits
        self.model.set_hits(hits, query)
        if not hits:
            self.hide()
            return
        if first:
            self.view.setCurrentIndex(self.model.index(0, 0))
        self._place(len(hits))
        self.show()
        self.raise_()

    def current(self) -> Suggestion | None:
        row = self.view.currentIndex().row()
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def move_by(self, by: int) -> None:
        step(self.view, by)

    def _place(self, count: int) -> None:
        theme = self._look.theme
        window = self._anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        shown = min(count, 7)
        height = 2 * theme.px(4) + 2
        for row in range(shown):
            hit = self.model.hit(row)
            height += theme.px(44 if hit and hit.subtitle else 36)
        below = self._anchor.mapTo(window, QPoint(0, self._anchor.height() + theme.px(2)))
        above = self._anchor.mapTo(window, QPoint(0, 0)).y() - theme.px(2)
        width = max(self._anchor.width(), theme.px(240))
        left = max(0, min(below.x(), window.width() - width))
        if below.y() + height > window.height() and above - height > 0:
            self.setGeometry(left, above - height, width, height)
        else:
            self.setGeometry(left, below.y(), width, min(height, window.height() - below.y()))
        parent = self._anchor.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                bar = parent.verticalScrollBar()
                bar.valueChanged.connect(self.hide, Qt.ConnectionType.UniqueConnection)
            parent = parent.parentWidget()

    def _clicked(self, index: QModelIndex) -> None:
        self.picked.emit(self._hits[index.row()].key)
