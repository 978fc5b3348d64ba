"""What each customer is worth and which class it has by each method, with the reason (M03 … M37).

`every` is what pictures, lists and papers read, `of` what a card says of one customer; both on any
day. `renew` brings what is kept in the file to the day it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.domain.classes.judged import Judged
from fieldsales.domain.classes.key_score import Score, by_size, fifth, score
from fieldsales.domain.classes.rules import Rules
from fieldsales.domain.classes.whole import Given, Held, Worth, rated
from fieldsales.domain.classes.worth import Value, value
from fieldsales.domain.customer import Customer, size_class
from fieldsales.domain.money.exact import half_up
from fieldsales.domain.portfolio import CLASSES
from fieldsales.services.workspace import Workspace
from fieldsales.store.caches.worth import Watch
from fieldsales.store.database import Store
from fieldsales.store.queries import satisfaction
from fieldsales.store.queries import worth as queries
from fieldsales.store.queries.worth_pictures import WorthTable


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

    Of another day than today all customers are judged first, as the classes depend on them.
    """
    found = queries.one(store, customer_id, as_of or store.clock.today())
    return None if found is None else Standing(*found)


def proposed(store: Store, customer_id: str) -> dict[str, int]:
    """Criterion of M12 -> the rating the records propose, 1 … 5; those of which they tell nothing
    are left out.

    Sales and growth of twelve months by the fifth of the customers, the size by its class (M02),
    satisfaction by the mean of all scores of twelve months.
    """
    today, found = store.clock.today(), dict[str, int]()
    if is_current(store):
        table = WorthTable(store, today)
        for figure in ("sales", "growth"):
            place = table.place(customer_id, figure)
            if place is not None:
                found[figure] = fifth(*place)
    customer = store.record(Customer, customer_id)
    size = by_size(size_class(customer.employees if customer else None))
    if size is not None:
        found["size"] = size
    scores = [
        part
        for one in satisfaction.history(store, customer_id)
        if months_before(today, YEAR) < one.day <= today
        for part in one.parts.values()
    ]
    if scores:
        found["satisfaction"] = int(half_up(sum(scores, Decimal(0)) / len(scores)))
    return found


def of_kept(store: Store, customer_id: str) -> Standing | None:
    """The same by what is kept, of whatever day that is: nobody waits for it. None before the first
    `renew`, too.
    """
    found = queries.one_kept(store, customer_id)
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
