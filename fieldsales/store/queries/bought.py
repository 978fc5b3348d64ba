"""What all customers bought in the twelve months to each of some days, and could buy (M34)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fieldsales.domain.classes.bought import Windows, of_sales
from fieldsales.domain.classes.parts import Parts
from fieldsales.store.caches import Watch
from fieldsales.store.caches.worth_rules import COUNTED, Money, Range, Told, counted, ranges
from fieldsales.store.caches.worth_sales import Sales
from fieldsales.store.migrations import Connection


def parts_of_sales(
    connection: Connection, days: Sequence[date], said: Told, watch: Watch
) -> list[dict[str, Parts]]:
    """For each day what `of_sales` says: of the last customer by customer, of the others added up.

    The records are gone through once, thousands of customers at a time.
    """
    money, last, assumed = said.money(), len(days) - 1, said.rules.terms.margin
    told = [
        {code: Parts(none) for code, none in of_sales((), years, (), assumed).items()}
        for years in Windows(0, days).years()
    ]
    ids = counted(connection)
    for start, among in ranges(connection, ids):
        watch(start, len(ids))
        numbers = dict(
            among.rows(
                "SELECT c.id, f.number FROM customer c JOIN customer_facts f"
                f" ON f.customer_id = c.id WHERE {COUNTED} AND c.id BETWEEN ? AND ?"
            )
        )
        years = Sales(among, said).years(list(numbers), days, money)
        potentials, unknown = _potentials(among, days, money), [None] * len(days)
        for at, found in enumerate(told):
            could = [potentials.get(customer_id, unknown)[at] for customer_id in numbers]
            columns = of_sales(list(numbers.values()), years[at], could, assumed)
            for code, more in columns.items():
                found[code].extend(more if at == last else more.together())
    return told


def _potentials(among: Range, days: Sequence[date], money: Money) -> dict[str, list[int | None]]:
    """Customer -> what it could buy a year, as estimated last by each day."""
    found: dict[str, list[int | None]] = {}
    isos = [day.isoformat() for day in days]
    for customer_id, dated, amount, currency in among.rows(
        "SELECT customer_id, dated, amount, currency FROM estimate WHERE trashed_at IS NULL"
        " AND kind = 'potential' AND customer_id BETWEEN ? AND ? ORDER BY dated, id"
    ):
        known, worth = found.setdefault(customer_id, [None] * len(days)), money.of(amount, currency)
        for at, day in enumerate(isos):
            if dated <= day:
                known[at] = worth
    return found
