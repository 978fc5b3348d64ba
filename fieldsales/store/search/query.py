"""What is asked of the index for a text that someone typed: probes, the best rank first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fieldsales.store.search.folding import fold
from fieldsales.store.search.tokens import (
    DIGITS,
    LONGEST,
    SHORT,
    alone,
    pairs,
    runs,
    units,
    windows,
)

EXACT, PREFIX, MIDDLE, OTHER = range(4)

_MOST = 200  # characters of a query
_MOST_RUNS = 8
_NUMBER = re.compile(r"[\d\s().+\-/]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")
_COUNTRY = re.compile(r"\s*(?:\+|00)\s*86")


class Probe(NamedTuple):
    """One question to the index, in FTS5's language, and the rank of what answers it."""

    rank: int
    match: str


def probes(text: str) -> Iterator[Probe]:
    """The probes for a text, which may be anything; none if nothing in it can be looked for.

    Only what `units` found is ever quoted – letters, digits, characters – so no text can become
    syntax. Each is made when it is due: most searches are full after one or two.
    """
    text = text[:_MOST]
    folded = fold(text)
    spelt = "".join(units(folded))
    if not spelt:
        return
    forms = _forms(text, spelt)
    yield Probe(EXACT, _either(_quoted("=" + form[:LONGEST]) for form in forms))
    yield Probe(PREFIX, _either(_name("+", form) for form in forms))
    yield Probe(MIDDLE, _either(_name("-", form) for form in forms))
    if _NUMBER.fullmatch(folded):
        yield from (Probe(OTHER, number) for number in _numbers(folded))
    yield Probe(OTHER, _either([_text(folded), *_joined(folded, spelt)]))
    typed = runs(folded)[:_MOST_RUNS]
    if len(typed) > 1:
        yield Probe(OTHER, _all(map(_anywhere, typed)))


def _forms(text: str, spelt: str) -> list[str]:
    """The query and the other ways its syllables may be written: lü and lyu for lv."""
    forms = [spelt]
    if text.isascii() and "lyu" not in spelt:
        return forms
    lowered = unicodedata.normalize("NFC", text).lower()
    if "ü" in lowered:
        forms.append("".join(units(fold(lowered.replace("ü", "v")))))
    if "lyu" in spelt:
        forms.append(spelt.replace("lyu", "lv"))
    return forms


def _quoted(token: str, *, prefix: bool = False) -> str:
    return f'"{token}"*' if prefix else f'"{token}"'


def _name(sign: str, form: str) -> str:
    cut = form[:LONGEST]
    return _quoted(sign + cut, prefix=SHORT < len(cut) < LONGEST)


def _numbers(folded: str) -> Iterable[str]:
    """Any three digits of a telephone number or more; the country code may be there or not."""
    for text in dict.fromkeys((folded, _COUNTRY.sub("", folded, count=1))):
        digits = _NOT_DIGIT.sub("", text)
        if len(digits) == DIGITS - 1:
            yield _quoted("#" + digits, prefix=True)
        elif len(digits) >= DIGITS:
            yield _all(_quoted("#" + four) for four in windows(digits)[:-1])


def _text(folded: str) -> str:
    """Every pair of characters and every word, the last of which may be unfinished."""
    asked: list[str] = []
    typed = runs(folded)[:_MOST_RUNS]
    for run in typed:
        if not alone(run):
            asked.append(_quoted(run[:LONGEST], prefix=run is typed[-1] and len(run) < LONGEST))
        elif len(run) == 1:
            asked.append(_quoted(run))
        else:
            asked += map(_quoted, list(pairs(run))[:LONGEST])
    return _all(asked)


def _joined(folded: str, spelt: str) -> list[str]:
    # an own number written KH0001 and looked for as KH-0001
    if len(runs(folded)) < 2 or any(map(alone, spelt)):
        return []
    return [_quoted(spelt[:LONGEST], prefix=len(spelt) < LONGEST)]


def _anywhere(run: str) -> str:
    asked = [_name("+", run), _name("-", run), _text(run)]
    if run.isdecimal() and run.isascii():
        asked += _numbers(run)
    return _either(asked)


def _either(questions: Iterable[str]) -> str:
    return _together(" OR ", questions)


def _all(questions: Iterable[str]) -> str:
    return _together(" AND ", questions)


def _together(word: str, questions: Iterable[str]) -> str:
    asked = list(questions)
    return asked[0] if len(asked) == 1 else f"({word.join(asked)})"
