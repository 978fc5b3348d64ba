"""How somebody thinks, as the pictures are told it, and the one line above them (M21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fieldsales.domain.whole_brain import ALL, QUADRANTS, UNKNOWN, Scores, leading, type_of
from fieldsales.words import Words


@dataclass(frozen=True, slots=True)
class Profile:
    """How somebody thinks: scores of A, B, C, D, 24 together; none at all where nothing is known.

    `observed` ones rest on clues and carry their confidence, 0 … 1; `told` says when or how.
    """

    name: str
    scores: Scores = UNKNOWN
    observed: bool = False
    confidence: float | None = None
    told: str = ""
    key: str | None = None

    @property
    def known(self) -> bool:
        return any(self.scores)

    @property
    def leading(self) -> tuple[str, ...]:
        """The dominant quadrants, the strongest first; none where all four are about even."""
        return () if type_of(self.scores) == ALL else leading(self.scores)


def finding(profiles: Sequence[Profile], words: Words) -> str:
    """The one line above the picture."""
    known = [profile for profile in profiles if profile.known]
    if not known:
        return words("kite.nobody")
    if len(known) == 1:
        return _finding_of_one(known[0], words)
    counts = Counter(quadrant for profile in known for quadrant in profile.leading)
    missing = [quadrant for quadrant in QUADRANTS if not counts[quadrant]]
    if not counts:
        return words("kite.all_even", n=len(known))
    most = max(counts.values())
    if most == 1:
        return words("kite.all_different", n=len(known))
    top = [quadrant for quadrant in QUADRANTS if counts[quadrant] == most]
    key = "kite.many_tied" if top[1:] else "kite.many"
    said = words(key, n=len(known), most=most, quadrants=quadrant_names(top, words))
    if not missing:
        return said
    lacking = words("kite.nobody_leads", quadrants=quadrant_names(missing, words))
    return words("pictures.both", one=said, other=lacking)


def _finding_of_one(profile: Profile, words: Words) -> str:
    led = quadrant_names(profile.leading, words)
    if profile.observed:
        sure = words("kite.sure", share=f"{round(100 * (profile.confidence or 0.0))}%")
        if not led:
            return words("kite.observed_even", name=profile.name, sure=sure)
        return words("kite.observed_one", name=profile.name, quadrants=led, sure=sure)
    if not led:
        return words("kite.even", name=profile.name)
    return words("kite.one", name=profile.name, quadrants=led)


def quadrant_names(quadrants: Sequence[str], words: Words) -> str:
    """`A 分析、D 开创`."""
    return words("pictures.and").join(quadrant_name(quadrant, words) for quadrant in quadrants)


def quadrant_name(quadrant: str, words: Words) -> str:
    return f"{quadrant.upper()} {words.choice('quadrant', quadrant)}"


def score_text(score: float) -> str:
    return f"{score:.1f}".removesuffix(".0")
