"""A zip of CSV tables, each as spreadsheets take it, and the contents of kept files."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path

from fieldsales import places
from fieldsales.errors import UserError
from fieldsales.services.exchange import sheets
from fieldsales.services.exchange.package import LARGEST_FILE, Batch, Head, Source, checked
from fieldsales.services.exporting.formats.delimited import text
from fieldsales.services.exporting.table import Value
from fieldsales.services.importing.formats._archive import opened
from fieldsales.services.importing.sheet import MAX_CELL, Watch
from fieldsales.words import Words

SUFFIX = ".zip"
FILES = True

_FILES = "files/"
_INDEX = f"{sheets.INDEX}.csv"
_MOST = 4_000_000_000  # bytes unpacked
_LINE = 4 * MAX_CELL


def write(path: Path, source: Source, words: Words, watch: Watch) -> int:
    """Writes the file whole or not at all; how many rows. Raises OSError, Cancelled."""
    with (
        source.store.reading(),
        places.whole(path) as unfinished,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive,
    ):
        told = sheets.Written(source, words, watch)
        for name, heads, rows in told.sheets():
            _add(archive, f"{name}.csv", heads, rows)
        _add(archive, _INDEX, sheets.INDEX_HEADS, told.index)
        for sha256, content in source.files():
            watch(told.done, told.done)
            archive.writestr(f"{_FILES}{sha256}", content, zipfile.ZIP_STORED)
    return told.done


def _add(
    archive: zipfile.ZipFile, name: str, heads: Iterable[str], rows: Iterable[Iterable[Value]]
) -> None:
    with (
        archive.open(name, "w", force_zip64=True) as stream,
        TextIOWrapper(stream, "utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([_escaped(value) for value in row] for row in rows)


def _escaped(value: Value) -> str:
    """A cell that runs as no formula; a mark that was there is doubled, so that it comes back."""
    return f"'{value}" if isinstance(value, str) and value[:1] == "'" else text(value)


def read(path: Path) -> CsvZip | None:
    """The file as a package; None if it is none of ours."""
    if not zipfile.is_zipfile(path):
        return None
    with opened(path) as archive:
        members = archive.infolist()
        names = {member.filename for member in members}
        if _INDEX not in names:
            return None
        if len(names) < len(members) or any(map(_leads_out, names)):
            raise UserError("exchange.damaged", name=path.name)
        if sum(member.file_size for member in members) > _MOST:
            raise UserError("exchange.too_big", name=path.name)
        found = sheets.layout(path.name, _rows(archive, _INDEX, path.name))
        if any(f"{name}.csv" not in names for name in found.sheets):
            raise UserError("exchange.damaged", name=path.name)
    return CsvZip(path, found, checked(found.head, path))


def _leads_out(name: str) -> bool:
    """Whether a member names a place elsewhere; nothing is unpacked by its name in any case."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _rows(archive: zipfile.ZipFile, member: str, name: str) -> Iterator[list[str]]:
    """The rows of a table below its mark, head included."""
    with archive.open(member) as stream, TextIOWrapper(stream, "utf-8-sig", newline="") as file:

        def lines() -> Iterator[str]:
            while line := file.readline(_LINE):
                yield line

        try:
            for row in csv.reader(lines()):
                yield [cell[1:] if cell[:1] == "'" else cell for cell in row]
        except csv.Error as problem:
            raise UserError("exchange.damaged", name=f"{name} · {member}") from problem


@dataclass(frozen=True, slots=True)
class CsvZip:
    """Such a file."""

    path: Path
    layout: sheets.Layout
    head: Head
    files_in: bool = True

    @property
    def name(self) -> str:
        return self.path.name

    def batches(self, watch: Watch) -> Iterator[Batch]:
        """Its rows; raises UserError where it is not whole."""
        with opened(self.path) as archive:
            tables = (
                (sheet, _rows(archive, f"{sheet}.csv", self.name)) for sheet in self.layout.sheets
            )
            yield from self.layout.batches(tables, watch)

    def files(self, wanted: Collection[str], watch: Watch) -> Iterator[tuple[str, bytes]]:
        """The contents of those of these files that it holds."""
        with opened(self.path) as archive:
            for member in archive.infolist():
                sha256 = member.filename.removeprefix(_FILES)
                if member.filename == f"{_FILES}{sha256}" and sha256 in wanted:
                    watch(0, 1)
                    if member.file_size > LARGEST_FILE:
                        raise UserError("exchange.too_big", name=self.name)
                    yield sha256, archive.read(member)
