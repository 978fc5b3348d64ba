"""What payments and credit notes settle of which debts, and that it still fits (M42)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from fieldsales.domain.money.receivable import NOTE, Payment, Receivable, Settlement
from fieldsales.errors import FieldError, UserError
from fieldsales.store.journal import Writer
from fieldsales.store.queries import receivables as queries
from fieldsales.store.queries.links import settlements_with


def settle_again(writer: Writer, row_ids: Sequence[str]) -> None:
    """Takes settlements out of the trash where both sides are there and have room for them."""
    for row_id in row_ids:
        one = writer.store.record(Settlement, row_id)
        if one is None:
            continue
        with suppress(UserError):
            source, left = source_of(writer, one.payment_id or one.credit_note_id)
            debt = debt_of(writer, one.receivable_id, source)
            room = min(left, queries.open_amounts(writer.store, [debt.id])[debt.id])
            if (one.amount or 0) <= room:
                writer.set_trashed("settlement", [row_id], None)


def check_settled(writer: Writer, row_id: str) -> None:
    """What a receivable or payment has settled still fits it after a change.

    Raises FieldError("receivable.settled") for whose, which currency and which kind it is,
    ("receivable.below_settled") for its amount.
    """
    store = writer.store
    for settlement_id in settlements_with(store, row_id, None):
        one = writer.require(Settlement, settlement_id)
        debt = writer.require(Receivable, one.receivable_id)
        source, left = source_of(writer, one.payment_id or one.credit_note_id)
        kinds = debt.kind != NOTE and (isinstance(source, Payment) or source.kind == NOTE)
        same = {
            "kind": kinds,
            "customer_id": debt.customer_id == source.customer_id,
            "currency": debt.currency == source.currency,
        }
        for name, stays in same.items():
            if not stays:
                raise FieldError("receivable.settled", name)
        if left < 0 or queries.open_amounts(store, [debt.id])[debt.id] < 0:
            raise FieldError("receivable.below_settled", "amount")


def source_of(writer: Writer, source_id: str | None) -> tuple[Payment | Receivable, int]:
    """A payment or credit note, and what of it is not set against anything."""
    store = writer.store
    if store.record(Payment, source_id) is not None:
        payment = writer.require(Payment, source_id)
        return payment, queries.unsettled(store, payment.id)
    note = writer.require(Receivable, source_id)
    used = sum(one.amount or 0 for one in queries.settlements(store, note.id))
    return note, (note.amount or 0) - used if note.kind == NOTE else 0


def debt_of(writer: Writer, receivable_id: str, source: Payment | Receivable) -> Receivable:
    """A receivable that money of this customer in this currency may settle."""
    debt = writer.require(Receivable, receivable_id)
    if debt.kind == NOTE:
        raise UserError("record.gone")
    if debt.customer_id != source.customer_id:
        raise UserError("receivable.not_theirs")
    if debt.currency != source.currency:
        raise UserError("receivable.other_currency")
    return debt
