"""The questions that a pitch, a proposal or a plan is put to, and the rules that judge it (M22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml, resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Entry):
    """A question of one quadrant, and how to mend the text where the answer is no."""

    quadrant: str
    question: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag(Entry):
    """A rule for a quadrant; `answers`: codes of the checks that it answers.

    It holds where one of `words` stands or one of `patterns`, regular expressions, matches; both
    are compared folded: lower case, simplified characters. A weak sign has `weight` 1: it takes two
    in a sentence to tag it.
    """

    quadrant: str
    why: str
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    weight: int = 2
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taboo(Entry):
    """A rule for what is better not said. `kind`: claim | certainty | jargon | rival.

    It takes `least` different hits in a sentence; what matches `unless` excuses it. Of a rival
    speaks what names one, or matches `about`. Those of jargon are compared as written, not folded.
    """

    kind: str
    why: str
    mend: str = ""
    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    about: str = ""
    unless: str = ""
    least: int = 1


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules, those for Chinese and those for English: either holds in its own script alone."""

    tags: tuple[Tag, ...]
    taboos: tuple[Taboo, ...]


@cache
def checks(language: str) -> Mapping[str, Check]:
    """The checks by code in a language of the window; the pseudo language has them in English."""
    return entries(Check, read_toml("methods", "walk_around", "checks.toml")["check"], language)


@cache
def rules(language: str) -> Rules:
    """The rules of `rules/*.toml`, their reasons in a language of the window."""
    told = read_toml("methods", "walk_around", "signs.toml")
    tags: list[Tag] = []
    taboos: list[Taboo] = []
    for path in sorted(resource("methods", "walk_around", "rules").glob("*.toml")):
        table = read_toml("methods", "walk_around", "rules", path.name)
        tags += entries(Tag, _joined(told["tag"], table["tag"]), language).values()
        taboos += entries(Taboo, _joined(told["taboo"], table["taboo"]), language).values()
    return Rules(tuple(tags), tuple(taboos))


def _joined(told: dict[str, Any], table: dict[str, Any]) -> dict[str, Any]:
    """What is said of a sign in the languages of the window, and how a text's language shows it."""
    return {code: told[code] | rule for code, rule in table.items()}
