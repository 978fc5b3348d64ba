"""Reads from the records what the rules of classes are told of customers on a day (M03 … M37)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fieldsales.domain.classes.facts import UNSEEN, Chance, Contacted, Facts
from fieldsales.domain.classes.history import YEAR, months_before
from fieldsales.domain.classes.whole import Given, Held
from fieldsales.domain.clock import day_start, local_day
from fieldsales.domain.customer import size_class
from fieldsales.domain.portfolio import CYCLE, IMPORTANCE, STATUS
from fieldsales.domain.relationship import behaviour
from fieldsales.store.caches.owed import owed_on
from fieldsales.store.caches.worth_rules import COUNTED, Money, Range, Told
from fieldsales.store.caches.worth_sales import Sales, day_of


def read(among: Range, day: date, said: Told) -> Iterator[Given]:
    """What is known on a day of every customer of a range, by id.

    Of a past day it is what the dated records and the journal of stages say of it; `store/past`
    takes back what was changed since.
    """
    yield from _Reader(among, day, said).given()


class _Open(NamedTuple):
    """An open deal: what it is worth and in which currency, and its percent."""

    deal_id: str
    money: tuple[int, str]
    percent: int


class _Reader:
    """Everything of a range of customers, read at once and handed out by customer."""

    def __init__(self, among: Range, day: date, said: Told) -> None:
        self._among = among
        self._day = day
        self._iso = day.isoformat()
        self._end = day_start(day + timedelta(days=1))
        self._said = said

    def given(self) -> Iterator[Given]:
        sales = Sales(self._among, self._said)
        history_of, sold = sales.histories(self._day), sales.of_deals(self._day)
        chances, lost, overdue = self._deals(), self._lost(), self._overdue()
        estimates, ratings, pins = self._estimates(), self._ratings(), self._pins()
        complaints, contacted = self._complaints(), self._contacted()
        money = self._said.money()
        for customer_id, employees, status, why, importance, relationship in self._among.rows(
            "SELECT id, employees, pinned_status, status_reason, importance, relationship"
            f" FROM customer WHERE {COUNTED} AND id BETWEEN ? AND ? ORDER BY id",
        ):
            typed = ((STATUS, status, why), (IMPORTANCE, importance, ""), (CYCLE, relationship, ""))
            held = {method: Held(code, reason) for method, code, reason in typed if code}
            estimate = estimates.get(customer_id, {})
            facts = Facts(
                customer_id,
                history_of(customer_id, money),
                deals=_chances(chances.get(customer_id, ()), sold, money),
                potential=_one(estimate.get("potential"), money),
                future_need=_one(estimate.get("future_need"), money),
                lost_deal_on=lost.get(customer_id),
                overdue=_sum(overdue.get(customer_id, ()), money),
                complaints=complaints.get(customer_id, 0),
                contacted=contacted.get(customer_id, UNSEEN),
            )
            yield Given(
                facts,
                ratings.get(customer_id, {}),
                size_class(employees),
                held | pins.get(customer_id, {}),
                money.left_out(),
            )

    def _deals(self) -> dict[str, list[_Open]]:
        """Open deals on the day."""
        found: dict[str, list[_Open]] = defaultdict(list)
        stood = (
            "coalesce((SELECT h.from_stage FROM stage_change h WHERE h.deal_id = d.id"
            " AND h.at >= ? ORDER BY h.at, h.id LIMIT 1), d.stage)"
        )
        for customer_id, deal_id, amount, currency, percent in self._among.rows(
            "SELECT d.customer_id, d.id, coalesce(d.amount, 0), d.currency,"
            " coalesce(d.pinned_probability, s.probability, 0)"
            f" FROM deal d JOIN stage s ON s.id = {stood}"
            " WHERE d.trashed_at IS NULL AND s.id NOT IN ('won', 'lost') AND d.created_at < ?"
            " AND d.customer_id BETWEEN ? AND ?",
            self._end,
            self._end,
        ):
            found[customer_id].append(_Open(deal_id, (amount, currency), percent))
        return found

    def _lost(self) -> dict[str, date]:
        """When the latest deal was lost that still is."""
        return {
            customer_id: local_day(at)
            for customer_id, at in self._among.rows(
                "SELECT d.customer_id, max(coalesce((SELECT max(h.at) FROM stage_change h"
                " WHERE h.deal_id = d.id), d.created_at)) AS at FROM deal d"
                " WHERE d.trashed_at IS NULL AND d.stage = 'lost'"
                " AND d.customer_id BETWEEN ? AND ? GROUP BY d.customer_id",
            )
            if at < self._end
        }

    def _overdue(self) -> dict[str, list[tuple[int, str]]]:
        """What was due before the day and had not been paid by then."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for customer_id, still, currency in self._among.rows(
            "SELECT customer_id, still, currency FROM (SELECT r.customer_id, r.currency,"
            f" {owed_on('?1')} AS still"
            " FROM receivable r WHERE r.trashed_at IS NULL AND r.kind <> 'credit_note'"
            " AND r.due_on < ?1 AND r.customer_id BETWEEN ?2 AND ?3) WHERE still > 0",
            self._iso,
        ):
            found[customer_id].append((still, currency))
        return found

    def _estimates(self) -> dict[str, dict[str, tuple[int, str]]]:
        """Kind -> the newest amount and its currency."""
        found: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
        for customer_id, kind, amount, currency in self._among.rows(
            "SELECT customer_id, kind, amount, currency FROM estimate WHERE trashed_at IS NULL"
            " AND dated <= ? AND customer_id BETWEEN ? AND ? ORDER BY dated, id",
            self._iso,
        ):
            found[customer_id][kind] = amount or 0, currency
        return found

    def _ratings(self) -> dict[str, dict[str, int]]:
        """Kind -> the newest rating; one that was taken back is none."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for customer_id, kind, rating in self._among.rows(
            "SELECT customer_id, kind, rating FROM rating WHERE trashed_at IS NULL"
            " AND dated <= ? AND customer_id BETWEEN ? AND ? ORDER BY dated, id",
            self._iso,
        ):
            if rating is None:
                found[customer_id].pop(kind, None)
            else:
                found[customer_id][kind] = rating
        return found

    def _pins(self) -> dict[str, dict[str, Held]]:
        """Method -> the class held by hand on the day."""
        found: dict[str, dict[str, Held]] = defaultdict(dict)
        for customer_id, method, code, reason, until, row_id in self._among.rows(
            "SELECT customer_id, method, code, reason, until, id FROM class_pin"
            " WHERE trashed_at IS NULL AND since <= ? AND coalesce(until, '9') >= ?"
            " AND customer_id BETWEEN ? AND ? ORDER BY since, id",
            self._iso,
            self._iso,
        ):
            found[customer_id][method] = Held(code, reason, day_of(until), row_id)
        return found

    def _complaints(self) -> dict[str, int]:
        """How many were open at the end of the day."""
        return dict(
            self._among.rows(
                "SELECT customer_id, count(*) FROM interaction WHERE trashed_at IS NULL"
                " AND kind = 'complaint' AND at < ? AND (closed_at IS NULL OR closed_at >= ?)"
                " AND customer_id BETWEEN ? AND ? GROUP BY customer_id",
                self._end,
                self._end,
            )
        )

    def _contacted(self) -> dict[str, Contacted]:
        """Real contacts: how much within a year, the first and the last."""
        begin = months_before(self._day, YEAR)
        since = day_start(begin)
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        spans: dict[str, list[str]] = defaultdict(list)  # ISO days
        for name, table, at, real in (
            ("visits", "visit", "starts_at", "state IN ('running', 'concluded')"),
            (
                "replies",
                "interaction",
                "at",
                "kind IN ('call', 'message', 'email', 'feedback', 'complaint')",
            ),
        ):
            for customer_id, first, last, lately in self._among.rows(
                f"SELECT customer_id, date(min({at}), 'localtime'), date(max({at}), 'localtime'),"
                f" count(*) FILTER (WHERE {at} >= ?)"
                f" FROM {table} WHERE trashed_at IS NULL AND {real} AND {at} < ?"
                " AND customer_id BETWEEN ? AND ? GROUP BY customer_id",
                since,
                self._end,
            ):
                counts[customer_id][name] = lately
                spans[customer_id] += (first, last)
        for customer_id, orders in self._among.rows(
            "SELECT customer_id, count(*) FROM deal WHERE trashed_at IS NULL"
            " AND ordered_on BETWEEN ? AND ? AND customer_id BETWEEN ? AND ? GROUP BY customer_id",
            begin.isoformat(),
            self._iso,
        ):
            counts[customer_id]["orders"] = orders
        found = {}
        for customer_id, of in counts.items():
            span = spans.get(customer_id)
            first, last = (day_of(min(span)), day_of(max(span))) if span else (None, None)
            found[customer_id] = Contacted(behaviour(of), first, last)
        return found


def _chances(
    deals: Sequence[_Open], sold: Mapping[str, Sequence[tuple[int, str]]], money: Money
) -> tuple[Chance, ...]:
    """Open deals less what of them counts as sold; one without a rate has no amount, but is still
    open.
    """
    return tuple(
        Chance(
            max(_sum([one.money], money) - _sum(sold.get(one.deal_id, ()), money), 0), one.percent
        )
        for one in deals
    )


def _one(told: tuple[int, str] | None, money: Money) -> int | None:
    return None if told is None else money.of(*told)


def _sum(amounts: Sequence[tuple[int, str]], money: Money) -> int:
    return sum(money.of(*one) or 0 for one in amounts)
