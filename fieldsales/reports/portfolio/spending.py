"""Where time, visits and money went, against where they were meant to go (M33)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from fieldsales.domain.classes.facts import Effort
from fieldsales.domain.classes.resources import (
    ELSEWHERE,
    MEANS,
    MONEY,
    SIDES,
    TIME,
    causes,
    compared,
    hours_off,
    spent,
)
from fieldsales.drawing.charts import shortened
from fieldsales.drawing.shapes import Box, Line, Picture, Shape, Text
from fieldsales.reports.portfolio.classed import is_large
from fieldsales.reports.portfolio.portrait import Behind, Portrait
from fieldsales.reports.portfolio.portrait import Line as Told
from fieldsales.services.portfolio import every, is_current
from fieldsales.services.resource_plan import plan
from fieldsales.store.database import Store
from fieldsales.store.queries.efforts import efforts

_DAYS = {"weeks": 28, "season": 91, "year": 365}
_ROWS = (*SIDES, ELSEWHERE)
_UNTIMED = 60  # minutes a visit counts for whose length nobody noted
_NOTABLE = 5  # points beside the plan


class Spending(Portrait):
    """A bar for each side of each means, with a mark at the plan; pressed, its customers."""

    KEY = "spending"
    HELP = "m33"
    OPTIONS = {"span": tuple(_DAYS)}  # noqa: RUF012 - as its base declares it

    @classmethod
    def is_slow(cls, store: Store, choices: Mapping[str, str]) -> bool:  # noqa: ARG003 - by its base
        return is_large(store) and not is_current(store)

    def read(self) -> None:
        last = self.store.clock.today()
        first = last - timedelta(days=_DAYS[self.chosen["span"]] - 1)
        self.span = first, last
        found = efforts(self.store, first, last)
        self.untimed = sum(one.minutes is None for one in found)
        self.taken = [
            Effort(
                str(one.number), one.day, _UNTIMED if one.minutes is None else one.minutes, one.cost
            )
            for one in found
        ]
        fresh = {} if is_current(self.store) else dict(_stances(self.store))
        self.stances = {str(one.number): fresh.get(one.customer_id, one.stance) for one in found}
        self.plan = plan(self.store)
        self.spent = spent(self.taken, self.stances, first, last)
        self.cells = compared(self.plan, self.spent)
        self.off = hours_off(self.plan, self.spent, first, last)

    def empty(self) -> str:
        return "" if self.taken else self.words("portfolio.empty.spending")

    def finding(self) -> str:
        words = self.words
        gaps = {side: self.cells[TIME][side].gap for side in _ROWS}
        most, least = max(_ROWS, key=gaps.__getitem__), min(_ROWS, key=gaps.__getitem__)
        if max(gaps[most], -gaps[least]) < _NOTABLE:
            return words("portfolio.finding.spending.as_planned")
        return words(
            "portfolio.finding.spending.off",
            least=self._side(least),
            less=f"{abs(self.off[least])}",
            most=self._side(most),
            more=f"{abs(self.off[most])}",
        )

    def _side(self, side: str) -> str:
        return self.words(f"portfolio.side.{side}")

    def draw(self, width: float, size: float = 12.0) -> Picture:
        line, left = 2.1 * size, 0.16 * width
        room = width - left - 0.3 * width
        longest = max(
            float(max(cell.actual, Decimal(cell.planned)))
            for column in self.cells.values()
            for cell in column.values()
        )
        scale = room / max(longest, 1.0)
        shapes: list[Shape] = []
        y = 0.0
        for means in MEANS:
            title = shortened(self.words(f"portfolio.means.{means}"), size, width, bold=True)
            shapes.append(Text(0, y + 1.4 * size, title, size, "ink", bold=True))
            y += line
            if not any(cell.actual for cell in self.cells[means].values()):
                nothing = self.words(f"portfolio.nothing_spent.{means}")
                shapes.append(Text(0, y + line / 2 + 0.36 * size, nothing, size, "ink-3"))
                y += 1.6 * line
                continue
            for side in _ROWS:
                cell = self.cells[means][side]
                if side == ELSEWHERE and not cell.actual:
                    continue
                key, base = f"{means}:{side}", y + line / 2 + 0.36 * size
                name = shortened(self._side(side), size, left - size)
                long = float(cell.actual) * scale
                role = "accent" if cell.gap > 0 else "ink-3"
                shapes.append(Box(0, y, width, line, key=key))
                shapes.append(Text(0, base, name, size, "ink-2", key=key))
                if long > 0:
                    bar = Box(left, y + 0.25 * line, long, 0.5 * line, fill=role, key=key)
                    shapes.append(bar)
                end = left + long
                if side in SIDES:
                    at = left + cell.planned * scale
                    shapes.append(Line(at, y + 0.1 * line, at, y + 0.9 * line, "ink", 1.5))
                    end = max(end, at)
                told = shortened(self._told(means, side), size, width - end - 0.8 * size)
                shapes.append(Text(end + 0.8 * size, base, told, size, "ink-2", key=key))
                y += line
            y += 0.6 * size
        return Picture(width, y, tuple(shapes), self.finding())

    def _told(self, means: str, side: str) -> str:
        cell = self.cells[means][side]
        actual = self.percent(cell.actual)
        if side not in SIDES:
            return actual
        return self.words("portfolio.of_plan", actual=actual, plan=self.percent(cell.planned))

    def tips(self) -> Mapping[str, str]:
        tips = {}
        for means in MEANS:
            for side in _ROWS:
                told = f"{self._side(side)}\n{self._told(means, side)}"
                if means == TIME:
                    told += f"\n{self.words('portfolio.hours_off', n=f'{self.off[side]:+}')}"
                tips[f"{means}:{side}"] = told
        return tips

    def notes(self) -> list[str]:
        words, notes = self.words, super().notes()
        if not self.taken:
            return notes
        notes.append(words("portfolio.spending_how"))
        if self.untimed:
            n = self.counted(self.untimed)
            notes.append(words("portfolio.untimed", n=n, minutes=_UNTIMED))
        return notes

    def behind(self, key: str) -> Behind:
        means, _, side = key.partition(":")
        first, last = self.span
        title = self._side(side) if side else self.words("portfolio.everybody")
        sides = (side,) if side else _ROWS
        minutes = {
            int(number): took
            for one in sides
            for number, took in causes(self.taken, self.stances, one, first, last)
        }
        visits, costs = Counter[int](), Counter[int]()
        for effort in self.taken:
            visits[int(effort.customer_id)] += 1
            costs[int(effort.customer_id)] += effort.cost
        by = costs if means == MONEY else minutes
        order = sorted(minutes, key=lambda number: (-by[number], -minutes[number], number))

        def tell(numbers: Sequence[int]) -> Mapping[int, Told]:
            return {
                number: Told(
                    self.words("portfolio.visits_took", n=visits[number]),
                    self.words("portfolio.hours", n=f"{minutes[number] / 60:.1f}"),
                    self.short(costs[number]) if costs[number] else "",
                )
                for number in numbers
                if number in minutes
            }

        return Behind(title, order, tell)


def _stances(store: Store) -> Iterator[tuple[str, str]]:
    """Customer -> stance, made anew where what is kept is of another day."""
    return ((one.customer_id, one.stance) for one in every(store))
