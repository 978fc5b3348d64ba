"""Puts a table into a file of the format that its name asks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol, cast

from fieldsales import discover, places
from fieldsales.errors import UserError, unwritten
from fieldsales.services.exporting import formats
from fieldsales.services.exporting.table import Table


class Format(Protocol):
    """What a module of `formats` offers."""

    SUFFIX: str

    def encoded(self, table: Table) -> bytes: ...


@cache
def known() -> dict[str, Format]:
    """Every format by its suffix."""
    found = cast("list[Format]", discover.modules(formats))
    return {module.SUFFIX: module for module in found}


def format_of(path: Path) -> Format:
    """The format a file's name asks for; raises UserError if we do not write it."""
    try:
        return known()[path.suffix.lower()]
    except KeyError:
        raise UserError(
            "export.unknown_format", name=path.name, suffixes=", ".join(known())
        ) from None


def write(path: Path, table: Table) -> None:
    """Writes the file whole; raises EnvironmentProblem where it cannot be written."""
    content = format_of(path).encoded(table)
    try:
        places.write_whole(path, content)
    except OSError as error:
        raise unwritten(path, error) from error
