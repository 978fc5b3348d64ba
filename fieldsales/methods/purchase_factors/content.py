"""What is said about the five purchase factors (M24), in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor(Entry):
    """A factor: the question to rate it by, what 1 and 5 look like, what raises it.

    `task` is the text of the next task where it is the weakest.
    """

    question: str
    low: str
    high: str
    raises: tuple[str, ...]
    task: str


@cache
def factors(language: str) -> Mapping[str, Factor]:
    """The factors by code in a language of the window; the pseudo language has them in English."""
    content = read_toml("methods", "purchase_factors", "factors.toml")
    return entries(Factor, content["factor"], language)
