"""How somebody thinks as chips: a letter in its quadrant's colour, dashed where it was observed."""

from __future__ import annotations

from fieldsales.methods.whole_brain.advice import by_strength, grounds
from fieldsales.methods.whole_brain.profiles import Profile, quadrant_names
from fieldsales.widgets.chips import ChipFace
from fieldsales.words import Words


def type_chips(profile: Profile, words: Words) -> tuple[ChipFace, ...]:
    """The leading quadrants, the strongest first; none where nothing is known (M21)."""
    if not profile.known:
        return ()
    quadrants = by_strength(profile)
    told = f"{quadrant_names(quadrants, words)} · {grounds(profile, words)}"
    return tuple(
        ChipFace(quadrant.upper(), f"quadrant-{quadrant}", tooltip=told, assumed=profile.observed)
        for quadrant in quadrants
    )
