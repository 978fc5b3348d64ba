"""What the index keeps of a record's texts: tokens, each family with a sign of its own.

A name is kept as up to three strings – its characters, its spelling, its initials – and of each:

    =海润饲料    whole
    +海润饲料    from its start on; +海 +海润 too, so that short queries need no range of tokens
    -润饲料 -饲料 -料    from every later character, word or syllable on; -润 -润饲 … too

so anything typed is one look-up by `=`, then by `+` and a prefix, then by `-` and a prefix: exact,
from the start, in the middle. Telephone numbers are kept by every four digits in a row (#0013),
texts by characters, pairs of characters and words, without a sign. No token's place is kept: pairs
do for Chinese text what phrases would, in two thirds of the space and with steadier times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product
from operator import add

from fieldsales.store.search.folding import fold
from fieldsales.store.search.pinyin import readings
from fieldsales.store.search.record import SearchRecord

LONGEST = 24  # characters of a token; a longer query is cut to it
SHORT = 2  # of so many characters, and of one, a beginning is kept as a token of its own
DIGITS = 4

_MOST_NAMES = 8
_MOST_UNITS = 80  # of one name
_MOST_READINGS = 4
_MOST_TEXT = 20_000  # characters
_MOST_FIELD = 500

_HAN = "\u3400-\u9fff\U00020000-\U000323af"
# Scripts written without spaces, and pictures: each character is found by itself.
_SINGLE = (
    f"{_HAN}\u2190-\u2bff\u3005-\u3007\u3040-\u30ff\u3200-\u33ff\uac00-\ud7a3\U0001f000-\U0001faff"
)
_UNIT = f"[{_SINGLE}]|[^\\W_{_SINGLE}]+"
_SPOKEN = f"[{_HAN}]+|[^\\W_{_SINGLE}]+"
_RUN = f"[{_SINGLE}]+|[^\\W_{_SINGLE}]+"
_ALONE = f"[{_SINGLE}]"
_HAN_ALONE = f"[{_HAN}]+"
_BETWEEN_HAN = f"(?<=[{_HAN}])[^{_SINGLE}\\w]+(?=[{_HAN}])"
_NUMBER_ENDS = re.compile(r"[^\d\s().+\-]+")
_NOT_DIGIT = re.compile(r"[^0-9]+")


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """Compiled when it is first used: classes this large take milliseconds, and start has none."""
    return re.compile(source)


def units(folded: str) -> list[str]:
    """Chinese characters one by one, words whole; punctuation and white space left out."""
    return _pattern(_UNIT).findall(folded)


def runs(folded: str) -> list[str]:
    """Characters that stand by themselves as far as they are neighbours, words one by one."""
    return _pattern(_RUN).findall(folded)


def alone(run: str) -> bool:
    """Whether a run is of characters that stand by themselves (Chinese, pictures), not a word."""
    return _stands_alone(run[:1])


@lru_cache(maxsize=8_192)
def _stands_alone(character: str) -> bool:
    return _pattern(_ALONE).match(character) is not None


def pairs(folded: str) -> Iterator[str]:
    """Every two neighbours among characters that stand by themselves."""
    for run in runs(folded):
        if alone(run):
            yield from _pairs_of(run)


def _pairs_of(run: str) -> Iterator[str]:
    return map(add, run, run[1:])


def windows(digits: str) -> list[str]:
    """Every four digits in a row, and the last three."""
    return [digits[at : at + DIGITS] for at in range(len(digits) - 2)]


def numbers(folded: str) -> Iterator[str]:
    """The telephone numbers in a field, as digits: `138-0013 8000 / 010 6234` gives two."""
    if folded.isdecimal() and folded.isascii():
        yield folded
        return
    for part in _NUMBER_ENDS.split(folded):
        pieces = [_NOT_DIGIT.sub("", piece) for piece in part.split()]
        # a space divides two numbers, or groups the digits of one
        if all(len(piece) >= 7 for piece in pieces):
            yield from pieces
        else:
            yield "".join(pieces)


def tokens(record: SearchRecord) -> str:
    """All tokens of a record, divided by spaces; the index itself takes a token only once."""
    found: list[str] = []
    for name in record.names[:_MOST_NAMES]:
        found += _name(fold(name[:_MOST_FIELD]), person=record.noun == "contact")
    for phone in record.phones:
        for number in numbers(fold(phone[:_MOST_FIELD])):
            found += ["#" + digits for digits in windows(number)]
    for own in record.ids:
        words = units(fold(own[:_MOST_FIELD]))
        found += [word[:LONGEST] for word in words]
        found.append("".join(words)[:LONGEST])
    for run in runs(fold(record.text[:_MOST_TEXT])):
        if alone(run):
            found += run
            found += _pairs_of(run)
        else:
            found.append(run[:LONGEST])
    return " ".join(found)


def _name(name: str, *, person: bool) -> Iterator[str]:
    if _pattern(_HAN_ALONE).fullmatch(name):  # nearly all are
        characters, spoken = list(name[:_MOST_UNITS]), [name]
    else:
        characters = units(name)[:_MOST_UNITS]
        # 张 伟 is read as 张伟, 阿卜杜拉·买买提 as one name
        spoken = _pattern(_SPOKEN).findall(_pattern(_BETWEEN_HAN).sub("", name))[:_MOST_UNITS]
    if not characters:
        return
    yield _beginnings(characters)
    if len(spoken) == 1 and alone(spoken[0]):
        for reading in readings(spoken[0][:_MOST_UNITS], person=person):
            syllables = [said for said in reading if said]
            yield _beginnings(syllables)
            yield _beginnings([said[0] for said in syllables], initials=True)
        return
    chinese = any(map(alone, spoken))
    said_as = [
        readings(run[:_MOST_UNITS], person=person) if alone(run) else ((run,),) for run in spoken
    ]
    for choice in islice(product(*said_as), _MOST_READINGS):
        yield _beginnings([said for reading in choice for said in reading if said])
        # ABC科技 is typed as abckj, John Smith as js
        yield _beginnings(
            [
                run if chinese and not alone(run) and len(run) <= 4 else said[0]
                for run, reading in zip(spoken, choice, strict=True)
                for said in reading
                if said
            ],
            initials=True,
        )


def _beginnings(pieces: list[str], *, initials: bool = False) -> str:
    """The tokens of a string, in which a match may begin at each piece.

    Initials leave out those of a single letter, with which their syllables begin as well.
    """
    if not pieces:
        return ""
    whole = "".join(pieces)
    cut = whole[:LONGEST]
    found = f"={cut} +{cut} +{whole[:SHORT]}"
    later = []  # every later beginning, from the last one on
    rest = ""
    for piece in pieces[:0:-1]:
        rest = piece + rest
        later.append(rest)
    if len(whole) > LONGEST:
        later = [rest[:LONGEST] for rest in later]
    # these shapes make one string of all tokens; one by one took twice as long
    if not initials:
        found += f" +{whole[0]}"
    if later:
        found += f" -{' -'.join(later)} -{' -'.join([rest[:SHORT] for rest in later])}"
        if not initials:
            found += f" -{' -'.join([rest[0] for rest in later])}"
    return found
