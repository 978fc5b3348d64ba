"""The file of a checklist: sections and items to answer, read without running any of it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldsales.domain.fields import clean_text
from fieldsales.entries import Entry, entries
from fieldsales.errors import UserError
from fieldsales.words import LANGUAGES

KINDS = ("yes", "scale", "number", "text", "task")
SUBJECTS = ("visit", "customer", "product", "self")
LOW, HIGH = 1, 5  # of a scale
_SIZE = 60_000  # characters
_MOST = 200  # items
_LONGEST = 500  # characters of one text
_DAYS = 3_650
_CODE = 80
_HUGE = 1e15
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")  # at the end of what tomllib says


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
    help: str = ""
    weight: int = 1
    days: int = 0
    task: str = ""

    def clean(self, value: str) -> str:
        """An answer as it is kept: '1' for yes or done, '' for none; UserError if it is no such."""
        told = clean_text(value, lines=self.kind == "text")
        if not told or self.kind == "text":
            return told
        if self.kind in ("yes", "task"):
            return "" if told == "0" else "1"
        try:
            number = float(told.replace(",", "").replace("，", ""))
        except ValueError:
            number = float("nan")
        if self.kind == "number" and abs(number) < _HUGE:
            return f"{number:.15g}"
        if self.kind == "scale" and number in range(LOW, HIGH + 1):
            return str(int(number))
        raise UserError(f"checklist.not_a_{self.kind}", value=told[:60])


@dataclass(frozen=True, slots=True)
class Form:
    """A checklist as it is filled in: items under headings.

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
    title: str
    of: str = "self"
    about: str = ""
    repeat_days: int = 0


def read(text: str, code: str, language: str) -> Form:
    """The checklist that a file holds; texts may stand in one language or in all three.

    Raises UserError, saying where, if it is not one: too large, no TOML, nothing to answer, a
    part missing or of another kind than it should be.
    """
    return form(parse(text), code, language)


def parse(text: str) -> dict[str, Any]:
    """The tables of a file as they stand there; raises UserError if it is too large or no TOML."""
    if len(text) > _SIZE:
        raise UserError("checklist.too_large", limit=_SIZE)
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also of days and numbers that are none
        raise _broken(str(error), text) from error
    except RecursionError as error:
        raise UserError("checklist.broken", reason="[[[[…") from error


def _broken(told: str, text: str) -> UserError:
    place = _PLACE.search(told)
    if place is None and not told.endswith("(at end of document)"):
        return UserError("checklist.broken", reason=told[:120])
    line, column = (int(place[1]), int(place[2])) if place else (text.count("\n") + 1, 1)
    twice = "overwrite" in told or "twice" in told
    code = "checklist.written_twice" if twice else "checklist.broken_at"
    return UserError(code, line=line, column=column)


def form(table: Mapping[str, Any], code: str, language: str) -> Form:
    """The checklist of a parsed file; raises UserError as `read`."""
    head = {name: value for name, value in table.items() if name not in ("section", "item")}
    _check("", head, {"title": True, "about": False}, {"repeat_days": _DAYS})
    if head.get("of", "self") not in SUBJECTS:
        raise UserError("checklist.wrong", place="of")
    sections, items = table.get("section", {}), table.get("item", {})
    for name, group in (("section", sections), ("item", items)):
        if not isinstance(group, dict) or not all(map(_is_entry, group.items())):
            raise UserError("checklist.wrong", place=name)
    if not items:
        raise UserError("checklist.empty")
    if len(items) > _MOST:
        raise UserError("checklist.too_many", limit=_MOST)
    for name, section in sections.items():
        _check(f"section.{name}", section, {"title": True}, {})
    for name, item in items.items():
        place = f"item.{name}"
        texts = {"text": True, "help": False, "task": False}
        _check(place, item, texts, {"weight": 10, "days": _DAYS})
        if item.get("kind") not in KINDS:
            raise UserError("checklist.wrong", place=f"{place}.kind")
        if not isinstance(item.get("section"), str) or item["section"] not in sections:
            raise UserError("checklist.wrong", place=f"{place}.section")
    told = entries(_Head, {code: head}, language)[code]
    return Form(
        code=code,
        of=told.of,
        repeat_days=told.repeat_days,
        title=told.title,
        about=told.about,
        sections=entries(Section, sections, language),
        items=entries(Item, items, language),
    )


def _check(
    place: str, table: Mapping[str, Any], texts: Mapping[str, bool], numbers: Mapping[str, int]
) -> None:
    """Texts are texts, in one language or three; numbers whole and within 0 … their limit."""
    for name, required in texts.items():
        value = table.get(name)
        if value is None and not required:
            continue
        told = list(value.values()) if isinstance(value, dict) else [value]
        whole = not isinstance(value, dict) or {*value} >= {*LANGUAGES}
        fine = all(map(_is_text, told))
        if not (told and whole and fine) or (required and not all(map(_visible, told))):
            raise UserError("checklist.wrong", place=f"{place}.{name}".lstrip("."))
    for name, limit in numbers.items():
        value = table.get(name, 0)
        if type(value) is not int or not 0 <= value <= limit:
            raise UserError("checklist.wrong", place=f"{place}.{name}".lstrip("."))


def _is_entry(entry: tuple[str, object]) -> bool:
    code, table = entry
    return 0 < len(code) <= _CODE and code == clean_text(code) and isinstance(table, dict)


def _is_text(value: object) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST
        and clean_text(value, lines=True) == value.strip()
    )


def _visible(text: object) -> bool:
    return bool(str(text).strip())
