"""Erasing a person or a customer: the operations that cannot be undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from fieldsales.domain.contact import Contact
from fieldsales.domain.customer import Customer
from fieldsales.errors import UserError
from fieldsales.services.workspace import Operation
from fieldsales.store import customer_erasure, erasure
from fieldsales.store.erasure import Trail
from fieldsales.store.forgotten import Forgotten
from fieldsales.store.journal import Writer


@dataclass(frozen=True)
class EraseContact(Operation):
    """Forgets a person: their record, what is told of them, their name in texts and in the journal.

    Visits and needs stay, without them. `services.erasing.erase` does this and sweeps the file.
    """

    contact_id: str
    done: list[tuple[Forgotten, Trail]] = field(default_factory=list)

    @property
    def merge_key(self) -> str:
        return f"{erasure.UNSWEPT}{self.contact_id}"

    def apply(self, writer: Writer) -> None:
        contact = writer.store.record(Contact, self.contact_id)
        if contact is None:
            raise UserError("record.gone")
        who = erasure.whom(writer.store, contact)
        trail = erasure.forget(writer.connection, contact, who)
        writer.afterwards = partial(erasure.scrub, writer.connection, who, trail)
        self.done.append((who, trail))


@dataclass(frozen=True)
class EraseCustomer(Operation):
    """Forgets a customer: its record and all that is about it, its people too, and its name in
    texts and in the journal. `services.erasing.erase_customer` does this and sweeps the file.
    """

    customer_id: str
    done: list[tuple[Forgotten, Trail]] = field(default_factory=list)

    @classmethod
    def verb(cls) -> str:
        return erasure.KIND

    @property
    def merge_key(self) -> str:
        return f"{erasure.UNSWEPT}{self.customer_id}"

    def apply(self, writer: Writer) -> None:
        customer = writer.store.record(Customer, self.customer_id)
        if customer is None:
            raise UserError("record.gone")
        who = customer_erasure.whom(writer.store, customer)
        trail = customer_erasure.forget(writer.connection, who)
        writer.afterwards = partial(customer_erasure.scrub, writer.connection, who, trail)
        self.done.append((who, trail))
