"""The questions that a pitch, a proposal or a plan is put to, and the rules that judge it (M22)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

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

    It holds where one of `words` stands or `pattern`, a regular expression, matches; both are
    compared folded: lower case, simplified characters.
    """

    quadrant: str
    why: str
    words: tuple[str, ...] = ()
    pattern: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taboo(Entry):
    """A rule for what is better not said. `kind`: claim | certainty | jargon | rival."""

    kind: str
    why: str
    words: tuple[str, ...] = ()
    pattern: str = ""


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
    """The rules of `rules_*.toml`, their reasons in a language of the window."""
    tags: list[Tag] = []
    taboos: list[Taboo] = []
    for path in sorted(resource("methods", "walk_around").glob("rules_*.toml")):
        table = read_toml("methods", "walk_around", path.name)
        tags += entries(Tag, table["tag"], language).values()
        taboos += entries(Taboo, table["taboo"], language).values()
    return Rules(tuple(tags), tuple(taboos))
