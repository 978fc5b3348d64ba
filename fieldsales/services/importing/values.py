"""Brings texts from other programs into the form our fields take: numbers, dates, phones."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from fieldsales.domain.fields import YEARS

_WIDE = str.maketrans(
    {
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF1A)},
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF21, 0xFF3B)},
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)},
        "\u3000": " ",
        "＠": "@",
        "．": ".",
        "－": "-",
        "＋": "+",
        "／": "/",
    }
)


def half_width(text: str) -> str:
    """Letters and digits in half width; Chinese punctuation such as `（）` stays as it is."""
    return text if text.isascii() else text.translate(_WIDE)


def plain(text: str) -> str:
    """Text of a technical kind (phone, mail, web address) wholly in half width."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


_EXTENSION = re.compile(r"(?:转|轉|分机|分機|ext\.?|x|#|;).*", re.IGNORECASE)
_BETWEEN_PHONES = re.compile(r"\s*[/、,，;；|\n]\s*|\s{2,}")


def phone_keys(text: str, *, extensions: bool = False) -> list[str]:
    """What a phone text is compared by: each number's digits without country code, leading
    zero and extension, so that `+86 10-8888 6666` equals `(010) 88886666 转 801`; with
    `extensions` these are behind them, as `1088886666-801`.
    """
    return [
        f"{digits}-{extension}" if extensions and extension else digits
        for digits, extension, _ in _numbers(text)
        if len(digits) >= 5
    ]


def phones_among(text: str, others: str) -> bool:
    """Whether every number of a text stands among others, however it is written there: the same
    digits, the same extension. Words beside a number, as in `138… 张总`, make it another.
    """
    known = set(_numbers(others))
    found = _numbers(text)
    return bool(found) and all(number in known for number in found)


def with_phones(text: str, more: Iterable[str]) -> str:
    """A text of numbers with those that do not stand in it yet put behind them."""
    for number in more:
        if not phones_among(number, text):
            text = f"{text} / {number}" if text else number
    return text


def _numbers(text: str) -> list[tuple[str, str, str]]:
    """Digits, extension and words of each number in a text."""
    found = []
    for part in filter(None, _BETWEEN_PHONES.split(plain(text))):
        number = _EXTENSION.sub("", part)
        extension = re.sub(r"\D", "", part[len(number) :])
        digits = re.sub(r"\D", "", number)
        abroad = number.lstrip().startswith("+") or digits.startswith("00")
        digits = digits.lstrip("0")
        for country in ("886", "86"):
            if digits.startswith(country) and (abroad or len(digits) > 11):
                digits = digits.removeprefix(country).lstrip("0")
                break
        found.append((digits, extension, re.sub(r"[\W\d_]", "", number)))
    return found


EXPONENT = re.compile(r"\d(?:\.(\d+))?E\+(\d\d)", re.IGNORECASE)


def written_out(text: str) -> str | None:
    """The digits of a number like `1.3800138001E+10`; None where they end too early: `1.38E+10`."""
    match = EXPONENT.fullmatch(text)
    if match is None or len(match.group(1) or "") != int(match.group(2)):
        return None
    return f"{Decimal(text):f}"


_ABOUT = re.compile(
    r"^(?:约|約|大约|大約|近|超过|超過|共|about|ca?\.?|~|≈|>|≥)\s*|\s*(?:人|名|个|個|位|people|employees|左右|以上|多|余|餘|\+)+$"
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_IN_TENS = re.compile(r"(\d+(?:\.\d+)?)\s*([千万萬kw])")
_TENS = {"千": 1_000, "k": 1_000, "万": 10_000, "萬": 10_000, "w": 10_000}


def whole_number(text: str) -> int | None:
    """`约500人`, `1,200+`, `1.2万` as a number; None for a range or anything else."""
    bare = plain(text).lower()
    while (shorter := _ABOUT.sub("", bare).strip()) != bare:
        bare = shorter
    if _NUMBER.fullmatch(bare):
        return int(bare.replace(",", ""))
    if tens := _IN_TENS.fullmatch(bare):
        return round(float(tens.group(1)) * _TENS[tens.group(2)])
    if re.fullmatch(r"\d+\.0+", bare):
        return int(float(bare))
    return None


_CURRENCIES = {
    "CNY": "cny rmb ¥ 人民币 人民幣",
    "TWD": "twd ntd nt$ 新台币 新台幣 新臺幣 台币 台幣",
    "HKD": "hkd hk$ 港币 港幣 港元",
    "USD": "usd us$ $ 美元 美金",
    "EUR": "eur € 欧元 歐元",
    "JPY": "jpy 日元 日圆 日圓",
    "GBP": "gbp £ 英镑 英鎊",
    "KRW": "krw ₩ 韩元 韓元",
}
_CODES = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_SIGNS = sorted(_CODES, key=len, reverse=True)
_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_MYRIADS = {"亿": 10**8, "億": 10**8, "万": 10**4, "萬": 10**4, "千": 10**3, "k": 10**3, "w": 10**4}


def currency(text: str) -> str | None:
    """The code of a currency by code, sign or name, None if it is none."""
    bare = plain(text).lower().strip()
    if bare in _CODES:
        return _CODES[bare]
    return bare.upper() if re.fullmatch(r"[a-z]{3}", bare) else None


class Amount(NamedTuple):
    """An amount in whole units, and the currency written beside it, '' if there is none."""

    value: Decimal
    currency: str


_FIGURES = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,8})?")


def amount(text: str) -> Amount | None:
    """`¥420,000.50`, `42万`, `US$ 5k`, `(500)` as an amount; None for a range or anything else."""
    if _FIGURES.fullmatch(text):  # as nearly all are
        return Amount(Decimal(text), "")
    bare = plain(text).lower().strip().removesuffix("元")  # of which country, it does not say
    written = ""
    for sign in _SIGNS:
        if bare.startswith(sign) or bare.endswith(sign):
            written = _CODES[sign]
            bare = bare.removeprefix(sign).removesuffix(sign).strip()
            break
    times = 1
    for unit, value in _MYRIADS.items():
        if bare.endswith(unit):
            bare, times = bare.removesuffix(unit).strip(), value
            break
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"  # as accountants write it
    if not _AMOUNT.fullmatch(bare):
        return None
    return Amount(Decimal(bare.replace(",", "")) * times, written)


class Month(NamedTuple):
    """A whole month, by the ISO day it ends with."""

    last: str


_MONTH = re.compile(r"(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*月?(?:份)?|(\d{2}))")


def month(text: str) -> Month | None:
    """`2026-11`, `2026年11月`, `202611` as a month; None for a day or anything else."""
    found = _MONTH.fullmatch(plain(text).strip())
    if found is None:
        return None
    year, number = int(found[1]), int(found[2] or found[3])
    if year not in YEARS or not 1 <= number <= 12:
        return None
    return Month(date(year, number, monthrange(year, number)[1]).isoformat())


class Terms(NamedTuple):
    """When an amount is due: a code of `payment_terms`, and its days, None where none are told."""

    code: str
    days: int | None


_AT_ONCE = frozenset(
    "现结 現結 现款 現款 现金 現金 货到付款 貨到付款 款到发货 款到發貨 预付 預付 立即 "
    "立即付款 即期 cash cod prepaid immediate".split()
) | {"due on receipt", "cash on delivery", "cash in advance"}
_MONTH_END = re.compile(r"月[结結底末]|eom|endofmonth|monthend")
_IN_DAYS = re.compile(
    r"(?:\D*?)(\d{1,3})(?:天|日|个?工作日|days?|d)?(?:内|內|后|後)?(?:付款?|eom)?"
)


def payment_terms(text: str) -> Terms | None:
    """`月结30天`, `net 30`, `货到付款` as terms; None where they are told in other words."""
    bare = plain(text).casefold().strip()
    if bare in _AT_ONCE:
        return Terms("net", 0)
    close = "".join(bare.split())
    found = _IN_DAYS.fullmatch(close)
    if _MONTH_END.search(close):
        if found is None and re.search(r"\d", close):
            return None
        return Terms("month_end", int(found.group(1)) if found else 0)
    return Terms("net", int(found.group(1))) if found else None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_CLOCK = re.compile(
    r"(?:[T\s]+(?:上午|下午)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?(?:Z|[+-]\d{2}:?\d{2})?)$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"[（(]?(?:星期|週|周|礼拜|禮拜)[一二三四五六日天][)）]?|^[A-Za-z]{3,9}day,?\s*"
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_REPUBLIC = re.compile(
    r"(?:民国|民國)?\s*(\d{2,3})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]*([A-Za-z]{3,9})\.?[\s,-]*(\d{4}|\d{2})")
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4})")
_YEARLESS = re.compile(r"(?:--)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)


def month_first(texts: Iterable[str]) -> bool | None:
    """Whether a column writes `12/31/2024`; None where its dates do not tell."""
    for text in texts:
        if match := _YEAR_LAST.fullmatch(_CLOCK.sub("", plain(text))):
            first, second = int(match.group(1)), int(match.group(2))
            if first > 12 or second > 12:
                return second > 12
    return None


def day(text: str, *, month_first: bool | None = None) -> str | None:
    """A day in common Chinese and English spellings as ISO; None if it is none.

    A five-digit number is a spreadsheet's count of days: ask only in a column of dates. A date like
    `03/04/2024` is read by what its column shows (`month_first`), else it is None.
    """
    bare = _WEEKDAY.sub("", _CLOCK.sub("", plain(text))).strip()
    if match := _YEAR_FIRST.fullmatch(bare) or _TOGETHER.fullmatch(bare):
        return _iso(*map(int, match.groups()))
    if match := _YEAR_LAST.fullmatch(bare):
        first, second, year = map(int, match.groups())
        if month_first is None and first <= 12 and second <= 12 and first != second:
            return None
        us = second > 12 if month_first is None else month_first
        return _iso(year, first, second) if us else _iso(year, second, first)
    if match := _REPUBLIC.fullmatch(bare):
        year = int(match.group(1))
        if len(match.group(1)) == 3 or bare.startswith(("民国", "民國")):
            return _iso(year + 1911, int(match.group(2)), int(match.group(3)))
        return None
    if match := _DAY_NAMED.fullmatch(bare):
        return _named(match.group(3), match.group(2), match.group(1))
    if match := _MONTH_NAMED.fullmatch(bare):
        return _named(match.group(3), match.group(1), match.group(2))
    if _SERIAL.fullmatch(bare):
        return (_EPOCH + timedelta(days=int(float(bare)))).isoformat()
    return None


def birthday(text: str, *, month_first: bool | None = None) -> str | None:
    """A birthday as `YYYY-MM-DD`, or `MM-DD` where the year is not given; None if it is none."""
    if match := _YEARLESS.fullmatch(plain(text)):
        iso = _iso(2000, int(match.group(1)), int(match.group(2)))  # a leap year
        return iso and iso[5:]
    return day(text, month_first=month_first)


def _named(year: str, month: str, of_month: str) -> str | None:
    number = _MONTHS.get(month.lower())
    if number is None:
        return None
    full = int(year) if len(year) == 4 else int(year) + (1900 if int(year) > 50 else 2000)
    return _iso(full, number, int(of_month))


def _iso(year: int, month: int, of_month: int) -> str | None:
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        return None


_BETWEEN_TAGS = re.compile(r"\s*(?::::|[、,，;；|/\n])\s*")


def tags(text: str) -> list[str]:
    """The words of a text of tags, each once."""
    words = (word.strip().lstrip("#*").strip() for word in _BETWEEN_TAGS.split(text))
    return list(dict.fromkeys(filter(None, words)))
