"""A table before it is a file: names above columns, and rows of values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = str | int | Decimal | date  # an empty cell is ''


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is what the rows are, as the reader calls it."""

    name: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]
