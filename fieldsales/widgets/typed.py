"""What people type for a day, a birthday, a time, a number or an amount, and what it means."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

from fieldsales.domain.fields import YEARS
from fieldsales.words import minor_digits

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5}
_DIGITS |= {"六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_SIGN = r"¥|nt\$|hk\$|us\$|\$|€|rmb|[a-z]{3}(?=[\d .])"  # what may stand before an amount
_MEANT = {
    "¥": ("CNY", "JPY"),
    "rmb": ("CNY",),
    "nt$": ("TWD",),
    "hk$": ("HKD",),
    "us$": ("USD",),
    "$": ("USD", "TWD", "HKD", "SGD", "AUD", "CAD", "NZD"),
    "€": ("EUR",),
}
_NAMED_DAYS = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "yesterday": -1,
    "今天": 0,
    "今日": 0,
    "today": 0,
    "明天": 1,
    "明日": 1,
    "tomorrow": 1,
    "后天": 2,
    "後天": 2,
    "大后天": 3,
    "大後天": 3,
}
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE_DAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_CHINESE_DAYS |= {str(n + 1): n for n in range(7)}
_UNITS = {
    "天": "day", "日": "day", "d": "day", "day": "day", "days": "day",
    "周": "week", "週": "week", "星期": "week", "个星期": "week", "個星期": "week",
    "礼拜": "week", "禮拜": "week", "w": "week", "week": "week", "weeks": "week",
    "月": "month", "个月": "month", "個月": "month", "m": "month", "month": "month",
    "months": "month",
}  # fmt: skip
_MYRIADS = {"万": 10_000, "萬": 10_000, "w": 10_000, "亿": 10**8, "億": 10**8}
_MYRIADS |= {"千": 1_000, "k": 1_000, "m": 10**6}


def fold(text: str) -> str:
    """Full-width forms made narrow, lower case, no blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def parse_day(text: str, today: date) -> date | None:
    """The day meant by `2026-11-9`, `3.15`, `11月9日`, `9号`, `明天`, `+7`, `下周三`, `月底`.

    A day without a year is the nearest one; a weekday alone is the next such day from today on.
    None when it cannot be understood or there is no such day.
    """
    typed = re.sub(r"\s+", " ", fold(text))
    if typed in _NAMED_DAYS:
        return today + timedelta(days=_NAMED_DAYS[typed])
    for read in (_written, _counted, _weekday, _in_month):
        try:
            found = read(typed, today)
        except (ValueError, OverflowError):  # no such day
            return None
        if found is not None:
            return found if found.year in YEARS else None
    return None


def _written(typed: str, today: date) -> date | None:
    found = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", typed) or re.fullmatch(
        r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号號]?", typed
    )
    if found:
        return date(int(found[1]), int(found[2]), int(found[3]))
    found = re.fullmatch(r"(\d{1,2}) ?[-/.月] ?(\d{1,2}) ?[日号號]?", typed)
    if found:
        return _nearest(int(found[1]), int(found[2]), today)
    return None


def _nearest(month: int, day: int, today: date) -> date:
    near = [
        date(year, month, day)
        for year in range(today.year - 1, today.year + 4)  # a 29 February is among them
        if day <= monthrange(year, month)[1]
    ]
    if not near:
        raise ValueError(day)
    return min(near, key=lambda found: abs((found - today).days))


def _counted(typed: str, today: date) -> date | None:
    found = re.fullmatch(r"([+-]) ?(\d{1,4}) ?([^\d\s]*)", typed)
    if found:
        sign, number, unit = (1 if found[1] == "+" else -1), int(found[2]), found[3] or "d"
    else:
        found = re.fullmatch(r"(\d{1,4}|[一二两兩三四五六七八九十]) ?(\D+?)([后後前])", typed)
        if found:
            number = _DIGITS[found[1]] if found[1] in _DIGITS else int(found[1])
            sign, unit = (-1 if found[3] == "前" else 1), found[2]
        else:
            found = re.fullmatch(r"in (\d{1,4}) ([a-z]+)|(\d{1,4}) ([a-z]+) ago", typed)
            if not found:
                return None
            number, unit = int(found[1] or found[3]), found[2] or found[4]
            sign = 1 if found[1] else -1
    kind = _UNITS.get(unit.strip())
    if kind is None:
        return None
    if kind == "month":
        return add_months(today, sign * number)
    return today + timedelta(days=sign * number * (7 if kind == "week" else 1))


def _weekday(typed: str, today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    found = re.fullmatch(
        r"(下下|下个|下個|下|上个|上個|上|本|这个|這個|这|這)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天1-7])",
        typed,
    )
    if found:
        wanted = _CHINESE_DAYS[found[2]]
        if found[1] is None:
            return today + timedelta(days=(wanted - today.weekday()) % 7)
        weeks = {"下下": 2, "下": 1, "上": -1}.get(found[1].rstrip("个個"), 0)
        return monday + timedelta(days=7 * weeks + wanted)
    found = re.fullmatch(r"(next |last )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*", typed)
    if found:
        wanted = _ENGLISH_DAYS.index(found[2])
        if found[1] is None:
            return today + timedelta(days=(wanted - today.weekday()) % 7)
        return monday + timedelta(days=(7 if found[1] == "next " else -7) + wanted)
    return None


def _in_month(typed: str, today: date) -> date | None:
    found = re.fullmatch(
        r"(下个|下個|下|上个|上個|上|本|这个|這個)?月(底|初|\d{1,2}[日号號]?)", typed
    )
    if found:
        step = {"下": 1, "上": -1}.get((found[1] or "").rstrip("个個"), 0)
        first = add_months(today.replace(day=1), step)
        if found[2] == "初":
            return first
        if found[2] == "底":
            return first.replace(day=monthrange(first.year, first.month)[1])
        return first.replace(day=int(found[2].rstrip("日号號")))
    found = re.fullmatch(r"(\d{1,2})[日号號]", typed)
    if found:
        near = []
        for step in (-1, 0, 1):
            first = add_months(today.replace(day=1), step)
            if int(found[1]) <= monthrange(first.year, first.month)[1]:
                near.append(first.replace(day=int(found[1])))
        return min(near, key=lambda day: abs((day - today).days)) if near else None
    return None


def add_months(day: date, months: int) -> date:
    """The same day some months away, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def parse_time(text: str) -> time | None:
    """The time of day meant by `9`, `9:30`, `0930`, `14点半`, `下午3点`, `3pm`; None if unclear."""
    typed = fold(text).replace(" ", "")
    found = re.fullmatch(
        r"(凌晨|早上|上午|中午|下午|晚上|am|pm)?(\d{1,2})(?:[:.点點时時h](半|一刻|三刻|\d{1,2})?分?)?(am|pm)?",
        typed,
    )
    if found:
        part = found[1] or found[4] or ""
        hour = int(found[2])
        minute = {"半": 30, "一刻": 15, "三刻": 45, None: 0}.get(found[3], -1)
        if minute < 0:
            minute = int(found[3])
        if (part in ("下午", "晚上", "pm") and hour < 12) or (part == "中午" and hour < 3):
            hour += 12
        elif part in ("凌晨", "am") and hour == 12:
            hour = 0
    else:
        found = re.fullmatch(r"(\d{1,2})(\d{2})", typed)
        if not found:
            return None
        hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_decimal(text: str) -> Decimal | None:
    """The number meant by `12,345.6`, `３．２万`, `42萬`, `1.5亿`; None if it is not one."""
    typed = fold(text).replace(",", "").replace(" ", "").replace("，", "")
    factor = 1
    if typed and typed[-1] in _MYRIADS:
        factor, typed = _MYRIADS[typed[-1]], typed[:-1]
    if not re.fullmatch(r"[+-]?\d{1,18}(\.\d{0,9})?|[+-]?\.\d{1,9}", typed):
        return None
    try:
        return Decimal(typed) * factor
    except InvalidOperation:
        return None


def parse_integer(text: str) -> int | None:
    """A whole number, spelled as for `parse_decimal`; None if it is not one."""
    number = parse_decimal(text)
    return int(number) if number is not None and number == number.to_integral_value() else None


def parse_amount(text: str) -> Decimal | None:
    """A number as for `parse_decimal`; a sign or code of a currency and 元 are passed over."""
    return parse_decimal(_unsigned(text))


def parse_money(text: str, currency: str) -> int | None:
    """Minor units of an amount, typed as for `parse_amount`.

    None if it is no amount, or has more decimals than the currency.
    """
    number = parse_amount(text)
    if number is None:
        return None
    minor = number * 10 ** minor_digits(currency)
    return int(minor) if minor == minor.to_integral_value() else None


def parse_share(text: str) -> tuple[Literal["percent", "amount", ""], Decimal] | None:
    """What is off, or a part: `5%`, `95折` (5 % off), `¥300`; a bare number is of neither kind."""
    typed = fold(text).strip()
    if found := re.fullmatch(r"(\d{1,2}(?:\.\d+)?)折", typed):
        left = Decimal(found[1])
        return "percent", 100 - (left if left > 10 else 10 * left)
    if typed.endswith("%"):
        number = parse_decimal(typed[:-1])
        return None if number is None else ("percent", number)
    amount = parse_amount(typed)
    if amount is None:
        return None
    return "" if _unsigned(typed) == typed else "amount", amount


def other_currency(text: str, currency: str) -> bool:
    """Whether a typed amount names a currency that is not this one; `$` is any dollar."""
    found = re.match(rf"[+-]?({_SIGN})", fold(text))
    if found is None:
        return False
    sign = found[1]
    return currency not in _MEANT.get(sign, (sign.upper(),))


def _unsigned(text: str) -> str:
    """An amount without what names its currency."""
    typed = re.sub(rf"^([+-]?)({_SIGN})", r"\1", fold(text))
    return re.sub(r"(元|块|塊|圆|圓|rmb)$", "", typed.strip()).strip()


def write_money(minor: int, currency: str) -> str:
    """An amount as it stands in a field being edited: `12,345.60`, without its sign."""
    digits = minor_digits(currency)
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{whole:,}" + (f".{rest:0{digits}d}" if digits and rest else "")
    return f"-{text}" if minor < 0 else text


class TypedBirthday(NamedTuple):
    """A birthday as it is stored, `YYYY-MM-DD` or `MM-DD`; `calendar` '' where none was named."""

    text: str
    calendar: Literal["", "solar", "lunar"] = ""
    leap: bool = False


_LUNAR = r"农历|農曆|阴历|陰曆|旧历|舊曆|lunar"
_SOLAR = r"公历|公曆|阳历|陽曆|国历|國曆|新历|新曆|solar"
_CALENDAR = re.compile(rf"(?P<lunar>{_LUNAR})|(?P<solar>{_SOLAR})")
_WRITTEN_OUT = re.compile(
    r"(?:(?P<year>\d{4}|[零〇一二三四五六七八九]{4})年)?"
    r"(?P<leap>闰|閏)?(?P<month>\d{1,2}|正|冬|腊|臘|十[一二]?|[一二三四五六七八九])月"
    r"(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]|\d{1,2})[日号號]?"
)
_IN_FIGURES = re.compile(r"(?:(\d{4})[-/.])?(leap|r)?(\d{1,2})[-/.](\d{1,2})")
_MONTHS_OF_THE_MOON = {"正": 1, "冬": 11, "腊": 12, "臘": 12}


def parse_birthday(text: str) -> TypedBirthday | None:
    """The birthday meant by `1978-5-12`, `5月12日`, `农历闰四月初八`, `lunar 4-8`, `19780512`.

    `初八` or a leap month speak of the moon's calendar by themselves. Whether there is such a day
    is not asked here; None where it cannot be understood.
    """
    typed = fold(text).replace(" ", "")
    named = _CALENDAR.search(typed)
    calendar: Literal["", "solar", "lunar"] = ""
    if named:
        calendar = "lunar" if named["lunar"] else "solar"
        typed = typed.replace(named[0], "", 1)
    typed = re.sub(r"(\d{4})(\d{2})(\d{2})", r"\1-\2-\3", typed)
    leap = False
    if found := _WRITTEN_OUT.fullmatch(typed):
        year = "".join(str(_DIGITS.get(sign, sign)) for sign in found["year"] or "")
        month, day = _of_the_moon(found["month"]), _of_the_moon(found["day"])
        leap = found["leap"] is not None
        if leap or found["day"][0] in "初廿" or found["month"] in _MONTHS_OF_THE_MOON:
            calendar = calendar or "lunar"
    elif found := _IN_FIGURES.fullmatch(typed):
        year, month, day = found[1] or "", int(found[3]), int(found[4])
        if found[2]:
            leap, calendar = True, calendar or "lunar"
    else:
        return None
    return TypedBirthday(f"{year}-{month:02}-{day:02}".lstrip("-"), calendar, leap)


def _of_the_moon(written: str) -> int:
    """`8`, `八`, `初八`, `十八`, `廿八`, `三十`, `腊`."""
    if written.isdecimal():
        return int(written)
    if written in _MONTHS_OF_THE_MOON:
        return _MONTHS_OF_THE_MOON[written]
    written = written.removeprefix("初").replace("廿", "二十")
    tens, ten, ones = written.partition("十")
    if not ten:
        return _DIGITS[written]
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
