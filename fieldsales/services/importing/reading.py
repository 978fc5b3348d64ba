"""Reads a file of any known format into a `Sheet`: finds its format and its header."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain, islice
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
    Cut,
    Grid,
    Notes,
    Options,
    Pack,
    Sheet,
    Watch,
    stamp,
    unreadable,
)

HEAD = 100  # rows shown in a preview and looked at to guess columns
_SNIFFED = 65_536
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*"
    rb"(?:<!doctype html|<html|<table|<\?xml[^>]*>\s*<(?:\?mso|workbook|html))",
    re.IGNORECASE,
)


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
    if options.sheet is not None and not grid.sheets:
        raise UserError("import.error.not_a_workbook", name=path.name)
    return _survey(path, known, grid, options, watch)


def _format(path: Path) -> Format:
    try:
        with path.open("rb") as file:
            head = file.read(_SNIFFED)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    if _WEB_PAGE.match(head):  # what some programs save under the name of a spreadsheet
        raise UserError("import.error.web_page", name=path.name)
    if head.lstrip(b"\xef\xbb\xbf\r\n ").upper().startswith(b"BEGIN:VCALENDAR"):
        raise UserError("import.error.calendar", name=path.name)
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
    rows = grid.rows(notes, watch)
    first = list(islice(rows, max(header_row.SEARCHED, min(options.header_row or 0, MAX_ROWS))))
    if not first:
        raise UserError("import.error.nothing_inside", name=path.name)
    if grid.columns is not None:
        header = header_row.Header(0, grid.columns)
    else:
        header = header_row.find(first, options.header_row)
    body = _Body(header, named=grid.columns is None)
    pack = Pack()
    for row in chain(first, rows):
        body.take(row)
        pack.add(row)
    pack.close()
    if options.header_row and options.header_row > body.last:
        raise UserError("import.error.header_row", row=options.header_row, n=body.last)
    if not body.count:
        raise UserError("import.error.header_only", name=path.name)
    names = header.texts
    if grid.columns is None:
        names, doubled = header_row.unique(header.texts, body.width)
        if not header.row and options.header_row is None:
            notes.add("no_header")
        if doubled:
            notes.add("double_header")
    cut = body.cut()
    return Sheet(
        path=path,
        format=grid.format,
        columns=tuple(names[index] for index in cut.kept),
        count=body.count,
        header_row=header.row,
        head=tuple(cut.rows(body.head)),
        warnings=notes.warnings(),
        encoding=grid.encoding,
        separator=grid.separator,
        sheet=grid.sheet,
        sheets=grid.sheets,
        _rows=pack,
        _cut=cut,
        _stamp=known,
    )


class _Body:
    """Counts rows and columns below the header while they go by."""

    def __init__(self, header: header_row.Header, *, named: bool) -> None:
        self._header = header
        self._empty = {
            index for index, text in enumerate(header.texts) if not (text and named)
        }  # columns without a name of the file's own and so far without a value
        self.width = len(header.texts)
        self.count = 0
        self.last = 0
        self.head: list[tuple[int, Cells]] = []

    def take(self, row: tuple[int, Cells]) -> None:
        self.last, cells = row
        if self.last <= self._header.row or tuple(cells) == self._header.texts:
            return
        self.count += 1
        if self.count > MAX_ROWS:
            raise UserError("import.error.too_many_rows", n=MAX_ROWS)
        if len(self.head) < HEAD:
            self.head.append(row)
        if len(cells) > self.width:
            if len(cells) > MAX_COLUMNS:
                raise UserError("import.error.too_many_columns", n=MAX_COLUMNS)
            self._empty.update(range(self.width, len(cells)))
            self.width = len(cells)
        if self._empty:
            self._empty -= {i for i in self._empty if i < len(cells) and cells[i]}

    def cut(self) -> Cut:
        kept = tuple(index for index in range(self.width) if index not in self._empty)
        return Cut(self._header.row, self._header.texts, kept, len(kept) == self.width)
