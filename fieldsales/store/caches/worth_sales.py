"""What customers bought by a day: their sales histories, and what other records tell besides."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache

from fieldsales.domain.classes.bought import Windows, Years
from fieldsales.domain.classes.history import YEAR, History, Line, Sums, history, months_before
from fieldsales.domain.classes.rules import INVOICES, ORDERS
from fieldsales.domain.clock import local_day
from fieldsales.domain.money.proposal import Proposal, ProposalLine
from fieldsales.domain.money.totals import totals
from fieldsales.errors import UserError
from fieldsales.store.caches.worth_rules import Money, Range, Told
from fieldsales.words import minor_digits

# what a line of the sales history and what else was sold are told by
_Sold = tuple[str, str, int, str, int | None]  # customer, ISO day, amount, currency, cost
_OfDeal = tuple[_Sold, str | None]  # and of which deal that is

# what of a proposal its total rests on, and whose it is
_TOTALLED = ("customer_id", "currency", "tax_mode", "rounding", "discount_kind", "discount")


# sold, what that cost, what of it has a cost
_SOLD = ("amount", "cost", "CASE WHEN cost IS NOT NULL THEN amount END")


def _added(when: str, what: Sequence[str] = _SOLD) -> str:
    return ", ".join(f"coalesce(sum({one}) FILTER (WHERE {when}), 0)" for one in what)


# the least and the most of texts take SQLite longest: no more of them than are needed
_BOUGHT = "FILTER (WHERE amount > 0 AND dated <= :day)"
_HISTORIES = (
    "SELECT customer_id, count(*) FILTER (WHERE currency NOT IN ('', :base)),"
    f" {_added('dated <= :day', _SOLD[:1])}, {_added('dated > :year AND dated <= :day')},"
    f" {_added('dated > :two AND dated <= :year')}, count(DISTINCT dated) {_BOUGHT},"
    f" min(dated) {_BOUGHT}, max(dated) {_BOUGHT}, count(*) FILTER (WHERE dated > :day) FROM sale"
    " WHERE trashed_at IS NULL AND customer_id BETWEEN :low AND :high GROUP BY customer_id"
)


class Sales:
    """What the customers of a range bought."""

    def __init__(self, among: Range, said: Told) -> None:
        self._among = among
        self._said = said

    def histories(self, day: date) -> Callable[[str, Money], History]:
        """What tells of a customer what it bought by a day, and notes money without a rate."""
        sums, beside, nothing = self._sums(day), self._beside(day), History(day)

        def history_of(customer_id: str, money: Money) -> History:
            rest = beside.get(customer_id, [])
            past = sums.get(customer_id, nothing)
            if rest or past is None:
                past = history(_converted([*self._lines(customer_id), *rest], money), day)
            return past

        return history_of

    def _sums(self, day: date) -> dict[str, History | None]:
        """Customer -> what its sales history adds up to, as `history` would; None where some of it
        is in another currency than the usual one.
        """
        found: dict[str, History | None] = {}
        for (
            customer_id,
            foreign,
            total,
            *sums,
            purchases,
            first,
            latest,
            later,
        ) in self._among.connection.execute(
            _HISTORIES,
            {
                "base": self._said.base,
                "day": day.isoformat(),
                "year": months_before(day, YEAR).isoformat(),
                "two": months_before(day, 2 * YEAR).isoformat(),
                "low": self._among.low,
                "high": self._among.high,
            },
        ):
            found[customer_id] = (
                None
                if foreign
                else History(
                    day,
                    total,
                    Sums(*sums[:3]),
                    Sums(*sums[3:]),
                    purchases,
                    day_of(first),
                    day_of(latest),
                    later,
                )
            )
        return found

    def years(self, customers: Sequence[str], days: Sequence[date], money: Money) -> list[Years]:
        """What these customers bought in the twelve months to each of some days, and in those
        before; the same that `histories` tell.
        """
        place = {customer_id: at for at, customer_id in enumerate(customers)}
        beside = [self._beside(day) for day in days]
        apart = set[str]().union(self._foreign(), *beside)
        windows = Windows(len(customers), days)
        windows.add(
            (place[customer_id], day, amount, cost)
            for customer_id, day, amount, cost in self._among.rows(
                "SELECT customer_id, dated, amount, cost FROM sale"
                " WHERE trashed_at IS NULL AND customer_id BETWEEN ? AND ?"
            )
            if customer_id in place
        )
        found = windows.years()
        for customer_id in apart & place.keys():
            own = self._lines(customer_id)
            for year, day, rest in zip(found, days, beside, strict=True):
                lines = _converted([*own, *rest.get(customer_id, ())], money)
                year.put(place[customer_id], history(lines, day))
        return found

    def _foreign(self) -> set[str]:
        """Who bought in another currency than the usual one."""
        rows = self._among.connection.execute(
            "SELECT DISTINCT customer_id FROM sale WHERE currency NOT IN ('', ?)"
            " AND trashed_at IS NULL AND customer_id BETWEEN ? AND ?",
            [self._said.base, self._among.low, self._among.high],
        )
        return {customer_id for (customer_id,) in rows}

    def _lines(self, customer_id: str) -> list[_Sold]:
        """The sales history of a customer line by line."""
        found: list[_Sold] = self._among.connection.execute(
            "SELECT customer_id, dated, amount, currency, cost FROM sale"
            " WHERE trashed_at IS NULL AND customer_id = ?",
            [customer_id],
        ).fetchall()
        return found

    @cached_property
    def _told(self) -> list[_OfDeal]:
        """What other records tell of sales."""
        kind = self._said.rules.beside
        return list(
            self._ordered() if kind == ORDERS else self._invoiced() if kind == INVOICES else ()
        )

    @cached_property
    def _told_beside(self) -> dict[str, list[_Sold]]:
        """Customer -> what other records tell of sales."""
        found: dict[str, list[_Sold]] = defaultdict(list)
        for line, _ in self._told:
            found[line[0]].append(line)
        return found

    def of_deals(self, day: date) -> dict[str, list[tuple[int, str]]]:
        """Deal -> what of it was sold by a day, amounts and their currencies: while the deal is
        open, only the rest of it is still to come.
        """
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for (_, on, amount, currency, _), deal_id in self._told:
            if deal_id and on <= day.isoformat():
                found[deal_id].append((amount, currency))
        return found

    def _beside(self, day: date) -> dict[str, list[_Sold]]:
        """Customer -> what other records tell of sales after the last day of its sales history, as
        far as that goes by the day: what both tell counts once.
        """
        found = self._told_beside
        ends = dict(
            self._among.connection.execute(
                "SELECT customer_id, max(dated) FROM sale WHERE trashed_at IS NULL AND dated <= ?"
                " AND customer_id IN (SELECT value FROM json_each(?)) GROUP BY customer_id",
                [day.isoformat(), json.dumps(list(found))],
            )
        )
        return {
            customer_id: rest
            for customer_id, lines in found.items()
            if (rest := [one for one in lines if one[1] > ends.get(customer_id, "")])
        }

    def _ordered(self) -> Iterator[_OfDeal]:
        """Won deals, orders of visits without a deal, accepted proposals whose deal is not won."""
        won = (
            "SELECT d.customer_id, d.ordered_on, coalesce(d.order_amount, d.amount), d.currency,"
            " NULL, d.created_at, d.id FROM deal d WHERE d.trashed_at IS NULL AND d.stage = 'won'"
            " AND coalesce(d.order_amount, d.amount) IS NOT NULL"
            " AND d.customer_id BETWEEN ? AND ?"
        )
        visits = (
            "SELECT customer_id, NULL, amount, currency, NULL, starts_at, NULL FROM visit"
            " WHERE trashed_at IS NULL AND state IN ('running', 'concluded') AND ordered = 1"
            " AND deal_id IS NULL AND amount IS NOT NULL AND customer_id BETWEEN ? AND ?"
        )
        for sql in (won, visits):
            for customer_id, day, amount, currency, cost, at, deal in self._among.rows(sql):
                on = day or local_day(at).isoformat()
                yield (customer_id, on, amount, currency, cost), deal
        yield from self._accepted()

    def _accepted(self) -> Iterator[_OfDeal]:
        """Of each series the version that was accepted last."""
        of_series: dict[str, tuple[Proposal, str, str | None]] = {}
        rows = self._among.rows(
            "SELECT p.id, p.series_id, p.deal_id, p.decided_on, p.decided_at, p.created_at,"
            f" {', '.join(f'p.{name}' for name in _TOTALLED)}"
            " FROM proposal p LEFT JOIN deal d ON d.id = p.deal_id AND d.trashed_at IS NULL"
            " WHERE p.trashed_at IS NULL AND p.state IN ('accepted', 'ordered')"
            " AND coalesce(d.stage, '') <> 'won' AND p.customer_id BETWEEN ? AND ?"
            " ORDER BY p.version, p.id",
        )
        for row_id, series, deal, on, at, made, *told in rows:
            one = Proposal(id=row_id, **dict(zip(_TOTALLED, told, strict=True)))
            day = on or local_day(at or made).isoformat()
            of_series[series or row_id] = one, day, deal
        for one, day, deal in of_series.values():
            cursor = self._among.connection.execute(
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
            yield (one.customer_id, day, total, currency, None), deal

    def _invoiced(self) -> Iterator[_OfDeal]:
        """Invoices and instalments; credit notes take away."""
        for customer_id, kind, amount, currency, day, made, deal in self._among.rows(
            "SELECT customer_id, kind, amount, currency, coalesce(issued_on, due_on), created_at,"
            " deal_id FROM receivable WHERE trashed_at IS NULL AND amount IS NOT NULL"
            " AND customer_id BETWEEN ? AND ?",
        ):
            signed = -amount if kind == "credit_note" else amount
            yield (customer_id, day or local_day(made).isoformat(), signed, currency, None), deal


def _converted(lines: list[_Sold], money: Money) -> Iterator[Line]:
    for customer_id, day, amount, currency, cost in lines:
        worth = money.of(amount or 0, currency)
        if worth is not None:
            paid = None if cost is None else money.of(cost, currency)
            yield Line(customer_id, date.fromisoformat(day), worth, "", paid)


@lru_cache(maxsize=4_096)
def day_of(text: str | None) -> date | None:
    """A day as it is stored."""
    return date.fromisoformat(text) if text else None
