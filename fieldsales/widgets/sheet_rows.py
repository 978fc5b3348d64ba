"""The rows and columns of a sheet, and how a row looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fieldsales.widgets.chips import ChipFace
from fieldsales.widgets.kept_rows import Keyed
from fieldsales.widgets.suggestions import Suggestion

Row = TypeVar("Row", bound=Keyed)
Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True)  # with slots, `SheetColumn[Row](…)` fails on Python 3.11
class SheetColumn(Generic[Row]):
    """One column. `typed` gives what stands in the cell while it is edited, None where it is not.

    With `find` a cell offers what can be picked. The first column takes what width is left.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    width: int = 80  # px at 100 %
    right: bool = False
    typed: Callable[[Row], str | None] = lambda _row: None
    find: Callable[[str], Sequence[Suggestion]] | None = None


@dataclass(frozen=True, slots=True)
class RowStyle:
    """How a row looks: a second line and chips in its first cell, a text over all its cells."""

    below: str = ""
    chips: tuple[ChipFace, ...] = ()
    bold: bool = False
    role: str = "ink"
    spans: bool = False  # the first cell reaches to the last one


class SheetModel(QAbstractTableModel, Generic[Row]):
    """The rows, all of them in hand."""

    def __init__(self, columns: Sequence[SheetColumn[Row]]) -> None:
        super().__init__()
        self.columns = list(columns)
        self.rows: list[Row] = []
        self.locked = False

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Rows of the same ids are shown anew where they stand."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = list(rows)
            if rows:
                last = self.index(len(rows) - 1, len(self.columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def at(self, row_id: str) -> int:
        """Where a row stands, −1 if it is not there."""
        return next((at for at, row in enumerate(self.rows) if row.id == row_id), -1)

    def typed(self, at: int, column: int) -> str | None:
        """What stands in a cell while it is edited; None where it is not."""
        return None if self.locked else self.columns[column].typed(self.rows[at])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == _DISPLAY:
            return column.text(self.rows[index.row()])
        if role == _SPOKEN:
            return f"{column.title} {column.text(self.rows[index.row()])}".strip()
        if role == _ALIGN:
            return int(_RIGHT if column.right else _LEFT)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _DISPLAY:
            return self.columns[section].title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        can = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if not self.locked:
            can |= Qt.ItemFlag.ItemIsDragEnabled
        if self.typed(index.row(), index.column()) is not None:
            can |= Qt.ItemFlag.ItemIsEditable
        return can

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction
