"""What customers owe: invoices, instalments and credit notes, payments, promises, steps (M42)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fieldsales.domain import fields as f
from fieldsales.domain.fields import Record
from fieldsales.errors import FieldError, UserError

NOTE = "credit_note"
KINDS = ("invoice", "instalment", NOTE)
METHODS = ("transfer", "cash", "cheque", "acceptance", "mobile", "other")
TERMS = ("net", "month_end", "day")
WRITE_OFF_REASONS = ("insolvent", "disputed", "small", "goodwill", "other")
STEPS = ("reminder", "call", "visit", "letter", "stop_supply", "legal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivable(Record):
    """An amount a customer owes, or a credit note we owe them; minor units of `currency`.

    `terms` say how `due_on` came about: so many days after the invoice, or after the end of its
    month. `expected_on` is the day promised last. What was written off stays owed in `amount`.
    """

    customer_id: str = f.reference("customer", required=True)
    deal_id: str | None = f.reference("deal")
    proposal_id: str | None = f.reference("proposal")
    kind: str = f.choice("receivable_kind", KINDS, default="invoice")
    number: str = f.text(max_length=60)
    title: str = f.text()
    amount: int | None = f.money()
    currency: str = f.text(max_length=3)
    issued_on: str | None = f.day()
    terms: str = f.choice("payment_terms", TERMS, default="net")
    days: int | None = f.integer(0, 3_650)
    due_on: str | None = f.day()
    disputed: int = f.flag()
    written_off: int | None = f.money()
    written_off_on: str | None = f.day(sealed=True)
    written_off_why: str = f.choice("write_off_reason", WRITE_OFF_REASONS, own=True)
    note: str = f.note()

    def check(self, changed: Collection[str]) -> None:
        _check_money(self, changed)
        told = {"due_on", "issued_on"} & set(changed) and self.due_on and self.issued_on
        if told and (self.due_on or "") < (self.issued_on or ""):
            raise FieldError("receivable.due_before", "due_on")
        off = self.written_off or 0
        if {"written_off", "amount"} & set(changed) and off > (self.amount or 0):
            raise FieldError("receivable.too_much_off", "written_off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment(Record):
    """Money that came in; what of it is not settled against anything is the customer's balance."""

    customer_id: str = f.reference("customer", required=True)
    amount: int | None = f.money()
    currency: str = f.text(max_length=3)
    received_on: str | None = f.day()
    method: str = f.choice("payment_method", METHODS, own=True)
    reference: str = f.text(max_length=100)
    note: str = f.note()

    def check(self, changed: Collection[str]) -> None:
        _check_money(self, changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement(Record):
    """So much of a payment, or of a credit note, that counts against a receivable."""

    receivable_id: str = f.reference("receivable", required=True, shown=False)
    payment_id: str | None = f.reference("payment", shown=False)
    credit_note_id: str | None = f.reference("receivable", shown=False)
    amount: int | None = f.money()


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectingStep(Record):
    """What was done to be paid, what was promised then, and whether it was kept."""

    receivable_id: str = f.reference("receivable", required=True, shown=False)
    contact_id: str | None = f.reference("contact")
    step: str = f.choice("collecting_step", STEPS, own=True)
    done_on: str | None = f.day()
    promised_on: str | None = f.day()
    promised_amount: int | None = f.money()
    task_id: str | None = f.reference("task", shown=False)
    note: str = f.note(2_000)

    def check(self, changed: Collection[str]) -> None:
        told = {"promised_on", "done_on"} & set(changed) and self.promised_on and self.done_on
        if told and (self.promised_on or "") < (self.done_on or ""):
            raise FieldError("receivable.promised_before", "promised_on")


def _check_money(one: Receivable | Payment, changed: Collection[str]) -> None:
    """An amount of nothing, or in no currency, is none."""
    for name in ("amount", "currency"):
        if name in changed and not getattr(one, name):
            raise FieldError("field.required", name)


def due_day(issued: date, terms: str, days: int) -> date:
    """When an invoice is due: so many days after it, or after the end of its month (M42).

    Worked examples: 30 days net of 2026-11-22 = 2026-12-22; 30 days after the end of that month =
    2026-12-30.
    """
    begun = issued
    if terms == "month_end":
        begun = (issued.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return begun + timedelta(days=days)


def open_amount(receivable: Receivable, settlements: Iterable[Settlement]) -> int:
    """What is still owed, in minor units: the amount less what was settled and written off.

    Of a credit note: what of it was not yet set against anything. Negative where more was settled.
    """
    settled = sum(
        one.amount or 0
        for one in settlements
        if receivable.id
        == (one.credit_note_id if receivable.kind == "credit_note" else one.receivable_id)
    )
    return (receivable.amount or 0) - (receivable.written_off or 0) - settled


def settle(
    amount: int, wanted: Iterable[tuple[str, int]], *, keep_rest: bool = False
) -> list[tuple[str, int]]:
    """How an amount goes over (id, open amount) pairs: the first as far as it reaches, and on.

    Raises UserError("receivable.overpaid") where something is left over, unless that is to be kept
    as the customer's balance.
    """
    left, found = amount, []
    for receivable_id, still in wanted:
        part = min(left, max(still, 0))
        if part:
            found.append((receivable_id, part))
            left -= part
    if left and not keep_rest:
        raise UserError("receivable.overpaid", left=left)
    return found
