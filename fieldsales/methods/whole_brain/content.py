"""What is asked and said about the four quadrants (M21), in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from fieldsales.domain.whole_brain import Scores, is_flat, type_of
from fieldsales.entries import Entry, entries
from fieldsales.resources import read_toml

_SEED = "7895"  # no quadrant thrice running, each of them one to three times in every eight items


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Entry):
    """One of the three sheets of the self-assessment and what it asks."""

    title: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Entry):
    """Something to pick on a sheet; a pick counts for its quadrant."""

    sheet: str
    quadrant: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrant(Entry):
    """A quadrant in one line, and the question behind all its questions."""

    gist: str
    asks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Type(Entry):
    """What is said of a type; the code is its dominant quadrants: `a` … `abcd`, or `flat`.

    Written so that it reads alike of oneself and of somebody else.
    """

    name: str
    gist: str
    traits: tuple[str, ...]
    communication: tuple[str, ...]
    roles: tuple[str, ...]
    phrases: tuple[str, ...]
    judged: str
    pressure: str
    practise: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Entry):
    """What a clue is read from: words, first question, desk, pace, praise, writing."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue(Entry):
    """What may be noticed of a customer.

    `a` … `d`: how strongly it speaks for a quadrant, 0 not at all, 1 faintly, 3 strongly.
    """

    category: str
    text: str
    a: int = 0
    b: int = 0
    c: int = 0
    d: int = 0

    @property
    def weights(self) -> Scores:
        """How strongly it speaks for A, B, C and D, as the observed profile wants it."""
        return float(self.a), float(self.b), float(self.c), float(self.d)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Entry):
    """How to talk with a quadrant, or with a quadrant in a role of M16: `a`, `a_purchaser` …"""

    bring: str
    say: str
    show: str
    avoid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Entry):
    """From the seller's quadrant to the buyer's, `a_c`: what to do and what to hold back."""

    tell: str
    watch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Entry):
    """How to order a talk in which several quadrants sit; `order`: whom to serve first."""

    order: tuple[str, ...]
    open: str
    middle: str
    close: str
    watch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRule(Entry):
    """What holds for a meeting of any mix."""

    text: str


@dataclass(frozen=True, slots=True)
class WholeBrain:
    """All there is to say, by code, in the order in which it stands in the files."""

    sheets: Mapping[str, Sheet]
    items: Mapping[str, Item]
    quadrants: Mapping[str, Quadrant]
    types: Mapping[str, Type]
    categories: Mapping[str, Category]
    clues: Mapping[str, Clue]
    advice: Mapping[str, Advice]
    gaps: Mapping[str, Gap]
    meetings: Mapping[str, Meeting]
    meeting_rules: Mapping[str, MeetingRule]

    @property
    def quadrant_of(self) -> Mapping[str, str]:
        """Item -> the quadrant it counts for."""
        return {code: item.quadrant for code, item in self.items.items()}

    @property
    def weights(self) -> Mapping[str, tuple[float, float, float, float]]:
        """Clue -> what it weighs in A, B, C and D."""
        return {code: clue.weights for code, clue in self.clues.items()}

    def items_of(self, sheet: str) -> list[Item]:
        """The items of a sheet as they are shown: mixed, and everywhere in the same order."""
        items = (item for item in self.items.values() if item.sheet == sheet)
        return sorted(items, key=lambda item: sha256(f"{_SEED} {item.code}".encode()).digest())

    def type_told(self, scores: Scores) -> Type | None:
        """What is said of these scores; None where nothing is known."""
        return self.types.get("flat" if is_flat(scores) else type_of(scores))

    def clues_of(self, category: str) -> list[Clue]:
        """The clues read from one thing."""
        return [clue for clue in self.clues.values() if clue.category == category]

    def advice_for(self, quadrant: str, role: str = "") -> Advice:
        """Advice for a quadrant in a role; in general where the role has none of its own."""
        return self.advice.get(f"{quadrant}_{role}", self.advice[quadrant])

    def gap(self, seller: str, buyer: str) -> Gap:
        """Advice for a seller of one quadrant before a buyer of another."""
        return self.gaps[f"{seller}_{buyer}"]

    def meeting(self, quadrants: Iterable[str]) -> Meeting | None:
        """How to order a talk with these quadrants; None where there are not two of them."""
        return self.meetings.get("".join(sorted(set(quadrants))))


@cache
def whole_brain(language: str) -> WholeBrain:
    """The content in a language of the window; the pseudo language has it in English."""
    items = read_toml("methods", "whole_brain", "items.toml")
    types = read_toml("methods", "whole_brain", "types.toml")
    clues = read_toml("methods", "whole_brain", "clues.toml")
    advice = read_toml("methods", "whole_brain", "advice.toml")
    gaps = read_toml("methods", "whole_brain", "gaps.toml")
    meetings = read_toml("methods", "whole_brain", "meetings.toml")
    return WholeBrain(
        sheets=entries(Sheet, items["sheet"], language),
        items=entries(Item, items["item"], language),
        quadrants=entries(Quadrant, types["quadrant"], language),
        types=entries(Type, types["type"], language),
        categories=entries(Category, clues["category"], language),
        clues=entries(Clue, clues["clue"], language),
        advice=entries(Advice, advice["advice"], language),
        gaps=entries(Gap, gaps["gap"], language),
        meetings=entries(Meeting, meetings["meeting"], language),
        meeting_rules=entries(MeetingRule, meetings["meeting_rule"], language),
    )
