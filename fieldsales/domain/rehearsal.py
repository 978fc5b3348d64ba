"""Saying a text aloud, sentence by sentence: the time it takes, and what did not come out well."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["skipped", "stumbled"]
PACE = 240  # characters a minute, as a pitch is usually said
PACES = range(140, 361, 20)
_SENTENCE = re.compile(r"[^。！？!?；;…\n]+(?:[。！？!?；;…]+[”’」』）)\"']*)?")
_FULL_STOP = re.compile(r"(?<=\.)\s+")


def sentences(text: str) -> tuple[str, ...]:
    """A text cut where one breathes: after the marks that end a sentence, and at line ends."""
    pieces = (part for found in _SENTENCE.findall(text) for part in _FULL_STOP.split(found))
    return tuple(one for piece in pieces if (one := piece.strip()))


@dataclass(slots=True)
class Rehearsal:
    """One run through a text; `lengths` are the sentences' characters, `pace` a minute's."""

    sentences: tuple[str, ...]
    lengths: tuple[float, ...]
    pace: int = PACE
    at: int = 0
    elapsed: float = 0.0  # seconds since the beginning
    within: float = 0.0  # of them in the sentence that is said
    marks: dict[int, Mark] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, length: Callable[[str], float], pace: int = PACE) -> Rehearsal:
        found = sentences(text)
        return cls(found, tuple(map(length, found)), pace)

    @property
    def over(self) -> bool:
        return self.at >= len(self.sentences)

    @property
    def wanted(self) -> float:
        """Seconds that the whole takes at this pace."""
        return sum(self.lengths) * 60 / self.pace

    @property
    def share(self) -> float:
        """How much of the sentence should have been said by now, 0 … 1."""
        if self.over:
            return 1.0
        whole = self.lengths[self.at] * 60 / self.pace
        return min(1.0, self.within / whole) if whole else 1.0

    def tick(self, seconds: float, *, by_itself: bool = False) -> None:
        """Time goes by; `by_itself` goes on to the next sentence once this one's time is over."""
        if self.over:
            return
        self.elapsed += seconds
        self.within += seconds
        if by_itself and self.share >= 1.0:
            self.next()

    def next(self) -> None:
        if not self.over:
            self.at += 1
            self.within = 0.0

    def back(self) -> None:
        """To the sentence before; what was said of it is taken back."""
        if self.at:
            self.at -= 1
            self.within = 0.0
            self.marks.pop(self.at, None)

    def skip(self) -> None:
        """Says that this sentence was left out, and goes on to the next."""
        if not self.over:
            self.marks[self.at] = "skipped"
            self.next()

    def stumble(self) -> None:
        """Marks this sentence as one to practise; a second time takes it back."""
        if self.over:
            return
        if self.marks.get(self.at) == "stumbled":
            del self.marks[self.at]
        else:
            self.marks[self.at] = "stumbled"

    def marked(self, mark: Mark) -> list[str]:
        """The sentences with a mark, in order."""
        return [self.sentences[at] for at in sorted(self.marks) if self.marks[at] == mark]
