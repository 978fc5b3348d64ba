"""How names are read aloud: pinyin by syllable, with the readings that surnames alone have."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain

from fieldsales.resources import read_toml
from fieldsales.store.search.folding import fold, is_han

Reading = tuple[str, ...]  # one syllable a character; "" where a character has no reading

_MOST = 4  # readings of one name


class _Reader:
    """The dictionary of pypinyin with our own readings put in; made on first use (0.1 s, 55 MB)."""

    def __init__(self) -> None:
        from pypinyin import lazy_pinyin, load_phrases_dict
        from pypinyin.constants import PHRASES_DICT
        from pypinyin.contrib.mmseg import retrain, seg

        table = read_toml("search", "readings.toml")
        self.surnames = {name: _split(said) for name, said in table["surnames"].items()}
        self.either = {char: _split(said) for char, said in table["either"].items()}
        load_phrases_dict(
            {word: [[s] for s in said.split()] for word, said in table["words"].items()}
        )
        retrain(seg)
        # Equal syllables share one list: 14 MB and 140 000 objects less; pypinyin works on copies.
        shared: dict[str, list[str]] = {}
        for said in PHRASES_DICT.values():
            said[:] = [shared.setdefault(one[0], one) if len(one) == 1 else one for one in said]
        self._words: Callable[[str], Iterable[str]] = seg.cut
        # Words return from name to name, so each is looked up once: 5 us a name instead of 50.
        # Only a single character can be without a reading, as longer words are known ones.
        self._read = lru_cache(maxsize=20_000)(
            lambda word: tuple(lazy_pinyin(word, errors="ignore")) or ("",)
        )

    def phrase(self, text: str) -> list[tuple[str, Reading]]:
        """The words of a Chinese text, each with its usual reading."""
        return [(word, self._read(word)) for word in self._words(text)]

    def open_places(self, words: list[tuple[str, Reading]]) -> list[tuple[int, str]]:
        """Other readings, as (place, syllable), of the characters that no word settles."""
        found = []
        place = 0
        for word, said in words:
            if len(word) == 1:
                others = self.either.get(word, ())
                found += [(place, other[0]) for other in others if other != said]
            place += len(word)
        return found


def _split(readings: list[str]) -> list[Reading]:
    return [tuple(reading.split()) for reading in readings]


_building = threading.Lock()


def _reader() -> _Reader:
    with _building:  # `cache` alone would let each thread that comes meanwhile build its own
        return _only_reader()


@cache
def _only_reader() -> _Reader:
    return _Reader()


def warm_up() -> None:
    """Loads the dictionary, so that the first name written does not wait for it."""
    readings("重庆", person=False)


@lru_cache(maxsize=4_096)
def readings(text: str, *, person: bool) -> tuple[Reading, ...]:
    """Readings of a folded run of Chinese characters, the likeliest first, at most four.

    A person's surname is read as a surname, and in its general reading too; a company's name by its
    words. 单田芳 -> (shan tian fang), (dan tian fang); 重庆 -> (chong qing).
    """
    reader = _reader()
    surname = text[:2] if text[:2] in reader.surnames else text[:1]
    words = reader.phrase(text)
    usual = tuple(chain.from_iterable(said for _, said in words))
    said_as = reader.surnames.get(surname, ())
    if person and said_as:
        offset, given = len(surname), reader.phrase(text[len(surname) :])
        rest = tuple(chain.from_iterable(said for _, said in given))
        found = [said + rest for said in said_as]
    else:
        offset, given = 0, words
        found = [usual] if person else [usual, *(s + usual[len(surname) :] for s in said_as)]
    first = found[0]
    for place, other in reader.open_places(given):
        found.append((*first[: offset + place], other, *first[offset + place + 1 :]))
    if usual not in found[:_MOST]:
        found.insert(1, usual)
    return tuple(dict.fromkeys(found))[:_MOST]


def sort_key(name: str) -> str:
    """What a name sorts by: its syllables, then itself; other scripts before Chinese as they are.

    陈一 sorts before 程二 (chen before cheng) and both before 张三.
    """
    folded = fold(name)
    if not any(map(is_han, folded)):
        return folded
    first = readings(folded, person=False)[0]
    # a space sorts before any letter, so a shorter syllable comes first
    return " ".join(said or char for said, char in zip(first, folded, strict=True)) + "\t" + folded
