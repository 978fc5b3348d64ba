"""Finds the code of a choice from what people write for it, in any of our languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from fieldsales.resources import read_toml
from fieldsales.store.search.folding import fold
from fieldsales.words import LANGUAGES, catalogue

_MARKS = re.compile(r"[\W_]+")


@cache
def _codes(listed: str) -> Mapping[str, str]:
    """Code by folded word, for one list of choices: its names first, then what people write."""
    found: dict[str, str] = {}
    prefix = f"choice.{listed}."
    for key, entry in catalogue().items():
        if key.startswith(prefix):
            code = key.removeprefix(prefix)
            for word in (code, *(entry[language] for language in LANGUAGES)):
                found.setdefault(_bare(word), code)
    for code, written in read_toml("import", "choices.toml").get(listed, {}).items():
        for word in written:
            found.setdefault(_bare(word), code)
    return found


def _bare(word: str) -> str:
    return _MARKS.sub("", fold(word))


def code(listed: str, text: str) -> str | None:
    """The code `text` means in the list of choices called `listed`; None if it means none."""
    return _codes(listed).get(_bare(text))
