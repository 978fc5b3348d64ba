"""An Excel workbook with a sheet a table, for people; contents of kept files have no room in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldsales import places
from fieldsales.errors import UserError
from fieldsales.services.exchange import sheets
from fieldsales.services.exchange.package import Batch, Head, Source, checked
from fieldsales.services.exporting.formats.spreadsheet import Sheets
from fieldsales.services.importing.formats.spreadsheet import each_sheet, sheet_names
from fieldsales.services.importing.sheet import Watch
from fieldsales.words import Words

SUFFIX = ".xlsx"
FILES = False


def write(path: Path, source: Source, words: Words, watch: Watch) -> int:
    """Writes the file whole or not at all; how many rows. Raises OSError, Cancelled."""
    import xlsxwriter  # only where it is wanted

    with (
        source.store.reading(),
        places.whole(path) as unfinished,
        # rows go to the disk as they come, beside the file that will hold them; the library leaves
        # some there when it is stopped
        TemporaryDirectory(
            prefix=f".{path.name}.", dir=path.parent, ignore_cleanup_errors=True
        ) as aside,
    ):
        options = {"constant_memory": True, "tmpdir": aside}
        try:
            with xlsxwriter.Workbook(unfinished, options) as book:
                filled = Sheets(book)
                told = sheets.Written(source, words, watch)
                for name, heads, rows in told.sheets():
                    filled.add(name, heads, rows)
                filled.add(sheets.INDEX, sheets.INDEX_HEADS, told.index).hide()
        except xlsxwriter.exceptions.FileCreateError as error:
            [cause] = error.args  # the library's own error in its place
            raise cause from error
    return told.done


def read(path: Path) -> Workbook | None:
    """The file as a package; None if it is none of ours."""
    if path.suffix.lower() != SUFFIX:
        return None
    try:
        if sheets.INDEX not in sheet_names(path):
            return None
    except UserError:
        return None  # the import says what is wrong with it
    [(_, rows)] = each_sheet(path, [sheets.INDEX], Watch())
    found = sheets.layout(path.name, rows)
    return Workbook(path, found, checked(found.head, path))


@dataclass(frozen=True, slots=True)
class Workbook:
    """Such a file."""

    path: Path
    layout: sheets.Layout
    head: Head
    files_in: bool = False

    @property
    def name(self) -> str:
        return self.path.name

    def batches(self, watch: Watch) -> Iterator[Batch]:
        """Its rows; raises UserError where it is not whole."""
        yield from self.layout.batches(each_sheet(self.path, self.layout.sheets, watch), watch)

    def files(self, _wanted: Collection[str], _watch: Watch) -> Iterator[tuple[str, bytes]]:
        """None are in it."""
        return islice((), 0)
