"""The lifecycle grid, and who moved in it within a year (M09)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from fieldsales.domain.classes.findings import Cell as Place
from fieldsales.domain.classes.findings import of_lifecycle, rose
from fieldsales.domain.classes.lifecycle import ACROSS, DOWN, GROWING, RELATIONSHIP, across
from fieldsales.domain.customer import STATUSES
from fieldsales.drawing.flows import Arrow, Cell, Column, flows
from fieldsales.drawing.shapes import Picture
from fieldsales.reports.portfolio.classed import Compared
from fieldsales.reports.portfolio.portrait import LISTED, Behind, Line

_ARROWS = 8  # ways that are drawn, those most went


class Lifecycle(Compared):
    """Counts in every cell; with a `since`, arrows for who went from one to another."""

    KEY = "lifecycle"
    HELP = "m09"

    def gather(self) -> None:
        self.counts: Counter[Place] = Counter()
        for stood, count in self.table.stages().items():
            self.counts[cell_of(*stood)] += count
        self.moves: dict[tuple[Place, Place], list[int]] = {}
        methods = ("purchase_status", "course")
        before = self.earlier(*methods)
        self.asked = before is not None
        if before is None:
            return
        for number, (status, course) in self.table.of_each(*methods).items():
            if number in before:
                was_status, was_course = before[number]
                step = cell_of(was_status, was_course), cell_of(status, course)
                if step[0] != step[1]:
                    self.moves.setdefault(step, []).append(number)

    def finding(self) -> str:
        moves = {step: len(numbers) for step, numbers in self.moves.items()}
        return self.told(of_lifecycle(self.counts, moves, self.asked))

    def draw(self, width: float, size: float = 12.0) -> Picture:
        words = self.words
        columns = []
        for stands in ACROSS:
            downs = DOWN if stands == RELATIONSHIP else ("",)
            cells = tuple(
                Cell(
                    _key((stands, down)),
                    self._name((stands, down)),
                    self.counts[stands, down],
                    strong=down == GROWING,
                )
                for down in downs
            )
            columns.append(Column(words(f"portfolio.across.{stands}"), cells))
        ways = sorted(self.moves, key=lambda step: (-len(self.moves[step]), step))[:_ARROWS]
        arrows = [
            Arrow(
                _way(step),
                _key(step[0]),
                _key(step[1]),
                len(self.moves[step]),
                "good" if rose(*step) else "bad",
            )
            for step in ways
        ]
        return flows(columns, arrows, width, size=size, alt=self.finding())

    def _name(self, cell: Place) -> str:
        if cell[1]:
            return self.words.choice("course", cell[1])
        return self.words(f"portfolio.across.{cell[0]}")

    def tips(self) -> Mapping[str, str]:
        cells = {
            _key(cell): f"{self._name(cell)}\n{self.customers(count)}"
            for cell, count in self.counts.items()
        }
        ways = {
            _way(step): f"{self._told(step)}\n{self.customers(len(numbers))}"
            for step, numbers in self.moves.items()
        }
        return cells | ways

    def _told(self, step: tuple[Place, Place]) -> str:
        start, end = map(self._name, step)
        return self.words("portfolio.way_from", start=start, end=end)

    def notes(self) -> list[str]:
        notes = super().notes()
        if len(self.moves) > _ARROWS:
            more = sum(len(one) for one in self.moves.values())
            notes.append(self.words("portfolio.more_ways", n=_ARROWS, all=more))
        return notes

    def behind(self, key: str) -> Behind:
        for step, numbers in self.moves.items():
            if _way(step) == key:
                return Behind(self._told(step), numbers, self._tell)
        stands, _, down = key.partition("/")
        if not key:
            numbers = self.table.listed("sales", limit=LISTED)
            of = self.counts.total()
            return Behind(self.words("portfolio.everybody"), numbers, self._tell, of=of)
        statuses = [status for status in STATUSES if across(status) == stands]
        where = f"w.course = '{down}'" if down in DOWN else "true"
        numbers = self.table.listed("sales", "purchase_status", statuses, where)
        return Behind(self._name((stands, down)), numbers, self._tell)

    def _tell(self, numbers: Sequence[int]) -> Mapping[int, Line]:
        words = self.words
        found = {}
        for number, one in self.table.of(numbers).items():
            told = ""
            if one.sales or one.before:
                told = words(
                    "portfolio.year_and_before",
                    now=self.short(one.sales),
                    before=self.short(one.before),
                )
            found[number] = Line(told, self._name(cell_of(one.purchase_status, one.course)))
        return found


def cell_of(status: str, course: str) -> Place:
    """The cell of the grid for a purchase status and a course."""
    stands = across(status)
    return stands, course if stands == RELATIONSHIP else ""


def _key(cell: Place) -> str:
    return "/".join(cell)


def _way(step: tuple[Place, Place]) -> str:
    return ">".join(map(_key, step))
