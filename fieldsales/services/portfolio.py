"""What each customer is worth and which class it has by each method, with the reason (M03 … M37).

`every` is what pictures, lists and papers read, `of` what a card says of one customer; both on any
day. `renew` brings what is kept in the file to the day it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fieldsales.domain.classes.judged import Judged
from fieldsales.domain.classes.key_score import Score, score
from fieldsales.domain.classes.rules import Rules
from fieldsales.domain.classes.whole import Given, Held, Worth, rated
from fieldsales.domain.classes.worth import Value, value
from fieldsales.domain.portfolio import CLASSES
from fieldsales.services.workspace import Workspace
from fieldsales.store.caches.worth import Watch
from fieldsales.store.database import Store
from fieldsales.store.queries import worth as queries


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer on a day: its classes and figures (`worth`), what they rest on (`given`).

    `judged`: method -> what the rule says and why, also where a class is held by hand instead;
    `rank` by value from 1 among so many `customers`.
    """

    as_of: date
    worth: Worth
    given: Given
    judged: Mapping[str, Judged]
    rank: int
    customers: int
    rules: Rules
    currency: str

    @property
    def held(self) -> Mapping[str, Held]:
        """Method -> the class held by hand."""
        return self.given.held

    @property
    def value(self) -> Value:
        """Customer value with its three parts (M30)."""
        return value(self.given.facts, self.rules.terms)

    @property
    def score(self) -> Score:
        """The key-customer score with what it lacks (M12)."""
        return score(rated(self.given), self.rules.weights)

    def classes(self) -> dict[str, str]:
        """Method -> class, those that can be told, in the usual order."""
        return {method: code for method in CLASSES if (code := self.worth.code(method))}


def every(store: Store, as_of: date | None = None) -> list[Worth]:
    """All customers we sell to, by id, as of today or another day.

    Of today it is read from what is kept, else made from scratch.
    """
    return queries.every(store, as_of or store.clock.today())


def of(store: Store, customer_id: str, as_of: date | None = None) -> Standing | None:
    """One customer with the reasons of its classes; None for a supplier, or one in the trash.

    Of another day than what is kept all customers are judged first, as the classes depend on them.
    """
    found = queries.one(store, customer_id, as_of or store.clock.today())
    return None if found is None else Standing(*found)


def rules_of(store: Store) -> Rules:
    """The limits that settings hold now."""
    return queries.rules_of(store)


def kept_day(store: Store) -> date | None:
    """The day of what is kept, and so of lists and cards; None before the first `renew`."""
    return queries.kept_day(store)


def is_current(store: Store) -> bool:
    """Whether what is kept is of today."""
    return queries.kept_day(store) == store.clock.today()


def renew(workspace: Workspace, watch: Watch | None = None, *, wait: float = 5.0) -> bool:
    """Brings the kept classes to today; False where they were already.

    For a file of 100 000 customers it takes seconds: to be called from a job there. What `watch`
    raises stops it.
    """
    if is_current(workspace.store):
        return False
    queries.renew(workspace.store, workspace.store.clock.today(), watch, wait)
    return True
