"""What the records of twelve months, and the user, say of the balanced indicators (M34)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import NamedTuple

from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.domain.classes.indicators import BY_CODE
from fieldsales.domain.classes.parts import Columns, Part, Parts
from fieldsales.domain.clock import day_start
from fieldsales.domain.money.ageing import LIMITS
from fieldsales.domain.quarters import Quarter
from fieldsales.domain.verdict import Verdict
from fieldsales.store.caches import Watch, unwatched
from fieldsales.store.caches.owed import owed_on, settled_by
from fieldsales.store.caches.worth_rules import BATCH, Told
from fieldsales.store.caches.worth_rules import told as settings_told
from fieldsales.store.database import Store
from fieldsales.store.queries import feedback, satisfaction
from fieldsales.store.queries.bought import parts_of_sales
from fieldsales.store.queries.currencies import base_currency, rates
from fieldsales.store.queries.customers import numbers_of
from fieldsales.store.queries.funnel import verdict_of
from fieldsales.store.queries.outcomes import outcomes
from fieldsales.store.queries.settings import setting

# marks of visits that brought an advance or an order: ordered, refused, they act, and on a day
_GOOD = [
    str(marks)
    for marks in product((0, 1), repeat=4)
    if verdict_of(*marks) in (Verdict.ORDER, Verdict.ADVANCE)
]
_BROUGHT = (
    "(v.ordered, v.refused, trim(v.their_action) <> '', v.their_date IS NOT NULL)"
    f" IN (VALUES {', '.join(_GOOD)})"
)
# the day has come within the twelve months; on the last one a planned visit may still be made
_DUE = (
    "v.starts_at >= :first{at} AND v.starts_at <"
    " CASE WHEN v.state IN ('running', 'concluded') THEN :end{at} ELSE :last{at} END"
)
_VISITS = (  # customer by customer: by day SQLite would sort them
    "FROM customer_facts f CROSS JOIN visit v ON v.customer_id = f.customer_id"
    " WHERE v.trashed_at IS NULL AND v.starts_at >= :first AND v.starts_at < :end"
)
_ANY_OWED = "SELECT EXISTS (SELECT 1 FROM receivable WHERE trashed_at IS NULL)"


class Typed(NamedTuple):
    """What was typed for an indicator in a quarter, '' for nothing."""

    target: str = ""
    actual: str = ""


def setting_name(quarter: Quarter) -> str:
    return f"indicators.{quarter}"


def typed(store: Store, quarter: Quarter) -> dict[str, Typed]:
    """Indicator -> what was typed for a quarter."""
    kept: dict[str, list[str]] = setting(store, setting_name(quarter), {})
    return {code: Typed(*figures) for code, figures in kept.items() if code in BY_CODE}


def unrated(store: Store) -> set[str]:
    """The currencies of sales, estimates and debts for which nobody typed a rate."""
    known = {"", base_currency(store), *rates(store)}
    found = {
        code
        for table in ("sale", "estimate", "receivable")  # together SQLite would sort all of them
        for (code,) in store.rows(f"SELECT DISTINCT currency FROM {table} WHERE trashed_at IS NULL")
    }
    return found - known


def told(
    store: Store, days: Sequence[date], watch: Watch = unwatched
) -> Iterator[list[dict[str, Collection[Part]]]]:
    """For each of some days, rising: indicator -> what customers add to it in the twelve months
    that end with the day; of the last day one by one, of the others added up.

    First what is told soon, then with it what sales tell, of which there are most. Those of which
    no record tells are left out. Money is in the usual currency.
    """
    with store.reading() as connection:
        said = settings_told(connection)
        readers = [_Reader(store, day, said, each=day == days[-1]) for day in days]
        visits = _visits(store, readers)
        soon = [
            {**reader.of_records(), **visited.parts}
            for reader, visited in zip(readers, visits, strict=True)
        ]
        yield soon
        sales = parts_of_sales(connection, days, said, watch)
        yield [
            {**one, **sold, **reader.of_sales(sold["sales_growth"].columns, visited.costs)}
            for one, sold, reader, visited in zip(soon, sales, readers, visits, strict=True)
        ]


def _visited(at: int | str) -> str:
    """How many visits were due, made, concluded and brought something, and what they took, in the
    twelve months to the day of these parameters.
    """
    due, done = _DUE.format(at=at), "v.state = 'concluded'"
    counts = (
        f"count(*) FILTER (WHERE {due} AND {one})"
        for one in ("true", "v.state IN ('running', 'concluded')", done, f"{done} AND {_BROUGHT}")
    )
    return f"{', '.join(counts)}, coalesce(sum(v.cost) FILTER (WHERE {due} AND {done}), 0)"


class _Visited:
    """Of visits by customer, or of all as those of 0: those due, made, concluded, and those that
    brought something; `costs`, what the concluded ones took, in minor units.
    """

    def __init__(self, rows: Iterator[Sequence[int]]) -> None:
        planned, rates = Parts(), Parts()
        self.costs = Counter[int]()
        while some := list(islice(rows, BATCH)):
            who, due, made, concluded, brought, cost = zip(*some, strict=True)
            nothing = [0] * len(who)
            planned.extend(Columns(who, made, due, nothing))
            rates.extend(Columns(who, brought, concluded, nothing))
            self.costs.update({one: n for one, n in zip(who, cost, strict=True) if n})
        # of those due the part that was made; of those made, the part that brought an advance or
        # an order (M29c)
        self.parts = {"visits_as_planned": planned, "advance_rate": rates}


def _visits(store: Store, readers: Sequence[_Reader]) -> list[_Visited]:
    """Of each day; of the last one customer by customer. For the others each visit is read once, as
    their twelve months overlap.
    """
    *past, last = (reader.moments for reader in readers)
    by_customer = f"SELECT f.number, {_visited('')} {_VISITS} GROUP BY f.customer_id"
    found = [_Visited(store.each(by_customer, last))]
    if past:
        counts = ", ".join(_visited(at) for at in range(len(past)))
        moments = {f"{name}{at}": one[name] for at, one in enumerate(past) for name in one}
        span = {"first": past[0]["first"], "end": past[-1]["end"]}
        [row] = store.rows(f"SELECT {counts} {_VISITS}", {**moments, **span})
        wide = len(row) // len(past)
        found[:0] = [_Visited(iter([(0, *row[at : at + wide])])) for at in range(0, len(row), wide)]
    return found


class _Reader:
    """What there is besides sales, from a first to a last day; of `each` customer, or together."""

    def __init__(self, store: Store, day: date, said: Told, *, each: bool) -> None:
        self._store = store
        self._first = months_before(day, YEAR) + timedelta(days=1)
        self._last = day
        self._days = [self._first.isoformat(), day.isoformat()]
        self._money = said.money()
        self._who = "f.number" if each else "0"

    @property
    def moments(self) -> dict[str, str]:
        """When the twelve months begin and `end`, and when their last day begins."""
        last, end = day_start(self._last), day_start(self._last + timedelta(days=1))
        return {"first": day_start(self._first), "last": last, "end": end}

    def of_records(self) -> dict[str, Collection[Part]]:
        """Indicator -> parts of what sales have nothing to do with."""
        return {
            "satisfaction": self.satisfaction(),
            "win_rate": self.win_rate(),
            "answer_days": [Part(*one) for one in feedback.answers(self._store, self._last)],
            "paid_on_time": self.paid_on_time(),
            "reviews_held": self.reviews_held(),
        }

    def of_sales(self, sold: Columns, costs: Counter[int]) -> dict[str, Collection[Part]]:
        """Indicator -> parts of what was sold (the `money` of the columns), by the same customers.

        What visits cost is only told where anybody noted it (M33).
        """
        return {
            "selling_cost": _of_sales(costs, sold) if any(costs.values()) else [],
            "bad_debts": self.bad_debts(sold),
        }

    def bad_debts(self, sold: Columns) -> Collection[Part]:
        """What was written off, and what is late for longer than ageing counts, of the sales;
        nothing where nobody ever owed anything.
        """
        if not self._store.value(_ANY_OWED):
            return []
        bad = Counter[int]()
        late = (self._last - timedelta(days=LIMITS[-1])).isoformat()
        for number, off, due, still, currency in self._store.rows(
            f"SELECT {self._who}, CASE WHEN r.written_off_on BETWEEN ?1 AND ?2"
            " THEN coalesce(r.written_off, 0) ELSE 0 END, coalesce(r.due_on, '9'),"
            f" {owed_on('?2')}, r.currency"
            " FROM receivable r JOIN customer_facts f ON f.customer_id = r.customer_id"
            " WHERE r.trashed_at IS NULL AND r.kind <> 'credit_note'"
            " AND (r.due_on < ?3 OR r.written_off_on BETWEEN ?1 AND ?2)",
            [*self._days, late],
        ):
            amount = off + (max(still, 0) if due < late else 0)
            bad[number] += self._money.of(amount, currency) or 0
        return _of_sales(bad, sold)

    def satisfaction(self) -> list[Part]:
        """All scores that were given."""
        scores = [
            one for one in satisfaction.since(self._store, self._first) if one.day <= self._last
        ]
        numbers = numbers_of(self._store, {one.customer_id for one in scores})
        return [
            Part(numbers[one.customer_id], sum(one.parts.values(), Decimal(0)), len(one.parts))
            for one in scores
            if one.customer_id in numbers
        ]

    def win_rate(self) -> list[Part]:
        """Deals won, of those won or lost."""
        return [
            Part(one.number, int(one.end == "won"))
            for one in outcomes(self._store, self._first)
            if one.day <= self._last.isoformat()
        ]

    def paid_on_time(self) -> list[Part]:
        """What was paid by the day it was due, of what was due before the last day (M42)."""
        rows = self._store.rows(
            f"SELECT {self._who}, {settled_by('r.due_on')}, r.amount, r.currency"
            " FROM receivable r JOIN customer_facts f ON f.customer_id = r.customer_id"
            " WHERE r.trashed_at IS NULL AND r.kind <> 'credit_note' AND r.amount > 0"
            " AND r.due_on >= ? AND r.due_on < ?",
            self._days,
        )
        return [
            Part(number, self._money.of(paid, currency) or 0, due)
            for number, paid, amount, currency in rows
            if (due := self._money.of(amount, currency)) is not None
        ]

    def reviews_held(self) -> list[Part]:
        """Reviews of the customers (M11); nobody is behind them."""
        held = self._store.value(
            "SELECT count(*) FROM review WHERE trashed_at IS NULL AND held_on BETWEEN ? AND ?",
            self._days,
        )
        return [Part(0, held)]


def _of_sales(amounts: Counter[int], sold: Columns) -> Parts:
    """Amounts by customer, of what all bought; some of them to whom we do not sell."""
    others = sorted(amounts.keys() - set(sold.customers))
    customers, nothing = [*sold.customers, *others], [0] * len(others)
    amount = [amounts[number] for number in customers]
    return Parts(Columns(customers, amount, [*sold.money, *nothing], [0] * len(customers)))
