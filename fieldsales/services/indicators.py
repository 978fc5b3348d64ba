"""The balanced indicators of a quarter: what was aimed at, what came of it, where it goes (M34)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from fieldsales.domain.classes.indicators import BY_CODE, TYPED, Reading, actual
from fieldsales.domain.classes.parts import Part
from fieldsales.domain.quarters import Quarter
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.database import Store
from fieldsales.store.queries import indicators as queries
from fieldsales.store.queries.indicators import Typed

QUARTERS = 6  # of which the figures are told


@dataclass(frozen=True)
class Board:
    """The indicators of the last of some `quarters`, the oldest first; figures are of the twelve
    months that end with a quarter, of the one that runs with today (the last of `days`).

    `recorded`: for each quarter, indicator -> what the records tell, None where none does. `typed`:
    for each, what was typed. `parts`: indicator -> what its customers add to it in the last one.
    `coming`: the indicators of which it is still being found out what the records tell.
    """

    quarters: Sequence[Quarter]
    days: Sequence[date]
    typed: Sequence[Mapping[str, Typed]]
    recorded: Sequence[Mapping[str, Decimal | None]]
    parts: Mapping[str, Collection[Part]]
    coming: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        return self.days[-1]

    @property
    def quarter(self) -> Quarter:
        return self.quarters[-1]

    @cached_property
    def readings(self) -> Mapping[str, Sequence[Reading]]:
        """Indicator -> its figures, as many as there are quarters; what the records tell counts
        before what was typed.
        """
        found: dict[str, list[Reading]] = {}
        for code in BY_CODE:
            before = None
            for recorded, typed in zip(self.recorded, self.typed, strict=True):
                one, told = typed.get(code, Typed()), recorded.get(code)
                if told is None and code not in self.coming:
                    told = _number(one.actual)
                found.setdefault(code, []).append(Reading(_number(one.target), told, before))
                before = told
        return found

    @property
    def now(self) -> dict[str, Reading]:
        """Indicator -> its figures in the last quarter."""
        return {code: readings[-1] for code, readings in self.readings.items()}

    def is_told(self, code: str) -> bool:
        """Whether the records tell the figure of the last quarter, or may do so in a moment."""
        return code in self.coming or self.recorded[-1].get(code) is not None


def board(store: Store, quarters_ago: int = 0) -> Board:
    """The board of the quarter that runs, or of an earlier one."""
    *_, whole = boards(store, quarters_ago)
    return whole


def boards(store: Store, quarters_ago: int = 0, watch: Watch = unwatched) -> Iterator[Board]:
    """The same, first with what is found soon, then whole."""
    empty = outline(store, quarters_ago)
    for told in queries.told(store, empty.days, watch):
        recorded = [
            {code: actual(BY_CODE[code], parts) for code, parts in of_day.items()}
            for of_day in told
        ]
        coming = empty.coming - told[-1].keys()
        yield replace(empty, recorded=recorded, parts=told[-1], coming=coming)


def outline(store: Store, quarters_ago: int = 0, known: Board | None = None) -> Board:
    """What is typed, with what the records told of the same days when it was `known` last."""
    today = store.clock.today()
    last = Quarter.of(today).earlier(quarters_ago)
    quarters = [last.earlier(ago) for ago in reversed(range(QUARTERS))]
    days = [min(quarter.last, today) for quarter in quarters]
    typed = [queries.typed(store, quarter) for quarter in quarters]
    if known is not None and known.days == days:
        return replace(known, typed=typed)
    return Board(
        quarters, days, typed, [{} for _ in days], {}, frozenset(BY_CODE.keys() - set(TYPED))
    )


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
