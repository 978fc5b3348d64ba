"""Decides what lists of receivables and of payments do: what is owed, and what was paid of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from fieldsales.domain.fields import Field, fields
from fieldsales.domain.ids import new_id
from fieldsales.domain.money.receivable import Receivable, due_day, settle
from fieldsales.errors import FieldError, UserError
from fieldsales.services.importing.conversion import Entry, Problem
from fieldsales.services.importing.converters import Value
from fieldsales.services.importing.planner import (
    Index,
    Insert,
    Known,
    Planner,
    Question,
    customers_by_name,
    name_key,
)
from fieldsales.store.database import Store
from fieldsales.store.queries import existing
from fieldsales.store.queries.currencies import base_currency
from fieldsales.words import minor_digits

_NOTE = "credit_note"


@dataclass(slots=True)
class _Debt:
    """A receivable as far as this import has come: `settled` is paid or written off of it."""

    id: str
    customer_id: str
    kind: str
    currency: str
    issued_on: str
    amount: int
    settled: int

    @property
    def open(self) -> int:
        return 0 if self.kind == _NOTE else self.amount - self.settled


class Refused(Exception):
    """Why a row cannot come in, and the field that says so."""

    def __init__(self, name: str, code: str, /, **params: object) -> None:
        super().__init__(code)
        self.name, self.code, self.params = name, code, params


class Owned(Planner):
    """Rows of amounts, each of a customer it names."""

    amount: ClassVar[Field] = fields(Receivable)["amount"]

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._usual = base_currency(store)
        self._today = store.clock.today().isoformat()
        self._firms = customers_by_name(store)
        self._trashed = {name_key(name) for name in existing.trashed_customers(store)}

    def take(self, entry: Entry) -> None:
        try:
            self._take(entry)
        except Refused as why:
            self._tell(entry, why.name, why.code, why.params)

    def _take(self, entry: Entry) -> None:
        raise NotImplementedError

    def _tell(
        self,
        entry: Entry,
        name: str,
        code: str,
        params: Mapping[str, object],
        *,
        kept: bool = False,
    ) -> None:
        column = self._question.column(name)
        self.plan.problems.append(Problem(entry.row, column, code, dict(params), kept))

    def _owner(self, entry: Entry) -> str:
        """Id of the customer a row names, '' for one that is to be added."""
        name = entry.customer.get("name") or ""
        key = name_key(name)
        found = self._firms.get(key)
        if len(found) > 1:
            raise Refused("customer", "import.reason.several")
        if not found and key in self._trashed:
            raise Refused("customer", "import.reason.customer_in_trash", name=name)
        if not (found or self._question.newcomers):
            raise Refused("customer", "import.reason.unknown_customer", name=name)
        return found[0] if found else ""

    def _made(self, entry: Entry) -> str:
        """Adds the customer a row names."""
        name = name_key(entry.customer["name"])
        row_id = self._customers.add(entry.customer)
        self._firms.add(name, row_id)
        return row_id

    def _minor(self, entry: Entry, name: str, currency: str) -> int:
        """An amount a row tells, in minor units."""
        told = entry.amounts[name]
        if told.currency and told.currency != currency:
            raise Refused(name, "receivable.other_currency")
        minor = told.value.scaleb(minor_digits(currency)).to_integral_value(ROUND_HALF_UP)
        try:
            return int(self.amount.clean(int(minor)) or 0)
        except FieldError as problem:
            raise Refused(name, problem.code, **problem.params) from problem

    def _currency(self, entry: Entry, told: Value, known: Collection[str]) -> str:
        """The currency of a row: what it tells, else that of what it is about."""
        code = str(told or entry.amounts["amount"].currency)
        if known and code and code not in known:
            raise Refused("currency" if told else "amount", "receivable.other_currency")
        return code or next(iter(known), self._usual)


class _Money(Owned):
    """What both lists have in common: which receivable is meant, what settles it.

    `PAID_ON` is what the day of a payment is called there.
    """

    PAID_ON: str

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._debts: Index[_Debt] = Index()
        for number, *told in existing.receivables(store):
            self._debts.add(name_key(number), _Debt(*told))
        self._payments: list[dict[str, Value]] = []
        self._parts: list[dict[str, Value]] = []

    def let_go(self, insert: Insert | None) -> None:
        super().let_go(insert)
        for noun, waiting in (("payment", self._payments), ("settlement", self._parts)):
            if insert is not None and waiting:
                insert(noun, waiting)
            waiting.clear()

    def _refuse_early(self, entry: Entry) -> None:
        """No money came in on a day that is yet to come."""
        if str(entry.payment.get("received_on") or "") > self._today:
            raise Refused(self.PAID_ON, "proposal.in_future")

    def _meant(self, entry: Entry) -> list[_Debt]:
        """Receivables with the number a row tells, of the customer it tells."""
        number = name_key(entry.receivable.get("number") or "")
        found = self._debts.get(number) if number else []
        name = entry.customer.get("name")
        if not (found and name):
            return found
        theirs = set(self._firms.get(name_key(name)))
        mine = [debt for debt in found if debt.customer_id in theirs]
        if not mine:
            self._owner(entry)  # if that is not why
            raise Refused("number", "receivable.not_theirs")
        return mine

    def _split(
        self, name: str, amount: int, currency: str, debts: Sequence[_Debt]
    ) -> list[tuple[_Debt, int]]:
        """How an amount goes over receivables, the first one first."""
        still = {debt.id: debt.open for debt in debts}
        keep_rest = self._question.keep_rest
        try:
            parts = dict(settle(amount, still.items(), keep_rest=keep_rest or not debts))
        except UserError as problem:
            left = int(str(problem.params["left"]))
            shown = f"{Decimal(left).scaleb(-minor_digits(currency)):,f} {currency}"
            raise Refused(name, "import.reason.overpaid", left=shown) from problem
        return [(debt, parts[debt.id]) for debt in debts if debt.id in parts]

    def _pay(self, values: dict[str, Value], parts: Sequence[tuple[_Debt, int]]) -> None:
        """Notes a payment and what it settles."""
        row_id = new_id()
        self.plan.payments.add(row_id)
        self._payments.append({**values, "id": row_id})
        for debt, amount in parts:
            debt.settled += amount
            part: dict[str, Value] = {"receivable_id": debt.id, "payment_id": row_id}
            self._parts.append({**part, "amount": amount, "id": new_id()})


class Receivables(_Money):
    """Rows that are receivables, each perhaps with what was paid of it so far."""

    PAID_ON = "paid_on"

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._records = Known(
            store, Receivable, self.plan.receivables, self.plan.receivable_changes
        )

    def let_go(self, insert: Insert | None) -> None:
        super().let_go(insert)
        pending = self._records.pending
        if insert is not None and pending:
            insert("receivable", [{**values, "id": row_id} for row_id, values in pending.items()])
        pending.clear()

    def _take(self, entry: Entry) -> None:
        self._refuse_early(entry)
        debts = self._meant(entry) if self._match else []
        if len(debts) > 1:
            self._several(entry)
        elif not debts:
            self._add(entry)
        elif self._meet(debts[0].id, self.plan.receivables):
            self.plan.unchanged += not self._change(entry, debts[0])

    def _add(self, entry: Entry) -> None:
        owner = self._owner(entry)
        values = entry.receivable
        currency = self._currency(entry, values.get("currency"), ())
        values["currency"] = currency
        told = entry.amounts["amount"]
        if told.value < 0 and "kind" not in values:  # as books write what they give back
            values["kind"] = _NOTE
            entry.amounts["amount"] = told._replace(value=-told.value)
        amount = values["amount"] = self._minor(entry, "amount", currency)
        # what is due was invoiced before
        issued = str(values.get("issued_on") or min(self._today, str(values.get("due_on") or "~")))
        values["issued_on"] = issued
        if values.get("due_on"):
            values.setdefault("terms", "day")
        elif values.get("terms") != "day":
            terms, days = str(values.get("terms") or "net"), int(str(values.get("days") or 0))
            values["due_on"] = due_day(date.fromisoformat(issued), terms, days).isoformat()
        _check(values.get("due_on"), issued)
        kind = str(values.get("kind") or "invoice")
        debt = _Debt(new_id(), owner, kind, currency, issued, amount, 0)
        paid = self._minor(entry, "paid", currency) if "paid" in entry.amounts else 0
        parts = self._split("paid", paid, currency, [debt]) if paid else []
        values["customer_id"] = debt.customer_id = owner or self._made(entry)
        debt.id = self._records.add(values)
        self._met.add(debt.id)
        if number := name_key(values.get("number") or ""):
            self._debts.add(number, debt)
        if paid:
            self._receive(entry, debt, paid, parts)

    def _change(self, entry: Entry, debt: _Debt) -> bool:
        """Sets what differs, and notes what was paid since; whether either was so."""
        values = entry.receivable
        currency = self._currency(entry, values.get("currency"), (debt.currency,))
        told = entry.amounts["amount"]
        if told.value < 0 and debt.kind == _NOTE:
            entry.amounts["amount"] = told._replace(value=-told.value)
        amount = self._minor(entry, "amount", currency)
        if amount < debt.settled:
            raise Refused("amount", "import.reason.below_paid")
        due = values.get("due_on") or self._records.value(debt.id, "due_on")
        issued = values.get("issued_on") or self._records.value(debt.id, "issued_on")
        _check(due, issued)
        paid = self._minor(entry, "paid", currency) if "paid" in entry.amounts else debt.settled
        more = paid - debt.settled
        if self._question.keep_rest and amount == debt.settled:
            more = 0  # what was too much is the customer's balance already
        before, debt.amount = debt.amount, amount
        try:
            parts = self._split("paid", more, currency, [debt]) if more > 0 else []
        except Refused:
            debt.amount = before
            raise
        if more < 0:
            self._tell(entry, "paid", "import.reason.less_paid", {}, kept=True)
        changed = self._records.change(debt.id, {**values, "amount": amount})
        debt.issued_on = str(issued or "")
        if more > 0:
            self._receive(entry, debt, more, parts)
            self.plan.paid.add(debt.id)
        return changed or more > 0

    def _receive(
        self, entry: Entry, debt: _Debt, amount: int, parts: Sequence[tuple[_Debt, int]]
    ) -> None:
        own: dict[str, Value] = {
            "customer_id": debt.customer_id,
            "amount": amount,
            "currency": debt.currency,
            "received_on": entry.payment.get("received_on") or self._today,
            "method": entry.payment.get("method", ""),
        }
        if str(own["received_on"]) < debt.issued_on:
            self._tell(entry, "paid_on", "import.reason.paid_before", {}, kept=True)
        self._pay(own, parts)


class Payments(_Money):
    """Rows that are payments: of the receivable they name, else the customer's balance."""

    PAID_ON = "received_on"

    def __init__(self, store: Store, question: Question) -> None:
        super().__init__(store, question)
        self._gone = {name_key(number) for number in existing.trashed_receivables(store)}
        # payments that are there, each to be met by one row: numbers they settle
        self._there: dict[tuple[str, str, str, int], list[set[str]]] = defaultdict(list)
        if self._match is not None:
            for whose, currency, day, amount, numbers in existing.payments(store):
                settled = {name_key(number) for number in numbers.split("\n") if number}
                self._there[whose, currency, day, amount].append(settled)

    def _take(self, entry: Entry) -> None:
        self._refuse_early(entry)
        values = entry.payment
        number = name_key(entry.receivable.get("number") or "")
        debts = [debt for debt in self._meant(entry) if debt.kind != _NOTE]
        if number and not debts:
            if "name" in entry.customer:
                self._owner(entry)  # if that is why
            why = "in_trash" if number in self._gone else "no_receivable"
            told = entry.receivable.get("number")
            raise Refused("number", f"import.reason.{why}", number=told)
        if len({debt.customer_id for debt in debts}) > 1:
            self._several(entry)
            return
        owner = debts[0].customer_id if debts else self._owner(entry)
        known = dict.fromkeys(debt.currency for debt in debts)
        currency = self._currency(entry, values.get("currency"), known)
        debts = [debt for debt in debts if debt.currency == currency]
        amount = self._minor(entry, "amount", currency)
        day = str(values.get("received_on") or self._today)
        if self._met_before(owner, currency, day, amount, number):
            self.plan.unchanged += 1
            return
        parts = self._split("amount", amount, currency, debts)
        if debts and day < min(debt.issued_on for debt in debts):
            self._tell(entry, "received_on", "import.reason.paid_before", {}, kept=True)
        whose: dict[str, Value] = {"customer_id": owner or self._made(entry), "amount": amount}
        self._pay({**values, **whose, "currency": currency, "received_on": day}, parts)

    def _met_before(self, owner: str, currency: str, day: str, amount: int, number: str) -> bool:
        """Whether the payment is there; two alike in the file are two."""
        there = self._there.get((owner, currency, day, amount), [])
        for at, settled in enumerate(there):
            if number in settled or not (number and settled):
                del there[at]
                return True
        return False


def _check(due: Value, issued: Value) -> None:
    if due and issued and str(due) < str(issued):
        raise Refused("due_on", "receivable.due_before")
