"""Reads Excel workbooks, old (XLS) and new (XLSX), by the calamine library.

A formula gives the value it had when the file was saved; nothing is ever computed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from fieldsales.errors import UserError
from fieldsales.services.importing import header_row
from fieldsales.services.importing.cells import NumberFormat, clean, moment_text, number_text
from fieldsales.services.importing.formats import _biff, _ooxml
from fieldsales.services.importing.formats._archive import opened
from fieldsales.services.importing.formats._choice import likely_sheet, named_sheet
from fieldsales.services.importing.sheet import (
    MAX_CELL,
    Cells,
    Grid,
    Notes,
    Options,
    Watch,
    unreadable,
)

SUFFIXES = (".xlsx", ".xlsm", ".xls")
RANK = 1

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Value = str | float | bool | date | time | timedelta
_Peculiar = Mapping[tuple[int, int], NumberFormat | str]  # or what a cell shows for a value


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is a workbook of Excel, by its container's first bytes."""
    if head.startswith(_ZIP):
        return b"opendocument" not in head[:200]
    return head.startswith(_OLE)


def read(path: Path, options: Options, watch: Watch) -> Grid:
    """One sheet of a workbook: the one asked for, else the first that looks like a table."""
    try:
        with path.open("rb") as file:
            old = file.read(8) == _OLE
            data = _OLE + file.read() if old else b""
    except OSError as problem:
        raise unreadable(path, problem) from problem
    if old:
        return _old(path, data, options)
    with opened(path) as archive:
        package = _ooxml.Package(archive, path.name)
        parts = package.worksheets()
        package.check_texts(watch)
        with _Library(path.name):
            book = CalamineWorkbook.from_path(str(path))

        def load(name: str) -> _Loaded | _Sliced:
            part, looks = _looked_through(path.name, package, parts, name, watch)
            if looks.at_a_time:
                return _Sliced(path, part, looks.height, looks.at_a_time)
            with _Library(path.name):
                return _Loaded(book.get_sheet_by_name(name), looks.peculiar)

        return _grid("xlsx", _names(book), load, options)


def each_sheet(
    path: Path, names: Iterable[str], watch: Watch
) -> Iterator[tuple[str, Iterator[list[Value]]]]:
    """Each of these sheets of an XLSX file, its rows from the top, with values as they are kept."""
    with opened(path) as archive:
        package = _ooxml.Package(archive, path.name)
        parts = package.worksheets()
        package.check_texts(watch)
        with _Library(path.name):
            book = CalamineWorkbook.from_path(str(path))
        for name in names:
            _looked_through(path.name, package, parts, name, watch)
            with _Library(path.name):
                sheet = book.get_sheet_by_name(name)
            yield name, sheet.iter_rows()


def sheet_names(path: Path) -> list[str]:
    """What the sheets of an XLSX file are called; raises UserError if it is none."""
    with opened(path) as archive:
        return [part.name for part in _ooxml.Package(archive, path.name).worksheets()]


def _looked_through(
    file: str, package: _ooxml.Package, parts: Sequence[_ooxml.Part], name: str, watch: Watch
) -> tuple[_ooxml.Part, _ooxml.Looks]:
    """A sheet, and what it is like, before the library holds it."""
    part = next((part for part in parts if part.name == name), None)
    if part is None:
        raise UserError("import.error.damaged", name=file)
    return part, package.looks(part, watch)


def _old(path: Path, data: bytes, options: Options) -> Grid:
    formats = _biff.inspect(path.name, data)
    with _Library(path.name):
        book = CalamineWorkbook.from_path(str(path))

    def load(name: str) -> _Loaded:
        with _Library(path.name):
            sheet = book.get_sheet_by_name(name)
        index = book.sheet_names.index(name)
        return _Loaded(sheet, formats[index] if index < len(formats) else {})

    return _grid("xls", _names(book), load, options)


class _Library:
    """What the library raises, as errors a user is told: it panics on some damaged files."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, problem: BaseException | None, trace: object) -> None:
        if isinstance(problem, PasswordError):
            raise UserError("import.error.password", name=self._name) from problem
        if isinstance(problem, CalamineError | OSError) or (
            type(problem).__name__ == "PanicException"
        ):
            raise UserError("import.error.damaged", name=self._name) from problem


@dataclass(frozen=True, slots=True)
class _Loaded:
    sheet: CalamineSheet
    peculiar: _Peculiar

    @property
    def height(self) -> int:
        return self.sheet.total_height

    def head(self) -> list[tuple[int, Cells]]:
        return list(islice(self.rows(Notes()), header_row.SEARCHED))

    def rows(self, notes: Notes) -> Iterator[tuple[int, Cells]]:
        if self.sheet.start is None:
            return
        first_row, first_column = self.sheet.start
        gap = [""] * first_column
        by_row: dict[int, list[tuple[int, NumberFormat | str]]] = {}
        for (row, column), form in self.peculiar.items():
            by_row.setdefault(row, []).append((column, form))
        for index, values in enumerate(_trimmed(self.sheet, first_row), first_row):
            number = index + 1
            cells = gap + [
                _TEXT[type(value)](value, notes, number) if value != "" else "" for value in values
            ]
            for column, form in by_row.get(index, ()):
                if column >= len(cells):
                    continue
                value = values[column - first_column]
                if isinstance(form, str):
                    cells[column] = form
                elif isinstance(value, float | int) and (text := form.text(value)) is not None:
                    cells[column] = text
            if any(cells):
                yield number, cells


@dataclass(frozen=True, slots=True)
class _Sliced:
    """A sheet too large to be held at once: the library is given some rows at a time."""

    path: Path
    part: _ooxml.Part
    height: int
    at_a_time: int

    def head(self) -> list[tuple[int, Cells]]:
        return list(islice(self.rows(Notes()), header_row.SEARCHED))

    def rows(self, notes: Notes) -> Iterator[tuple[int, Cells]]:
        with opened(self.path) as archive, TemporaryDirectory() as folder:
            package, some = _ooxml.Package(archive, self.path.name), Path(folder) / "some.xlsx"
            for xml in package.slices(self.part, self.at_a_time, Watch()):
                package.with_sheet(self.part, xml, some)
                with _Library(self.path.name):
                    book = CalamineWorkbook.from_path(str(some))
                    sheet = book.get_sheet_by_name(self.part.name)
                yield from _Loaded(sheet, package.peculiar(xml)).rows(notes)


def _trimmed(sheet: CalamineSheet, first_row: int) -> Iterator[list[Value]]:
    """The sheet's rows from its first used one; the library gives the empty ones above too."""
    rows = sheet.iter_rows()
    for _ in range(first_row):
        next(rows, None)
    return rows


def _grid(
    kind: str, names: list[str], load: Callable[[str], _Loaded | _Sliced], options: Options
) -> Grid:
    if not names:
        raise UserError("import.error.no_sheets")
    load = cache(load)
    if options.sheet is not None:
        chosen = named_sheet(names, options.sheet)
    else:
        chosen = likely_sheet(names, lambda name: load(name).head())
    loaded = load(chosen)

    def rows(notes: Notes, watch: Watch) -> Iterator[tuple[int, Cells]]:
        total = loaded.height
        for number, cells in loaded.rows(notes):
            if number % 1000 == 0:
                watch(number, total)
            if max(map(len, cells)) > MAX_CELL:
                raise UserError("import.error.long_cell", row=number, n=MAX_CELL)
            yield number, cells

    return Grid(kind, rows, sheet=chosen, sheets=tuple(names))


def _names(book: CalamineWorkbook) -> list[str]:
    """Worksheets, those in sight first."""
    tables = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
    shown = [meta.name for meta in tables if meta.visible == SheetVisibleEnum.Visible]
    return shown + [meta.name for meta in tables if meta.name not in shown]


def _truth(value: bool, notes: Notes, row: int) -> str:
    return "TRUE" if value else "FALSE"


def _moment(value: date | time | timedelta, notes: Notes, row: int) -> str:
    return moment_text(value)


_TEXT: dict[type, Callable[..., str]] = {
    str: clean,
    float: number_text,
    int: number_text,
    bool: _truth,
    datetime: _moment,
    date: _moment,
    time: _moment,
    timedelta: _moment,
}
