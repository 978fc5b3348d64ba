"""Folding: the one spelling under which texts that look different are kept and looked for."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

_DROPPED = {"Cc", "Cf", "Cs"}  # controls, zero widths, lone surrogates
_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))  # "draw it this way" marks
_ACCENTS = range(0x0300, 0x0370)
_HAN = (range(0x3400, 0xA000), range(0x20000, 0x323B0))


@cache
def _converter() -> Any:
    import opencc  # 12 ms, and not every start searches

    return opencc.OpenCC("t2s")


class _Folds(dict[int, str]):
    """Code point -> folded characters, worked out when first met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _folded(chr(point))
        return folded


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    point = ord(character)
    if unicodedata.category(character) in _DROPPED or any(point in r for r in _VARIANTS):
        return ""
    if is_han(character):
        # One character at a time: a reading of whole phrases would make a name and a part of it
        # differ (乾隆 keeps its 乾, a lone 乾 becomes 干).
        simpler = str(_converter().convert(character))
        return simpler if simpler == character else _folded(simpler)
    plain = unicodedata.normalize("NFD", character.casefold())
    if any(ord(mark) in _ACCENTS for mark in plain):
        plain = "".join(mark for mark in plain if ord(mark) not in _ACCENTS)
    return unicodedata.normalize("NFC", plain)


_folds = _Folds()


def is_han(character: str) -> bool:
    """Whether it is a Chinese character, rare ones included."""
    point = ord(character)
    return any(point in block for block in _HAN)


def fold(text: str) -> str:
    """NFKC, lower case, simplified characters, no accents; controls go, white space is a space.

    Each character folds by itself, so a part of a text folds to a part of the folded text.
    """
    if text.isascii() and text.isprintable():
        return text.lower()
    return unicodedata.normalize("NFKC", text).translate(_folds)
