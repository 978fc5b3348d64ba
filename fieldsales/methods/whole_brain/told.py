"""From what is kept of a person to the profile that pictures and advice speak of (M21)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from fieldsales.domain.clock import local_day
from fieldsales.domain.observed import observed
from fieldsales.domain.profile import Assessment, Clue
from fieldsales.domain.whole_brain import result
from fieldsales.methods.whole_brain.content import WholeBrain
from fieldsales.methods.whole_brain.profiles import Profile
from fieldsales.words import Words


def told_profile(
    name: str, assessment: Assessment, brain: WholeBrain, words: Words, *, key: str | None = None
) -> Profile:
    """What somebody says of themselves; `told` is the day."""
    day = words.date(local_day(assessment.finished_at)) if assessment.finished_at else ""
    return Profile(name, result(assessment, brain.quadrant_of), told=day, key=key)


def seen_profile(
    name: str, clues: Iterable[Clue], brain: WholeBrain, today: date, *, key: str | None = None
) -> Profile:
    """What clues say of somebody, never mixed with what they say themselves."""
    seen = observed(clues, brain.weights, today)
    return Profile(name, seen.scores, observed=True, confidence=seen.confidence, key=key)


def best_profile(
    name: str,
    assessment: Assessment | None,
    clues: Iterable[Clue],
    brain: WholeBrain,
    words: Words,
    today: date,
    *,
    key: str | None = None,
) -> Profile:
    """The self-assessment where there is one, else what was seen, which may be nothing."""
    if assessment is not None:
        return told_profile(name, assessment, brain, words, key=key)
    return seen_profile(name, clues, brain, today, key=key)


def grounds(clues: Iterable[Clue], brain: WholeBrain, today: date, words: Words) -> str:
    """How sure an observed profile is, and why: `把握较大：6 条线索，2 天看到，最新 12 天前`; ''
    without a clue.
    """
    known = [clue for clue in clues if clue.code in brain.clues]
    seen = observed(known, brain.weights, today)
    if seen.last_seen is None:
        return ""
    days = {clue.seen_on or clue.created_at[:10] for clue in known}
    newest = date.fromisoformat(seen.last_seen)
    return words(
        "whole_brain.grounds",
        sure=words(f"whole_brain.sure.{seen.sureness}"),
        clues=words("whole_brain.clues", n=len(seen.codes)),
        days=words("whole_brain.days", n=len(days)),
        # the laptop's clock may have been set back since
        newest=words.days_from(newest, today) if newest <= today else words.date(newest),
    )
