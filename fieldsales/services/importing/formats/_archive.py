"""Opens the zip archives that newer spreadsheets are."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from fieldsales.errors import UserError
from fieldsales.services.importing.sheet import unreadable


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at `path`; whatever turns out wrong with it or its XML is raised as UserError."""
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise UserError("import.error.password", name=path.name)
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
