"""The model behind long lists: row numbers in hand, the rows themselves fetched as they show."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fieldsales.words import Words

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

_PAGE = 200
_PAGES_KEPT = 24
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1  # the whole row
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 2  # a column's raw value
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)  # with slots, `Column[Row](…)` fails on Python 3.11
class Column(Generic[Row]):
    """One column of a list.

    `title` is a words key, `sort` what the numbers are asked to be sorted by ('' if they cannot),
    `value` the raw value, `role` the colour role of the text where it is not plain ink.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    width: int = 120  # px at 100 %
    right: bool = False  # numbers, money and dates stand at the right
    sort: str = ""
    descending: bool = False  # the first click sorts downwards: newest, most
    value: Callable[[Row], object] | None = None
    tooltip: Callable[[Row], str] | None = None
    role: Callable[[Row], str] | None = None
    shown: bool = True


class WindowedModel(QAbstractTableModel, Generic[Row]):
    """Rows by their numbers (SQLite row ids), fetched by pages of 200 and forgotten again.

    `numbers(sort, descending)` gives all row numbers in order; `fetch(numbers)` the rows of some of
    them in the same order, None where one is gone.
    """

    def __init__(
        self,
        words: Words,
        columns: Sequence[Column[Row]],
        numbers: Callable[[str, bool], Sequence[int]],
        fetch: Callable[[Sequence[int]], Sequence[Row | None]],
        *,
        sort: str = "",
        descending: bool = False,
        page: int = _PAGE,
    ) -> None:
        super().__init__()
        self.columns = list(columns)
        self._titles = [words(column.title) for column in columns]
        self._ask = numbers
        self._fetch = fetch
        self._sort = (sort, descending)
        self._page = page
        self._numbers: array[int] = array("q")
        self._pages: OrderedDict[int, Sequence[Row | None]] = OrderedDict()
        self._last_page = -1
        self._last: Sequence[Row | None] = ()

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """(sort key, descending)."""
        return self._sort

    @property
    def numbers(self) -> Sequence[int]:
        """All row numbers in the order shown."""
        return self._numbers

    def reload(self) -> None:
        """Ask for the numbers anew: a filter changed, or rows came or went."""
        numbers = self._ask(*self._sort)
        self.beginResetModel()
        self._numbers = numbers if isinstance(numbers, array) else array("q", numbers)
        self._forget()
        self.endResetModel()

    def refresh(self, numbers: Collection[int] | None = None) -> None:
        """Fetch rows anew that changed where they stand; without numbers, all that show."""
        if numbers is None:
            self._forget()
            low, high = 0, len(self._numbers) - 1
        else:
            positions = self.positions(numbers)
            if not positions:
                return
            for at in positions:
                self._pages.pop(at // self._page, None)
            self._last_page = -1
            low, high = min(positions), max(positions)
        if high >= low:
            self.dataChanged.emit(self.index(low, 0), self.index(high, len(self.columns) - 1))

    def order_by(self, sort: str, *, descending: bool) -> None:
        """Sort by a column's `sort` key."""
        if (sort, descending) != self._sort:
            self._sort = (sort, descending)
            self.reload()

    def row(self, at: int) -> Row | None:
        """The row at a position; None if it is gone."""
        page = at // self._page
        if page != self._last_page:
            self._last = self._load(page)
            self._last_page = page
        return self._last[at - page * self._page]

    def number(self, at: int) -> int:
        """The row number at a position."""
        return self._numbers[at]

    def position(self, number: int) -> int | None:
        """Where a row number stands; None if it is not in the list."""
        try:
            return self._numbers.index(number)
        except ValueError:
            return None

    def positions(self, numbers: Collection[int]) -> list[int]:
        """Where those of the row numbers stand that are in the list."""
        if len(numbers) > 8:  # one pass over the list instead of one for each
            wanted = set(numbers)
            return [at for at, number in enumerate(self._numbers) if number in wanted]
        return [at for at in map(self.position, numbers) if at is not None]

    def _load(self, page: int) -> Sequence[Row | None]:
        found = self._pages.get(page)
        if found is not None:
            self._pages.move_to_end(page)
            return found
        start = page * self._page
        wanted = self._numbers[start : start + self._page]
        rows = self._fetch(wanted)
        self._pages[page] = rows
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        return rows

    def _forget(self) -> None:
        self._pages.clear()
        self._last_page = -1
        self._last = ()

    def text(self, at: int, column: int) -> str:
        """What a cell shows."""
        row = self.row(at)
        return "" if row is None else self.columns[column].text(row)

    # ruff's naming rule does not reach these: they are Qt's
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if not index.isValid():
            return None
        if role == _DISPLAY:
            return self.text(index.row(), index.column())
        if role == _ALIGN:
            return _RIGHT if self.columns[index.column()].right else _LEFT
        if role not in (ROW_ROLE, SORT_ROLE, _TOOLTIP, _SPOKEN):
            return None
        row = self.row(index.row())
        if row is None or role == ROW_ROLE:
            return row
        column = self.columns[index.column()]
        if role == SORT_ROLE:
            return column.value(row) if column.value is not None else column.text(row)
        if role == _TOOLTIP:
            return column.tooltip(row) if column.tooltip is not None else None
        return f"{self._titles[index.column()]} {column.text(row)}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == _DISPLAY:
                return self._titles[section]
            if role == _ALIGN:
                return _RIGHT if self.columns[section].right else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].sort:
            self.order_by(
                self.columns[column].sort, descending=order == Qt.SortOrder.DescendingOrder
            )
