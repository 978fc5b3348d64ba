"""Reads tables in plain text: CSV and its kin, in any encoding and with any usual separator."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO

from fieldsales.errors import UserError
from fieldsales.services.importing import encodings
from fieldsales.services.importing.cells import clean
from fieldsales.services.importing.sheet import (
    MAX_CELL,
    MAX_COLUMNS,
    Cells,
    Grid,
    Notes,
    Options,
    Watch,
    unreadable,
)
from fieldsales.services.importing.values import EXPONENT, written_out

SUFFIXES = (".csv", ".tsv", ".tab", ".txt")
RANK = 9  # any text will do, so the others are asked first

SEPARATORS = (",", ";", "\t", "|")
_SAMPLE = 100_000
_SAMPLE_ROWS = 200
_MAX_LINE = 4_000_000
_PIECE = 1 << 20
_DIRECTIVE = re.compile(r"sep=(.)\s*\Z", re.IGNORECASE)
_OTHERS = (b"%PDF-", b"{\\rtf", b"GIF8", b"\x1f\x8b")
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)


def sniff(path: Path, head: bytes) -> bool:
    """Whether the first bytes are text at all."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    odd = sum(head.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\x0b\x1a\x00")
    if head.count(0) * 20 >= max(len(head), 200):
        odd = 0 if encodings.wide(head) else len(head)
    return odd <= max(len(head) // 25, 8) and not head.startswith(_OTHERS)


def read(path: Path, options: Options, watch: Watch) -> Grid:
    """The table in a text file; raises UserError if the encoding or the file cannot be used."""
    warnings = []
    try:
        likely = encodings.guess(path, lambda: watch(0, 1))
        chosen = likely
        if options.encoding is not None:
            name = encodings.named(options.encoding)
            if name != likely.name:
                chosen = encodings.measure(path, name)
        if chosen.garbled or chosen.score < likely.score - 0.5:
            warnings.append("garbled")
        with _opened(path, chosen.name) as (text, _):
            sample = text.read(_SAMPLE)
    except OSError as problem:
        raise unreadable(path, problem) from problem
    directive = _DIRECTIVE.match(sample.lstrip("\ufeff").split("\n", 1)[0].rstrip("\r"))
    separator = options.separator
    if separator is None:
        separator = directive.group(1) if directive else guess_separator(sample)
    elif len(separator) != 1 or separator in '\r\n" ':
        raise UserError("import.error.separator", separator=separator)

    def rows(notes: Notes, watch: Watch) -> Iterator[tuple[int, Cells]]:
        try:
            with _opened(path, chosen.name) as (text, file):
                if directive:
                    text.readline()
                size = path.stat().st_size
                yield from _rows(path, text, separator, notes, lambda: watch(file.taken, size))
        except OSError as problem:
            raise unreadable(path, problem) from problem

    return Grid(
        "delimited",
        rows,
        encoding=chosen.name,
        separator=separator,
        warnings=tuple(warnings),
    )


class _Wholesale(io.BufferedReader):
    """Reads much at a time and counts it. Python gives the window its turn only when this thread
    has not let go for a while, and every call of the system lets go for a moment too short to take
    the turn: of small pieces there are so many that the window stood still until all was read.
    """

    taken = 0  # bytes

    def read1(self, size: int = -1) -> bytes:
        piece = super().read1(max(size, _PIECE))
        self.taken += len(piece)
        return piece


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[tuple[TextIO, _Wholesale]]:
    with _Wholesale(path.open("rb", buffering=0)) as file:
        yield io.TextIOWrapper(file, encoding, errors="replace", newline=""), file


def guess_separator(sample: str) -> str:
    """The separator that cuts the sample's rows into equally many cells, and many."""
    lines = sample.splitlines(keepends=True)
    if len(sample) >= _SAMPLE and len(lines) > 1:
        lines.pop()
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        try:
            records = list(islice(csv.reader(lines, delimiter=separator), _SAMPLE_ROWS))
        except csv.Error:
            continue
        widths = Counter(len(record) for record in records if len(record) > 1)
        if not widths:
            continue
        width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]))
        filled = sum(any(map(str.strip, record)) for record in records)
        score = agreeing / max(filled, 1) * (1 + math.log(width))
        if score > best_score:
            best, best_score = separator, score
    return best


class _Lines:
    """Lines for csv.reader, remembering those of the record at hand so that they can go back."""

    def __init__(self, path: Path, text: TextIO) -> None:
        self._name = path.name
        self._read = text.readline
        self._pushed: list[str] = []
        self.taken: list[str] = []
        self.nuls = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._pushed:
            line = self._pushed.pop()
        else:
            line = self._read(_MAX_LINE)
            if not line:
                raise StopIteration
            if len(line) == _MAX_LINE:
                raise UserError("import.error.long_line", name=self._name)
            if "\0" in line:
                self.nuls = True
                line = line.replace("\0", "")
        self.taken.append(line)
        return line

    def give_back_all_but_first(self) -> str:
        first, *others = self.taken
        self._pushed.extend(reversed(others))
        return first


def _rows(
    path: Path, text: TextIO, separator: str, notes: Notes, pulse: Callable[[], None]
) -> Iterator[tuple[int, Cells]]:
    lines = _Lines(path, text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        lines.taken.clear()
        try:
            record = next(reader)
        except StopIteration:
            break
        except csv.Error:
            record = _as_typed(lines.give_back_all_but_first(), separator, number)
            notes.add("quote_kept", number)
            reader = csv.reader(lines, delimiter=separator, strict=True)
        if number % 1000 == 0:
            pulse()
        cells = [_cell(cell, notes, number) if cell else "" for cell in record]
        if len(cells) > MAX_COLUMNS:
            while cells and not cells[-1]:  # a sheet formatted far to the right
                cells.pop()
            if len(cells) > MAX_COLUMNS:
                raise UserError("import.error.too_many_columns", n=MAX_COLUMNS)
        if any(cells):
            yield number, cells
    if lines.nuls:
        notes.add("control_characters")


def _as_typed(line: str, separator: str, row: int) -> list[str]:
    """A line whose quotation marks are not in pairs (`5" pipe`): they are meant as they stand."""
    odd = line.count('"') % 2
    try:
        if odd:
            return next(csv.reader([line], delimiter=separator, quoting=csv.QUOTE_NONE))
        return next(csv.reader([line], delimiter=separator))
    except csv.Error:
        raise UserError("import.error.long_cell", row=row, n=MAX_CELL) from None


def _cell(text: str, notes: Notes, row: int) -> str:
    text = clean(text, notes, row)
    lead = text[:1]
    if lead == "=" and (wrapped := _FORMULA_TEXT.fullmatch(text)):
        return wrapped.group(1).replace('""', '"')  # how exports keep `00123` from Excel
    if lead == "'" and (text[1:2] in "=+-@" or text[1:].isdigit()):
        return text[1:]  # how exports keep a formula from running
    if "\ufffd" in text:
        notes.add("replaced", row)
    if text[-4:-2] in {"E+", "e+"} and EXPONENT.fullmatch(text) and written_out(text) is None:
        notes.add("exponent", row)
    return text
