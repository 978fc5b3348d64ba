"""What every picture of the portfolio offers: a finding, shapes, and who stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple

from fieldsales.domain.classes.findings import Finding
from fieldsales.domain.forecast import Sums, converted
from fieldsales.domain.money.exact import apportioned, whole_ratio
from fieldsales.drawing.shapes import Picture
from fieldsales.store.caches import Watch
from fieldsales.store.database import Store
from fieldsales.store.queries.currencies import base_currency, rates
from fieldsales.words import Words, minor_digits

NAMED = 40  # customers that may be named in a picture
LISTED = 1_000  # customers of a whole picture in the list beside it, where there are more
_LONG = 1_000  # from here on numbers have separators
_UNITS = {  # from what number on, in which unit, called what
    "zh": ((10**8, 10**8, "in_yi"), (10**4, 10**4, "in_wan")),
    "en": ((10**9, 10**9, "in_billions"), (10**6, 10**6, "in_millions"), (10**4, 10**3, "in_k")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a list says of a customer besides its name: a line below it, a figure at the right with
    a word below that, each in a colour role.
    """

    below: str = ""
    aside: str = ""
    aside_below: str = ""
    role: str = "ink-3"


@dataclass(frozen=True, slots=True)
class Behind:
    """Customers by the numbers of their rows, in their order.

    `tell` says something of those of some numbers it knows. `of` says how many there are where not
    all are listed.
    """

    title: str
    numbers: Sequence[int]
    tell: Callable[[Sequence[int]], Mapping[int, Line]] = field(default=lambda _: {})
    of: int = 0

    @property
    def count(self) -> int:
        return max(self.of, len(self.numbers))


class Slider(NamedTuple):
    """A whole number that can be moved; its words are `portfolio.slider.<name>` with `n`."""

    low: int
    high: int
    usual: int = 0


def past_day(choices: Mapping[str, str]) -> date | None:
    """The day gone by that is chosen; None for today."""
    chosen = choices.get("as_of", "")
    return date.fromisoformat(chosen) if chosen else None


class Portrait:
    """A picture of what is in the file now; made anew when that changes.

    OPTIONS: what can be chosen of it, name -> codes, the first unless told otherwise; their words
    are `portfolio.option.<code>`. SLIDERS: numbers it depends on. PAST: whether it can show an
    earlier `day` than today, `as_of` of the choices. `choices` hold all of it as text.

    Where it is slow: whether it is of the kept classes (OF_CLASSES), which are brought to the day
    first; and what is said meanwhile (WORKING).
    """

    KEY: ClassVar[str]  # its title is `portfolio.picture.<KEY>`
    HELP: ClassVar[str]  # the page that explains it
    OPTIONS: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    SLIDERS: ClassVar[Mapping[str, Slider]] = {}
    PAST: ClassVar[bool] = False
    OF_CLASSES: ClassVar[bool] = True
    WORKING: ClassVar[str] = "portfolio.working"

    def __init__(self, store: Store, words: Words, choices: Mapping[str, str]) -> None:
        self.store = store
        self.words = words
        self.choices = choices
        self.chosen = self.chosen_of(choices)
        self.moved = {
            name: int(choices.get(name, slider.usual)) for name, slider in self.SLIDERS.items()
        }
        today = store.clock.today()
        self.day = (past_day(choices) or today) if self.PAST else today
        self.currency = base_currency(store)
        self.rates = {code: rate.text for code, rate in rates(store).items()}
        self.unrated: set[str] = set()  # currencies of which something was left out
        self.read()

    @classmethod
    def chosen_of(cls, choices: Mapping[str, str]) -> dict[str, str]:
        """Each option with what is chosen of it, else the first."""
        return {
            name: found if (found := choices.get(name, "")) in codes else codes[0]
            for name, codes in cls.OPTIONS.items()
        }

    @classmethod
    def growing(
        cls,
        store: Store,
        words: Words,
        choices: Mapping[str, str],
        watch: Watch,  # noqa: ARG003 - for what takes steps
    ) -> Iterator[Portrait]:
        """One that is slow, as it becomes whole; the last one is."""
        yield cls(store, words, choices)

    @classmethod
    def outline(
        cls,
        store: Store,  # noqa: ARG003 - here and below: for what can be told at once
        words: Words,  # noqa: ARG003
        choices: Mapping[str, str],  # noqa: ARG003
        before: Portrait | None,  # noqa: ARG003
    ) -> Portrait | None:
        """What can be shown at once of one that is slow, or as it was `before` something changed;
        None if nothing.
        """
        return None

    @property
    def is_coming(self) -> bool:
        """Whether some of it is still being found out."""
        return False

    @classmethod
    def is_slow(cls, store: Store, choices: Mapping[str, str]) -> bool:  # noqa: ARG003 - by default
        """Whether making it takes so long that nobody should wait for it."""
        return False

    def read(self) -> None:
        """Takes from the file what the picture needs."""
        raise NotImplementedError

    def finding(self) -> str:
        """What is to be seen, in a line."""
        raise NotImplementedError

    def empty(self) -> str:
        """What has to be entered before there is something to draw; '' if there is."""
        return ""

    def draw(self, width: float, size: float = 12.0) -> Picture:
        """The picture in a room; the keys of its shapes are those of `behind`."""
        raise NotImplementedError

    def tips(self) -> Mapping[str, str]:
        """What is said of a part under the mouse."""
        return {}

    def notes(self) -> list[str]:
        """What belongs below the picture: what is left out, how it is reckoned."""
        said = []
        if self.day != self.store.clock.today():
            said.append(self.words("as_of.note", day=self.words.date(self.day)))
        if self.unrated:
            said.append(self.words("portfolio.left_out", codes=", ".join(sorted(self.unrated))))
        return said

    def behind(self, key: str) -> Behind:
        """The customers of a part, of the whole picture for ''."""
        raise NotImplementedError

    def one(self, key: str) -> int | None:
        """The number of the customer's row that a dot stands for; None of what is no dot."""
        return int(key) if key.isdigit() else None

    def among(self, keys: Sequence[str]) -> Behind:
        """The customers of several parts together, each once; `tell` as of the whole picture."""
        found: dict[int, None] = {}
        for key in keys:
            one = self.one(key)
            found |= dict.fromkeys(self.behind(key).numbers if one is None else [one])
        return Behind(self.words("portfolio.picked"), list(found), self.behind("").tell)

    # what they share

    def told(self, finding: Finding, **more: object) -> str:
        """A finding in words; money in the file's own currency."""
        figures: dict[str, object] = {}
        for name, one in finding.figures.items():
            if name == "money":
                figures[name] = self.short(int(one))
            elif isinstance(one, Decimal):
                figures[name] = f"{float(one):g}"
            else:
                figures[name] = self.counted(one) if isinstance(one, int) else one
        return self.words(f"portfolio.finding.{self.KEY}.{finding.code}", **figures | more)

    def short(self, minor: int, currency: str = "") -> str:
        return short(self.words, minor, currency or self.currency)

    def in_own(self, amount: int, currency: str) -> int:
        """An amount in the file's own currency; 0 where nobody typed a rate, which is noted."""
        if currency == self.currency:
            return amount
        whole = converted({currency: amount}, self.currency, self.rates)
        self.unrated.update(whole.left_out)
        return 0 if whole.left_out else whole.amount

    def sums(self, found: Sums) -> str:
        """Each currency by itself, the larger sum first."""
        parts = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        texts = [self.short(amount, code) for code, amount in parts if amount]
        return self.words("funnel.and").join(texts)

    def counted(self, n: int) -> int | str:
        """A number as words take it: long ones with separators; they are never one."""
        return self.words.number(n) if n >= _LONG else n

    def customers(self, n: int) -> str:
        return self.words("portfolio.customers", n=self.counted(n))

    def percent(self, share: Decimal | float) -> str:
        return percent(self.words, share)


def slider_told(words: Words, name: str, value: int) -> str:
    """What a slider stands at: `留住率 +5 个点`."""
    sign = "+" if value > 0 else "−" if value else ""
    return words(f"portfolio.slider.{name}", n=f"{sign}{abs(value)}")


def percent(words: Words, share: Decimal | float) -> str:
    """`33 %`, `62.3 %`: no more digits than it has."""
    return words("portfolio.percent", n=f"{float(share):g}")


def short(words: Words, minor: int, currency: str) -> str:
    """An amount with three figures or so, in the large units of the language: `¥42 万`."""
    return _told(words, minor, currency, _unit(words, minor, currency))


def short_parts(words: Words, parts: Sequence[int], currency: str) -> list[str]:
    """Amounts as short as their sum is told, and so that they add up to it as it is told: the
    largest remainders are rounded up. Where some are below nothing each is told by itself, and so
    is one that would vanish.
    """
    if min(parts) < 0:
        return [short(words, one, currency) for one in parts]
    unit = _unit(words, sum(parts), currency)
    steps = apportioned(whole_ratio(sum(parts), unit.step), parts)
    return [
        _told(words, told * unit.step, currency, unit) if told else short(words, one, currency)
        for one, told in zip(parts, steps, strict=True)
    ]


class _Unit(NamedTuple):
    """In what an amount is told: minor units of one, decimals, word; no word for money as it is."""

    size: int
    digits: int
    name: str

    @property
    def step(self) -> int:
        """By how many minor units amounts differ as they are told."""
        return int(self.size // 10**self.digits)


def _unit(words: Words, minor: int, currency: str) -> _Unit:
    scale = 10 ** minor_digits(currency)
    units = (abs(minor) + scale // 2) // scale
    for least, unit, name in _UNITS["zh" if words.chinese else "en"]:
        if units >= least:
            number = units / unit
            return _Unit(unit * scale, 2 if number < 10 else 1 if number < 100 else 0, name)
    return _Unit(scale, 0, "")


def _told(words: Words, minor: int, currency: str, unit: _Unit) -> str:
    steps = whole_ratio(minor, unit.step)
    if not unit.name:
        return words.money(steps * unit.step, currency, cents=False)
    text = f"{Decimal(abs(steps)).scaleb(-unit.digits):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    sign = words.currency_sign(currency)
    sign += " " if sign == currency else ""
    minus = "-" if minor < 0 else ""
    return words(f"portfolio.{unit.name}", sign=f"{minus}{sign}", n=text)
