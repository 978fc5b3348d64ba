"""What is said about roles (M16, M17), needs (M18, M19) and the relationship (M20)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Entry):
    """A cell of the relationship matrix: what it means, what it risks, what to do next."""

    meaning: str
    risk: str
    next: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedGuide(Entry):
    """A category of needs: how to recognise it, what to offer, what to ask the customer."""

    recognise: tuple[str, ...]
    offer: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGuide(Entry):
    """A role in buying: what it wants and fears, how to reach it, what to ask."""

    wants: str
    fears: str
    reach: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Relationship:
    """Cells, needs and roles by code."""

    cells: Mapping[str, Cell]
    needs: Mapping[str, NeedGuide]
    roles: Mapping[str, RoleGuide]


@cache
def relationship(language: str) -> Relationship:
    """The content in a language of the window; the pseudo language has it in English."""
    content = read_toml("methods", "relationship", "relationship.toml")
    return Relationship(
        cells=entries(Cell, content["cell"], language),
        needs=entries(NeedGuide, content["need"], language),
        roles=entries(RoleGuide, content["role"], language),
    )
