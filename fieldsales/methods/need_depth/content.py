"""What is said about the depth of a need (M37), in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Entry):
    """How deep one has come, `said`, `actual` or `behind`, and the questions that lead there."""

    what: str
    look: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Entry):
    """One need on all three levels, and an offer that answers the deepest."""

    said: str
    actual: str
    behind: str
    offer: str


@dataclass(frozen=True, slots=True)
class NeedDepth:
    """Levels, the outermost first, and examples by code."""

    levels: Mapping[str, Level]
    examples: Mapping[str, Example]


@cache
def need_depth(language: str) -> NeedDepth:
    """The content in a language of the window; the pseudo language has it in English."""
    content = read_toml("methods", "need_depth", "depth.toml")
    return NeedDepth(
        levels=entries(Level, content["level"], language),
        examples=entries(Example, content["example"], language),
    )
