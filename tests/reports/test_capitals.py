"""Capital numerals: the rules of zeros and of 整, and they read back as the amount."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldsales.reports.capitals import capitals
from fieldsales.words import Words

ZH, TW = Words("zh_CN"), Words("zh_TW")
FIGURES = "零壹贰叁肆伍陆柒捌玖"
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


def amount_of(told: str) -> int:
    """Minor units of capital numerals."""
    told = told.removeprefix("人民币").removesuffix("整")
    yuan, found, cents = told.rpartition("元")
    minor = 100 * number_of(yuan) if found else 0
    for mark, value in (("角", 10), ("分", 1)):
        if mark in cents:
            figure = cents[cents.index(mark) - 1]
            minor += FIGURES.index(figure) * value
    return minor


def number_of(told: str) -> int:
    for mark, value in (("亿", 10**8), ("万", 10**4)):
        if mark in told:
            above, _, below = told.rpartition(mark)
            return number_of(above) * value + number_of(below)
    total, figure = 0, 0
    for character in told:
        if character in UNITS:
            total, figure = total + figure * UNITS[character], 0
        else:
            figure = FIGURES.index(character)
    return total + figure


@pytest.mark.parametrize(
    ("minor", "told"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (1_000, "壹拾元整"),
        (1_005, "壹拾元零伍分"),
        (1_050, "壹拾元伍角整"),
        (100_100, "壹仟零壹元整"),
        (101_000, "壹仟零壹拾元整"),
        (10_000_100, "壹拾万零壹元整"),
        (10_700_053, "壹拾万柒仟元伍角叁分"),
        (32_186_000, "叁拾贰万壹仟捌佰陆拾元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (100_000_000_000_000, "壹万亿元整"),
        (100_000_000_000_001, "壹万亿元零壹分"),
        (-1_050, "负壹拾元伍角整"),
    ],
)
def test_amounts_are_told_as_a_bank_has_them(minor, told):
    assert capitals(minor, "CNY", ZH) == f"人民币{told}"


def test_each_currency_and_script():
    assert capitals(32_100, "TWD", TW) == "新臺幣參萬貳仟壹佰元整"
    assert capitals(120_000, "USD", ZH) == "美元壹仟贰佰元整"
    assert capitals(300, "CNY", Words("en")) == ""


@given(st.integers(0, 10**14))
def test_they_read_back_as_the_amount(minor):
    told = capitals(minor, "CNY", ZH)
    assert amount_of(told) == minor
    assert "零零" not in told
