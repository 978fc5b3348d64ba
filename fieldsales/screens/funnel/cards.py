"""The one model behind the columns: where each card stands, and what is on those in sight."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from fieldsales.screens.contract import Context
from fieldsales.screens.funnel.face import Faces
from fieldsales.services.board import Board, View
from fieldsales.store.journal import Changed
from fieldsales.store.queries.deal_cards import DealCard

MIME = "application/x-fieldsales-deals"
_AROUND = 4  # cards fetched together: few, or the frame that reads them stands still
_MOST = 4_000  # cards kept
_TOLD = 100  # titles a drag carries

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class LaneHead:
    """The row that begins a lane."""

    lane: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The row in which a dragged card will land."""


GAP = Gap()
Row = str | LaneHead | Gap | None  # a deal's id; None fills a lane up


class Cards(QObject):
    """The board of services with the cards that were looked at."""

    dropped = Signal(object, str, object)  # ids of deals, key of the column, lane or None

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.board = Board(context.store)
        self.faces = Faces(context, self.board)
        self._cards: dict[str, DealCard | None] = {}

    def load(self, view: View) -> None:
        """Reads everything anew."""
        self._forget()
        self.board.load(view)

    def follow(self, changed: Changed) -> set[str] | None:
        """Reads what a change touched; the columns that are other now, None for all."""
        deals = self.board.affected(changed)
        if deals is None:
            self.load(self.board.view)
            return None
        for row_id in deals:
            self._cards.pop(row_id, None)
            self.faces.forget(row_id)
        return self.board.refresh(deals)

    def _forget(self) -> None:
        self._cards.clear()
        self.faces.clear()

    def card(self, deal_id: str, around: Iterable[str] = ()) -> DealCard | None:
        """What a card shows; those `around` it are fetched with it."""
        if deal_id not in self._cards:
            self.fetch([deal_id, *around])
        return self._cards[deal_id]

    def fetch(self, deal_ids: Iterable[str]) -> None:
        """Reads those of these cards that are not in hand, in one go."""
        wanted = [row_id for row_id in dict.fromkeys(deal_ids) if row_id not in self._cards]
        if not wanted:
            return
        if len(self._cards) > _MOST:
            self._forget()
        self._cards |= dict(zip(wanted, self.board.cards(wanted), strict=True))

    def mime(self, deal_ids: Sequence[str]) -> QMimeData:
        """What a drag carries."""
        made = QMimeData()
        made.setData(MIME, QByteArray(json.dumps(list(deal_ids)).encode()))
        self.fetch(deal_ids[:_TOLD])
        titles = (self.faces.title(self.card(row_id)) for row_id in deal_ids[:_TOLD])
        made.setText("\n".join(titles))  # for other programs
        return made


def carried(data: QMimeData) -> list[str]:
    """The deals a drag carries; none if it is not of ours."""
    if not data.hasFormat(MIME):
        return []
    return list(json.loads(bytes(data.data(MIME).data())))


class ColumnModel(QAbstractListModel):
    """The rows of one column of the board, with the heads of lanes between them.

    `place` of the column: each reads at other rows, so that those that scroll together take turns.
    """

    def __init__(self, cards: Cards, key: str, place: int) -> None:
        super().__init__()
        self.cards = cards
        self.key = key
        self._place = place
        self.rows: list[Row] = []
        self._gap = -1

    def show_rows(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self._gap = -1
        self.endResetModel()

    def refresh(self) -> None:
        """The cards were read anew where they stand."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def position(self, deal_id: str) -> int:
        """Where a card stands; −1 if it does not stand here."""
        try:
            return self.rows.index(deal_id)
        except ValueError:
            return -1

    def deal_at(self, at: int) -> str:
        """The deal of a row; '' where there is none."""
        row = self.rows[at] if 0 <= at < len(self.rows) else None
        return row if isinstance(row, str) else ""

    def lane_at(self, at: int) -> str | None:
        """The lane to which a row belongs; None where there are no lanes or no such row."""
        above = self.rows[at::-1] if 0 <= at < len(self.rows) else ()
        return next((row.lane for row in above if isinstance(row, LaneHead)), None)

    def together(self, at: int) -> slice:
        """The rows whose cards are fetched with that of a row."""
        start = at - (at + self._place) % _AROUND
        return slice(max(0, start), start + _AROUND)

    def card_at(self, at: int) -> DealCard | None:
        """The card of a row, fetched with its neighbours."""
        deals = (one for one in self.rows[self.together(at)] if isinstance(one, str))
        return self.cards.card(self.deal_at(at), deals)

    def show_gap(self, at: int) -> None:
        """Opens a gap before a row; −1 closes it."""
        if at == self._gap:
            return
        if self._gap >= 0:
            self.beginRemoveRows(QModelIndex(), self._gap, self._gap)
            del self.rows[self._gap]
            self._gap = -1
            self.endRemoveRows()
        if at >= 0:
            self.beginInsertRows(QModelIndex(), at, at)
            self.rows.insert(at, GAP)
            self._gap = at
            self.endInsertRows()

    @property
    def gap(self) -> int:
        return self._gap

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        at = index.row()
        if not self.deal_at(at):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cards.faces.title(self.card_at(at))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.cards.faces.spoken(self.card_at(at))
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.cards.faces.tooltip(self.card_at(at))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not self.deal_at(index.row()):
            return flag.ItemIsDropEnabled
        return (
            flag.ItemIsEnabled
            | flag.ItemIsSelectable
            | flag.ItemIsDragEnabled
            | flag.ItemIsDropEnabled
            | flag.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        return self.cards.mime([self.deal_at(index.row()) for index in indexes])

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Asks for the move; the cards stay until the change itself moves them."""
        deals = carried(data)
        if deals:
            self.cards.dropped.emit(deals, self.key, self.lane_at(row))
        return bool(deals)
