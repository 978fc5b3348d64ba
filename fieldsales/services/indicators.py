"""The balanced indicators of a quarter: what was aimed at, what came of it, where it goes (M34)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fieldsales.domain.classes.indicators import BY_CODE, Part, Reading, actual
from fieldsales.domain.quarters import Quarter
from fieldsales.store.database import Store
from fieldsales.store.queries import indicators as queries
from fieldsales.store.queries.indicators import Typed

QUARTERS = 6  # of which the figures are told


@dataclass(frozen=True, slots=True)
class Board:
    """The indicators of the last of some `quarters`, the oldest first; figures are of the twelve
    months that end with a quarter, of the one that runs with today (`day`).

    `readings`: indicator -> its figures, as many as there are quarters. `parts`: indicator -> what
    its customers add to it; it is not there where no record tells of it. `typed`: what was typed.
    """

    day: date
    quarters: Sequence[Quarter]
    readings: Mapping[str, Sequence[Reading]]
    parts: Mapping[str, Sequence[Part]]
    typed: Mapping[str, Typed]

    @property
    def quarter(self) -> Quarter:
        return self.quarters[-1]

    @property
    def now(self) -> dict[str, Reading]:
        """Indicator -> its figures in the last quarter."""
        return {code: readings[-1] for code, readings in self.readings.items()}

    def is_told(self, code: str) -> bool:
        """Whether the records tell the figure of the last quarter."""
        return code in self.parts and actual(BY_CODE[code], self.parts[code]) is not None


def board(store: Store, quarters_ago: int = 0) -> Board:
    """The board of the quarter that runs, or of an earlier one; what the records tell counts
    before what was typed.
    """
    today = store.clock.today()
    last = Quarter.of(today).earlier(quarters_ago)
    quarters = [last.earlier(ago) for ago in reversed(range(QUARTERS))]
    readings: dict[str, list[Reading]] = {code: [] for code in BY_CODE}
    day, parts, typed = today, dict[str, list[Part]](), dict[str, Typed]()
    for quarter in quarters:
        day = min(quarter.last, today)
        parts = (queries.parts if quarter is quarters[-1] else queries.sums)(store, day)
        typed = queries.typed(store, quarter)
        for code, before in readings.items():
            told = actual(BY_CODE[code], parts[code]) if code in parts else None
            one = typed.get(code, Typed())
            found = _number(one.actual) if told is None else told
            then = before[-1].actual if before else None
            before.append(Reading(_number(one.target), found, then))
    return Board(day, quarters, readings, parts, typed)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
