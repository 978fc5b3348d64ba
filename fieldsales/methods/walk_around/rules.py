"""To which quadrants sentences speak, and what in them is better left unsaid (M22, M28)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

SPEAKS = 2  # weight from which a sentence speaks to a quadrant


@dataclass(frozen=True, slots=True)
class Tag:
    """A sign of one quadrant; `code` is the reason that is given for it."""

    code: str
    quadrant: str
    weight: int
    sign: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Taboo:
    """What to warn of: `least` different signs, `near` standing by, nothing that excuses it."""

    code: str
    sign: re.Pattern[str]
    near: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    least: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """Why: the code of a rule, and the place of the words that gave it."""

    code: str
    start: int
    end: int


_END = re.compile(r"[。！？!?；;\n]+|\.(?=\s|$)")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence, blank ones left out."""
    start = 0
    ends = [*(match.end() for match in _END.finditer(text)), len(text)]
    for end in ends:
        if text[start:end].strip():
            yield start, end
        start = end


def spoken_to(sentence: str, tags: Sequence[Tag]) -> Mapping[str, list[Found]]:
    """Quadrant -> the signs for it, for each to which the sentence speaks."""
    signs: dict[str, list[Found]] = {}
    weight: dict[str, int] = {}
    for tag in tags:
        match = tag.sign.search(sentence)
        if match:
            signs.setdefault(tag.quadrant, []).append(Found(tag.code, *match.span()))
            weight[tag.quadrant] = weight.get(tag.quadrant, 0) + tag.weight
    return {quadrant: found for quadrant, found in signs.items() if weight[quadrant] >= SPEAKS}


def warnings(sentence: str, taboos: Sequence[Taboo]) -> list[Found]:
    """What to warn of in a sentence, with the words that give cause."""
    found = []
    for taboo in taboos:
        matches = list(taboo.sign.finditer(sentence))
        if len({match.group().casefold() for match in matches}) < taboo.least:
            continue
        cause = taboo.near.search(sentence) if taboo.near else matches[0]
        if cause is None or (taboo.unless and taboo.unless.search(sentence)):
            continue
        found.append(Found(taboo.code, *cause.span()))
    return found
