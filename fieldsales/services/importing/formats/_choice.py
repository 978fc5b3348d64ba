"""Which sheet of several is read: the one asked for, or the first that looks like a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fieldsales.errors import UserError
from fieldsales.services.importing import header_row
from fieldsales.services.importing.sheet import Cells


def named_sheet(names: Sequence[str], wanted: str) -> str:
    """The sheet called `wanted`, or with that number from 1; raises UserError if there is none."""
    if wanted in names:
        return wanted
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise UserError("import.error.no_such_sheet", sheet=wanted, sheets=" · ".join(names))


def likely_sheet(names: Sequence[str], head: Callable[[str], Sequence[tuple[int, Cells]]]) -> str:
    """The first sheet whose first rows hold a header we know, else the first that is not empty."""
    filled: str | None = None
    for name in names:
        rows = head(name)
        if header_row.certain(rows):
            return name
        if rows and filled is None:
            filled = name
    return filled or names[0]
