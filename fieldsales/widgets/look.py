"""What a piece needs to be drawn and written: theme, icons, words and the day it is."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.clock import Clock
from fieldsales.widgets.icons import Icons
from fieldsales.widgets.theme import Theme
from fieldsales.words import Words


@dataclass(frozen=True, slots=True)
class Look:
    """Handed to every piece. A change of language is a new Look and a window built anew."""

    theme: Theme
    icons: Icons
    words: Words
    clock: Clock

    @classmethod
    def of(cls, theme: Theme, words: Words, clock: Clock | None = None) -> Look:
        return cls(theme, Icons(theme), words, clock or Clock())
