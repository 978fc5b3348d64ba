"""Satisfaction by its three parts, month by month (M35)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from fieldsales.domain.classes.findings import Finding, of_satisfaction
from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.domain.satisfaction import HIGH, LOW, PARTS, Score, means, rounded
from fieldsales.drawing.lines import Series, lines
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.portfolio.portrait import Behind, Line, Portrait
from fieldsales.store.queries.customers import numbers_of
from fieldsales.store.queries.satisfaction import since

_QUARTER = 3  # months that are compared with as many before
_MIDDLE = 3  # of a score; below it somebody is not satisfied


class Satisfied(Portrait):
    """Twelve months of scores; a mark lists who gave them, the least satisfied first."""

    KEY = "satisfaction"
    HELP = "m35"

    def read(self) -> None:
        today = self.store.clock.today()
        self.months = [months_before(today, ago).replace(day=1) for ago in reversed(range(YEAR))]
        self.scores = since(self.store, self.months[0])
        of_month: dict[date, list[Score]] = {first: [] for first in self.months}
        for score in self.scores:
            if score.day <= today:
                of_month[score.day.replace(day=1)].append(score)
        self.of_month = list(of_month.values())
        self.means = [means(scores) for scores in self.of_month]
        self.numbers = numbers_of(self.store, {score.customer_id for score in self.scores})

    def empty(self) -> str:
        return "" if any(self.of_month) else self.words("portfolio.empty.satisfaction")

    def finding(self) -> str:
        last = [score for scores in self.of_month[-_QUARTER:] for score in scores]
        earlier = [score for scores in self.of_month[-2 * _QUARTER : -_QUARTER] for score in scores]
        found = of_satisfaction(means(last), means(earlier), len(last))
        if found.code == "none" and not self.empty():
            return self.told(Finding("before"))
        part = str(found.figures.get("part", ""))
        return self.told(found, part=self._part(part) if part else "")

    def _part(self, part: str) -> str:
        return self.words(f"field.satisfaction.{part}")

    def draw(self, width: float, size: float = 12.0) -> Picture:
        series = []
        for part in PARTS:
            figures = [month[part] for month in self.means]
            last = next((one for one in reversed(figures) if one is not None), None)
            told = "" if last is None else str(last)
            floats = tuple(None if one is None else float(one) for one in figures)
            series.append(Series(part, self._part(part), floats, told))
        marks = [(float(n), str(n)) for n in range(LOW, HIGH + 1)]
        return lines(
            [self._month(first) for first in self.months],
            series,
            LOW,
            HIGH,
            marks,
            width,
            min(0.45 * width, 24 * size),
            size=size,
            alt=self.finding(),
        )

    def _month(self, first: date) -> str:
        return self.words(f"funnel.month_name.{first.month}")

    def tips(self) -> Mapping[str, str]:
        return {
            f"{part}:{at}": f"{self._place(part, at)}\n{month[part]}"
            f" · {self.customers(len(self._given(part, at)))}"
            for at, month in enumerate(self.means)
            for part in PARTS
            if month[part] is not None
        }

    def _place(self, part: str, at: int) -> str:
        return self.words(
            "portfolio.scored_in", month=self._month(self.months[at]), part=self._part(part)
        )

    def _given(self, part: str, at: int) -> list[Score]:
        return [score for score in self.of_month[at] if part in score.parts]

    def notes(self) -> list[str]:
        n = sum(map(len, self.of_month))
        return [*super().notes(), *([self.words("portfolio.scores", n=n)] if n else [])]

    def behind(self, key: str) -> Behind:
        title, scores, part = self.words("portfolio.everybody"), self.scores, ""
        if key:
            part, _, at = key.partition(":")
            title, scores = self._place(part, int(at)), self._given(part, int(at))
        latest: dict[int, Score] = {}
        for score in scores:  # the newest first
            if score.customer_id in self.numbers:
                latest.setdefault(self.numbers[score.customer_id], score)
        order = sorted(latest, key=lambda number: (_mean(latest[number], part), number))

        def tell(numbers: Sequence[int]) -> Mapping[int, Line]:
            return {
                number: self._line(latest[number], part) for number in numbers if number in latest
            }

        return Behind(title, order, tell)

    def _line(self, score: Score, part: str) -> Line:
        words = self.words
        given = [
            words("portfolio.part_scored", part=self._part(one), n=f"{float(score.parts[one]):g}")
            for one in PARTS
            if one in score.parts
        ]
        mean = _mean(score, part)
        return Line(
            words("portfolio.dot").join(given),
            str(rounded(mean)),
            words.date(score.day),
            "bad" if mean < _MIDDLE else "ink-3",
        )


def _mean(score: Score, part: str = "") -> Decimal:
    """What was given for a part, or for all that were scored together."""
    if part:
        return score.parts[part]
    return sum(score.parts.values(), Decimal(0)) / len(score.parts)
