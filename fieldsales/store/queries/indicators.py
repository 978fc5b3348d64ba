"""What the records of twelve months, and the user, say of the balanced indicators (M34)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.domain.classes.indicators import BY_CODE, Bought, Part, of_sales
from fieldsales.domain.clock import day_start
from fieldsales.domain.funnel import advance_rates
from fieldsales.domain.money.ageing import LIMITS
from fieldsales.domain.quarters import Quarter
from fieldsales.store.caches.worth_facts import Money, Told, bought, told
from fieldsales.store.database import Store
from fieldsales.store.queries import feedback, satisfaction
from fieldsales.store.queries.customers import numbers_of
from fieldsales.store.queries.efforts import efforts
from fieldsales.store.queries.funnel import verdict_of
from fieldsales.store.queries.outcomes import outcomes
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


def parts(store: Store, day: date) -> dict[str, list[Part]]:
    """Indicator -> what customers add to it in the twelve months that end with a day.

    Those of which no record tells are left out. Money is in the usual currency.
    """
    with store.reading() as connection:
        said = told(connection)
        customers = list(bought(connection, day, said))
    reader = _Reader(store, day, said, customers)
    found = of_sales(customers, said.rules.terms.margin)
    found["selling_cost"] = reader.selling_cost()
    found["bad_debts"] = reader.bad_debts()
    found["satisfaction"] = reader.satisfaction()
    found["advance_rate"] = reader.advance_rate()
    found["win_rate"] = reader.win_rate()
    found["visits_as_planned"] = reader.visits_as_planned()
    found["answer_days"] = [Part(*one) for one in feedback.answers(store, day)]
    found["paid_on_time"] = reader.paid_on_time()
    found["reviews_held"] = reader.reviews_held()
    return found


class _Reader:
    """What there is besides sales, from a first to a last day."""

    def __init__(self, store: Store, day: date, said: Told, customers: list[Bought]) -> None:
        self._store = store
        self._first = months_before(day, YEAR) + timedelta(days=1)
        self._last = day
        self._days = [self._first.isoformat(), day.isoformat()]
        self._moments = [day_start(self._first), day_start(day + timedelta(days=1))]
        self._money = Money(said.base, said.rates)
        self._sales = {one.customer: one.history.last.amount for one in customers}

    def selling_cost(self) -> list[Part]:
        """What visits cost, of the sales; nothing while nobody noted a cost."""
        costs = Counter[int]()
        for one in efforts(self._store, self._first, self._last):
            costs[one.number] += one.cost
        return self._of_sales(costs) if any(costs.values()) else []

    def bad_debts(self) -> list[Part]:
        """What was written off, and what is late for longer than ageing counts, of the sales;
        nothing where nobody ever owed anything.
        """
        if not self._store.value(_ANY_OWED):
            return []
        bad = Counter[int]()
        late = (self._last - timedelta(days=LIMITS[-1])).isoformat()
        last = self._last.isoformat()
        for number, off, due, still, currency in self._store.rows(
            "SELECT f.number, CASE WHEN r.written_off_on BETWEEN ?1 AND ?2"
            " THEN coalesce(r.written_off, 0) ELSE 0 END, coalesce(r.due_on, '9'),"
            " r.amount - CASE WHEN coalesce(r.written_off_on, '') <= ?2"
            " THEN coalesce(r.written_off, 0) ELSE 0 END - coalesce((SELECT sum(s.amount)"
            " FROM settlement s LEFT JOIN payment p ON p.id = s.payment_id"
            " LEFT JOIN receivable n ON n.id = s.credit_note_id"
            " WHERE s.receivable_id = r.id AND s.trashed_at IS NULL"
            " AND coalesce(p.received_on, n.issued_on, '') <= ?2), 0), r.currency"
            " FROM receivable r JOIN customer_facts f ON f.customer_id = r.customer_id"
            " WHERE r.trashed_at IS NULL AND r.kind <> 'credit_note'"
            " AND (r.due_on < ?3 OR r.written_off_on BETWEEN ?1 AND ?2)",
            [self._days[0], last, late],
        ):
            amount = off + (max(still, 0) if due < late else 0)
            bad[number] += self._money.of(amount, currency) or 0
        return self._of_sales(bad)

    def _of_sales(self, amounts: Counter[int]) -> list[Part]:
        """Amounts by customer, of the sales of all customers."""
        return [Part(number, amounts[number], sales) for number, sales in self._sales.items()]

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

    def advance_rate(self) -> list[Part]:
        """Visits that brought an advance or an order, of those that took place (M29c)."""
        rows = self._store.rows(
            "SELECT f.number, v.ordered, v.refused, trim(v.their_action) <> '' AS acts,"
            " v.their_date IS NOT NULL AS dated, count(*) FROM visit v"
            " JOIN customer_facts f ON f.customer_id = v.customer_id"
            " WHERE v.trashed_at IS NULL AND v.state = 'concluded'"
            " AND v.starts_at >= ? AND v.starts_at < ?"
            " GROUP BY f.number, v.ordered, v.refused, acts, dated",
            self._moments,
        )
        rates = advance_rates((number, verdict_of(*marks), n) for number, *marks, n in rows)
        return [Part(number, one.successes, one.visits) for number, one in rates.items()]

    def win_rate(self) -> list[Part]:
        """Deals won, of those won or lost."""
        return [
            Part(one.number, int(one.end == "won"))
            for one in outcomes(self._store, self._first)
            if one.day <= self._last.isoformat()
        ]

    def visits_as_planned(self) -> list[Part]:
        """Visits that took place, of those whose day has come; one of today may still be made."""
        return [
            Part(*row)
            for row in self._store.rows(
                "SELECT f.number, count(*) FILTER (WHERE v.state IN ('running', 'concluded')),"
                " count(*) FROM visit v JOIN customer_facts f ON f.customer_id = v.customer_id"
                " WHERE v.trashed_at IS NULL AND v.starts_at >= ? AND v.starts_at < ?"
                " AND (v.state IN ('running', 'concluded') OR v.starts_at < ?) GROUP BY f.number",
                [*self._moments, day_start(self._last)],
            )
        ]

    def paid_on_time(self) -> list[Part]:
        """What was paid by the day it was due, of what was due before the last day (M42)."""
        rows = self._store.rows(
            "SELECT f.number, coalesce((SELECT sum(s.amount) FROM settlement s"
            " LEFT JOIN payment p ON p.id = s.payment_id"
            " LEFT JOIN receivable n ON n.id = s.credit_note_id"
            " WHERE s.receivable_id = r.id AND s.trashed_at IS NULL"
            " AND coalesce(p.received_on, n.issued_on, '') <= r.due_on), 0), r.amount, r.currency"
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
