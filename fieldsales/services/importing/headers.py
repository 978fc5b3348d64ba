"""Knows what people write above columns: folds header texts and looks them up in the data file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from fieldsales.resources import read_toml
from fieldsales.store.search.folding import fold as fold_text
from fieldsales.words import LANGUAGES, catalogue

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕|<[^>]*>")
_MARKS = re.compile(r"[\W\d_]+")
_LONGEST = 40


@lru_cache(4096)
def fold(text: str) -> str:
    """A header reduced to what it says: `*行動電話（必填）` and `行动电话 2` are `行动电话`."""
    text = fold_text(text).replace("联络", "联系").replace("帐", "账")  # 聯絡人, 帳款 in Taiwan
    return _MARKS.sub("", _BRACKETS.sub("", text)) or _MARKS.sub("", text)


@dataclass(frozen=True, slots=True)
class Names:
    """Folded column names of one field; `strong` ones mean it, `weak` ones may."""

    strong: frozenset[str]
    weak: frozenset[str]


@cache
def names() -> Mapping[str, Mapping[str, Names]]:
    """Column names by kind (`customer`, `contact`, `other`) and field."""
    return {
        kind: {field: _names(entry) for field, entry in fields.items()}
        for kind, fields in read_toml("import", "headers.toml").items()
    }


def _names(entry: Mapping[str, list[str]]) -> Names:
    return Names(frozenset(map(fold, entry["strong"])), frozenset(map(fold, entry["weak"])))


@cache
def _known() -> frozenset[str]:
    return frozenset[str]().union(
        *(
            entry.strong | entry.weak
            for fields in names().values()
            for field, entry in fields.items()
            if field != "measured"  # ends of names, none of them a name
        )
    )


def known(text: str) -> bool:
    """Whether a cell's text is a column name we know, and not a sentence."""
    return len(text) <= _LONGEST and fold(text) in _known()


def measured(text: str) -> bool:
    """Whether a column of this name holds figures, or classes we derive: what looks like a phone
    or a person in it is none.
    """
    told = fold(text).endswith(tuple(names()["other"]["measured"].weak))
    return told or text.startswith(_derived())


def ignored(text: str) -> bool:
    """Whether a column of this name holds what no field takes."""
    return fold(text) in names()["other"]["ignored"].strong


@cache
def _derived() -> tuple[str, ...]:
    """What an export writes before the name of a class."""
    entry = catalogue()["classes.head"]
    return tuple(entry[language].partition("{")[0] for language in LANGUAGES)
