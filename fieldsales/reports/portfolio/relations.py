"""The relationship matrix of all customers (M20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fieldsales.domain.clock import local_day
from fieldsales.domain.relationship import CELLS
from fieldsales.drawing.shapes import Picture
from fieldsales.methods.relationship.picture import Dot, finding, matrix
from fieldsales.reports.portfolio.portrait import Behind, Line, Portrait
from fieldsales.store.queries.relations import Stood, stood


class Relations(Portrait):
    """Two by two cells: the organisation's needs met, and the personal ones."""

    KEY = "relations"
    HELP = "m20"

    def read(self) -> None:
        self.stood = {one.number: one for one in stood(self.store)}
        self.dots = [
            Dot(str(one.number), one.name, one.standing, customer=True, fresh=one.fresh)
            for one in self.stood.values()
        ]

    def empty(self) -> str:
        placed = any(dot.cell for dot in self.dots)
        return "" if placed else self.words("portfolio.empty.relations")

    def finding(self) -> str:
        return finding(self.dots, self.words)

    def draw(self, width: float, size: float = 12.0) -> Picture:
        return matrix(self.dots, self.words, width, size=size)

    def tips(self) -> Mapping[str, str]:
        cells = {cell: self._cell(cell) for cell in CELLS}
        return cells | {dot.key: f"{dot.name}\n{self._cell(dot.cell)}" for dot in self.dots}

    def _cell(self, cell: str) -> str:
        return self.words(f"matrix.cell.{cell}") if cell else self.words("portfolio.not_rated")

    def behind(self, key: str) -> Behind:
        title = self._cell(key) if key in CELLS else self.words("portfolio.everybody")
        numbers = [
            number
            for number, one in self.stood.items()
            if key in ("", str(number), one.standing.cell)
        ]
        numbers.sort(key=lambda number: self._order(self.stood[number]))

        def tell(wanted: Sequence[int]) -> Mapping[int, Line]:
            return {
                number: self._line(self.stood[number]) for number in wanted if number in self.stood
            }

        return Behind(title, numbers, tell)

    def _order(self, one: Stood) -> tuple[int, float]:
        """The best relationships first; those that cannot be placed last."""
        cells = (*reversed(CELLS), "")
        standing = one.standing
        return cells.index(standing.cell), -sum(
            filter(None, (standing.organisation, standing.personal))
        )

    def _line(self, one: Stood) -> Line:
        words, standing = self.words, one.standing
        both = ((standing.organisation, "organisation"), (standing.personal, "personal"))
        means = [
            words(f"portfolio.met_{name}", n=f"{mean:.1f}")
            for mean, name in both
            if mean is not None
        ]
        today = self.store.clock.today()
        met = words.days_from(local_day(one.last_contact), today) if one.last_contact else ""
        return Line(
            below=words("portfolio.dot").join(means),
            aside=self._cell(standing.cell),
            aside_below=met or words("customers.never"),
            role="ink-3" if one.fresh == 1 else "warn",
        )
