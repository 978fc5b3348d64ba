"""Looks through the parts of an XLSX file before it is opened: how far it reaches, what is unsafe
in it, and which numbers it shows in a format that changes how they read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from typing import cast
from xml.etree import ElementTree as ET

from fieldsales.errors import UserError
from fieldsales.services.importing.cells import NumberFormat
from fieldsales.services.importing.sheet import MAX_CELLS, MAX_ROWS, Watch

_MAX_PART = 400_000_000
_MAX_SMALL_PART = 20_000_000
_PIECE = 1 << 20
_DEEPEST = 100
_MOST_ELEMENTS = 800_000  # begun and ended: a workbook may have 64 000 formats of several parts
_MOST_TEXTS = 4_000_000
_WHOLE = 1_000_000  # cells of a sheet that the library may hold at once
_SLICE = 300_000  # cells of a piece of a larger one
_BUILT_IN = {9: "0%", 10: "0.00%"}

_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_FAULT = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*?\bt=["']e["'])(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]+)(\d+)["'][^>]*>"""
    rb"""(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]{2,8})<"""
)
_TEXTS = re.compile(rb"""<(?:\w+:)?sst\b[^>]*?\buniqueCount=["'](\d+)""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_DATA = re.compile(rb"<(\w+:)?sheetData[\s>]")


Peculiar = dict[tuple[int, int], NumberFormat | str]


@dataclass(frozen=True, slots=True)
class Part:
    """One worksheet: its name and the archive's member that holds it."""

    name: str
    member: str


@dataclass(frozen=True, slots=True)
class Looks:
    """What a sheet is like before it is read: how many rows it has, the cells (row, column from 0)
    whose number format matters or that show a fault (`#N/A`), and how many rows are to be read at
    a time where it is too large to be held at once, else 0: then its `peculiar` are not told.
    """

    height: int
    peculiar: Peculiar
    at_a_time: int = 0


class Package:
    """An XLSX file as an archive of parts; errors become UserError."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._formats: dict[bytes, NumberFormat] | None = None

    def worksheets(self) -> list[Part]:
        """The worksheets in the workbook's order."""
        members = self._archive.namelist()
        if "xl/workbook.bin" in members:
            raise UserError("import.error.binary_workbook", name=self._name)
        if "xl/workbook.xml" not in members:
            raise UserError("import.error.not_a_table", name=self._name)
        targets = {}
        for relation in self._tree("xl/_rels/workbook.xml.rels"):
            target = relation.get("Target", "")
            targets[relation.get("Id")] = (
                target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            )
        found = []
        for element in self._tree("xl/workbook.xml").iter():
            if _local(element.tag) == "sheet":
                relation_id = next(
                    (value for key, value in element.items() if _local(key) == "id"), None
                )
                found.append(Part(element.get("name", ""), targets.get(relation_id, "")))
        return found

    def check_texts(self, watch: Watch) -> None:
        """Goes through the shared texts; raises UserError if one part is out of all measure."""
        for name in self._archive.namelist():
            if name.lower().endswith("sharedstrings.xml"):
                size, count = self._archive.getinfo(name).file_size, 0
                for piece in self._pieces(name, watch):
                    # the library takes room for as many texts as the part says it has
                    if any(int(count) > size for count in _TEXTS.findall(piece)):
                        raise UserError("import.error.damaged", name=self._name)
                    count += piece.count(b"</si>") + piece.count(b":si>")
                    if count > _MOST_TEXTS:
                        raise UserError("import.error.unpacks_too_big", name=self._name)

    def looks(self, part: Part, watch: Watch) -> Looks:
        """Goes through a sheet; raises UserError if it reaches too far to be read."""
        found: Peculiar = {}
        reach = _Reach()
        for piece in self._pieces(part.member, watch):
            reach.extend(piece)
            if reach.height > MAX_ROWS + 100 or reach.height * reach.width > MAX_CELLS:
                raise UserError(
                    "import.error.far_cell", sheet=part.name, row=reach.height, rows=MAX_ROWS
                )
            if reach.height * reach.width <= _WHOLE:
                found |= self.peculiar(piece)
        if reach.height * reach.width <= _WHOLE:
            return Looks(reach.height, found)
        if reach.named:
            return Looks(reach.height, {}, max(_SLICE // reach.width, 1))
        for piece in self._pieces(part.member, watch):
            found |= self.peculiar(piece)
        return Looks(reach.height, found)

    def peculiar(self, piece: bytes) -> Peculiar:
        """What is peculiar among the cells of a piece of a sheet."""
        formats, found = self._number_formats(), Peculiar()
        if formats:
            styles = b"|".join(map(re.escape, formats))
            styled = re.compile(
                rb"""<(?:\w+:)?c\s(?=[^>]*?\bs=["'](""" + styles + rb""")["'])"""
                rb"""(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]+)(\d+)["']"""
            )
            for style, column, row in styled.findall(piece):
                found[int(row) - 1, _column(column)] = formats[style]
        if b'"e"' in piece or b"'e'" in piece:
            for column, row, fault in _FAULT.findall(piece):
                found[int(row) - 1, _column(column)] = fault.decode("ascii", "replace")
        return found

    def slices(self, part: Part, rows: int, watch: Watch) -> Iterator[bytes]:
        """The sheet as several of at most so many rows each, in their places."""
        head, tail, open_rows = b"", b"", 0
        before: list[bytes] = []  # what stands before the first row
        slice_: list[bytes] = []
        for piece in self._pieces(part.member, watch):
            rest = piece
            if not head:
                first = _ROW.search(piece)
                before.append(piece[: first.start()] if first else piece)
                if first is None:
                    continue
                head, rest = b"".join(before), piece[first.start() :]
                data = _DATA.search(head)
                prefix = (data.group(1) or b"") if data else b""
                tail = b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"
            end = rest.find(tail[: tail.index(b">") + 1])
            stop, cut = len(rest) if end < 0 else end, 0
            for start in [found.start() for found in _ROW.finditer(rest, 0, stop)]:
                if open_rows == rows:
                    slice_.append(rest[cut:start])
                    yield b"".join((head, *slice_, tail))
                    slice_, open_rows, cut = [], 0, start
                open_rows += 1
            slice_.append(rest[cut:stop])
            if end >= 0:
                break
        yield b"".join((head, *slice_, tail))

    def with_sheet(self, part: Part, xml: bytes, path: Path) -> None:
        """Writes the workbook with this in the place of a sheet, without its other sheets."""
        with zipfile.ZipFile(path, "w") as made:
            for name in self._archive.namelist():
                if name == part.member:
                    made.writestr(name, xml)
                elif not name.startswith(("xl/worksheets/", "xl/media/", "xl/drawings/")):
                    made.writestr(name, self._archive.read(name))

    def _number_formats(self) -> dict[bytes, NumberFormat]:
        """Number formats that matter, by the style number cells name them with."""
        if self._formats is not None:
            return self._formats
        codes = dict(_BUILT_IN)
        self._formats = {}
        if "xl/styles.xml" not in self._archive.namelist():
            return self._formats
        styles: list[int] = []
        for element in self._tree("xl/styles.xml").iter():
            if _local(element.tag) == "numFmt":
                codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            elif _local(element.tag) == "cellXfs":
                styles = [int(style.get("numFmtId", "0")) for style in element]
        for index, number in enumerate(styles):
            if number in codes:
                form = NumberFormat(codes[number])
                if form.matters:
                    self._formats[str(index).encode()] = form
        return self._formats

    def _tree(self, member: str) -> ET.Element:
        # document types are refused below
        parser: ET.XMLPullParser[ET.Element] = ET.XMLPullParser(("start", "end"))
        depth = count = 0
        top: ET.Element | None = None
        for piece in self._pieces(member, Watch(), _MAX_SMALL_PART):
            parser.feed(piece)
            found = cast("Iterator[tuple[str, ET.Element]]", parser.read_events())
            for event, element in found:
                top = element if top is None else top
                depth += 1 if event == "start" else -1
                count += 1
                if depth > _DEEPEST or count > _MOST_ELEMENTS:
                    raise UserError("import.error.unpacks_too_big", name=self._name)
        parser.close()
        if top is None:
            raise UserError("import.error.damaged", name=self._name)
        return top

    def _pieces(self, member: str, watch: Watch, limit: int = _MAX_PART) -> Iterator[bytes]:
        """A part in pieces that end at a tag's end."""
        try:
            size = self._archive.getinfo(member).file_size
        except KeyError:
            raise UserError("import.error.damaged", name=self._name) from None
        if size > limit:
            raise UserError("import.error.unpacks_too_big", name=self._name)
        done = 0
        rest = b""
        with self._archive.open(member) as stream:
            while piece := stream.read(_PIECE):
                watch(done, size)
                done += len(piece)
                end = piece.rfind(b">") + 1
                if not end and rest:
                    raise UserError("import.error.long_text", name=self._name)
                whole = rest + piece[:end]
                if b"<!DOCTYPE" in whole or b"<!ENTITY" in whole:
                    raise UserError("import.error.unsafe", name=self._name)
                yield whole
                rest = piece[end:]
        yield rest


class _Reach:
    """How far a sheet reaches: by the places its cells and rows name, and where programs leave
    these out, by how many there are.
    """

    def __init__(self) -> None:
        self._row = self._unnamed_rows = self._unnamed_cells = 0
        self._columns: set[bytes] = set()

    @property
    def height(self) -> int:
        return self._row + self._unnamed_rows

    @property
    def width(self) -> int:
        return max(map(_column, self._columns), default=-1) + 1 + self._unnamed_cells

    @property
    def named(self) -> bool:
        """Whether each cell and row tells its place, so that it keeps it without those before."""
        return not (self._unnamed_rows or self._unnamed_cells)

    def extend(self, piece: bytes) -> None:
        places = _PLACE.findall(piece)
        rows = len(_ROW.findall(piece))
        cells = len(_CELL.findall(piece))
        if places:
            self._row = max(self._row, *map(int, {row for _, row in places}))
            letters = [column for column, _ in places]
            named = len(letters) - letters.count(b"")
            self._columns.update(letters)
            self._columns.discard(b"")
            rows -= len(letters) - named
            cells -= named
        self._unnamed_rows += max(rows, 0)
        if cells > 0:
            widest = max(map(len, map(_CELL.findall, _ROW.split(piece))))
            self._unnamed_cells = max(self._unnamed_cells, widest)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _column(text: bytes) -> int:
    index = 0
    for letter in text.upper()[:8]:
        index = index * 26 + letter - 64
    return index - 1
