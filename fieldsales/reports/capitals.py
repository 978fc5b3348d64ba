"""An amount in Chinese capital numerals 大写金额, as cheques and contracts have it.

Own rule, for cn2an drops the zero of 100 001 000 and brings packages named `src` and `example`.
"""

from __future__ import annotations

from functools import cache
from typing import cast

from fieldsales.resources import read_toml
from fieldsales.words import Words, minor_digits

_POWERS = ((10**8, "hundred_million"), (10**4, "myriad"))
_TENS = ((1000, 2), (100, 1), (10, 0))  # each with the place of its mark


def capitals(minor: int, currency: str, words: Words) -> str:
    """`人民币壹仟零伍拾元零伍分`: minor units of a currency in words; '' but in Chinese.

    Worked examples: 10 000 100 = 壹拾万零壹元整; 1 050 = 壹拾元伍角整; 5 = 伍分; 0 = 零元整.
    """
    if not words.chinese:
        return ""
    marks = _marks(words.language)
    figures = marks["figures"]
    whole, cents = divmod(abs(minor), 10 ** minor_digits(currency))
    told = words.choice("currency", currency) + (marks["minus"] if minor < 0 else "")
    if whole or not cents:
        told += _counted(whole, marks) + marks["unit"]
    tenths, hundredths = divmod(cents, 10)
    if tenths:
        told += figures[tenths] + marks["tenth"]
    elif hundredths and whole:
        told += figures[0]
    return told + (figures[hundredths] + marks["hundredth"] if hundredths else marks["exactly"])


@cache
def _marks(language: str) -> dict[str, str]:
    return cast("dict[str, str]", read_toml("capitals.toml")[language])


def _counted(number: int, marks: dict[str, str]) -> str:
    """A whole number; zeros in its middle are one zero, those at its end none."""
    figures = marks["figures"]
    for power, name in _POWERS:
        if number >= power:
            above, below = divmod(number, power)
            told = _counted(above, marks) + marks[name]
            if not below:
                return told
            return told + (figures[0] if below < power // 10 else "") + _counted(below, marks)
    if not number:
        return figures[0]
    told, gap = "", False
    for value, place in (*_TENS, (1, -1)):
        figure, number = divmod(number, value)
        if figure:
            told += (figures[0] if gap else "") + figures[figure]
            told += marks["tens"][place] if place >= 0 else ""
        gap = not figure and bool(told)
    return told
