"""A paper about one option of a picture: by what it ranks, which quarter it shows; of which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from fieldsales.errors import UserError
from fieldsales.reports.documents import Subject
from fieldsales.reports.portfolio.portrait import Portrait
from fieldsales.store.database import Store
from fieldsales.words import Words

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

_P = TypeVar("_P", bound=Portrait)


@dataclass(frozen=True, slots=True)
class Facts(Generic[_P]):
    """The file, which option is asked for, and of which day gone by, None for today."""

    store: Store
    asked: Asked[_P]
    option: str
    day: date | None

    def picture(self, words: Words) -> _P:
        choices = {self.asked.name: self.option, **as_of(self.day)}
        return self.asked.kind(self.store, words, choices)


@dataclass(frozen=True, slots=True)
class Asked(Generic[_P]):
    """What a kind of paper offers of itself; `name` is that of the options in `kind.OPTIONS`."""

    kind: type[_P]
    name: str

    def latest(self, _store: Store) -> str:
        """The first option."""
        return self.kind.OPTIONS[self.name][0]

    def gather(self, store: Store, row_id: str) -> Facts[_P]:
        """`row_id`: an option, `sales@2026-06-30` of a day, the first one of a day alone;
        UserError("record.gone") for others.
        """
        option, day = parted(store, row_id)
        option = option or self.latest(store)
        if option not in self.kind.OPTIONS[self.name] or (day and not self.kind.PAST):
            raise UserError("record.gone")
        return Facts(store, self, option, day)

    def subject(self, facts: Facts[_P]) -> Subject:
        return Subject(facts.day)


def parted(store: Store, row_id: str) -> tuple[str, date | None]:
    """What is asked for, '' where only a day is, and of which day gone by; UserError("record.gone")
    for another day.
    """
    what, _, told = row_id.partition("@")
    if not told and _DAY.fullmatch(what):
        what, told = "", what
    try:
        day = date.fromisoformat(told) if told else None
    except ValueError:
        raise UserError("record.gone") from None
    if day is not None and day >= store.clock.today():
        raise UserError("record.gone")
    return what, day


def as_of(day: date | None) -> dict[str, str]:
    """The choice of a picture that shows a day gone by."""
    return {"as_of": day.isoformat()} if day else {}
