"""Balanced indicators: four groups to attack and defend, target against actual (M34)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from heapq import nsmallest

from fieldsales.domain.classes.history import share, shown
from fieldsales.domain.classes.indicators import (
    BETTER,
    BY_CODE,
    COUNT,
    DAYS,
    GROUPS,
    INDICATORS,
    MET,
    PERCENT,
    SIDES,
    TYPED,
    Indicator,
    Pull,
    Reading,
    fulfilled,
    furthest,
    pulling,
    pulls,
    state,
    trend,
)
from fieldsales.domain.classes.parts import Part
from fieldsales.drawing.multiples import Band, Panel, multiples
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.funnel_pictures import month_name
from fieldsales.reports.portfolio.classed import is_large
from fieldsales.reports.portfolio.portrait import LISTED, Behind, Line, Portrait
from fieldsales.services.indicators import Board, board, boards, outline
from fieldsales.store.caches import Watch
from fieldsales.store.database import Store
from fieldsales.store.queries.indicators import unrated
from fieldsales.words import Words

_AGO = {"this_quarter": 0, "last_quarter": 1, "quarter_a_year_ago": 4}
_ROLES = {"met": "good", "near": "warn", "missed": "bad", "": "accent"}
_MONEY = (  # whose parts are amounts
    "sales_growth",
    "profit_growth",
    "selling_cost",
    "bad_debts",
    "share_of_wallet",
    "paid_on_time",
)
_WAYS = {"better": "good", "worse": "bad"}
_OWN = ("sales_growth", "profit_growth", "share_of_wallet", "paid_on_time", "satisfaction")


class Balanced(Portrait):
    """A small picture of each indicator; pressed, the customers who keep it from being better."""

    KEY = "indicators"
    HELP = "m34"
    OF_CLASSES = False
    WORKING = "indicators.working"
    OPTIONS = {"quarter": tuple(_AGO)}  # noqa: RUF012 - as its base declares it

    @classmethod
    def is_slow(cls, store: Store, choices: Mapping[str, str]) -> bool:  # noqa: ARG003 - always
        return is_large(store)

    @classmethod
    def growing(
        cls, store: Store, words: Words, choices: Mapping[str, str], watch: Watch
    ) -> Iterator[Portrait]:
        for found in boards(store, cls._ago(choices), watch):
            yield cls(store, words, choices, found)

    @classmethod
    def outline(
        cls, store: Store, words: Words, choices: Mapping[str, str], before: Portrait | None
    ) -> Portrait:
        known = before if isinstance(before, Balanced) and before.choices == choices else None
        found = outline(store, cls._ago(choices), known.board if known else None)
        return cls(store, words, choices, found, known)

    @classmethod
    def _ago(cls, choices: Mapping[str, str]) -> int:
        """How many quarters ago the chosen one is."""
        return _AGO[cls.chosen_of(choices)["quarter"]]

    @property
    def is_coming(self) -> bool:
        return bool(self.board.coming)

    def __init__(
        self,
        store: Store,
        words: Words,
        choices: Mapping[str, str],
        board: Board | None = None,
        before: Balanced | None = None,
    ) -> None:
        """Of what of a board is known; of the whole one without. `before`: whose customers are
        listed as long as they are not gone through again.
        """
        self._board, self._before = board, before
        self._pulled: tuple[str, dict[int, Part]] = ("", {})
        super().__init__(store, words, choices)

    def read(self) -> None:
        self.board = self._board or board(self.store, self._ago(self.choices))
        self.now = self.board.now
        self.states = {one.code: state(one, self.now[one.code]) for one in INDICATORS}
        self.missed = furthest(self.now)
        self.leading: dict[int, tuple[Indicator, Part]] = {}
        self.count = 0
        if self._before is not None:
            self.leading, self.count = self._before.leading, self._before.count
            self.unrated.update(self._before.unrated)
            self._before = None
        elif not self.is_coming:
            self.unrated.update(unrated(self.store))
            self._find_leading()

    def _find_leading(self) -> None:
        """Those told of the whole picture: the worst indicator's before the others', and last who
        only adds to something.
        """
        order = sorted(
            [*self.missed, *(code for code in BY_CODE if code not in self.missed)],
            key=lambda code: BY_CODE[code].unit == COUNT,
        )
        everyone: set[int] = set()

        def noted(found: Iterable[tuple[Pull, Part]]) -> Iterator[tuple[Pull, Part]]:
            for one in found:
                everyone.add(one[1].customer)
                yield one

        for code in order:
            found = pulls(BY_CODE[code], self.board.parts.get(code, ()))
            for _, one in nsmallest(LISTED, noted(found)):
                if len(self.leading) < LISTED:
                    self.leading.setdefault(one.customer, (BY_CODE[code], one))
        self.count = len(everyone)

    def pulled(self, code: str) -> dict[int, Part]:
        """Customer -> what it adds to an indicator that it keeps from being better, the worst
        first; remembered until another one is asked for.
        """
        if self._pulled[0] != code:
            found = pulling(BY_CODE[code], self.board.parts.get(code, ()))
            self._pulled = code, {one.customer: one for one in found}
        return self._pulled[1]

    def empty(self) -> str:
        told = any(
            one.target is not None or one.actual
            for readings in self.board.readings.values()
            for one in readings
        )
        return "" if told or self.board.coming else self.words("portfolio.empty.indicators")

    def finding(self) -> str:
        aimed = [code for code, found in self.states.items() if found]
        met = sum(self.states[code] == MET for code in aimed)
        words, quarter = self.words, month_name(self.words, str(self.board.quarter))
        if self.board.coming:
            return words("portfolio.finding.indicators.coming", n=len(self.board.coming))
        if not aimed:
            targets = sum(one.target is not None for one in self.now.values())
            code = "not_yet" if targets else "no_targets"
            return words(f"portfolio.finding.indicators.{code}", quarter=quarter, n=targets)
        if not self.missed:
            return words("portfolio.finding.indicators.all_met", quarter=quarter, n=met)
        worst = BY_CODE[self.missed[0]]
        return words(
            "portfolio.finding.indicators.missed",
            quarter=quarter,
            all=len(aimed),
            n=met,
            name=self.name(worst),
            actual=self.figure(worst, self.now[worst.code].actual),
            target=self.figure(worst, self.now[worst.code].target),
        )

    def name(self, indicator: Indicator) -> str:
        return self.words(f"indicators.name.{indicator.code}")

    def figure(self, indicator: Indicator, value: Decimal | None) -> str:
        """A figure in its unit; where there is none, where it is to come from."""
        if value is None and indicator.code in self.board.coming:
            return self.words("indicators.coming")
        if value is None:
            return self.words(
                "indicators.to_type" if indicator.code in TYPED else "indicators.unknown"
            )
        if indicator.unit == PERCENT:
            return self.percent(value)
        text = self.words.number(int(value)) if indicator.unit == COUNT else f"{float(value):g}"
        return self.words("indicators.days", n=text) if indicator.unit == DAYS else text

    def draw(self, width: float, size: float = 12.0) -> Picture:
        bands = [
            Band(
                self.words(f"indicators.group.{group}"),
                tuple((self._side(group, side), self._panels(group, side)) for side in SIDES),
            )
            for group in GROUPS
        ]
        return multiples(bands, width, size=size, alt=self.finding())

    def _side(self, group: str, side: str) -> str:
        name = self.words(f"portfolio.side.{side}")
        reached = fulfilled(self.now, group, side)
        theirs = {one.code for one in INDICATORS if (one.group, one.side) == (group, side)}
        if reached is None or theirs & self.board.coming:
            return name
        return self.words("portfolio.dot").join((name, self.percent(reached)))

    def _panels(self, group: str, side: str) -> tuple[Panel, ...]:
        return tuple(
            self._panel(one) for one in INDICATORS if (one.group, one.side) == (group, side)
        )

    def _panel(self, one: Indicator) -> Panel:
        readings = self.board.readings[one.code]
        reading, found = readings[-1], self.states[one.code]
        way = trend(one, reading)
        up = (way == BETTER) != one.falls
        known = reading.actual is not None
        return Panel(
            one.code,
            self.name(one),
            self.figure(one, reading.actual),
            _ROLES[found] if known else "ink-3",
            self._aim(one, reading),
            "ink-2" if reading.target is not None else "ink-3",
            tuple(_float(each.actual) for each in readings),
            tuple(_float(each.target) for each in readings),
            (1 if up else -1) if way in _WAYS else 0,
            _WAYS.get(way, "ink-3"),
        )

    def _aim(self, one: Indicator, reading: Reading) -> str:
        """What is said of the target below a picture."""
        words = self.words
        if reading.target is None:
            return words("indicators.no_target")
        aim = words("indicators.target_of", target=self.figure(one, reading.target))
        found = self.states[one.code]
        return words("portfolio.dot").join((aim, words(f"indicators.{found}"))) if found else aim

    def tips(self) -> Mapping[str, str]:
        return {one.code: "\n".join(self._tip(one)) for one in INDICATORS}

    def _tip(self, one: Indicator) -> list[str]:
        """How it is reckoned, and its figures quarter by quarter."""
        lines = [self.name(one), self.words(f"indicators.how.{one.code}")]
        for quarter, reading in zip(
            self.board.quarters, self.board.readings[one.code], strict=True
        ):
            if reading.actual is not None:
                told = [month_name(self.words, str(quarter)), self.figure(one, reading.actual)]
                if reading.target is not None:
                    aim = self.figure(one, reading.target)
                    told.append(self.words("indicators.target_of", target=aim))
                lines.append(self.words("portfolio.dot").join(told))
        return lines

    def notes(self) -> list[str]:
        if self.empty():
            return super().notes()
        day = self.words.date(self.board.day)
        return [*super().notes(), self.words("indicators.reckoned", day=day)]

    def behind(self, key: str) -> Behind:
        """Of an indicator who keeps it from being better; else of all, the worst one's first."""
        if not key:
            return Behind(
                self.words("indicators.pulled_all"), list(self.leading), self._tell, self.count
            )
        one, parts = BY_CODE[key], self.pulled(key)
        title = self.name(one)
        if one.unit != COUNT:
            title = self.words("indicators.pulled", name=title)

        def tell(numbers: Sequence[int]) -> Mapping[int, Line]:
            return {number: self._line(one, parts[number]) for number in numbers if number in parts}

        return Behind(title, list(parts), tell)

    def _tell(self, numbers: Sequence[int]) -> Mapping[int, Line]:
        """What is said of those of the whole picture: which indicator they belong to, too."""
        return {
            number: self._line(*self.leading[number], named=True)
            for number in numbers
            if number in self.leading
        }

    def _line(self, one: Indicator, part: Part, *, named: bool = False) -> Line:
        """What a customer adds to an indicator; where several are listed, to which."""

        def told(figure: Decimal | int) -> str:
            return self.short(int(figure)) if one.code in _MONEY else f"{float(figure):g}"

        below = self.words(
            f"indicators.part.{one.code}",
            part=told(part.part),
            of=told(part.of),
            money=self.short(part.money),
        )
        aside = ""
        if one.code in _OWN and part.of > 0:
            ratio = share(part.part, part.of)
            mean = Decimal(part.part) / Decimal(part.of)
            aside = self.percent(shown(ratio) or 0) if one.unit == PERCENT else f"{mean:.1f}"
        return Line(below, aside, self.name(one) if named else "")


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
