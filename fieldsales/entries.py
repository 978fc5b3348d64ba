"""Reads shipped content, written in three languages side by side, into records of one language."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from fieldsales.words import LANGUAGES, spoken

_E = TypeVar("_E", bound="Entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every entry has: the code by which a record names it."""

    code: str


def entries(
    made: type[_E], table: Mapping[str, Mapping[str, object]], language: str
) -> dict[str, _E]:
    """The entries of one table of a TOML file by code, in the order in which they stand there.

    A field in three languages gives its own, a list becomes a tuple, what `made` does not know is
    left out. The pseudo language has its content in English.
    """
    spoken = language if language in LANGUAGES else "en"
    names = {field.name for field in dataclasses.fields(made)} - {"code"}  # which its key says
    found = {}
    for code, entry in table.items():
        values = {name: _spoken(value, spoken) for name, value in entry.items() if name in names}
        found[code] = made(code=code, **values)
    return found


def _spoken(value: object, language: str) -> object:
    if isinstance(value, Mapping):
        value = spoken(value, language)
    return tuple(value) if isinstance(value, list) else value
