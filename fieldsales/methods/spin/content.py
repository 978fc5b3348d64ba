"""Coaching for the questions of SPIN (M27), in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class KindHint(Entry):
    """What a kind of question is for, how to ask it well, and one to take up."""

    what: str
    tip: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapHint(Entry):
    """What is missing (the codes are those of `domain.spin.Gap`), how to mend it, what to say."""

    what: str
    mend: str
    example: str


@cache
def kind_hints(language: str) -> Mapping[str, KindHint]:
    """The hints by kind of question in a language of the window."""
    return entries(KindHint, read_toml("methods", "spin", "coaching.toml")["kind"], language)


@cache
def gap_hints(language: str) -> Mapping[str, GapHint]:
    """The hints by gap in a language of the window."""
    return entries(GapHint, read_toml("methods", "spin", "coaching.toml")["gap"], language)
