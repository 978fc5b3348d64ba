"""What the records of twelve months, and the user, say of the balanced indicators (M34)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.domain.classes.indicators import BY_CODE, Bought, Part, of_sales
from fieldsales.domain.clock import day_start
from fieldsales.domain.funnel import advance_rates
from fieldsales.domain.money.ageing import LIMITS
from fieldsales.domain.quarters import Quarter
from fieldsales.domain.verdict import Verdict
from fieldsales.store.caches.owed import owed_on, settled_by
from fieldsales.store.caches.worth_facts import Money, Told, bought, told
from fieldsales.store.database import Store
from fieldsales.store.queries import feedback, satisfaction
from fieldsales.store.queries.currencies import base_currency, rates
from fieldsales.store.queries.customers import numbers_of
from fieldsales.store.queries.funnel import verdict_of
from fieldsales.store.queries.outcomes import outcomes
from fieldsales.store.queries.sales_totals import totals
from fieldsales.store.queries.settings import setting

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
    tables = ("sale", "estimate", "receivable")
    found = store.rows(
        " UNION ".join(f"SELECT currency FROM {one} WHERE trashed_at IS NULL" for one in tables)
    )
    return {code for (code,) in found} - known


def parts(store: Store, day: date) -> dict[str, list[Part]]:
    """Indicator -> what customers add to it in the twelve months that end with a day.

    Those of which no record tells are left out. Money is in the usual currency.
    """
    with store.reading() as connection:
        said = told(connection)
        sales: dict[int, int] = {}

        def noted() -> Iterator[Bought]:
            for one in bought(connection, day, said):
                sales[one.customer] = one.history.last.amount
                yield one

        found = of_sales(noted(), said.rules.terms.margin)
    return found | _Reader(store, day, said, each=True).of_records(sales)


def sums(store: Store, day: date) -> dict[str, list[Part]]:
    """What `parts` come to, told without saying whose they are: in a fraction of the time."""
    with store.reading() as connection:
        said = told(connection)
        found, sales = totals(connection, day, said)
    return found | _Reader(store, day, said, each=False).of_records({0: sales})


class _Reader:
    """What there is besides sales, from a first to a last day; of `each` customer, or together."""

    def __init__(self, store: Store, day: date, said: Told, *, each: bool) -> None:
        self._store = store
        self._first = months_before(day, YEAR) + timedelta(days=1)
        self._last = day
        self._days = [self._first.isoformat(), day.isoformat()]
        self._moments = [day_start(self._first), day_start(day + timedelta(days=1))]
        self._money = Money(said.base, said.rates)
        self._who = "f.number" if each else "0"

    def of_records(self, sales: Mapping[int, int]) -> dict[str, list[Part]]:
        """Indicator -> parts; `sales` of twelve months by customer, or of all as those of 0."""
        return {
            **self.visits(sales),
            "bad_debts": self.bad_debts(sales),
            "satisfaction": self.satisfaction(),
            "win_rate": self.win_rate(),
            "answer_days": [Part(*one) for one in feedback.answers(self._store, self._last)],
            "paid_on_time": self.paid_on_time(),
            "reviews_held": self.reviews_held(),
        }

    def visits(self, sales: Mapping[int, int]) -> dict[str, list[Part]]:
        """Of those whose day has come, the part that was made – one of today may still be; of those
        made, the part that brought an advance or an order (M29c); and what they cost, of the sales,
        where anybody noted it (M33).
        """
        costs, due, made = Counter[int](), Counter[int](), Counter[int]()
        ended: list[tuple[int, Verdict, int]] = []
        for who, state, *marks, n, cost in self._store.rows(
            f"SELECT {self._who} AS who, v.state, v.ordered, v.refused,"
            " trim(v.their_action) <> '' AS acts, v.their_date IS NOT NULL AS dated, count(*),"
            " coalesce(sum(v.cost), 0)"
            " FROM visit v JOIN customer_facts f ON f.customer_id = v.customer_id"
            " WHERE v.trashed_at IS NULL AND v.starts_at >= ? AND v.starts_at < ?"
            " AND (v.state IN ('running', 'concluded') OR v.starts_at < ?)"
            " GROUP BY who, v.state, v.ordered, v.refused, acts, dated",
            [*self._moments, day_start(self._last)],
        ):
            due[who] += n
            made[who] += n if state in ("running", "concluded") else 0
            if state == "concluded":
                costs[who] += cost
                ended.append((who, verdict_of(*marks), n))
        return {
            "visits_as_planned": [Part(who, made[who], n) for who, n in due.items()],
            "advance_rate": [
                Part(who, one.successes, one.visits) for who, one in advance_rates(ended).items()
            ],
            "selling_cost": _of_sales(costs, sales) if any(costs.values()) else [],
        }

    def bad_debts(self, sales: Mapping[int, int]) -> list[Part]:
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
        return _of_sales(bad, sales)

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


def _of_sales(amounts: Counter[int], sales: Mapping[int, int]) -> list[Part]:
    """Amounts by customer, of what all bought."""
    everyone = dict.fromkeys((*sales, *amounts))  # also to whom we do not sell
    return [Part(number, amounts[number], sales.get(number, 0)) for number in everyone]
