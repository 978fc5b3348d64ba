"""The questions that a pitch, a proposal or a plan is put to (M22), in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Entry):
    """A question of one quadrant, and how to mend the text where the answer is no."""

    quadrant: str
    question: str
    mend: str


@cache
def checks(language: str) -> Mapping[str, Check]:
    """The checks by code in a language of the window; the pseudo language has them in English."""
    return entries(Check, read_toml("methods", "walk_around", "checks.toml")["check"], language)
