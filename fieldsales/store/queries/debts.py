"""The money tab's view of what is owed: all open debts at once, whose they are (M42)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from fieldsales.domain.money.ageing import BUCKETS, bucket, days_sales_outstanding
from fieldsales.domain.money.collecting import REASONS, call_reason
from fieldsales.domain.money.receivable import Payment, Receivable
from fieldsales.store.caches.owed import OPEN
from fieldsales.store.database import Store
from fieldsales.store.queries import customers
from fieldsales.store.queries.receivables import Debt, ageing, open_amounts

PERIOD = 90  # days whose invoices days sales outstanding are counted by
_AMONG = "IN (SELECT value FROM json_each(?))"
_MOST_FOUND = 200
_MOST_CALLED = 200
_MOST_SETTLED = 2_000


class Owed(NamedTuple):
    """An open debt, as light as a list of thousands needs it; minor units, ISO days."""

    id: str
    customer_id: str
    currency: str
    due: str | None
    open: int
    last_step: str | None = None
    promised: str | None = None

    def days_late(self, today: date) -> int:
        """Days since it was due, 0 or less where it is not late."""
        return (today - date.fromisoformat(self.due)).days if self.due else 0

    def bucket(self, today: date) -> str:
        return bucket(self.days_late(today))

    def reason(self, today: date) -> str | None:
        """Why to call about it today, one of `collecting.REASONS`."""
        return call_reason(self.due, self.last_step, self.promised, today)


@dataclass(frozen=True, slots=True)
class CustomerSum:
    """What a customer owes in a currency, in minor units; the oldest is so many days `late`."""

    customer_id: str
    currency: str
    owed: int
    overdue: int
    late: int
    debts: int


@dataclass(frozen=True, slots=True)
class Currency:
    """What is owed in one currency, by age too, in minor units; `dso` in days with one decimal."""

    currency: str
    buckets: dict[str, int]
    dso: str

    @property
    def owed(self) -> int:
        return sum(self.buckets.values())

    @property
    def overdue(self) -> int:
        return self.owed - self.buckets[BUCKETS[0]]


def owed(store: Store, customer_id: str | None = None) -> list[Owed]:
    """All open debts, or a customer's: the one due first before, what has no day yet last."""
    if customer_id is None:
        return _owed(store, "true", "true", [])
    theirs = "receivable_id IN (SELECT id FROM receivable WHERE customer_id = ?)"
    return _owed(store, "customer_id = ?", theirs, [customer_id])


def _owed(store: Store, which: str, stepped: str, params: Sequence[object]) -> list[Owed]:
    # a few have steps: those are put into what SQLite gives, which is quicker than to join all
    rows = store.rows(
        "SELECT receivable_id, customer_id, currency, due_on, open, NULL, NULL FROM open_debt"
        f" WHERE {which} ORDER BY receivable_id",
        params,
    )
    rows.sort(key=lambda row: row[3] or "~")
    steps = {
        row_id: (done, promised)
        for row_id, done, promised in store.rows(
            "SELECT receivable_id, max(done_on), max(promised_on) FROM collecting_step"
            f" WHERE trashed_at IS NULL AND {stepped} GROUP BY receivable_id",
            params,
        )
    }
    if not steps:
        return list(map(Owed._make, rows))
    return [Owed(*row[:5], *steps.get(row[0], row[5:])) for row in rows]


def calls(store: Store) -> list[Owed]:
    """Those to call about today, as `to_call` has it, without reading all that is owed.

    Of a file with very many overdue debts, the newest of them.
    """
    today = store.clock.today()
    late = store.rows(
        "SELECT receivable_id FROM open_debt WHERE due_on < ? ORDER BY due_on DESC LIMIT ?",
        [today.isoformat(), _MOST_CALLED],
    )
    promised = store.rows(
        "SELECT receivable_id FROM collecting_step WHERE trashed_at IS NULL AND promised_on <= ?"
        " ORDER BY promised_on DESC LIMIT ?",
        [today.isoformat(), _MOST_CALLED],
    )
    among = json.dumps(list({row_id for (row_id,) in (*late, *promised)}))
    which = f"receivable_id {_AMONG}"
    return to_call(_owed(store, which, which, [among]), today)


def to_call(debts: Iterable[Owed], today: date) -> list[Owed]:
    """Those to call about today: broken promises first, then those late for longest."""
    by_reason: dict[str | None, list[Owed]] = {}
    for debt in debts:
        by_reason.setdefault(debt.reason(today), []).append(debt)
    called = (by_reason.get(reason, []) for reason in REASONS)
    return [debt for group in called for debt in sorted(group, key=lambda one: one.due or "~")]


def by_customer(debts: Iterable[Owed], today: date) -> list[CustomerSum]:
    """Sums of each customer and currency: who owes most that is overdue comes first."""
    sums: dict[tuple[str, str], list[int]] = {}
    oldest: dict[tuple[str, str], str] = {}  # of those that are late
    now = today.isoformat()
    for _id, whose, currency, due, still, *_ in debts:
        key = whose, currency
        found = sums.setdefault(key, [0, 0, 0])
        found[0] += still
        found[2] += 1
        if due and due < now:
            found[1] += still
            oldest[key] = min(oldest.get(key, now), due)
    told = []
    for key, (owed_now, overdue, count) in sums.items():
        late = (today - date.fromisoformat(oldest.get(key, now))).days
        told.append(CustomerSum(*key, owed_now, overdue, late, count))
    told.sort(key=lambda one: (-one.overdue, -one.owed, one.customer_id))
    return told


def currencies(store: Store, today: date) -> list[Currency]:
    """What is owed by currency and age, the currency with most debts first."""
    buckets = ageing(store, today)
    counts = dict(store.rows("SELECT currency, count(*) FROM open_debt GROUP BY currency"))
    invoiced = dict(
        store.rows(
            "SELECT currency, sum(amount) FROM receivable WHERE trashed_at IS NULL"
            " AND kind <> 'credit_note' AND issued_on > ? AND issued_on <= ? GROUP BY currency",
            [(today - timedelta(days=PERIOD)).isoformat(), today.isoformat()],
        )
    )
    found = []
    for currency in sorted(buckets, key=lambda one: (-counts[one], one)):
        open_now = sum(buckets[currency].values())
        dso = days_sales_outstanding(open_now, int(invoiced.get(currency) or 0), PERIOD)
        found.append(Currency(currency, buckets[currency], "" if dso is None else str(dso)))
    return found


def rows(store: Store, debts: Sequence[Owed]) -> list[Debt | None]:
    """The records of these debts in their order, None for one that is gone meanwhile."""
    known = _named(store, [debt.id for debt in debts])
    return [
        Debt(known[one.id][0], known[one.id][1], one.open, 0, one.promised)
        if one.id in known
        else None
        for one in debts
    ]


def debt(store: Store, receivable_id: str) -> Debt | None:
    """One receivable with what is open of it, settled ones and credit notes too; None if gone."""
    found = _named(store, [receivable_id]).get(receivable_id)
    if found is None:
        return None
    receivable, customer = found
    if receivable.kind == "credit_note":
        used = store.value(
            "SELECT coalesce(sum(amount), 0) FROM settlement WHERE credit_note_id = ?"
            " AND trashed_at IS NULL",
            [receivable_id],
        )
        return Debt(receivable, customer, (receivable.amount or 0) - int(used))
    return Debt(receivable, customer, open_amounts(store, [receivable_id])[receivable_id])


def settled(store: Store) -> list[Owed]:
    """What is paid or given up, and credit notes, the newest first."""
    found = store.rows(
        "SELECT r.id, r.customer_id, r.currency, r.due_on FROM receivable r"
        " LEFT JOIN open_debt o ON o.receivable_id = r.id WHERE r.trashed_at IS NULL"
        " AND o.open IS NULL ORDER BY r.issued_on DESC, r.id LIMIT ?",
        [_MOST_SETTLED],
    )
    return [Owed(row_id, whose, currency, due, 0) for row_id, whose, currency, due in found]


def found(store: Store, asked: str) -> tuple[set[str], set[str]]:
    """(ids of customers by name, ids of receivables by number or title) that hold a text."""
    whose = {one.id for one in customers.likely(store, asked, _MOST_FOUND)}
    like = f"%{asked.replace('%', '')}%"
    which = store.rows(
        "SELECT id FROM receivable WHERE trashed_at IS NULL AND (number LIKE ? OR title LIKE ?)",
        [like, like],
    )
    return whose, {row_id for (row_id,) in which}


def of_deals(store: Store, deal_ids: str) -> dict[str, list[Owed]]:
    """Deal -> its receivables, what is settled of them too; `deal_ids` is a JSON list."""
    told: dict[str, list[Owed]] = {}
    for deal_id, *one in store.rows(
        "SELECT deal_id, id, customer_id, currency, due_on, open"
        f" FROM ({OPEN}) WHERE deal_id {_AMONG} ORDER BY due_on IS NULL, due_on, id",
        [deal_ids],
    ):
        told.setdefault(deal_id, []).append(Owed(*one))
    return told


def names(store: Store, customer_ids: Sequence[str]) -> dict[str, str]:
    """Customer -> its name."""
    sql = f"SELECT id, name FROM customer WHERE id {_AMONG}"
    return dict(store.rows(sql, [json.dumps(list(customer_ids))]))


def unused_payments(store: Store, customer_id: str, currency: str) -> list[tuple[Payment, int]]:
    """Payments of a customer of which something is not set against anything, with how much."""
    sql = (
        "SELECT p.*, p.amount - coalesce((SELECT sum(s.amount) FROM settlement s"
        " WHERE s.payment_id = p.id AND s.trashed_at IS NULL), 0) AS rest FROM payment p"
        " WHERE p.customer_id = ? AND p.currency = ? AND p.trashed_at IS NULL"
        " ORDER BY p.received_on, p.id"
    )
    told = []
    for row in store.rows(sql, [customer_id, currency]):
        payment = Payment(**dict(zip(store.columns["payment"], row[:-1], strict=True)))
        if row[-1] > 0:
            told.append((payment, int(row[-1])))
    return told


def unused_notes(store: Store, customer_id: str, currency: str) -> list[tuple[Receivable, int]]:
    """Credit notes of a customer of which something is left, with how much."""
    notes = store.records(
        Receivable,
        "SELECT * FROM receivable WHERE customer_id = ? AND currency = ? AND trashed_at IS NULL"
        " AND kind = 'credit_note' ORDER BY issued_on, id",
        [customer_id, currency],
    )
    found = [(note, debt(store, note.id)) for note in notes]
    return [(note, left.open) for note, left in found if left is not None and left.open > 0]


def _named(store: Store, ids: Sequence[str]) -> dict[str, tuple[Receivable, str]]:
    among = json.dumps(list(ids))
    records = store.records(
        Receivable, f"SELECT * FROM receivable WHERE trashed_at IS NULL AND id {_AMONG}", [among]
    )
    known = names(store, list({one.customer_id for one in records}))
    return {one.id: (one, known.get(one.customer_id, "")) for one in records}
