"""The shipped checklists, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fieldsales.domain.checklist_file import Form, form
from fieldsales.resources import read_toml, resource


@cache
def checklists(language: str) -> Mapping[str, Form]:
    """The checklists by code in a language of the window; the pseudo language has them in English.

    A checklist is a file of `resources/methods/checklist`: adding one is adding a file.
    """
    return {path.stem: _form(path.stem, language) for path in _files()}


def _files() -> list[Path]:
    return sorted(resource("methods", "checklist").glob("*.toml"))


def _form(code: str, language: str) -> Form:
    return form(read_toml("methods", "checklist", f"{code}.toml"), code, language)
