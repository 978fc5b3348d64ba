"""Reads rows off the bare pages of a plain SQLite file, whatever has become of its trees.

The layout is that of https://www.sqlite.org/fileformat2.html: leaf pages of tables hold cells of
size, row number and record; a record is a header of serial types and their values.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

PAGE = 4096  # as this program's files have
_LEAF = 0x0D  # a leaf page of a table
_FIRST = 100  # bytes of the file's header, on its first page
_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}  # of whole numbers, by serial type

_LOG_HEADER, _FRAME_HEADER = 32, 24  # bytes, of a write-ahead log and of each page in it
_MOST = 100_000_000  # bytes of a row; a longer one was never written

Value = str | int | None
_Page = Callable[[int], bytes]  # the page of a number


def rows(path: Path) -> Iterator[tuple[int, list[Value]]]:
    """(row number, values) of every cell that can be read on any leaf page of any table.

    Also of what was deleted with its page; cells with blobs or broken numbers are left out.
    """
    with path.open("rb") as file:
        count = path.stat().st_size // PAGE

        def page(number: int) -> bytes:
            file.seek((number - 1) * PAGE)
            return file.read(PAGE)

        for number in range(1, count + 1):
            yield from _cells(page(number), number, page)


def logged_rows(path: Path) -> Iterator[tuple[int, list[Value]]]:
    """As `rows`, of the write-ahead log of a file: what SQLite passes over once a part of the log
    is spoilt.
    """
    newest: dict[int, bytes] = {}
    with path.open("rb") as log:
        log.seek(_LOG_HEADER)
        while len(frame := log.read(_FRAME_HEADER + PAGE)) == _FRAME_HEADER + PAGE:
            newest[struct.unpack_from(">I", frame)[0]] = frame[_FRAME_HEADER:]
    for number, content in newest.items():
        yield from _cells(content, number, lambda wanted: newest.get(wanted, b""))


def _cells(content: bytes, number: int, page: _Page) -> Iterator[tuple[int, list[Value]]]:
    start = _FIRST if number == 1 else 0
    if len(content) < PAGE or content[start] != _LEAF:
        return
    cells = struct.unpack_from(">H", content, start + 3)[0]
    for at in range(min(cells, (PAGE - start - 8) // 2)):
        offset = struct.unpack_from(">H", content, start + 8 + 2 * at)[0]
        try:
            yield _cell(content, offset, page)
        except (IndexError, ValueError, struct.error):
            continue  # spoilt; UnicodeDecodeError is a ValueError, too


def _cell(content: bytes, at: int, page: _Page) -> tuple[int, list[Value]]:
    """The row number and the values of one cell, and of the pages on which it goes on."""
    size, at = _varint(content, at)
    number, at = _varint(content, at)
    most = PAGE - 35
    if size <= most:
        return number, _record(content[at : at + size])
    if size > _MOST:
        raise ValueError
    least = (PAGE - 12) * 32 // 255 - 23
    here = least + (size - least) % (PAGE - 4)
    here = here if here <= most else least
    whole = bytearray(content[at : at + here])
    following = struct.unpack_from(">I", content, at + here)[0]
    while following and len(whole) < size:
        more = page(following)
        following = struct.unpack_from(">I", more)[0]
        whole += more[4 : 4 + size - len(whole)]
    return number, _record(bytes(whole))


def _record(content: bytes) -> list[Value]:
    end, at = _varint(content, 0)
    if end > len(content):
        raise ValueError
    types = []
    while at < end:
        kind, at = _varint(content, at)
        types.append(kind)
    values: list[Value] = []
    at = end
    for kind in types:
        if kind in _SIZES:
            size = _SIZES[kind]
            number = int.from_bytes(content[at : at + size], "big", signed=True)
            values.append(None if kind == 0 else kind - 8 if kind in (8, 9) else number)
        elif kind >= 13 and kind % 2:
            size = (kind - 13) // 2
            values.append(content[at : at + size].decode())
        else:
            raise ValueError  # a blob or a broken number: no journal has any
        at += size
    if at != len(content):
        raise ValueError
    return values


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and where the next begins."""
    value = 0
    for step in range(9):
        byte = content[at + step]
        if step == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + step + 1
    raise ValueError
