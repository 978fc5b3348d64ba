"""The file's first rows as a model, with each column's name and what it fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from fieldsales.services.importing.sheet import Row

Index = QModelIndex | QPersistentModelIndex
_LONG_TIP = 2_000  # characters


class PreviewModel(QAbstractTableModel):
    """Rows of the file as they stand in it, and each column's name and target."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self.names: Sequence[str] = ()
        self.told: list[str] = []  # what each column fills, as a sentence

    def show_rows(self, rows: Sequence[Row], names: Sequence[str]) -> None:
        self.beginResetModel()
        self.rows, self.names = rows, names
        self.told = [""] * len(names)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = self.rows[index.row()][1][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return text[:_LONG_TIP] if len(text) > 12 else None
        return " ".join(text[:_LONG_TIP].split())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            shown = role == Qt.ItemDataRole.DisplayRole and section < len(self.rows)
            return str(self.rows[section][0]) if shown else None
        if not 0 <= section < len(self.names):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.names[section]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.told[section]
        return None
