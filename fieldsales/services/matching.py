"""Finding entries of the library by what somebody just said, or by pinyin."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from fieldsales.store.search.folding import fold, is_han
from fieldsales.store.search.pinyin import readings

_WORDS = re.compile(r"[a-z0-9]+|[^\W\d_]")
_PAIRS = re.compile(r"(?=([^\W\d_a-z]{2}))")  # two Chinese characters say more than one
_ENOUGH = 0.35  # of what was typed and is known at all, weighted by how telling it is


class Matcher:
    """Ranks entries, given as code -> texts with the most telling one first.

    What was typed need not stand there word for word: rare characters count for more than common
    ones, two together for more than one. Latin letters also match the pinyin initials or the full
    pinyin of a Chinese text: `tg` and `taigui` find 太贵.
    """

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self._texts = {code: [fold(text) for text in several] for code, several in texts.items()}
        self._tokens = {
            code: {token for text in several for token in _tokens(text)}
            for code, several in self._texts.items()
        }
        self._titles = {code: _tokens(several[0]) for code, several in self._texts.items()}
        self._count = Counter(token for tokens in self._tokens.values() for token in tokens)

    def find(self, query: str, limit: int = 7) -> list[str]:
        """Codes of the entries that match, best first; none for an empty query."""
        wanted = fold(query).strip()
        if not wanted:
            return []
        scores = {code: self._score(code, wanted) for code in self._texts}
        ranked = sorted(scores, key=lambda code: -scores[code])
        return [code for code in ranked if scores[code] >= _ENOUGH][:limit]

    @cached_property
    def sounds(self) -> Mapping[str, Sequence[str]]:
        """The pinyin of each entry; worked out on first use, which takes a moment."""
        return {
            code: [sound for text in several for sound in _sounds(text)]
            for code, several in self._texts.items()
        }

    def _score(self, code: str, wanted: str) -> float:
        if len(wanted) > 1 or not wanted.isascii():
            for place, text in enumerate(self._texts[code]):
                if wanted in text:
                    return 4.0 - min(place, 9) / 10
        letters = wanted.replace(" ", "")
        if (
            len(letters) > 1
            and letters.isascii()
            and letters.isalpha()
            and any(letters in sound for sound in self.sounds[code])
        ):
            return 2.0
        # what no entry knows says nothing of which one is meant
        tokens = {token for token in _tokens(wanted) if token in self._count}
        weights = {token: self._weight(token) for token in tokens}
        whole = sum(weights.values())
        shared = sum(weights[token] for token in tokens & self._tokens[code])
        titled = sum(weights[token] for token in tokens & self._titles[code])
        return (shared + titled / 2) / whole if whole else 0.0

    def _weight(self, token: str) -> float:
        return math.log(1 + len(self._texts) / (1 + self._count[token]))


def _tokens(text: str) -> set[str]:
    return {*_WORDS.findall(text), *_PAIRS.findall(text)}


def _sounds(text: str) -> list[str]:
    """Initials and full pinyin of the Chinese in a folded text."""
    runs = re.findall(r"[^\W\d_a-z]+", text)
    syllables = [
        said
        for run in runs
        if all(map(is_han, run))
        for said in readings(run, person=False)[0]
        if said
    ]
    return ["".join(said[0] for said in syllables), "".join(syllables)]
