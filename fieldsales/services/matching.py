"""Finding entries of the library by what somebody just said, or by pinyin."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from types import MappingProxyType

from fieldsales.store.search.folding import fold, is_han
from fieldsales.store.search.pinyin import readings

_WORDS = re.compile(r"[a-z0-9]+|[^\W\d_]")
_PAIRS = re.compile(r"(?=([^\W\d_a-z]{2}))")  # two Chinese characters say more than one
_PART = "\n"  # between texts: nobody types it
_ALIKE = 0.5  # of the pairs of syllables
_ENOUGH = 0.35  # of what was typed and is known at all, weighted by how telling it is


class Matcher:
    """Ranks entries, given as code -> texts with the most telling one first.

    What was typed need not stand there word for word: rare characters count for more than common
    ones, two together for more than one. Latin letters also match the pinyin initials or the full
    pinyin of a Chinese text: `tg` and `taigui` find 太贵; Chinese also what sounds alike.
    """

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self._texts = {code: [fold(text) for text in several] for code, several in texts.items()}
        # one text each, as looking into one is quicker than into several
        self._whole = {code: _PART.join(several) for code, several in self._texts.items()}
        self._holding: dict[str, list[str]] = defaultdict(list)  # token -> codes
        self._titled: dict[str, list[str]] = defaultdict(list)
        for code, several in self._texts.items():
            for token in {token for text in several for token in _tokens(text)}:
                self._holding[token].append(code)
            for token in _tokens(several[0]):
                self._titled[token].append(code)

    def find(
        self, query: str, limit: int = 7, leaning: Mapping[str, float] = MappingProxyType({})
    ) -> list[str]:
        """Codes of the entries that match, best first; none for an empty query.

        `leaning`: what is added to the score of those that match.
        """
        wanted = fold(query).strip()
        if not wanted:
            return []
        literal = self._literal(wanted)
        ways = [literal, self._shared(wanted), self._sounding(wanted)]
        if not literal:
            ways.append(self._sounding_alike(wanted))
        scores: dict[str, float] = defaultdict(float)
        for found in ways:
            for code, score in found.items():
                scores[code] = max(score, scores[code])
        ranked = [code for code in self._texts if scores.get(code, 0.0) >= _ENOUGH]
        return sorted(ranked, key=lambda code: -scores[code] - leaning.get(code, 0.0))[:limit]

    @cached_property
    def sounds(self) -> Mapping[str, str]:
        """The pinyin of each entry; worked out on first use, which takes a moment."""
        return {
            code: "".join(f"{_PART}{sound}" for text in several for sound in _sounds(text))
            for code, several in self._texts.items()
        }

    @cached_property
    def _spoken(self) -> Mapping[str, Sequence[str]]:
        """Two syllables that follow one another -> codes of the entries in which they do."""
        found: dict[str, list[str]] = defaultdict(list)
        for code, several in self._texts.items():
            for pair in {pair for text in several for pair in _spoken_pairs(text)}:
                found[pair].append(code)
        return found

    def warm(self) -> None:
        """Works out how the entries sound, which takes a moment the first time."""
        _ = self.sounds, self._spoken

    def _literal(self, wanted: str) -> dict[str, float]:
        """Entries in which it stands as it was typed; in the more telling texts it counts more.

        A letter alone is where a text begins.
        """
        if len(wanted) == 1 and wanted.isascii():
            begins = f"{_PART}{wanted}"
            return {code: 1.0 for code, text in self._whole.items() if begins in f"{_PART}{text}"}
        return {
            code: 4.0 - min(next(n for n, text in enumerate(several) if wanted in text), 9) / 10
            for code, several in self._texts.items()
            if wanted in self._whole[code]
        }

    def _sounding(self, wanted: str) -> dict[str, float]:
        letters = wanted.replace(" ", "")
        if not (letters.isascii() and letters.isalpha()):
            return {}
        begins = f"{_PART}{letters}"
        found = {code: 2.5 for code, sounds in self.sounds.items() if begins in sounds}
        if len(letters) > 1:
            found |= {
                code: 2.0
                for code, sounds in self.sounds.items()
                if code not in found and letters in sounds
            }
            for code in found:  # what it is called says more than what may be said of it
                if any(letters in sound for sound in _sounds(self._texts[code][0])):
                    found[code] += 0.55
        return found

    def _sounding_alike(self, wanted: str) -> dict[str, float]:
        """Entries with these sounds in other characters, as an input method may have chosen them:
        the share of its pairs of syllables that stands there.
        """
        if len(wanted) < 2 or not all(map(is_han, wanted)):
            return {}
        pairs = _spoken_pairs(wanted)
        heard = Counter(code for pair in pairs for code in self._spoken.get(pair, ()))
        least = max(1.0, _ALIKE * len(pairs))
        return {code: n / len(pairs) for code, n in heard.items() if n >= least}

    def _shared(self, wanted: str) -> dict[str, float]:
        """Entries that share tokens with it, by the weight of these among all that are known."""
        # what no entry knows says nothing of which one is meant
        weights = {
            token: self._weight(token) for token in _tokens(wanted) if token in self._holding
        }
        whole = sum(weights.values())
        shared: dict[str, float] = defaultdict(float)
        for token, weight in weights.items():
            for code in self._holding[token]:
                shared[code] += weight / whole
            for code in self._titled.get(token, ()):
                shared[code] += weight / 2 / whole
        return shared

    def _weight(self, token: str) -> float:
        return math.log(1 + len(self._texts) / (1 + len(self._holding[token])))


def _tokens(text: str) -> set[str]:
    return {*_WORDS.findall(text), *_PAIRS.findall(text)}


@lru_cache(maxsize=50_000)
def _syllables(text: str) -> tuple[str, ...]:
    """How the Chinese in a folded text is read."""
    runs = re.findall(r"[^\W\d_a-z]+", text)
    return tuple(
        said
        for run in runs
        if all(map(is_han, run))
        for said in readings(run, person=False)[0]
        if said
    )


def _sounds(text: str) -> list[str]:
    """Initials and full pinyin of the Chinese in a folded text."""
    syllables = _syllables(text)
    return ["".join(said[0] for said in syllables), "".join(syllables)]


def _spoken_pairs(text: str) -> set[str]:
    return {one + other for one, other in pairwise(_syllables(text))}
