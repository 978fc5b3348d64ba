"""The words that turn the parts of a worksheet into speech (M28), in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Connectors(Entry):
    """How parts are said, each with the part in braces.

    `feature_function` joins two, `feature` and `function` stand where the other is missing;
    `benefit` for what answers a need, `example` for what nobody asked for yet. `stop` ends a
    sentence, `between` parts them.
    """

    feature_function: str
    feature: str
    function: str
    advantage: str
    benefit: str
    example: str
    stop: str
    between: str


@cache
def connectors(language: str) -> Connectors:
    """The connectors in a language of the window; the pseudo language has them in English."""
    table = read_toml("methods", "ffab", "connectors.toml")
    return entries(Connectors, {"speech": table["speech"]}, language)["speech"]
