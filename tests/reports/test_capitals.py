"""Amounts in Chinese capital numerals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.reports.capitals import capitals
from fieldsales.words import Words

_DIGITS = {one: at for at, one in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_TAIWAN = str.maketrans("貳參陸萬億", "贰叁陆万亿")


def _read(said: str) -> int:
    """Minor units of capital numerals: the rule read the other way round."""
    whole, _, rest = said.removesuffix("整").rpartition("元")
    cents, digit = 0, 0
    for one in rest if whole or "元" in said else said:
        if one in _DIGITS:
            digit = _DIGITS[one]
        else:
            cents, digit = cents + digit * {"角": 10, "分": 1}[one], 0
    return 100 * _number(whole) + cents


def _number(text: str) -> int:
    for sign, size in (("兆", 10**12), ("亿", 10**8), ("万", 10**4)):
        high, cut, low = text.rpartition(sign)
        if cut:
            return _number(high) * size + _number(low)
    total = digit = 0
    for one in text:
        if one in _DIGITS:
            digit = _DIGITS[one]
        else:
            total, digit = total + digit * _UNITS[one], 0
    return total + digit


@pytest.mark.parametrize(
    ("minor", "said"),
    [
        (0, "人民币零元整"),
        (5, "人民币伍分"),
        (105, "人民币壹元零伍分"),
        (10010, "人民币壹佰元壹角"),
        (100100, "人民币壹仟零壹元整"),
        (1001001, "人民币壹万零壹拾元零壹分"),
        (10000000100, "人民币壹亿零壹元整"),
        (100000000000000, "人民币壹万亿元整"),
        (-12300, "人民币负壹佰贰拾叁元整"),
    ],
)
def test_amounts_as_a_bank_writes_them(minor: int, said: str) -> None:
    assert capitals(minor, "CNY", Words("zh_CN")) == said


def test_taiwan_writes_its_own_script_and_units() -> None:
    words = Words("zh_TW")
    assert capitals(26000, "TWD", words) == "新臺幣貳萬陸仟元整"
    assert capitals(1200000000000, "TWD", words) == "新臺幣壹兆貳仟億元整"
    assert capitals(100000000000000, "CNY", words) == "人民幣壹兆元整"


def test_a_currency_without_cents_and_a_language_without_numerals() -> None:
    assert capitals(1203, "JPY", Words("zh_CN")) == "日元壹仟贰佰零叁元整"
    assert capitals(1203, "JPY", Words("en")) == ""


@given(st.integers(0, 10**14))
def test_they_are_read_back_as_the_amount(minor: int) -> None:
    for language in ("zh_CN", "zh_TW"):
        words = Words(language)
        said = capitals(minor, "CNY", words).removeprefix(words.choice("currency", "CNY"))
        assert _read(said.translate(_TAIWAN)) == minor
