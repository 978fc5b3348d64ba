"""Characters that the font of papers does not have, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.drawing.text import missing

_QUOTED = 12  # characters of a text quoted before and after one that cannot be printed


@dataclass(frozen=True, slots=True)
class Lacking:
    """Characters the font does not have: the part of the paper, and the words around the first."""

    where: str
    quoted: str
    characters: str


def lacking(where: str, shown: str) -> Lacking | None:
    """What a text of a part of the paper has that cannot be printed."""
    characters = missing(shown)
    return Lacking(where, _around(shown, characters[0]), characters) if characters else None


def _around(text: str, character: str) -> str:
    """Some words around a character, by which its place is found again."""
    flat = " ".join(text.split())
    at = flat.index(character)
    start, end = max(0, at - _QUOTED), at + _QUOTED + 1
    return f"{'…' if start else ''}{flat[start:end]}{'…' if end < len(flat) else ''}"
