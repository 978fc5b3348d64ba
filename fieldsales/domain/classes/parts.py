"""What customers add to a figure: part and whole of each, of very many of them in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple


class Part(NamedTuple):
    """What a customer, by the number of its row (0 for nobody), adds to an indicator: `part` of
    `of`; `money` goes with it, in minor units.
    """

    customer: int
    part: Decimal | int
    of: Decimal | int = 1
    money: int = 0


class Columns(NamedTuple):
    """The same of many customers in whole numbers, each column as long as the others."""

    customers: Sequence[int]
    part: Sequence[int]
    of: Sequence[int]
    money: Sequence[int]

    def together(self) -> Columns:
        """All of them as one of nobody."""
        return Columns([0], [sum(self.part)], [sum(self.of)], [sum(self.money)])


NOBODY = Columns((), (), (), ())


class Parts(Collection[Part]):
    """The parts of many customers, one each, kept column by column."""

    def __init__(self, known: Columns = NOBODY) -> None:
        self._kept = tuple(array("q", column) for column in known)

    @property
    def columns(self) -> Columns:
        return Columns(*self._kept)

    def extend(self, more: Columns) -> None:
        for column, values in zip(self._kept, more, strict=True):
            column.extend(values)

    def __len__(self) -> int:
        return len(self._kept[0])

    def __iter__(self) -> Iterator[Part]:
        return map(Part._make, zip(*self._kept, strict=True))

    def __contains__(self, one: object) -> bool:
        return any(one == part for part in self)


def summed(parts: Collection[Part]) -> Part:
    """All parts together, of nobody in particular."""
    if isinstance(parts, Parts):
        return Part(*(one for (one,) in parts.columns.together()))
    return Part(
        0,
        sum(one.part for one in parts),
        sum(one.of for one in parts),
        sum(one.money for one in parts),
    )
