"""XLSX: numbers and dates that can be reckoned with, texts that stay texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from itertools import chain, islice
from typing import Any

from fieldsales.services.exporting.table import Table, Value

SUFFIX = ".xlsx"
_LEAST, _MOST = 8, 40  # characters wide
_SAMPLED = 200  # rows that decide how wide a column is


def encoded(table: Table) -> bytes:
    """The file's content: one sheet."""
    import xlsxwriter  # only where it is wanted

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:  # nothing in temporary files
        Sheets(book).add(table.name[:31], table.heads, table.rows)
    return file.getvalue()


class Sheets:
    """Adds sheets to a workbook: their head in bold and always in view, texts as texts."""

    def __init__(self, book: Any) -> None:  # the library has no types
        self._book = book
        self._bold = book.add_format({"bold": True})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._number = book.add_format({"num_format": "#,##0.##"})

    def add(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> Any:
        """Adds a sheet and fills it from above, so that rows need not be held; gives it back."""
        sheet = self._book.add_worksheet(name)
        rest = iter(rows)
        first = list(islice(rest, _SAMPLED))
        for column, head in enumerate(heads):
            sheet.set_column(column, column, _width([head, *(row[column] for row in first)]))
            sheet.write_string(0, column, head, self._bold)
        at = 0
        for at, row in enumerate(chain(first, rest), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        sheet.write_string(at, column, value)
                elif isinstance(value, date):
                    sheet.write_datetime(at, column, value, self._day)
                elif isinstance(value, int):
                    sheet.write_number(at, column, value)
                else:
                    sheet.write_number(at, column, value, self._number)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, at, len(heads) - 1)
        return sheet


def _width(values: list[Value]) -> int:
    """Characters, a Chinese one being as wide as two."""
    widest = max(
        sum(1 if character < "\u2e80" else 2 for character in str(value)) for value in values
    )
    return min(max(widest + 2, _LEAST), _MOST)
