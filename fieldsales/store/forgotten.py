"""Whom to forget, and by which names and numbers texts tell of them, however these are written."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from fieldsales.store.database import Store

LEAST = 5  # characters of a number or an address that is told apart wherever it stands
_WHOLE = 10  # digits of a former number: fewer may be what was typed of another one
_BLANK = "×"  # in place of each character, so that no text grows
_GAPS = " -()"  # what people write between digits
_BETWEEN = re.compile(r"[^\d\s()+-]+|\s{2,}|\n")  # two numbers


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whom to forget, and what stands for them in texts; `called` is how the user knows them.

    `names` only in what is about `customers`, theirs and those they belonged to before: elsewhere
    they may be words like any other. One that another there bears, too, is left out. `numbers`
    (phones, mail, messenger) wherever they stand. `kept` are longer names that hold theirs and are
    others'. `people` are names of who went along.
    """

    row_id: str
    called: str
    customers: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    kept: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.names, *self.numbers)

    def blanked(self, text: str, *, near: bool) -> str:
        """A text that no longer names them; `near` if it is about their customer."""
        words = self.words if near else self.numbers
        if not words:
            return text
        kept = {one.casefold() for one in self.kept}
        return _pattern(words, self.kept).sub(
            lambda found: found[0] if found[0].casefold() in kept else _BLANK * len(found[0]), text
        )


@cache
def _pattern(words: tuple[str, ...], kept: tuple[str, ...]) -> re.Pattern[str]:
    known = sorted({*words, *kept}, key=len, reverse=True)
    return re.compile("|".join(map(_written, known)), re.IGNORECASE)


def _written(word: str) -> str:
    """An expression of a word; of digits with whatever stands between them."""
    if not _is_digits(word):
        return re.escape(word)
    return f"[{re.escape(_GAPS)}]*".join(word)


def _is_digits(word: str) -> bool:
    return word.isascii() and word.isdigit()


def holding(columns: Collection[str], word: str) -> str:
    """The condition that one of these columns may hold a word, which is `?1`; `blanked` knows."""
    if not _is_digits(word):
        return " OR ".join(f"instr(lower({name}), lower(?1))" for name in columns)
    flat = "{}"
    for gap in _GAPS:
        flat = f"replace({flat}, '{gap}', '')"
    return " OR ".join(f"instr({flat.format(name)}, ?1)" for name in columns)


def phones(text: str) -> list[str]:
    """The digits of each number in a text that is long enough to be told apart."""
    found: list[str] = []
    for part in _BETWEEN.split(text):
        digits = re.sub(r"\D", "", part)
        # two that a single space parts
        found += [digits] if len(digits) < 2 * _WHOLE else re.findall(r"\d+", part)
    return [digits for digits in found if len(digits) >= LEAST]


def ever(store: Store, noun: str, ids: Collection[str], name: str) -> tuple[list[str], list[str]]:
    """What a field of these records holds, and what else it ever held, as the journal tells.

    Of the latter not what was half typed, as far as that shows: the beginning of something else.
    """
    rows = [json.dumps([*ids])]
    inside = "IN (SELECT value FROM json_each(?1))"
    now = _texts(store, f"SELECT {name} FROM {noun} WHERE id {inside}", rows)
    former = _texts(
        store,
        " UNION ".join(
            f"SELECT json_extract({image}, '$.{name}') FROM change WHERE tbl = '{noun}'"
            f" AND row_id {inside} AND json_valid({image})"
            for image in ("before", "after")
        ),
        rows,
    )
    whole = [
        text
        for text in former
        if text not in now and not any(o != text and o.startswith(text) for o in (*now, *former))
    ]
    return now, whole


def _texts(store: Store, sql: str, params: list[str]) -> list[str]:
    return [text for (text,) in store.rows(sql, params) if isinstance(text, str) and text]


def numbers(store: Store, fields: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Phones and addresses by which somebody is reached, or ever was; `fields` are ids by
    `noun.field`.
    """
    for place, ids in fields.items():
        noun, _, name = place.partition(".")
        now, former = ever(store, noun, ids, name)
        if name in ("phone", "mobile"):
            yield from (digits for text in now for digits in phones(text))
            old = (digits for text in former for digits in phones(text))
            yield from (digits for digits in old if len(digits) >= _WHOLE)
        else:
            yield from (text for text in now if len(text) >= LEAST)
            yield from (text for text in former if len(text) >= LEAST and not _is_digits(text))
