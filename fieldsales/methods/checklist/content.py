"""The shipped checklists, and any that a result was filled in with, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fieldsales.domain.checklist import Checklist, Filled, remembered
from fieldsales.domain.checklist_file import Form, form, read
from fieldsales.errors import UserError
from fieldsales.resources import read_toml, resource


@cache
def checklists(language: str) -> Mapping[str, Form]:
    """The checklists by code in a language of the window; the pseudo language has them in English.

    A checklist is a file of `resources/methods/checklist`: adding one is adding a file.
    """
    return {path.stem: form(tables(path.stem), path.stem, language) for path in _files()}


def _files() -> list[Path]:
    return sorted(resource("methods", "checklist").glob("*.toml"))


def tables(code: str) -> dict[str, Any]:
    """A shipped checklist as it stands in its file, in all languages."""
    return read_toml("methods", "checklist", f"{code}.toml")


def own_form(own: Checklist | None, language: str) -> Form | None:
    """One's own checklist; None if it is gone, or its text is none any more."""
    if own is None:
        return None
    try:
        return read(own.text, own.id, language)
    except UserError:
        return None


def form_of(filled: Filled, language: str) -> Form:
    """What a result was filled in with, and whatever else was answered in it."""
    known = checklists(language).get(filled.result.checklist)
    return remembered(known or own_form(filled.own, language), filled)
