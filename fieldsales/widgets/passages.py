"""Sentences of a text with what is marked in them, counted as Python counts and as Qt does."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Underline:
    """Words from `start` up to `end`; `role` is a quadrant's, or `warn`."""

    start: int
    end: int
    role: str

    def moved(self, by: int) -> Underline:
        return Underline(self.start + by, self.end + by, self.role)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: the letters behind it (quadrants), its underlines, what is said of it.

    Places are those of the text as Python counts it.
    """

    start: int
    end: int
    letters: str = ""
    lines: tuple[Underline, ...] = ()
    tip: str = ""


@dataclass(slots=True)
class Placed:
    """The passage of a number as it stands now, in units of UTF-16 as Qt counts.

    Its underlines are counted from its start, so that they move along with it.
    """

    number: int = field(compare=False)  # another one before it changes nothing of what is drawn
    start: int
    end: int
    letters: str
    lines: tuple[Underline, ...]
    tip: str


def placed(text: str, passages: Iterable[Passage]) -> list[Placed]:
    """Where the passages of a text stand as Qt counts; in the order of the text."""
    at = units(text)
    return [
        Placed(
            number,
            at[one.start],
            at[one.end],
            one.letters,
            tuple(
                Underline(at[line.start] - at[one.start], at[line.end] - at[one.start], line.role)
                for line in one.lines
            ),
            one.tip,
        )
        for number, one in enumerate(passages)
    ]


def part(passages: Sequence[Placed], begin: int, end: int) -> list[Placed]:
    """Those that begin between two places."""
    first = bisect_right(passages, begin - 1, key=lambda one: one.start)
    last = bisect_right(passages, end - 1, key=lambda one: one.start)
    return list(passages[first:last])


def narrowed(
    before: bytes, after: bytes, place: int, removed: int, added: int
) -> tuple[int, int, int]:
    """Where a text in UTF-16 really changed, and how much went and came: an input method tells of
    the whole paragraph.
    """
    old, new = min(place + removed, len(before) // 2), min(place + added, len(after) // 2)
    while (
        place < min(old, new)
        and before[2 * place : 2 * place + 2] == (after[2 * place : 2 * place + 2])
    ):
        place += 1
    while min(old, new) > place and before[2 * old - 2 : 2 * old] == after[2 * new - 2 : 2 * new]:
        old, new = old - 1, new - 1
    return place, old - place, new - place


def units(text: str) -> list[int]:
    """Where each character stands in UTF-16, and where the text ends."""
    return [0, *accumulate(2 if ord(character) > 0xFFFF else 1 for character in text)]


def is_low(text: str, unit: int) -> bool:
    """Whether a unit of UTF-16 is the second half of a character."""
    return not text.isascii() and 0xDC <= text.encode("utf-16-le")[2 * unit + 1] <= 0xDF
