"""Finds the format of a file: by its name what is to be written, by what is in it what is read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Protocol, cast

from fieldsales import discover
from fieldsales.errors import UserError
from fieldsales.services.exchange import customer_file, formats
from fieldsales.services.exchange.package import Package, Source
from fieldsales.services.importing.sheet import Watch
from fieldsales.store.database import Store
from fieldsales.words import Words


class Format(Protocol):
    """What a module of `formats` offers."""

    SUFFIX: str
    FILES: bool

    def write(self, path: Path, source: Source, words: Words, watch: Watch) -> int: ...
    def read(self, path: Path) -> Package | None: ...


@cache
def known() -> dict[str, Format]:
    """Every format by its suffix."""
    found = cast("list[Format]", discover.modules(formats))
    return {module.SUFFIX: module for module in found}


def endings() -> tuple[str, ...]:
    """How the names of files end that `package` reads."""
    return (*known(), customer_file.SUFFIX)


def export(store: Store, path: Path, words: Words, watch: Watch | None = None) -> int:
    """Writes everything in the format that the name asks for, whole or not at all; how many rows.

    Raises UserError for a name we do not know, OSError where it cannot be written, Cancelled.
    """
    return format_of(path).write(path, Source(store), words, watch or Watch())


def format_of(path: Path) -> Format:
    """The format a file's name asks for; raises UserError if we do not write it."""
    try:
        return known()[path.suffix.lower()]
    except KeyError:
        suffixes = ", ".join(known())
        raise UserError("export.unknown_format", name=path.name, suffixes=suffixes) from None


def package(path: Path, password: str = "") -> Package | None:
    """What a file of ours brings; None if it is none of ours. Raises UserError if it is broken, of
    a newer program, or `exchange.password_wanted` where it is sealed.
    """
    if (found := customer_file.read(path, password)) is not None:
        return found
    for form in known().values():
        found = form.read(path)
        if found is not None:
            return found
    return None


def is_ours(path: Path) -> bool:
    """Whether `package` is the one to read a file, or to say what is wrong with it."""
    try:
        return package(path) is not None
    except UserError:
        return True
