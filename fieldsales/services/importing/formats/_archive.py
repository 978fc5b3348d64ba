"""Opens the zip archives that newer spreadsheets are."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from fieldsales.errors import UserError
from fieldsales.services.importing.sheet import unreadable

_MOST_MEMBERS = 10_000  # a workbook of hundreds of sheets has fewer
# what is packed tighter holds one thing over and over: programs write a tenth to a thirtieth
_LARGE, _TIGHTEST = 5_000_000, 200
_END, _END_SIZE = b"PK\x05\x06", 22


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at `path`; whatever turns out wrong with it or its XML is raised as UserError."""
    try:
        with path.open("rb") as stream:
            if _members(stream) > _MOST_MEMBERS:
                raise UserError("import.error.not_a_table", name=path.name)
            with zipfile.ZipFile(stream) as archive:
                for info in archive.infolist():
                    if info.flag_bits & 1:
                        raise UserError("import.error.password", name=path.name)
                    if ".." in info.filename.replace("\\", "/").split("/"):
                        raise UserError("import.error.damaged", name=path.name)
                    if info.file_size > max(_LARGE, _TIGHTEST * info.compress_size):
                        raise UserError("import.error.unpacks_too_big", name=path.name)
                yield archive
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ExpatError,
        ParseError,
        NotImplementedError,  # a way of packing that zipfile does not know
        LookupError,  # an encoding that XML names and nobody knows
        ValueError,  # names or numbers that are none
    ) as problem:
        raise UserError("import.error.damaged", name=path.name) from problem
    except OSError as problem:
        raise unreadable(path, problem) from problem


def _members(stream: BinaryIO) -> int:
    """How many members the archive says it has: the library makes an object of each at once."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_SIZE - 0xFFFF))
    tail = stream.read()
    at = tail.rfind(_END)
    stream.seek(0)
    if at < 0 or len(tail) < at + _END_SIZE:
        return 0
    found: int = struct.unpack_from("<H", tail, at + 10)[0]
    return found
