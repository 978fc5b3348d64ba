"""What is said about negotiation partners (M23), in one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Entry):
    """A scale that places somebody; the code is the contact's field, `low` is −2, `high` +2."""

    question: str
    low: str
    high: str
    clues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner(Entry):
    """A kind of partner: how to know it, how to meet it, where sellers stumble."""

    what: str
    signs: tuple[str, ...]
    counter: tuple[str, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Negotiation:
    """The two scales and the four partners by code."""

    scales: Mapping[str, Scale]
    partners: Mapping[str, Partner]


@cache
def negotiation(language: str) -> Negotiation:
    """The content in a language of the window; the pseudo language has it in English."""
    content = read_toml("methods", "negotiation", "partners.toml")
    return Negotiation(
        scales=entries(Scale, content["scale"], language),
        partners=entries(Partner, content["partner"], language),
    )
