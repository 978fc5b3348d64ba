"""Changes to a checklist's tables, as an editor makes them, and how they are written as a file.

Tables are those that `checklist_file.parse` gives. None is altered: each change gives new ones. A
text that stands in three languages is changed in the one it is read in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from fieldsales.domain.fields import clean_text
from fieldsales.words import LANGUAGES

Table = Mapping[str, Any]

_HEAD = ("title", "about", "of", "repeat_days")
_OF_ENTRY = {
    "section": ("title",),
    "item": ("section", "kind", "text", "help", "weight", "days", "task"),
}
_BARE = re.compile("[A-Za-z0-9_-]+")
_CODE = 60  # characters of a code that is made


def write(table: Table) -> str:
    """The file of a checklist, as `checklist_file.read` takes it; what is no part of one is left
    out.
    """
    lines = [f"{name} = {_value(table[name])}" for name in _HEAD if name in table]
    for group, names in _OF_ENTRY.items():
        for code, entry in table.get(group, {}).items():
            lines += ["", f"[{group}.{_key(code)}]"]
            lines += [f"{name} = {_value(entry[name])}" for name in names if name in entry]
    return "\n".join(lines)


def _key(code: str) -> str:
    return code if _BARE.fullmatch(code) else _quoted(code)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        told = (f"{code} = {_quoted(value[code])}" for code in LANGUAGES)
        return f"{{ {', '.join(told)} }}"
    return _quoted(value) if isinstance(value, str) else str(int(value))


def with_head(table: Table, language: str, **values: str | int) -> Table:
    """Title, about, of or repeat_days set; an empty one goes."""
    return _set(table, language, values)


def with_entry(table: Table, group: str, code: str, language: str, **values: str | int) -> Table:
    """Fields of a section or an item (`group`) set; an empty one goes."""
    entries = table.get(group, {})
    return {**table, group: {**entries, code: _set(entries[code], language, values)}}


def _set(entry: Table, language: str, values: Mapping[str, str | int]) -> Table:
    changed = dict(entry)
    for name, value in values.items():
        before = entry.get(name)
        if isinstance(before, Mapping) and value:
            spoken = language if language in LANGUAGES else "en"
            changed[name] = {**before, spoken: value}
        elif value == "":
            changed.pop(name, None)
        else:
            changed[name] = value
    return changed


def add_section(table: Table, title: str) -> tuple[Table, str]:
    """A section at the end, and its code."""
    sections = table.get("section", {})
    code = _fresh(title, sections)
    return {**table, "section": {**sections, code: {"title": title}}}, code


def add_item(table: Table, section: str, text: str, kind: str) -> tuple[Table, str]:
    """An item at the end of a section, and its code: what it says, so that an answer to it can be
    read when the checklist is gone.
    """
    items = table.get("item", {})
    code = _fresh(text, items)
    return {
        **table,
        "item": {**items, code: {"section": section, "kind": kind, "text": text}},
    }, code


def without(table: Table, group: str, code: str) -> Table:
    """A section with its items, or an item, taken away."""
    kept = {name: dict(table.get(name, {})) for name in _OF_ENTRY}
    del kept[group][code]
    if group == "section":
        kept["item"] = {
            name: item for name, item in kept["item"].items() if item["section"] != code
        }
    return {**table, **kept}


def moved(table: Table, group: str, code: str, by: int) -> Table:
    """A section or an item moved up (−1) or down (+1) by one.

    An item at the end of its section goes on into the next one.
    """
    if group == "section":
        return {**table, "section": _swapped(table["section"], code, by, table["section"])}
    items = table["item"]
    home = items[code]["section"]
    beside = [name for name, item in items.items() if item["section"] == home]
    at = beside.index(code) + by
    if 0 <= at < len(beside):
        return {**table, "item": _swapped(items, code, by, beside)}
    sections = list(table["section"])
    to = sections.index(home) + by
    if not 0 <= to < len(sections):
        return table
    rest = {name: item for name, item in items.items() if name != code}
    there = {code: {**items[code], "section": sections[to]}}
    return {**table, "item": {**rest, **there} if by < 0 else {**there, **rest}}


def _swapped(entries: Table, code: str, by: int, among: Iterable[str]) -> Table:
    """Entries with one of those `among` them changed for its neighbour."""
    row = list(among)
    at = row.index(code)
    to = at + by
    if not 0 <= to < len(row):
        return entries
    pair = {row[at]: row[to], row[to]: row[at]}
    order = [pair.get(name, name) for name in entries]
    return {name: entries[name] for name in order}


def _fresh(text: str, taken: Iterable[str]) -> str:
    """A code that is not taken, after a text."""
    known = set(taken)
    stem = clean_text(text)[:_CODE].strip()
    code, n = stem, 2
    while code in known:
        code, n = f"{stem} {n}", n + 1
    return code
