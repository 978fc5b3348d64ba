"""What reading a file gives: rows of text under named columns, and what was guessed on the way."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from fieldsales.errors import Cancelled, UserError

Cells = Sequence[str]
Row = tuple[int, tuple[str, ...]]  # its number as a spreadsheet shows it, from 1; its cells

MAX_BYTES = 300_000_000
MAX_ROWS = 1_100_000  # a spreadsheet holds fewer, a sales history has a million
MAX_COLUMNS = 500
MAX_CELLS = 8_000_000  # rows × columns, where a library holds the whole rectangle in memory
MAX_CELL = 131_072  # characters; a spreadsheet program allows 32,767

_LOT = 1_000  # rows packed together
_WHOLE = 10_000  # steps in which work of several parts tells its progress


def _unwatched(done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Watch:
    """How reading tells its progress (done, total; in bytes or rows) and learns it is to stop."""

    progress: Callable[[int, int], None] = _unwatched
    cancelled: Callable[[], bool] = lambda: False

    def __call__(self, done: int, total: int) -> None:
        """Tells and asks; raises Cancelled if the work is to stop."""
        if self.cancelled():
            raise Cancelled
        self.progress(done, total)

    def part(self, low: float, high: float) -> Watch:
        """A watch for the part of the work that lies between two shares of the whole."""

        def progress(done: int, total: int) -> None:
            share = low + (high - low) * done / max(total, 1)
            self.progress(round(_WHOLE * share), _WHOLE)

        return replace(self, progress=progress)


@dataclass(frozen=True, slots=True)
class Options:
    """What the user fixed; None is guessed. `sheet` is a name or a number from 1; `header_row`
    a row number from 1, or 0 if there is none.
    """

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd that did not stop the reading: a words key below `import.warning`."""

    code: str
    row: int | None
    n: int


class Notes:
    """Collects warnings while rows go by: each code once, with its first row and how often."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[int | None, int]] = {}

    def add(self, code: str, row: int | None = None) -> None:
        first, n = self._found.get(code, (row, 0))
        self._found[code] = (first, n + 1)

    def warnings(self) -> tuple[Oddity, ...]:
        return tuple(Oddity(code, row, n) for code, (row, n) in self._found.items())


@dataclass(frozen=True, slots=True)
class Grid:
    """What a format's reader gives: rows as they stand in the file, header not yet told apart.

    `rows` leaves out rows without text; `columns` is set by formats that know theirs.
    """

    format: str
    rows: Callable[[Notes, Watch], Iterator[tuple[int, Cells]]]
    columns: tuple[str, ...] | None = None
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Pack:
    """Rows in a small part of the space that a library's table takes, or the file's text does."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._open: list[tuple[int, Cells]] = []

    def add(self, row: tuple[int, Cells]) -> None:
        self._open.append(row)
        if len(self._open) == _LOT:
            self.close()

    def close(self) -> None:
        """Packs what is left."""
        self._packed.append(zlib.compress(marshal.dumps(self._open), 1))
        self._open.clear()

    def __iter__(self) -> Iterator[tuple[int, Cells]]:
        for packed in self._packed:
            yield from marshal.loads(zlib.decompress(packed))  # noqa: S302 - packed above


@dataclass(frozen=True, slots=True)
class Cut:
    """Which of a grid's rows and columns are the table's."""

    header_row: int
    header: tuple[str, ...]  # as it stands in the file
    kept: tuple[int, ...]  # columns that have a name or hold anything
    whole: bool  # all are kept

    def rows(self, rows: Iterable[tuple[int, Cells]]) -> Iterator[Row]:
        """The table's rows, each as wide as `kept`; a header repeated on each page is left out."""
        width = len(self.kept)
        padding = ("",) * width
        kept = None if self.whole else self.kept
        for number, cells in rows:
            if number <= self.header_row:
                continue
            row = tuple(cells)
            if row == self.header:
                continue
            if kept is not None:
                size = len(row)
                row = tuple([row[index] if index < size else "" for index in kept])
            elif len(row) != width:
                row = row[:width] if len(row) > width else row + padding[len(row) :]
            yield number, row


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table read from a file; iterating gives its rows as they were read.

    `head` are the first rows, `count` says how many there are, `sheets` the names to choose from.
    """

    path: Path
    format: str
    columns: tuple[str, ...]
    count: int
    header_row: int
    head: tuple[Row, ...]
    warnings: tuple[Oddity, ...]
    encoding: str | None
    separator: str | None
    sheet: str | None
    sheets: tuple[str, ...]
    _rows: Pack = field(repr=False)
    _cut: Cut = field(repr=False)
    _stamp: tuple[int, int] = field(repr=False)

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Row]:
        """The rows; raises UserError if the file has gone or was changed since."""
        if stamp(self.path) != self._stamp:
            raise UserError("import.error.changed", name=self.path.name)
        return self._cut.rows(self._rows)


def stamp(path: Path) -> tuple[int, int]:
    """Size and time of change of a file; raises UserError if it cannot be looked at."""
    try:
        found = path.stat()
    except OSError as problem:
        raise unreadable(path, problem) from problem
    return found.st_size, found.st_mtime_ns


def unreadable(path: Path, problem: OSError) -> UserError:
    """The error a user is told when the system will not give us the file."""
    if isinstance(problem, FileNotFoundError):
        return UserError("import.error.gone", name=path.name)
    if isinstance(problem, IsADirectoryError):
        return UserError("import.error.folder", name=path.name)
    if isinstance(problem, PermissionError):
        return UserError("import.error.locked", name=path.name)
    return UserError("import.error.unreadable", name=path.name, detail=problem.strerror or "")
