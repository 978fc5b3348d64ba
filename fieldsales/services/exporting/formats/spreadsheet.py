"""XLSX: numbers and dates that can be reckoned with, texts that stay texts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

from fieldsales.services.exporting.table import Table, Value

SUFFIX = ".xlsx"
_LEAST, _MOST = 8, 40  # characters wide
_SAMPLED = 200  # rows that decide how wide a column is


def encoded(table: Table) -> bytes:
    """The file's content: one sheet, its head in bold and always in view."""
    import xlsxwriter  # only where it is wanted

    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet(table.name[:31])
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        number = book.add_format({"num_format": "#,##0.##"})
        for column, head in enumerate(table.heads):
            sheet.write_string(0, column, head, bold)
            cells = [row[column] for row in table.rows[:_SAMPLED]]
            sheet.set_column(column, column, _width([head, *cells]))
        for at, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(at, column, value, number)
                elif isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif value:
                    sheet.write_string(at, column, value)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
    return file.getvalue()


def _width(values: list[Value]) -> int:
    """Characters, a Chinese one being as wide as two."""
    widest = max(
        sum(1 if character < "\u2e80" else 2 for character in str(value)) for value in values
    )
    return min(max(widest + 2, _LEAST), _MOST)
