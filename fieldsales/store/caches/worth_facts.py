"""Reads from the records what the rules of classes are told of customers on a day (M03 … M37)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from fieldsales.domain.classes.facts import Chance, Contacted, Facts
from fieldsales.domain.classes.history import YEAR, History, Line, Sums, history, months_before
from fieldsales.domain.classes.indicators import Bought
from fieldsales.domain.classes.rules import INVOICES, ORDERS, Rules, rules
from fieldsales.domain.classes.whole import Given, Held
from fieldsales.domain.clock import day_start, local_day
from fieldsales.domain.customer import size_class
from fieldsales.domain.forecast import rate
from fieldsales.domain.money.proposal import Proposal, ProposalLine
from fieldsales.domain.money.totals import totals
from fieldsales.domain.portfolio import CYCLE, IMPORTANCE, STATUS
from fieldsales.domain.relationship import behaviour
from fieldsales.errors import UserError
from fieldsales.store.caches.owed import owed_on
from fieldsales.store.migrations import Connection
from fieldsales.words import minor_digits

NO_CUSTOMERS = ("supplier", "department")  # kinds we do not sell to
_KINDS = ", ".join(f"'{kind}'" for kind in NO_CUSTOMERS)
COUNTED = f"trashed_at IS NULL AND kind NOT IN ({_KINDS})"
BATCH = 5_000  # customers read at once
_SETTING = "portfolio."  # before the name of a group of limits
# what a line of the sales history and what else was sold are told by
_Sold = tuple[str, str, int, str, int | None]  # customer, ISO day, amount, currency, cost


class Money:
    """Brings amounts into the usual currency, and remembers for what there was no rate."""

    def __init__(self, base: str, rates: Mapping[str, Decimal]) -> None:
        self.base = base
        self._rates = rates
        self.left_out: set[str] = set()

    def of(self, amount: int, currency: str) -> int | None:
        """Minor units of the usual currency; None without a rate."""
        code = currency or self.base
        if code == self.base:
            return amount
        if code not in self._rates:
            self.left_out.add(code)
            return None
        digits = minor_digits(self.base) - minor_digits(code)
        worth = amount * self._rates[code] * Decimal(10) ** digits
        return int(worth.to_integral_value(ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Told:
    """What settings say: the rules, the usual currency, what others are worth in it."""

    rules: Rules
    base: str
    rates: Mapping[str, Decimal]


def told(connection: Connection) -> Told:
    """The settings of the file that classes rest on."""
    kept: dict[str, Any] = {
        name: json.loads(value)
        for name, value in connection.execute(
            "SELECT name, value FROM setting WHERE trashed_at IS NULL"
            " AND (name GLOB 'portfolio.*' OR name GLOB 'money.*')"
        )
    }
    base = str(kept.get("money.currency", "CNY"))
    typed = kept.get(f"money.rates.{base}", {})
    rates = {code: value for code, (text, _) in typed.items() if (value := rate(text)) is not None}
    limits = {
        name.removeprefix(_SETTING): value
        for name, value in kept.items()
        if name.startswith(_SETTING)
    }
    return Told(rules(limits), base, rates)


def counted(connection: Connection) -> list[str]:
    """The ids of all customers that are judged, in order."""
    ids = [row[0] for row in connection.execute(f"SELECT id FROM customer WHERE {COUNTED}")]
    return sorted(ids)


def spans(ids: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """How many came before, the first and the last of so many ids as fit in little memory."""
    for start in range(0, len(ids), BATCH):
        yield start, ids[start], ids[min(start + BATCH, len(ids)) - 1]


def is_told_by(setting: str) -> bool:
    """Whether a setting is one that classes rest on."""
    return setting.startswith((_SETTING, "money.currency", "money.rates."))


def read(connection: Connection, low: str, high: str, day: date, said: Told) -> Iterator[Given]:
    """What is known on a day of every customer whose id lies from `low` to `high`, both included.

    Of a past day it is what the dated records and the journal of stages say of it; `store/past`
    takes back what was changed since.
    """
    reader = _Reader(connection, (low, high), day, said)
    yield from reader.given()


def bought(connection: Connection, day: date, said: Told) -> Iterator[Bought]:
    """Only what all customers bought by a day and could buy, exactly as `read` has it."""
    for _, low, high in spans(counted(connection)):
        yield from _Reader(connection, (low, high), day, said).bought()


def lines_beside(connection: Connection, day: date, said: Told) -> Iterator[Line]:
    """What was sold by a day besides the lines of sales histories in the usual currency: those in
    others, and what other records tell; in the usual currency.
    """
    sold = _Reader(connection, ("", "~"), day, said).sold_beside()
    ends = dict(
        connection.execute(
            "SELECT customer_id, max(dated) FROM sale WHERE trashed_at IS NULL AND dated <= ?"
            " AND customer_id IN (SELECT value FROM json_each(?)) GROUP BY customer_id",
            [day.isoformat(), json.dumps(list(sold))],
        )
    )
    rest = [
        line
        for customer_id, lines in sold.items()
        for line in lines
        if line[1] > ends.get(customer_id, "")
    ]
    foreign = connection.execute(
        "SELECT customer_id, dated, amount, currency, cost FROM sale WHERE trashed_at IS NULL"
        " AND currency NOT IN ('', ?)",
        [said.base],
    )
    for line in _converted([*foreign, *rest], Money(said.base, said.rates)):
        if line.day <= day:
            yield line


def potentials(connection: Connection, day: date, said: Told) -> dict[str, int]:
    """Customer -> what it could buy a year, as estimated last by a day, in the usual currency."""
    money = Money(said.base, said.rates)
    known = _Reader(connection, ("", "~"), day, said).estimates()
    return {
        customer_id: amount
        for customer_id, of_kind in known.items()
        if (amount := _one(of_kind.get("potential"), money)) is not None
    }


class _Reader:
    """Everything of a range of customers, read at once and handed out by customer."""

    def __init__(self, connection: Connection, ids: tuple[str, str], day: date, said: Told) -> None:
        self._connection = connection
        self._ids = ids
        self._day = day
        self._iso = day.isoformat()
        self._end = day_start(day + timedelta(days=1))
        self._said = said

    def bought(self) -> Iterator[Bought]:
        past_of, estimates = self._pasts(), self.estimates()
        for customer_id, number in self._rows(
            "SELECT c.id, f.number FROM customer c JOIN customer_facts f ON f.customer_id = c.id"
            f" WHERE {COUNTED} AND c.id BETWEEN ? AND ?"
        ):
            money = Money(self._said.base, self._said.rates)
            potential = _one(estimates.get(customer_id, {}).get("potential"), money)
            yield Bought(number, past_of(customer_id, money), potential)

    def given(self) -> Iterator[Given]:
        past_of = self._pasts()
        chances, lost, overdue = self._deals(), self._lost(), self._overdue()
        estimates, ratings, pins = self.estimates(), self._ratings(), self._pins()
        complaints, contacted = self._complaints(), self._contacted()
        for customer_id, employees, status, why, importance, relationship in self._rows(
            "SELECT id, employees, pinned_status, status_reason, importance, relationship"
            f" FROM customer WHERE {COUNTED} AND id BETWEEN ? AND ? ORDER BY id",
        ):
            money = Money(self._said.base, self._said.rates)
            past = past_of(customer_id, money)
            typed = {STATUS: (status, why), IMPORTANCE: (importance, ""), CYCLE: (relationship, "")}
            held = {method: Held(*one) for method, one in typed.items() if one[0]}
            estimate = estimates.get(customer_id, {})
            facts = Facts(
                customer_id=customer_id,
                history=past,
                deals=_chances(chances.get(customer_id, ()), money),
                potential=_one(estimate.get("potential"), money),
                future_need=_one(estimate.get("future_need"), money),
                lost_deal_on=lost.get(customer_id),
                overdue=_sum(overdue.get(customer_id, ()), money),
                complaints=complaints.get(customer_id, 0),
                contacted=contacted.get(customer_id, _UNSEEN),
            )
            yield Given(
                facts=facts,
                ratings=ratings.get(customer_id, {}),
                size=size_class(employees),
                held={**held, **pins.get(customer_id, {})},
                left_out=tuple(sorted(money.left_out)),
            )

    def _rows(self, sql: str, *params: object) -> Iterator[tuple[Any, ...]]:
        """The rows of a query whose last two parameters are the range of customers."""
        found: Iterator[tuple[Any, ...]] = self._connection.execute(sql, [*params, *self._ids])
        return found

    def _pasts(self) -> Callable[[str, Money], History]:
        """What tells of a customer what it bought, by the sales history and what else was sold."""
        sums, ends = self._sums()
        sold, nothing = self.sold_beside(), History(self._day)

        def past_of(customer_id: str, money: Money) -> History:
            end = ends.get(customer_id)
            rest = [one for one in sold.get(customer_id, ()) if one[1] > (end or "")]
            past = sums.get(customer_id, nothing)
            if rest or (end is not None and past is nothing):
                past = self._history(customer_id, rest, money)
            return past

        return past_of

    def _sums(self) -> tuple[dict[str, History], dict[str, str]]:
        """Customer -> what its sales history adds up to, as `history` would, where all of it is in
        the usual currency; and the last day that it covers, of those in others too.
        """
        year = months_before(self._day, YEAR).isoformat()
        two = months_before(self._day, 2 * YEAR).isoformat()
        windows = ", ".join(
            f"coalesce(sum({what}) FILTER (WHERE {when}), 0)"
            for when in ("dated <= :day", "dated BETWEEN :after AND :day", _BEFORE)
            for what in ("amount", "cost", "CASE WHEN cost IS NOT NULL THEN amount END")
        )
        bought = "FILTER (WHERE amount > 0 AND dated <= :day)"
        found: dict[str, History] = {}
        ends: dict[str, str] = {}
        for (
            customer_id,
            least,
            most,
            *sums,
            purchases,
            first,
            latest,
            end,
            later,
        ) in self._connection.execute(
            f"SELECT customer_id, min(currency), max(currency), {windows},"
            f" count(DISTINCT dated) {bought}, min(dated) {bought}, max(dated) {bought},"
            " max(dated) FILTER (WHERE dated <= :day), count(*) FILTER (WHERE dated > :day)"
            " FROM sale WHERE trashed_at IS NULL AND customer_id BETWEEN :low AND :high"
            " GROUP BY customer_id",
            {
                "day": self._iso,
                "after": _next(year),
                "until": year,
                "before": _next(two),
                "low": self._ids[0],
                "high": self._ids[1],
            },
        ):
            ends[customer_id] = end or ""
            if {least, most} <= {"", self._said.base}:
                found[customer_id] = History(
                    self._day,
                    Sums(*sums[:3]),
                    Sums(*sums[3:6]),
                    Sums(*sums[6:]),
                    purchases,
                    _day(first),
                    _day(latest),
                    later,
                )
        return found, ends

    def _history(self, customer_id: str, rest: list[_Sold], money: Money) -> History:
        """What the lines add up to where they are of several currencies or kinds."""
        lines = self._connection.execute(
            "SELECT customer_id, dated, amount, currency, cost FROM sale"
            " WHERE trashed_at IS NULL AND customer_id = ?",
            [customer_id],
        ).fetchall()
        return history(_converted([*lines, *rest], money), self._day)

    def sold_beside(self) -> dict[str, list[_Sold]]:
        """What was sold by other records than the sales history, never twice."""
        found: dict[str, list[_Sold]] = defaultdict(list)
        kind = self._said.rules.beside
        lines = self._ordered() if kind == ORDERS else self._invoiced() if kind == INVOICES else ()
        for line in lines:
            found[line[0]].append(line)
        return found

    def _ordered(self) -> Iterator[_Sold]:
        """Won deals, orders of visits without a deal, accepted proposals whose deal is not won."""
        won = (
            "SELECT d.customer_id, d.ordered_on, coalesce(d.order_amount, d.amount), d.currency,"
            " NULL, d.created_at FROM deal d WHERE d.trashed_at IS NULL AND d.stage = 'won'"
            " AND coalesce(d.order_amount, d.amount) IS NOT NULL"
            " AND d.customer_id BETWEEN ? AND ?"
        )
        visits = (
            "SELECT customer_id, NULL, amount, currency, NULL, starts_at FROM visit"
            " WHERE trashed_at IS NULL AND state IN ('running', 'concluded') AND ordered = 1"
            " AND deal_id IS NULL AND amount IS NOT NULL AND customer_id BETWEEN ? AND ?"
        )
        for sql in (won, visits):
            for customer_id, day, amount, currency, cost, at in self._rows(sql):
                yield customer_id, day or local_day(at).isoformat(), amount, currency, cost
        yield from self._accepted()

    def _accepted(self) -> Iterator[_Sold]:
        """Of each series the version that was accepted last."""
        of_series: dict[str, tuple[Proposal, str]] = {}
        rows = self._rows(
            "SELECT p.id, p.series_id, p.customer_id, p.currency, p.tax_mode, p.rounding,"
            " p.discount_kind, p.discount, p.decided_on, p.decided_at, p.created_at"
            " FROM proposal p LEFT JOIN deal d ON d.id = p.deal_id AND d.trashed_at IS NULL"
            " WHERE p.trashed_at IS NULL AND p.state IN ('accepted', 'ordered')"
            " AND coalesce(d.stage, '') <> 'won' AND p.customer_id BETWEEN ? AND ?"
            " ORDER BY p.version, p.id",
        )
        for row_id, series, customer_id, currency, tax, rounding, kind, off, on, at, made in rows:
            one = Proposal(
                id=row_id,
                customer_id=customer_id,
                currency=currency,
                tax_mode=tax,
                rounding=rounding,
                discount_kind=kind,
                discount=off,
            )
            day = on or local_day(at or made).isoformat()
            of_series[series or row_id] = one, day
        for one, day in of_series.values():
            cursor = self._connection.execute(
                "SELECT * FROM proposal_line WHERE proposal_id = ? AND trashed_at IS NULL"
                " ORDER BY position IS NULL, position, created_at, id",
                [one.id],
            )
            names = [column[0] for column in cursor.description]
            lines = [ProposalLine(**dict(zip(names, row, strict=True))) for row in cursor]
            currency = one.currency or self._said.base
            try:
                total = totals(one, lines, minor_digits(currency)).total
            except UserError:  # told where it is written
                continue
            yield one.customer_id, day, total, currency, None

    def _invoiced(self) -> Iterator[_Sold]:
        """Invoices and instalments; credit notes take away."""
        for customer_id, kind, amount, currency, day, made in self._rows(
            "SELECT customer_id, kind, amount, currency, coalesce(issued_on, due_on), created_at"
            " FROM receivable WHERE trashed_at IS NULL AND amount IS NOT NULL"
            " AND customer_id BETWEEN ? AND ?",
        ):
            signed = -amount if kind == "credit_note" else amount
            yield customer_id, day or local_day(made).isoformat(), signed, currency, None

    def _deals(self) -> dict[str, list[tuple[int, str, int]]]:
        """Open deals on the day: amount, currency, percent."""
        found: dict[str, list[tuple[int, str, int]]] = defaultdict(list)
        stood = (
            "coalesce((SELECT h.from_stage FROM stage_change h WHERE h.deal_id = d.id"
            " AND h.at >= ? ORDER BY h.at, h.id LIMIT 1), d.stage)"
        )
        for customer_id, amount, currency, percent in self._rows(
            "SELECT d.customer_id, coalesce(d.amount, 0), d.currency,"
            " coalesce(d.pinned_probability, s.probability, 0)"
            f" FROM deal d JOIN stage s ON s.id = {stood}"
            " WHERE d.trashed_at IS NULL AND s.id NOT IN ('won', 'lost') AND d.created_at < ?"
            " AND d.customer_id BETWEEN ? AND ?",
            self._end,
            self._end,
        ):
            found[customer_id].append((amount, currency, percent))
        return found

    def _lost(self) -> dict[str, date]:
        """When the latest deal was lost that still is."""
        return {
            customer_id: local_day(at)
            for customer_id, at in self._rows(
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
        for customer_id, still, currency in self._rows(
            "SELECT customer_id, still, currency FROM (SELECT r.customer_id, r.currency,"
            f" {owed_on('?1')} AS still"
            " FROM receivable r WHERE r.trashed_at IS NULL AND r.kind <> 'credit_note'"
            " AND r.due_on < ?1 AND r.customer_id BETWEEN ?2 AND ?3) WHERE still > 0",
            self._iso,
        ):
            found[customer_id].append((still, currency))
        return found

    def estimates(self) -> dict[str, dict[str, tuple[int, str]]]:
        """Kind -> the newest amount and its currency."""
        found: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
        for customer_id, kind, amount, currency in self._rows(
            "SELECT customer_id, kind, amount, currency FROM estimate WHERE trashed_at IS NULL"
            " AND dated <= ? AND customer_id BETWEEN ? AND ? ORDER BY dated, id",
            self._iso,
        ):
            found[customer_id][kind] = amount or 0, currency
        return found

    def _ratings(self) -> dict[str, dict[str, int]]:
        """Kind -> the newest rating; one that was taken back is none."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for customer_id, kind, rating in self._rows(
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
        for customer_id, method, code, reason, until, row_id in self._rows(
            "SELECT customer_id, method, code, reason, until, id FROM class_pin"
            " WHERE trashed_at IS NULL AND since <= ? AND coalesce(until, '9') >= ?"
            " AND customer_id BETWEEN ? AND ? ORDER BY since, id",
            self._iso,
            self._iso,
        ):
            found[customer_id][method] = Held(code, reason, _day(until), row_id)
        return found

    def _complaints(self) -> dict[str, int]:
        """How many were open at the end of the day."""
        return dict(
            self._rows(
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
            for customer_id, first, last, lately in self._rows(
                f"SELECT customer_id, date(min({at}), 'localtime'), date(max({at}), 'localtime'),"
                f" count(*) FILTER (WHERE {at} >= ?)"
                f" FROM {table} WHERE trashed_at IS NULL AND {real} AND {at} < ?"
                " AND customer_id BETWEEN ? AND ? GROUP BY customer_id",
                since,
                self._end,
            ):
                counts[customer_id][name] = lately
                spans[customer_id] += (first, last)
        for customer_id, orders in self._rows(
            "SELECT customer_id, count(*) FROM deal WHERE trashed_at IS NULL"
            " AND ordered_on BETWEEN ? AND ? AND customer_id BETWEEN ? AND ? GROUP BY customer_id",
            begin.isoformat(),
            self._iso,
        ):
            counts[customer_id]["orders"] = orders
        found = {}
        for customer_id, of in counts.items():
            span = spans.get(customer_id)
            first, last = (_day(min(span)), _day(max(span))) if span else (None, None)
            found[customer_id] = Contacted(behaviour(of), first, last)
        return found


_UNSEEN = Contacted()
_BEFORE = "dated BETWEEN :before AND :until"


def _converted(lines: list[_Sold], money: Money) -> Iterator[Line]:
    for customer_id, day, amount, currency, cost in lines:
        worth = money.of(amount or 0, currency)
        if worth is not None:
            paid = None if cost is None else money.of(cost, currency)
            yield Line(customer_id, date.fromisoformat(day), worth, "", paid)


def _chances(deals: list[tuple[int, str, int]] | tuple[()], money: Money) -> tuple[Chance, ...]:
    """Open deals; one without a rate has no amount, but is still open."""
    return tuple(
        Chance(money.of(amount, currency) or 0, percent) for amount, currency, percent in deals
    )


def _one(told: tuple[int, str] | None, money: Money) -> int | None:
    return None if told is None else money.of(*told)


def _sum(amounts: list[tuple[int, str]] | tuple[()], money: Money) -> int:
    return sum(money.of(*one) or 0 for one in amounts)


def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


@lru_cache(maxsize=4_096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
