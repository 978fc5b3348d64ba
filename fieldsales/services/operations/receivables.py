"""Invoices, payments and what they settle, write-offs, and steps to collect (M42)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fieldsales.domain.customer import Customer
from fieldsales.domain.ids import new_id
from fieldsales.domain.money.receivable import (
    CollectingStep,
    Payment,
    Receivable,
    Settlement,
    due_day,
    settle,
)
from fieldsales.errors import FieldError, UserError
from fieldsales.services.operations.deals import currency_code
from fieldsales.services.operations.settling import debt_of, source_of
from fieldsales.services.workspace import Operation
from fieldsales.store.journal import Writer
from fieldsales.store.queries import receivables as queries
from fieldsales.store.queries.currencies import base_currency


@dataclass(frozen=True)
class AddReceivable(Operation):
    """Adds an invoice, an instalment or a credit note; `values` are fields of Receivable.

    A day it is due that is left open comes of its terms.
    """

    values: Mapping[str, object]
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        values = dict(self.values)
        writer.require(Customer, str(values.get("customer_id") or ""))
        if not values.get("amount"):
            raise FieldError("field.required", "amount")
        values["currency"] = currency_code(
            str(values.get("currency") or base_currency(writer.store))
        )
        issued = str(values.get("issued_on") or writer.store.clock.today().isoformat())
        values["issued_on"] = issued
        terms = str(values.get("terms") or "net")
        if not values.get("due_on") and terms != "day":
            days = int(str(values.get("days") or 0))
            values["due_on"] = due_day(date.fromisoformat(issued), terms, days).isoformat()
        writer.insert("receivable", values, self.row_id)
        writer.require(Receivable, self.row_id).check(values)


@dataclass(frozen=True)
class ReceivePayment(Operation):
    """Notes money that came in and what it is for: receivables, the first one first.

    Raises UserError("receivable.overpaid") where more came than they owe, unless the rest is kept
    as the customer's balance; ("receivable.other_currency"), ("receivable.not_theirs"), and
    FieldError("proposal.in_future").
    """

    values: Mapping[str, object]
    receivable_ids: Sequence[str] = ()
    keep_rest: bool = False
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        store, values = writer.store, dict(self.values)
        writer.require(Customer, str(values.get("customer_id") or ""))
        if not values.get("amount"):
            raise FieldError("field.required", "amount")
        values["currency"] = currency_code(str(values.get("currency") or base_currency(store)))
        values["received_on"] = values.get("received_on") or store.clock.today().isoformat()
        if date.fromisoformat(str(values["received_on"])) > store.clock.today():
            raise FieldError("proposal.in_future", "received_on")
        writer.insert("payment", values, self.row_id)
        payment = writer.require(Payment, self.row_id)
        debts = [debt_of(writer, row_id, payment) for row_id in dict.fromkeys(self.receivable_ids)]
        still = queries.open_amounts(store, [debt.id for debt in debts])
        wanted = [(debt.id, still[debt.id]) for debt in debts]
        parts = settle(payment.amount or 0, wanted, keep_rest=self.keep_rest or not wanted)
        for receivable_id, amount in parts:
            own = {"receivable_id": receivable_id, "payment_id": payment.id, "amount": amount}
            writer.insert("settlement", own)


@dataclass(frozen=True)
class Settle(Operation):
    """Sets what is left of a payment or a credit note against a receivable, as far as it reaches.

    Raises UserError("receivable.nothing_left") where nothing is left or nothing owed.
    """

    source_id: str
    receivable_id: str

    def apply(self, writer: Writer) -> None:
        source, left = source_of(writer, self.source_id)
        debt = debt_of(writer, self.receivable_id, source)
        amount = min(left, queries.open_amounts(writer.store, [debt.id])[debt.id])
        if amount <= 0:
            raise UserError("receivable.nothing_left")
        name = "payment_id" if isinstance(source, Payment) else "credit_note_id"
        own = {"receivable_id": debt.id, name: source.id, "amount": amount}
        writer.insert("settlement", own)


@dataclass(frozen=True)
class TakeBackSettlement(Operation):
    """What was set against a receivable is the customer's balance again."""

    settlement_id: str

    def apply(self, writer: Writer) -> None:
        writer.require(Settlement, self.settlement_id)
        writer.delete("settlement", self.settlement_id)


@dataclass(frozen=True)
class WriteOff(Operation):
    """Gives up an amount of what is owed, and says why; 0 takes it back."""

    receivable_id: str
    amount: int
    why: str

    def apply(self, writer: Writer) -> None:
        debt = writer.require(Receivable, self.receivable_id)
        if self.amount and not self.why.strip():
            raise FieldError("field.required", "written_off_why")
        still = queries.open_amounts(writer.store, [debt.id]).get(debt.id, 0)
        if self.amount > still + (debt.written_off or 0):
            raise FieldError("receivable.too_much_off", "written_off")
        values = {
            "written_off": self.amount or None,
            "written_off_on": writer.store.clock.today().isoformat() if self.amount else None,
            "written_off_why": self.why if self.amount else "",
        }
        writer.update("receivable", debt.id, values)


@dataclass(frozen=True)
class NoteCollecting(Operation):
    """Notes a step to be paid, what was promised, and a task to see whether it is kept.

    `values` are fields of CollectingStep; with `task`, a title, a promise becomes a task.
    """

    receivable_id: str
    values: Mapping[str, object]
    task: str = ""
    row_id: str = field(default_factory=new_id)

    def apply(self, writer: Writer) -> None:
        debt = writer.require(Receivable, self.receivable_id)
        values = dict(self.values)
        values["done_on"] = values.get("done_on") or writer.store.clock.today().isoformat()
        if self.task and values.get("promised_on"):
            values["task_id"] = writer.insert(
                "task",
                {
                    "title": self.task,
                    "kind": "collect",
                    "due": values["promised_on"],
                    "customer_id": debt.customer_id,
                    "deal_id": debt.deal_id,
                },
            )
        writer.insert("collecting_step", {**values, "receivable_id": debt.id}, self.row_id)
        writer.require(CollectingStep, self.row_id).check(values)
