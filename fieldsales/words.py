"""Every sentence a user reads, in each language, and how numbers, dates and money are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeVar, cast

from fieldsales.resources import ROOT, kept, toml

LANGUAGES = ("zh_CN", "zh_TW", "en")
_T = TypeVar("_T")
PSEUDO = "pseudo"  # every sentence half as long again: finds labels that clip

_CURRENCY_SIGNS = {"CNY": "¥", "TWD": "NT$", "HKD": "HK$", "USD": "$", "EUR": "€"}
_WITHOUT_CENTS = {"JPY", "KRW", "TWD", "VND"}


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """All entries of `resources/i18n/*.toml`: key -> {language: sentence}."""
    files = _files()
    return cast("Mapping[str, Mapping[str, str]]", kept("words", files, lambda: _entries(files)))


@cache
def _spoken(language: str) -> Mapping[str, str]:
    """Key -> sentence; of that for a single thing `key:one`. A start needs one language alone."""
    made = kept(f"words-{language}", _files(), lambda: dict(sentences(language)))
    return cast("Mapping[str, str]", made)


def sentences(language: str) -> Iterator[tuple[str, str]]:
    """What `_spoken` keeps of a language."""
    for key, entry in catalogue().items():
        yield key, spoken(entry, language)
        if f"{language}_one" in entry:
            yield f"{key}:one", entry[f"{language}_one"]


def _files() -> list[Path]:
    return sorted((ROOT / "i18n").glob("*.toml"))


def _entries(files: Sequence[Path]) -> dict[str, Mapping[str, str]]:
    entries: dict[str, Mapping[str, str]] = {}
    for path in files:
        for key, entry in _leaves(toml(path), ""):
            if key in entries:
                raise ValueError(f"{path.name}: {key} is written twice")
            entries[key] = entry
    return entries


def _leaves(table: Mapping[str, object], prefix: str) -> list[tuple[str, Mapping[str, str]]]:
    found: list[tuple[str, Mapping[str, str]]] = []
    sentences = {name: value for name, value in table.items() if isinstance(value, str)}
    if sentences:
        found.append((prefix, sentences))
    for name, value in table.items():
        if isinstance(value, Mapping):
            found.extend(_leaves(value, f"{prefix}.{name}" if prefix else name))
    return found


def spoken(told: Mapping[str, _T], language: str) -> _T:
    """What is told in a language; where that lacks, in the first there is, rather than nothing."""
    return told[language] if language in told else next(iter(told.values()))


def minor_digits(currency: str) -> int:
    """Decimal places of a currency's minor unit."""
    return 0 if currency in _WITHOUT_CENTS else 2


class Words:
    """The words of one language: `words("visit.title", n=3)`; raises KeyError on an unknown key.

    English counts by `en_one`, said where `n` is one, or noun by noun: `{days} {days:day|days}`.
    """

    def __init__(self, language: str = "zh_CN") -> None:
        if language not in (*LANGUAGES, PSEUDO):
            raise ValueError(language)
        self.language = language
        self._spoken = _spoken("en" if language == PSEUDO else language)

    @property
    def chinese(self) -> bool:
        return self.language.startswith("zh")

    def __call__(self, key: str, /, **params: object) -> str:
        sentence = self._spoken[key]
        if self.language == PSEUDO:
            longer = len(sentence) // 2 + 1  # in pieces, so that long texts can wrap
            sentence += ("~~~~~~~~~ " * (longer // 10 + 1))[:longer].rstrip() + "~"
        elif _reads_as_one(params.get("n")):
            sentence = self._spoken.get(f"{key}:one", sentence)
        if not params:
            return sentence
        if "|" in sentence:
            return _COUNTED.vformat(sentence, (), params)
        return sentence.format(**params)

    def has(self, key: str) -> bool:
        """Whether there is a sentence for `key`."""
        return key in self._spoken

    def choice(self, kind: str, code: str | None) -> str:
        """Name of a code of an enumeration; a user's own entry of an open list is itself."""
        if not code:
            return ""
        key = f"choice.{kind}.{code}"
        return self(key) if self.has(key) else code

    def number(self, value: int | float) -> str:
        """`1234567` as `1,234,567`."""
        return f"{value:,}"

    def nth(self, number: int) -> str:
        """A number that counts: `7` (第 7 次), in English `7th`."""
        if self.chinese:
            return str(number)
        ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
        return f"{number}{ending}"

    def money(self, minor: int, currency: str, *, cents: bool = True) -> str:
        """Minor units as an amount with its sign: `¥12,345.60`; a minus goes before the sign."""
        digits = minor_digits(currency)
        whole, rest = divmod(abs(minor), 10**digits)
        text = f"{whole:,}"
        if digits and (cents or rest):
            text += f".{rest:0{digits}d}"
        sign = self.currency_sign(currency)
        space = " " if sign == currency else ""
        return f"{'-' if minor < 0 else ''}{sign}{space}{text}"

    def currency_sign(self, currency: str) -> str:
        """`¥` or `NT$`; a currency without a sign of its own is named by its code."""
        return _CURRENCY_SIGNS.get(currency, currency)

    def date(self, day: dt.date, *, year: bool = True) -> str:
        """`2026-11-09`, `11月9日` or `9 Nov`."""
        if year:
            return day.isoformat()
        if self.chinese:
            return f"{day.month}月{day.day}日"
        return f"{day.day} {_MONTHS[day.month - 1]}"

    def weekday(self, day: dt.date) -> str:
        return self(f"weekday.{day.isoweekday()}")

    def dated(self, day: dt.date, *, year: bool = True) -> str:
        """A date with its weekday where the language puts it: `11月22日 周日`, `Sun 22 Nov`."""
        parts = (self.date(day, year=year), self.weekday(day))
        return " ".join(parts if self.chinese else reversed(parts))

    def time(self, moment: dt.datetime) -> str:
        """Clock time of a moment in the laptop's own time zone."""
        return f"{moment.astimezone():%H:%M}"

    def moment(self, moment: dt.datetime) -> str:
        local = moment.astimezone()
        return f"{local:%Y-%m-%d %H:%M}"

    def days_from(self, day: dt.date, today: dt.date) -> str:
        """A date seen from today: `今天`, `12 天前`, `后天`, beyond four weeks the date itself."""
        n = (day - today).days
        if -1 <= n <= 1:
            return self(f"days.{('yesterday', 'today', 'tomorrow')[n + 1]}")
        if n < 0:
            return self("days.ago", n=-n)
        if n <= 28:
            return self("days.ahead", n=n)
        return self.date(day, year=day.year != today.year)


class _Counted(Formatter):
    """Chooses in `{visits} {visits:visit|visits}` what goes with a number as it is shown."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, either, more = format_spec.partition("|")
        if either:
            return one if _reads_as_one(value) else more
        return cast("str", super().format_field(value, format_spec))


def _reads_as_one(number: object) -> bool:
    """Whether a number, or the text it was made into, is read in the singular: `1`, `-1`."""
    return str(number).lstrip("+-−") == "1"


_COUNTED = _Counted()
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
