"""A customer as one file: the lines of `json_lines`, packed, and sealed where a password is given.

Sealed it is a database of one row under a key made of the password, as kept files are.
"""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

from fieldsales import places
from fieldsales.errors import EnvironmentProblem, UserError
from fieldsales.services.exchange.formats import json_lines
from fieldsales.services.exchange.package import Package, Source
from fieldsales.services.importing.sheet import Watch, unreadable
from fieldsales.store import sealing

SUFFIX = ".customer"

_LARGEST = 1_000_000_000  # bytes of the file
_SMALL = 20_000_000  # bytes that may be packed however small
_DENSEST = 200  # times smaller that ours can be packed


def write(path: Path, source: Source, password: str = "", watch: Watch | None = None) -> int:
    """Writes the file whole or not at all; how many rows. Raises OSError, Cancelled."""
    packed = BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=6, mtime=0) as file:
        number = json_lines.write_to(file, source, watch or Watch())
    if password:
        sealing.seal(path, packed.getvalue(), sealing.Key.made(password).passphrase)
    else:
        places.write_whole(path, packed.getvalue())
    return number


def is_sealed(path: Path) -> bool:
    """Whether a file wants a password."""
    return sealing.salt_of(path) is not None


def read(path: Path, password: str = "") -> Package | None:
    """The file as a package; None if it is none of ours.

    Raises UserError: `exchange.password_wanted`, `exchange.wrong_password`, or what is wrong with
    it.
    """
    try:
        if path.stat().st_size > _LARGEST:
            return None
        if is_sealed(path):
            if not password:
                raise UserError("exchange.password_wanted", name=path.name)
            content = sealing.unseal_by(path, password)
        else:
            with path.open("rb") as file:
                if file.read(2) != b"\x1f\x8b":
                    return None
            content = path.read_bytes()
    except EnvironmentProblem as problem:
        raise UserError("exchange.wrong_password", name=path.name) from problem
    except OSError as problem:
        if is_sealed(path):  # opened, but it holds no row: a database of ours, or a spoilt file
            raise UserError("exchange.damaged", name=path.name) from problem
        raise unreadable(path, problem) from problem
    found = json_lines.read_from(path, lambda: _Unpacked(content, path.name))
    if found is None and is_sealed(path):
        raise UserError("exchange.damaged", name=path.name)
    return found


class _Unpacked:
    """The lines of what was packed, unless they are more than anybody writes."""

    def __init__(self, content: bytes, name: str) -> None:
        self._file = gzip.GzipFile(fileobj=BytesIO(content))
        self._name = name
        self._left = max(_SMALL, _DENSEST * len(content))

    def readline(self, limit: int, /) -> bytes:
        line: bytes = self._file.readline(limit)
        self._left -= len(line)
        if self._left < 0:
            raise UserError("exchange.too_big", name=self._name)
        return line

    def close(self) -> None:
        self._file.close()
