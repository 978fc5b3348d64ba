"""What customers owe: open amounts, ageing, credit, and a customer's statement (M42)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fieldsales.domain.money.ageing import BUCKETS, LIMITS
from fieldsales.domain.money.credit import Credit
from fieldsales.domain.money.receivable import (
    CollectingStep,
    Payment,
    Receivable,
    Settlement,
)
from fieldsales.store.caches.owed import OPEN
from fieldsales.store.database import Store
from fieldsales.store.queries.proposals import against_credit


@dataclass(frozen=True, slots=True)
class Debt:
    """A receivable in a list, with what is open of it and whose it is; minor units."""

    receivable: Receivable
    customer: str
    open: int
    steps: int = 0
    promised_on: str | None = None

    def days_late(self, today: date) -> int:
        """Days since it was due, 0 or less where it is not late."""
        due = self.receivable.due_on
        return (today - date.fromisoformat(due)).days if due else 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a statement: what raised or lowered what is owed, and the balance after it."""

    day: str
    what: Receivable | Payment
    amount: int  # above 0: owed more
    balance: int


def open_amounts(store: Store, row_ids: list[str]) -> dict[str, int]:
    """Id -> what is still owed of these receivables, in minor units."""
    marks = ", ".join("?" * len(row_ids))
    found = store.rows(f"SELECT id, open FROM ({OPEN}) WHERE id IN ({marks})", row_ids)
    return {row_id: int(still or 0) for row_id, still in found}


def open_debts(
    store: Store, *, customer_id: str | None = None, currency: str | None = None
) -> list[Debt]:
    """All debts that are not settled, the one due first before: a customer's, in a currency."""
    wanted = {"customer_id": customer_id, "currency": currency}
    chosen = {name: value for name, value in wanted.items() if value is not None}
    which = " AND ".join(f"o.{name} = ?" for name in chosen) or "true"
    params = list(chosen.values())
    rows = store.rows(
        "SELECT o.receivable_id, o.open, coalesce(c.name, ''), count(k.id), max(k.promised_on)"
        " FROM open_debt o LEFT JOIN customer c ON c.id = o.customer_id"
        " LEFT JOIN collecting_step k ON k.receivable_id = o.receivable_id"
        f" AND k.trashed_at IS NULL WHERE {which} GROUP BY o.receivable_id"
        " ORDER BY o.due_on IS NULL, o.due_on, o.receivable_id",
        params,
    )
    sql = (
        "SELECT r.* FROM open_debt o CROSS JOIN receivable r ON r.id = o.receivable_id"
        f" WHERE {which}"
    )
    known = {one.id: one for one in store.records(Receivable, sql, params)}
    return [
        Debt(known[row_id], customer, int(still), steps, promised)
        for row_id, still, customer, steps, promised in rows
    ]


def ageing(store: Store, today: date) -> dict[str, dict[str, int]]:
    """Currency -> bucket -> what is owed, as `domain.money.ageing.ageing` counts it."""
    begins = [(today - timedelta(days=limit)).isoformat() for limit in LIMITS]
    found: dict[str, dict[str, int]] = {}
    case = " ".join(
        f"WHEN due_on IS NULL OR due_on >= ? THEN '{name}'" if at == 0 else
        f"WHEN due_on >= ? THEN '{name}'"
        for at, name in enumerate(BUCKETS[:-1])
    )  # fmt: skip
    rows = store.rows(
        f"SELECT currency, CASE {case} ELSE '{BUCKETS[-1]}' END AS bucket, sum(open)"
        " FROM open_debt GROUP BY currency, bucket",
        begins,
    )
    for currency, bucket, total in rows:
        found.setdefault(currency, dict.fromkeys(BUCKETS, 0))[bucket] = int(total)
    return found


def credit(store: Store, customer_id: str, currency: str, today: date, besides: str = "") -> Credit:
    """What stands against a customer's limit, in the currency of the limit.

    `besides` is a series of proposals that is not to be counted: one that is looked at.
    """
    limit = store.value("SELECT credit_limit FROM customer WHERE id = ?", [customer_id])
    owed, overdue = store.rows(
        "SELECT coalesce(sum(open), 0), coalesce(sum(open) FILTER (WHERE due_on < ?), 0)"
        f" FROM ({OPEN}) WHERE customer_id = ? AND currency = ? AND open > 0",
        [today.isoformat(), customer_id, currency],
    )[0]
    orders, waiting = against_credit(store, customer_id, currency, today, besides)
    left = balance(store, customer_id, currency)
    return Credit(limit, int(owed), int(overdue), orders, waiting, left)


def balance(store: Store, customer_id: str, currency: str) -> int:
    """What a customer paid or was credited that is not set against anything, in minor units."""
    paid = store.value(
        "SELECT coalesce(sum(p.amount - coalesce((SELECT sum(s.amount) FROM settlement s"
        " WHERE s.payment_id = p.id AND s.trashed_at IS NULL), 0)), 0) FROM payment p"
        " WHERE p.customer_id = ? AND p.currency = ? AND p.trashed_at IS NULL",
        [customer_id, currency],
    )
    noted = store.value(
        "SELECT coalesce(sum(r.amount - coalesce((SELECT sum(s.amount) FROM settlement s"
        " WHERE s.credit_note_id = r.id AND s.trashed_at IS NULL), 0)), 0) FROM receivable r"
        " WHERE r.customer_id = ? AND r.currency = ? AND r.kind = 'credit_note'"
        " AND r.trashed_at IS NULL",
        [customer_id, currency],
    )
    return int(paid) + int(noted)


def settlements(store: Store, receivable_id: str) -> list[Settlement]:
    """What was set against a receivable, or of a credit note against others."""
    return store.records(
        Settlement,
        "SELECT * FROM settlement WHERE (receivable_id = ? OR credit_note_id = ?)"
        " AND trashed_at IS NULL ORDER BY created_at, id",
        [receivable_id, receivable_id],
    )


def unsettled(store: Store, payment_id: str) -> int:
    """What of a payment is not set against anything, in minor units."""
    return int(
        store.value(
            "SELECT p.amount - coalesce((SELECT sum(amount) FROM settlement"
            " WHERE payment_id = p.id AND trashed_at IS NULL), 0) FROM payment p WHERE p.id = ?",
            [payment_id],
        )
        or 0
    )


def collecting(store: Store, receivable_id: str) -> list[CollectingStep]:
    """What was done to be paid, the newest first."""
    return store.records(
        CollectingStep,
        "SELECT * FROM collecting_step WHERE receivable_id = ? AND trashed_at IS NULL"
        " ORDER BY done_on DESC, created_at DESC, id",
        [receivable_id],
    )


def statement(store: Store, customer_id: str, currency: str) -> list[Entry]:
    """All that raised or lowered what a customer owes in a currency, the first one first."""
    debts = store.records(
        Receivable,
        "SELECT * FROM receivable WHERE customer_id = ? AND currency = ? AND trashed_at IS NULL",
        [customer_id, currency],
    )
    payments = store.records(
        Payment,
        "SELECT * FROM payment WHERE customer_id = ? AND currency = ? AND trashed_at IS NULL",
        [customer_id, currency],
    )
    told: list[tuple[str, int, str, Receivable | Payment, int]] = []
    for debt in debts:
        sign = -1 if debt.kind == "credit_note" else 1
        told.append((debt.issued_on or "", 0, debt.id, debt, sign * (debt.amount or 0)))
        if debt.written_off:
            told.append((debt.written_off_on or "", 1, debt.id, debt, -debt.written_off))
    told += [(one.received_on or "", 2, one.id, one, -(one.amount or 0)) for one in payments]
    entries: list[Entry] = []
    owed = 0
    for day, _, _, what, amount in sorted(told, key=lambda one: one[:3]):
        owed += amount
        entries.append(Entry(day, what, amount, owed))
    return entries
