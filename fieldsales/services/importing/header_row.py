"""Finds the row that names the columns, below titles, hints and group headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.services.importing.headers import known
from fieldsales.services.importing.sheet import Cells

SEARCHED = 30  # rows looked at

_DATA = re.compile(r"[\d\s+()./:年月日,%¥$-]*\d[\d\s+()./:年月日,%¥$-]*|\S+@\S+\.\S+|https?://\S+")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Header:
    """Row number of the header (0: there is none) and the texts above the columns."""

    row: int
    texts: tuple[str, ...]


def find(rows: Sequence[tuple[int, Cells]], fixed: int | None = None) -> Header:
    """The header among a table's first rows; `fixed` is the user's choice (0: none).

    A row is a better header the more known column names it holds and the more it is filled; data
    (digits, addresses of mail) speak against it. A heading over several columns leaves gaps in the
    row below it or has them itself, so a row is also tried together with the one above.
    """
    if fixed is not None:
        for index, (number, cells) in enumerate(rows):
            if number == fixed:
                return Header(fixed, _with_row_above(rows, index) or tuple(cells))
        return Header(fixed, ())
    best = Header(0, ())
    best_score = 0.0
    width = max((_filled(cells) for _, cells in rows), default=0)
    for index, (number, cells) in enumerate(rows[:SEARCHED]):
        single = tuple(cells)
        score = _score(single, width)
        if index == len(rows) - 1 and not any(map(known, single)):
            break  # the last row of a short table is data
        if score > best_score:
            best, best_score = Header(number, single), score
        both = _with_row_above(rows, index)
        if both is not None and (score := _score(both, width)) > best_score:
            best, best_score = Header(number, both), score
    return best


def _filled(cells: Cells) -> int:
    return sum(map(bool, cells))


def _score(cells: Cells, width: int) -> float:
    filled = [cell for cell in cells if cell]
    names = sum(map(known, filled))
    data = sum(_DATA.fullmatch(cell) is not None for cell in filled)
    long = sum(len(cell) > _LONGEST_NAME for cell in filled)
    if not names and (data or len(filled) * 2 < width or (len(filled) < 2 <= width)):
        return 0.0
    repeated = len(filled) - len(set(filled))
    return max(
        names * 2 - data * 1.5 - long - repeated * 0.5 + min(len(filled) / max(width, 1), 1.0), 0.0
    )


def _with_row_above(rows: Sequence[tuple[int, Cells]], index: int) -> tuple[str, ...] | None:
    """The row's texts with gaps filled from the row above, where both belong to one header."""
    if not index:
        return None
    above, below = rows[index - 1][1], rows[index][1]
    if _filled(above) < 2 or rows[index - 1][0] != rows[index][0] - 1:
        return None
    width = max(len(above), len(below))
    upper = (*above, *[""] * (width - len(above)))
    lower = (*below, *[""] * (width - len(below)))
    if not any(a and not b for a, b in zip(upper, lower, strict=True)):
        return None
    return tuple(b or a for a, b in zip(upper, lower, strict=True))


def unique(texts: Sequence[str], width: int) -> tuple[tuple[str, ...], bool]:
    """Column names made different (`电话`, `电话 (2)`), an unnamed column called by its letters;
    and whether any name was there twice.
    """
    names: list[str] = []
    taken: set[str] = set()
    doubled = False
    for index in range(width):
        name = " ".join(texts[index].split()) if index < len(texts) else ""
        if not name:
            name = letters(index)
        elif name in taken:
            doubled = True
        base, n = name, 1
        while name in taken:
            n += 1
            name = f"{base} ({n})"
        taken.add(name)
        names.append(name)
    return tuple(names), doubled


def letters(index: int) -> str:
    """A column's letters in a spreadsheet: 0 is `A`, 27 is `AB`."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def certain(rows: Sequence[tuple[int, Cells]]) -> bool:
    """Whether these rows have a header of at least two column names we know."""
    return sum(map(known, filter(None, find(rows).texts))) >= 2
