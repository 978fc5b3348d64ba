"""The shipped checklists, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml, resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Entry):
    """A heading under which items stand."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Entry):
    """One thing to answer.

    `kind`: yes | scale (1–5) | number | text | task; `weight` counts in the score, 0 does not.
    A task is due `days` after the check; `task` is its text, with {customer}.
    """

    section: str
    kind: str
    text: str
    help: str
    weight: int = 1
    days: int = 0
    task: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list of items under headings.

    `of` says whose result it is: visit | customer | product | self; `repeat_days` after which it is
    worth doing again, 0 = whenever.
    """

    code: str
    of: str
    repeat_days: int
    title: str
    about: str
    sections: Mapping[str, Section]
    items: Mapping[str, Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head(Entry):
    of: str
    title: str
    about: str
    repeat_days: int = 0


@cache
def checklists(language: str) -> Mapping[str, Checklist]:
    """The checklists by code in a language of the window; the pseudo language has them in English.

    A checklist is a file of `resources/methods/checklist`: adding one is adding a file.
    """
    return {path.stem: _checklist(path.stem, language) for path in _files()}


def _files() -> list[Path]:
    return sorted(resource("methods", "checklist").glob("*.toml"))


def _checklist(code: str, language: str) -> Checklist:
    table = read_toml("methods", "checklist", f"{code}.toml")
    about = {part: value for part, value in table.items() if part not in ("section", "item")}
    head = entries(_Head, {code: about}, language)[code]
    return Checklist(
        code=code,
        of=head.of,
        repeat_days=head.repeat_days,
        title=head.title,
        about=head.about,
        sections=entries(Section, table["section"], language),
        items=entries(Item, table["item"], language),
    )
