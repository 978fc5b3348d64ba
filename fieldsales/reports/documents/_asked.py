"""A paper about one option of a picture: by what it ranks, which quarter it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from fieldsales.errors import UserError
from fieldsales.reports.documents import Subject
from fieldsales.reports.portfolio.portrait import Portrait
from fieldsales.store.database import Store
from fieldsales.words import Words

_P = TypeVar("_P", bound=Portrait)


@dataclass(frozen=True, slots=True)
class Facts(Generic[_P]):
    """The file, and which option is asked for."""

    store: Store
    asked: Asked[_P]
    option: str

    def picture(self, words: Words) -> _P:
        return self.asked.kind(self.store, words, {self.asked.name: self.option})


@dataclass(frozen=True, slots=True)
class Asked(Generic[_P]):
    """What a kind of paper offers of itself; `name` is that of the options in `kind.OPTIONS`."""

    kind: type[_P]
    name: str

    def latest(self, _store: Store) -> str:
        """The first option."""
        return self.kind.OPTIONS[self.name][0]

    def gather(self, store: Store, row_id: str) -> Facts[_P]:
        """`row_id`: an option; UserError("record.gone") for others."""
        if row_id not in self.kind.OPTIONS[self.name]:
            raise UserError("record.gone")
        return Facts(store, self, row_id)

    def subject(self, _facts: Facts[_P]) -> Subject:
        return Subject()
