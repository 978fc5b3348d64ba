"""Knows what people write above columns: folds header texts and looks them up in the data file."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import opencc

from fieldsales.resources import resource

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕|<[^>]*>")
_MARKS = re.compile(r"[\W\d_]+")


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(4096)
def fold(text: str) -> str:
    """A header reduced to what it says: `*行動電話（必填）` and `行动电话 2` are `行动电话`."""
    text = unicodedata.normalize("NFKC", text).lower()
    bare = _MARKS.sub("", _BRACKETS.sub("", text)) or _MARKS.sub("", text)
    folded: str = _simplifier().convert(bare)
    return folded


@dataclass(frozen=True, slots=True)
class Names:
    """Folded column names of one field."""

    strong: frozenset[str]
    weak: frozenset[str]


@cache
def names(kind: str) -> Mapping[str, Names]:
    """Column names by field for `customer` or `contact`, in the file's order."""
    return _all()[kind]


@cache
def _all() -> Mapping[str, Mapping[str, Names]]:
    text = resource("import", "headers.toml").read_text(encoding="utf-8")
    return {
        kind: {
            field: Names(
                frozenset(map(fold, entry["strong"])), frozenset(map(fold, entry["weak"]))
            )
            for field, entry in fields.items()
        }
        for kind, fields in tomllib.loads(text).items()
    }


@cache
def _known() -> frozenset[str]:
    return frozenset[str]().union(
        *(entry.strong | entry.weak for fields in _all().values() for entry in fields.values())
    )


def known(text: str) -> bool:
    """Whether a cell's text is a column name we know, and not a sentence."""
    return len(text) <= 40 and fold(text) in _known()
