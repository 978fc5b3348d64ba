"""Reads OpenDocument spreadsheets (ODS) row by row, each cell as the text its program showed.

The spreadsheet library would lay a whole sheet out in memory, and a file of one kilobyte may say
that a row is there a million times; it would also give 0.15 where a person reads 15%.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from fieldsales.errors import UserError
from fieldsales.services.importing import header_row
from fieldsales.services.importing.cells import clean, number_text
from fieldsales.services.importing.formats._archive import opened
from fieldsales.services.importing.formats._choice import likely_sheet, named_sheet
from fieldsales.services.importing.sheet import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Cells,
    Grid,
    Notes,
    Options,
    Watch,
)

SUFFIXES = (".ods",)
RANK = 0

_CONTENT = "content.xml"
_MAX_CONTENT = 1_000_000_000
_PIECE = 1 << 17
_DEEPEST = 1_000
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CELLS = {_TABLE + "table-cell", _TABLE + "covered-table-cell"}
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_NOT_DIGITS = re.compile(r"\D")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?")
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)")


def sniff(path: Path, head: bytes) -> bool:
    """Whether the file is an OpenDocument archive, which names its kind at its very start."""
    return head.startswith(b"PK\x03\x04") and b"opendocument" in head[:200]


def read(path: Path, options: Options, watch: Watch) -> Grid:
    """One table of the document: the one asked for, else the first that looks like one."""
    _check(path)
    names = _sheet_names(path, watch)

    def head(name: str) -> list[tuple[int, Cells]]:
        found: list[tuple[int, Cells]] = []
        for row in _rows(path, names.index(name), Notes(), Watch()):
            found.append(row)
            if len(found) == header_row.SEARCHED:
                break
        return found

    if not names:
        raise UserError("import.error.no_sheets")
    if options.sheet is not None:
        chosen = named_sheet(names, options.sheet)
    else:
        chosen = likely_sheet(names, head)
    index = names.index(chosen)
    return Grid(
        "ods",
        lambda notes, watch: _rows(path, index, notes, watch),
        sheet=chosen,
        sheets=tuple(names),
    )


def _check(path: Path) -> None:
    with opened(path) as archive:
        members = archive.namelist()
        if "spreadsheet" not in _small(archive, "mimetype"):
            raise UserError("import.error.not_a_table", name=path.name)
        if "encryption-data" in _small(archive, "META-INF/manifest.xml"):
            raise UserError("import.error.password", name=path.name)
        if _CONTENT not in members:
            raise UserError("import.error.damaged", name=path.name)
        if archive.getinfo(_CONTENT).file_size > _MAX_CONTENT:
            raise UserError("import.error.unpacks_too_big", name=path.name)


def _small(archive: zipfile.ZipFile, member: str) -> str:
    if member not in archive.namelist():
        return ""
    with archive.open(member) as stream:
        return stream.read(1_000_000).decode("utf-8", "replace")


def _sheet_names(path: Path, watch: Watch) -> list[str]:
    """The names of the tables; the first to go through the document, it also looks how deep it is.

    The parser keeps all that is open in memory.
    """
    names: list[str] = []
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise UserError("import.error.damaged", name=path.name)
        if tag == _TABLE + "table":
            names.append(attributes.get(_TABLE + "name", ""))

    def end(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser = _parser(path)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    with opened(path) as archive:
        for _ in _parsed(archive, parser, watch):
            pass
    return names


def _parser(path: Path) -> expat.XMLParserType:
    def refuse(*declaration: object) -> None:
        raise UserError("import.error.unsafe", name=path.name)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def _parsed(archive: zipfile.ZipFile, parser: expat.XMLParserType, watch: Watch) -> Iterator[None]:
    """Feeds the content to the parser piece by piece."""
    total = archive.getinfo(_CONTENT).file_size
    done = 0
    with archive.open(_CONTENT) as stream:
        while piece := stream.read(_PIECE):
            done += len(piece)
            watch(done, total)
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield


@dataclass(slots=True)
class _Table:
    """Gathers the rows of one table while the parser goes through the document."""

    wanted: int
    notes: Notes
    ready: list[tuple[int, Cells]] = field(default_factory=list)
    over: bool = False
    _seen: int = -1
    _depth: int = 0
    _number: int = 0
    _row_repeat: int = 1
    _cells: list[str] = field(default_factory=list)
    _empty: int = 0
    _repeat: int = 1
    _attributes: dict[str, str] = field(default_factory=dict)
    _paragraphs: list[str] = field(default_factory=list)
    _text: list[str] | None = None
    _size: int = 0
    _aside: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _TABLE + "table":
            self._depth += 1
            if self._depth == 1:
                self._seen += 1
        if self._seen != self.wanted or self._depth != 1:
            return
        if self._aside or tag == _OFFICE + "annotation":
            self._aside += 1
        elif tag == _TABLE + "table-row":
            self._row_repeat = _count(attributes, "number-rows-repeated")
            self._cells = []
            self._empty = 0
        elif tag in _CELLS:
            self._repeat = _count(attributes, "number-columns-repeated")
            self._paragraphs = []
            self._size = 0
            self._attributes = attributes
        elif tag in (_TEXT + "p", _TEXT + "h"):
            self._text = []
        elif self._text is not None:
            if tag == _TEXT + "s":
                self._text.append(" " * min(int(attributes.get(_TEXT + "c", "1")), 1000))
            elif tag == _TEXT + "line-break":
                self._text.append("\n")
            elif tag == _TEXT + "tab":
                self._text.append(" ")

    def characters(self, text: str) -> None:
        if self._text is not None and not self._aside:
            self._size += len(text)
            if self._size > MAX_CELL:
                raise UserError("import.error.long_cell", row=self._number + 1, n=MAX_CELL)
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._seen == self.wanted and self._depth == 1:
            if self._aside:
                self._aside -= 1
            elif tag in (_TEXT + "p", _TEXT + "h") and self._text is not None:
                self._paragraphs.append("".join(self._text))
                self._text = None
            elif tag in _CELLS:
                self._end_cell()
            elif tag == _TABLE + "table-row":
                self._end_row()
        if tag == _TABLE + "table":
            self._depth -= 1
            if not self._depth and self._seen == self.wanted:
                self.over = True

    def _end_cell(self) -> None:
        row = self._number + 1
        text = _as_read("\n".join(self._paragraphs), self._attributes, self.notes, row)
        text = clean(text, self.notes, row) if text else ""
        if not text:
            self._empty += self._repeat
            return
        if len(self._cells) + self._empty + self._repeat > MAX_COLUMNS:
            raise UserError("import.error.too_many_columns", n=MAX_COLUMNS)
        self._cells.extend([""] * self._empty)
        self._empty = 0
        self._cells.extend([text] * self._repeat)

    def _end_row(self) -> None:
        if self._cells:
            if self._number + self._row_repeat > MAX_ROWS + header_row.SEARCHED:
                raise UserError("import.error.too_many_rows", n=MAX_ROWS)
            first = self._number + 1
            self.ready.extend((first + n, self._cells) for n in range(self._row_repeat))
        self._number += self._row_repeat


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(_TABLE + name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 1


def _as_read(shown: str, attributes: dict[str, str], notes: Notes, row: int) -> str:
    """A cell's text: as shown, but for dates, times and numbers whose look depends on taste."""
    kind = attributes.get(_OFFICE + "value-type")
    if kind == "string" or kind is None:
        if attributes.get(_CALC + "value-type") == "error" and not shown.startswith("#"):
            return "#VALUE!"  # `Err:502`, as one program says it
        return shown
    if kind == "date":
        value = attributes.get(_OFFICE + "date-value", "")
        if _ISO_DATE.match(value):
            day, _, clock = value.partition("T")
            clock = clock[:5] if clock[5:8] in {"", ":00"} else clock[:8]
            return day if clock in {"", "00:00"} else f"{day} {clock}"
    elif kind == "time":
        duration = _DURATION.match(attributes.get(_OFFICE + "time-value", ""))
        if duration:
            hours, minutes, seconds = map(int, duration.groups())
            return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
    elif kind in {"float", "currency"}:
        try:
            number = number_text(float(attributes.get(_OFFICE + "value", "")), notes, row)
        except (ValueError, OverflowError):
            return shown
        as_shown = _NOT_DIGITS.sub("", shown)
        if kind == "float" and "," not in shown and as_shown.lstrip("0") in {number, ""}:
            return shown  # leading zeros, digits in groups, TRUE
        return number
    return shown


def _rows(path: Path, wanted: int, notes: Notes, watch: Watch) -> Iterator[tuple[int, Cells]]:
    table = _Table(wanted, notes)
    parser = _parser(path)
    parser.StartElementHandler = table.start
    parser.EndElementHandler = table.end
    parser.CharacterDataHandler = table.characters
    with opened(path) as archive:
        for _ in _parsed(archive, parser, watch):
            yield from table.ready
            table.ready.clear()
            if table.over:
                return
