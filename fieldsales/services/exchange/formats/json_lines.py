"""JSON, a value a line: what the file is, then of each table its columns and its rows, then the
contents of kept files in pieces, then how many rows there were.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Any, Protocol

from fieldsales import __version__, places
from fieldsales.errors import UserError
from fieldsales.services.exchange.package import LARGEST_FILE, LOT, Batch, Head, Source, checked
from fieldsales.services.importing.sheet import Watch, unreadable
from fieldsales.store import exchange
from fieldsales.store.exchange import Row
from fieldsales.words import Words

SUFFIX = ".json"
FILES = True

_MARK = "fieldsales"
_LINE = 4_000_000  # bytes of a line; the longest of ours are pieces of files
_PIECE = 1_500_000  # bytes of a kept file that stand on one line
_PIECE_LINE = 2_000_000  # characters that these are


class Lines(Protocol):
    """A file as far as it is read here."""

    def readline(self, limit: int, /) -> bytes: ...
    def close(self) -> None: ...


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().raw_decode


def write(path: Path, source: Source, _words: Words, watch: Watch) -> int:
    """Writes the file whole or not at all; how many rows. Raises OSError, Cancelled."""
    with places.whole(path) as unfinished, unfinished.open("wb") as file:
        return write_to(file, source, watch)


def write_to(file: BufferedIOBase, source: Source, watch: Watch) -> int:
    """Writes it all into an open file."""
    with source.store.reading():
        head = source.head()
        total, done = sum(head.tables.values()), 0
        file.write(_line({_MARK: __version__, **asdict(head)}))
        for table in head.tables:
            file.write(_line({"table": table, "columns": source.columns(table)}))
            for row in source.rows(table):
                if done % LOT == 0:
                    watch(done, total)
                file.write(_line(row))
                done += 1
        for sha256, content in source.files():
            watch(done, total)
            file.write(_line({"file": sha256}))
            for start in range(0, len(content), _PIECE):
                piece = base64.b64encode(content[start : start + _PIECE])
                file.write(_line(piece.decode("ascii")))
        file.write(_line({"end": done}))
    return done


def _line(value: object) -> bytes:
    return f"{_encode(value)}\n".encode()


def read(path: Path) -> JsonLines | None:
    """The file as a package; None if it is none of ours."""
    return read_from(path, lambda: path.open("rb"))


def read_from(path: Path, opened: Callable[[], Lines]) -> JsonLines | None:
    """As `read`, of what `opened` gives; `path` is what it is called."""
    try:
        with closing(opened()) as file:
            first = file.readline(_LINE)
    except (EOFError, zlib.error):
        return None
    except OSError as problem:
        raise unreadable(path, problem) from problem
    found = _parsed(first)
    if not isinstance(found, dict) or _MARK not in found:
        return None
    try:
        tables = {str(table): int(n) for table, n in found["tables"].items()}
        head = Head(
            int(found["schema"]),
            str(found["made_at"]),
            tables,
            str(found["kind"]),
            str(found["name"]),
            exchange.moment(found.get("seen")),
        )
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as problem:
        raise UserError("exchange.damaged", name=path.name) from problem
    return JsonLines(path, checked(head, path), opened)


@dataclass(frozen=True, slots=True)
class JsonLines:
    """A file of such lines."""

    path: Path
    head: Head
    opened: Callable[[], Lines]
    files_in: bool = True

    @property
    def name(self) -> str:
        return self.path.name

    def batches(self, watch: Watch) -> Iterator[Batch]:
        """Its rows; raises UserError where it is not whole."""
        table, first, done = "", 0, 0
        columns: tuple[str, ...] = ()
        rows: list[Row] = []
        total = sum(self.head.tables.values())
        begun: set[str] = set()  # tables and files, each of which stands there once
        whole_piece = False  # whether another one of a file may follow
        for number, value in self._lines():
            if isinstance(value, str) and whole_piece:
                whole_piece = len(value) == _PIECE_LINE
            elif isinstance(value, list):
                if len(value) != len(columns):
                    raise self._damaged(number)
                rows.append(tuple(value))
                done += 1
                if len(rows) == LOT:
                    watch(done, total)
                    yield Batch(table, columns, rows, "", first)
                    rows, first = [], number + 1
            elif isinstance(value, dict):
                if rows:
                    yield Batch(table, columns, rows, "", first)
                if "end" in value:
                    if value["end"] != done:
                        raise self._damaged(number)
                    return
                begins = str(value.get("table") or value.get("file"))
                if begins in begun or not ("file" in value or begins in self.head.tables):
                    raise self._damaged(number)
                begun.add(begins)
                table, columns = str(value.get("table", "")), _names(value.get("columns"))
                rows, first, whole_piece = [], number + 1, "file" in value
            else:
                raise self._damaged(number)
        raise UserError("exchange.cut_off", name=self.name)

    def files(self, wanted: Collection[str], watch: Watch) -> Iterator[tuple[str, bytes]]:
        """The contents of those of these files that it holds."""
        sha256, content = "", bytearray()
        for number, value in self._lines():
            if isinstance(value, dict):
                if sha256 in wanted:
                    yield sha256, bytes(content)
                sha256, content = str(value.get("file", "")), bytearray()
            elif isinstance(value, str) and sha256 in wanted:
                watch(0, 1)
                try:
                    content += base64.b64decode(value, validate=True)
                except (binascii.Error, ValueError) as problem:
                    raise self._damaged(number) from problem
                if len(content) > LARGEST_FILE:
                    raise self._damaged(number)

    def _lines(self) -> Iterator[tuple[int, Any]]:
        """The values below the head with the numbers of their lines."""
        try:
            with closing(self.opened()) as file:
                number = 1
                file.readline(_LINE)
                while line := file.readline(_LINE):
                    number += 1
                    if not line.endswith(b"\n") and len(line) < _LINE:
                        raise UserError("exchange.cut_off", name=self.name)
                    value = _parsed(line) if line.endswith(b"\n") else None
                    if value is None:
                        raise self._damaged(number)
                    yield number, value
        except (EOFError, zlib.error) as problem:  # what was packed ends in the middle
            raise UserError("exchange.cut_off", name=self.name) from problem
        except OSError as problem:
            raise unreadable(self.path, problem) from problem

    def _damaged(self, number: int) -> UserError:
        return UserError("exchange.bad_row", name=self.name, row=number)


def _parsed(line: bytes) -> Any:
    """The value of a line; None if it has none."""
    try:
        value, end = _decode(text := line.decode())  # `json.loads` looks at each line's encoding
        return None if text[end:].strip() else value
    except (ValueError, RecursionError):  # nested deeper than anybody needs
        return None


def _names(columns: object) -> tuple[str, ...]:
    return tuple(map(str, columns)) if isinstance(columns, list) else ()
