"""A checklist as one file on the disk: written whole, read as nothing but text."""

from __future__ import annotations

from pathlib import Path

from fieldsales import places
from fieldsales.domain.checklist_edit import write
from fieldsales.domain.checklist_file import parse, read
from fieldsales.errors import EnvironmentProblem, UserError, unwritten

_MOST = 400_000  # bytes that are read; a checklist is far smaller


def load(path: Path, language: str) -> str:
    """The text of the checklist in a file, with nothing in it that is no part of one.

    Raises UserError, saying where, if it is none, EnvironmentProblem if it cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST)
    except OSError as error:
        raise EnvironmentProblem(
            "checklists.cannot_read", path=str(path), reason=error.strerror or str(error)
        ) from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError("checklists.no_text", line=line) from error
    read(text, "", language)
    return write(parse(text))


def save(path: Path, text: str) -> None:
    """Writes a checklist; raises EnvironmentProblem where it cannot be written."""
    try:
        places.write_whole(path, f"{text}\n".encode())
    except OSError as error:
        raise unwritten(path, error) from error
