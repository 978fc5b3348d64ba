"""Reads a file of any known format into a `Sheet`: finds its format and its header."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Protocol, cast

from fieldsales.discover import modules
from fieldsales.errors import UserError
from fieldsales.services.importing import formats, header_row
from fieldsales.services.importing.sheet import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    Cells,
    Grid,
    Notes,
    Options,
    Row,
    Sheet,
    Watch,
    stamp,
    unreadable,
)

HEAD = 100  # rows shown in a preview and looked at to guess columns
_SNIFFED = 65_536


class Format(Protocol):
    """What a module of `formats` offers."""

    SUFFIXES: tuple[str, ...]
    RANK: int

    def sniff(self, path: Path, head: bytes) -> bool: ...
    def read(self, path: Path, options: Options, watch: Watch) -> Grid: ...


@cache
def _formats() -> tuple[Format, ...]:
    found = [cast(Format, module) for module in modules(formats)]
    return tuple(sorted(found, key=lambda module: module.RANK))


def suffixes() -> tuple[str, ...]:
    """Endings of file names that can be imported, for the file dialog."""
    return tuple(suffix for module in _formats() for suffix in module.SUFFIXES)


def read(path: Path, options: Options | None = None, watch: Watch | None = None) -> Sheet:
    """The table in a file, gone through once so that its size and oddities are known.

    Raises UserError (`import.error.…`) if it cannot be read, `Cancelled` if the user stopped it.
    """
    options = options or Options()
    watch = watch or Watch()
    known = stamp(path)
    if path.is_dir():
        raise UserError("import.error.folder", name=path.name)
    if not known[0]:
        raise UserError("import.error.empty_file", name=path.name)
    if known[0] > MAX_BYTES:
        raise UserError("import.error.too_big", name=path.name, n=MAX_BYTES // 1_000_000)
    grid = _format(path).read(path, options, watch)
    return _survey(path, known, grid, options, watch)


def _format(path: Path) -> Format:
    try:
        with path.open("rb") as file:
            head = file.read(_SNIFFED)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    for module in _formats():
        if module.sniff(path, head):
            return module
    raise UserError("import.error.not_a_table", name=path.name)


def _survey(
    path: Path, known: tuple[int, int], grid: Grid, options: Options, watch: Watch
) -> Sheet:
    notes = Notes()
    for code in grid.warnings:
        notes.add(code)
    first: list[tuple[int, Cells]] = []
    rows = grid.rows(notes, watch)
    searched = max(header_row.SEARCHED, options.header_row or 0)
    first.extend(islice(rows, searched))
    if not first:
        raise UserError("import.error.nothing_inside", name=path.name)
    if grid.columns is not None:
        header = header_row.Header(0, grid.columns)
    else:
        header = header_row.find(first, options.header_row)
    width = max(_width(cells) for _, cells in first)
    body = [item for item in first if item[0] > header.row]
    last = first[-1][0]
    count = len(body)
    for number, cells in rows:
        count += 1
        last = number
        if len(cells) > width:
            width = max(width, _width(cells))
        if len(body) < HEAD:
            body.append((number, cells))
        if count > MAX_ROWS:
            raise UserError("import.error.too_many_rows", n=MAX_ROWS)
        if width > MAX_COLUMNS:
            raise UserError("import.error.too_many_columns", n=MAX_COLUMNS)
    if width > MAX_COLUMNS:
        raise UserError("import.error.too_many_columns", n=MAX_COLUMNS)
    if options.header_row and options.header_row > last:
        raise UserError("import.error.header_row", row=options.header_row, n=last)
    if not count:
        raise UserError("import.error.header_only", name=path.name)
    if not header.row and grid.columns is None and options.header_row is None:
        notes.add("no_header")
    columns, doubled = header_row.unique(header.texts, width if grid.columns is None else 0)
    if doubled:
        notes.add("double_header")
    if grid.columns is not None:
        columns = grid.columns
    elif header.row and width > _width(header.texts):
        notes.add("extra_cells")
    sheet = Sheet(
        path=path,
        format=grid.format,
        columns=columns,
        count=count,
        header_row=header.row,
        head=(),
        warnings=notes.warnings(),
        encoding=grid.encoding,
        separator=grid.separator,
        sheet=grid.sheet,
        sheets=grid.sheets,
        _grid=grid,
        _stamp=known,
    )
    return replace(sheet, head=tuple(_padded(row, len(columns)) for row in body[:HEAD]))


def _width(cells: Cells) -> int:
    """Columns up to the last that holds text."""
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width


def _padded(row: tuple[int, Cells], width: int) -> Row:
    number, cells = row
    return number, (*cells[:width], *[""] * (width - len(cells)))
