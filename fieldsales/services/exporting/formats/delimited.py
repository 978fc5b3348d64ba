"""CSV as spreadsheets take it: UTF-8 with its mark, commas, ISO dates."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from fieldsales.services.exporting.table import Table, Value

SUFFIX = ".csv"
_RUNS = ("=", "+", "-", "@")  # what a spreadsheet takes for the beginning of a formula


def encoded(table: Table) -> bytes:
    """The file's content; the import knows the mark before what would run as a formula."""
    file = StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(table.heads)
    writer.writerows([text(value) for value in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


def text(value: Value) -> str:
    """A cell as it stands in the file."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RUNS) else value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else str(value)
