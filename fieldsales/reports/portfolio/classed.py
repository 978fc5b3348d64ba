"""What pictures of classes share: the table of all customers on a day, and an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.reports.portfolio.portrait import Portrait, past_day
from fieldsales.store.database import Store
from fieldsales.store.queries.customers import count
from fieldsales.store.queries.worth import is_kept
from fieldsales.store.queries.worth_pictures import WorthTable

_LARGE = 2_000  # customers
SINCE = {"since_year": YEAR, "quarter": 3, "no": 0}  # months


def is_large(store: Store) -> bool:
    """Whether the classes of all customers take long to be worked out."""
    return count(store) > _LARGE


class OfWorth(Portrait):
    """A picture of the classes and figures of all customers, today or on a day gone by."""

    PAST = True

    @classmethod
    def is_slow(cls, store: Store, choices: Mapping[str, str]) -> bool:
        day = (past_day(choices) if cls.PAST else None) or store.clock.today()
        return is_large(store) and not is_kept(store, day)

    def read(self) -> None:
        self.table = WorthTable(self.store, self.day)
        self.unrated.update(self.table.left_out())
        self.gather()

    def empty(self) -> str:
        return "" if count(self.store) else self.words("portfolio.nobody_hint")

    def gather(self) -> None:
        """Takes what the picture needs from the table."""
        raise NotImplementedError


class Compared(OfWorth):
    """One that tells who moved since an earlier day, or how things are now."""

    OPTIONS: ClassVar = {"since": tuple(SINCE)}

    @classmethod
    def is_slow(cls, store: Store, choices: Mapping[str, str]) -> bool:
        looks_back = is_large(store) and SINCE.get(choices.get("since", ""), 0) > 0
        return looks_back or super().is_slow(store, choices)

    def earlier(self, *methods: str) -> Mapping[int, tuple[str, ...]] | None:
        """Row number -> classes on the day that is compared with; None where none is.

        A large file looks back only when it is told to: that takes seconds.
        """
        if "since" not in self.choices and is_large(self.store):
            self.chosen["since"] = "no"
        months = SINCE[self.chosen["since"]]
        if not months:
            return None
        day = months_before(self.day, months)
        return WorthTable(self.store, day).of_each(*methods)
