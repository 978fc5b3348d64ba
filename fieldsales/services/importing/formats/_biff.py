"""Looks through an XLS file before it is opened: whether it is whole, how far its sheets reach,
and which numbers it shows in a format that changes how they read.

The library that reads it believes the sizes a file states and takes that much memory; a damaged
file would end the whole program.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import error as StructError  # noqa: N812 - it is an exception
from struct import unpack_from

from fieldsales.errors import UserError
from fieldsales.services.importing.cells import NumberFormat
from fieldsales.services.importing.sheet import MAX_CELLS, MAX_ROWS

Formats = dict[tuple[int, int], NumberFormat]

_FREE = 0xFFFF_FFFA  # sector numbers from here on are marks
_MAX_RECORDS = 8_000_000
_STREAMS = ("workbook", "book")
_BUILT_IN = {9: "0%", 10: "0.00%"}
_EOF, _BOF, _FORMULA, _FILEPASS = 0x000A, 0x0809, 0x0006, 0x002F
_BOUNDSHEET, _FORMAT, _XF, _DIMENSIONS = 0x0085, 0x041E, 0x00E0, 0x0200
_NUMBER, _RK, _MULRK = 0x0203, 0x027E, 0x00BD
_CELLS = {_FORMULA, _NUMBER, _RK, _MULRK, 0x0204, 0x00D6, 0x0205, 0x00FD}
_NUMBERS = {_FORMULA, _NUMBER, _RK}


def inspect(name: str, data: bytes) -> list[Formats]:
    """For each sheet in the file's order, cells whose number format matters.

    Raises UserError if the file is damaged, locked, no workbook, or reaches too far.
    """
    try:
        stream = _stream(name, data)
        return _sheets(name, stream)
    except (StructError, IndexError, ValueError) as problem:
        raise UserError("import.error.damaged", name=name) from problem


def _stream(name: str, data: bytes) -> bytes:
    """The workbook's stream, out of the compound file's sectors."""
    shift, mini_shift = unpack_from("<HH", data, 30)
    fat_length, directory = unpack_from("<II", data, 44)
    cutoff, mini_start, mini_length, table_start, _ = unpack_from("<5I", data, 56)
    sectors = len(data) >> shift if shift in (9, 12) else 0
    overread = unpack_from("<I", data, 62)[0]  # the library takes this for a length
    if fat_length > sectors or mini_length > sectors or mini_shift != 6 or overread > 1 << 24:
        raise UserError("import.error.damaged", name=name)
    size = 1 << shift
    table = list(unpack_from("<109I", data, 76))
    seen = 0
    while table_start < _FREE:
        entries = unpack_from(f"<{size // 4}I", data, (table_start + 1) << shift)
        table.extend(entries[:-1])
        table_start = entries[-1]
        seen += 1
        if seen > sectors:
            raise UserError("import.error.damaged", name=name)
    fat: list[int] = []
    for sector in table:
        if sector < _FREE:
            fat.extend(unpack_from(f"<{size // 4}I", data, (sector + 1) << shift))
    whole = _Chains(data, fat, shift, skip=1)
    entries_of = whole.read(directory)
    root: bytes | None = None
    found = None
    for at in range(0, len(entries_of) - 127, 128):
        (length,) = unpack_from("<H", entries_of, at + 64)
        title = entries_of[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower()
        kind = entries_of[at + 66]
        start, amount = unpack_from("<II", entries_of, at + 116)
        if title == "encryptedpackage":
            raise UserError("import.error.password", name=name)
        if kind == 5:
            root = whole.read(start)
        elif title in _STREAMS and found is None:
            found = start, amount
    if root is None:
        raise UserError("import.error.damaged", name=name)
    if found is None:
        raise UserError("import.error.not_a_table", name=name)
    start, amount = found
    if amount >= cutoff:
        return whole.read(start)[:amount]
    mini_fat = whole.read(mini_start)
    chains = _Chains(root, list(unpack_from(f"<{len(mini_fat) // 4}I", mini_fat)), 6, skip=0)
    return chains.read(start)[:amount]


class _Chains:
    """Sectors that follow each other by a table."""

    def __init__(self, data: bytes, table: list[int], shift: int, *, skip: int) -> None:
        self._data = data
        self._table = table
        self._shift = shift
        self._skip = skip

    def read(self, sector: int) -> bytes:
        """The bytes of a chain; raises ValueError if it runs in a circle."""
        pieces: list[bytes] = []
        size = 1 << self._shift
        while sector < _FREE:
            at = (sector + self._skip) << self._shift
            pieces.append(self._data[at : at + size])
            sector = self._table[sector]
            if len(pieces) > len(self._table):
                raise ValueError(sector)
        return b"".join(pieces)


def _records(stream: bytes, at: int, budget: list[int]) -> Iterator[tuple[int, int, int]]:
    """(kind, offset, length) of each record of a substream, nested ones left out."""
    depth = 0
    end = len(stream)
    while at + 4 <= end:
        kind, length = unpack_from("<HH", stream, at)
        at += 4
        budget[0] -= 1
        if budget[0] < 0:
            raise ValueError(at)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth <= 1:
            yield kind, at, length
        at += length


def _sheets(name: str, stream: bytes) -> list[Formats]:
    codes = dict(_BUILT_IN)
    styles: list[int] = []
    positions: list[int] = []
    budget = [_MAX_RECORDS]
    for kind, at, length in _records(stream, 0, budget):
        if kind == _FILEPASS:
            raise UserError("import.error.password", name=name)
        if kind == _BOUNDSHEET:
            positions.append(unpack_from("<I", stream, at)[0])
        elif kind == _FORMAT:
            codes[unpack_from("<H", stream, at)[0]] = _format_code(stream[at + 2 : at + length])
        elif kind == _XF:
            styles.append(unpack_from("<H", stream, at + 2)[0])
    formats = {
        index: form
        for index, number in enumerate(styles)
        if number in codes and (form := NumberFormat(codes[number])).matters
    }
    return [_sheet(name, stream, at, formats, budget) for at in positions]


def _format_code(data: bytes) -> str:
    (length,) = unpack_from("<H", data)
    if data[2] & 1:
        return data[3 : 3 + 2 * length].decode("utf-16-le", "replace")
    return data[3 : 3 + length].decode("latin-1")


def _sheet(
    name: str, stream: bytes, start: int, formats: dict[int, NumberFormat], budget: list[int]
) -> Formats:
    found: Formats = {}
    last_row = last_column = 0
    for kind, at, length in _records(stream, start, budget):
        if kind in _CELLS:
            row, column, style = unpack_from("<HHH", stream, at)
            last_row = max(last_row, row)
            if kind == _MULRK:
                (last,) = unpack_from("<H", stream, at + length - 2)
                styles = zip(range(column, last + 1), range(at + 4, at + length, 6), strict=False)
                if formats:
                    for each, offset in styles:
                        form = formats.get(unpack_from("<H", stream, offset)[0])
                        if form is not None:
                            found[row, each] = form
                column = last
            elif kind in _NUMBERS and style in formats:
                found[row, column] = formats[style]
            last_column = max(last_column, column)
        elif kind == _DIMENSIONS and length >= 10:
            height, width = _dimensions(stream, at, length)
            if height * width > MAX_CELLS:
                raise ValueError(height)
    if (last_row + 1) * (last_column + 1) > MAX_CELLS:
        raise UserError("import.error.far_cell", sheet=name, row=last_row + 1, rows=MAX_ROWS)
    return found


def _dimensions(stream: bytes, at: int, length: int) -> tuple[int, int]:
    """What the sheet states as its size: rows and columns."""
    first, last, left, right = unpack_from("<IIHH" if length >= 14 else "<4H", stream, at)
    if last and right and last <= first:
        raise ValueError(last)
    if left > 0xFF or right < left:
        left = 0
    return max(last - first, 1), max(right - left, 1)
