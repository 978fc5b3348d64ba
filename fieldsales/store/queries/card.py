"""What the card of a customer shows: header facts, people, deals, needs, timeline."""

from __future__ import annotations

from dataclasses import dataclass

from fieldsales.domain.contact import BuyingRole, Contact
from fieldsales.domain.customer import Customer, completeness
from fieldsales.domain.deal import Deal, is_open
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.need import Need
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.store.database import Store
from fieldsales.store.queries import customers


@dataclass(frozen=True, slots=True)
class Person:
    """A contact with the roles it plays and the day it was last met."""

    contact: Contact
    roles: tuple[BuyingRole, ...]
    last_met: str | None  # moment


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline; `kind` is a table's name, `at` a moment."""

    kind: str
    row_id: str
    at: str
    record: Visit | Interaction | Task | Attachment | Deal


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on the card but the timeline's older part."""

    customer: Customer
    row: customers.CustomerRow
    missing: tuple[str, ...]
    people: tuple[Person, ...]
    deals: tuple[Deal, ...]
    needs: tuple[Need, ...]
    tasks: tuple[Task, ...]  # open ones, by due day
    last_visit: Visit | None
    next_visit: Visit | None
    complaints: tuple[Interaction, ...]
    attachments: tuple[Attachment, ...]

    @property
    def open_deals(self) -> tuple[Deal, ...]:
        return tuple(deal for deal in self.deals if is_open(deal.stage))

    @property
    def decision_makers(self) -> tuple[Person, ...]:
        return tuple(
            person
            for person in self.people
            if any(role.role == "decision_maker" for role in person.roles)
        )


def card(store: Store, customer_id: str) -> Card | None:
    """The card; None if the customer is unknown or in the trash."""
    row = customers.row(store, customer_id)
    customer = store.record(Customer, customer_id)
    if row is None or customer is None:
        return None
    people = people_of(store, customer_id)
    makers = [p for p in people if any(role.role == "decision_maker" for role in p.roles)]
    missing = completeness(customer, len(people), len(makers))[1]

    def live(table: str) -> str:
        return f"SELECT * FROM {table} WHERE customer_id = ? AND trashed_at IS NULL"

    ours = [customer_id]
    last = store.records(
        Visit,
        f"{live('visit')} AND state IN ('running', 'concluded') ORDER BY starts_at DESC LIMIT 1",
        ours,
    )
    coming = store.records(
        Visit, f"{live('visit')} AND state = 'planned' ORDER BY starts_at LIMIT 1", ours
    )
    return Card(
        customer=customer,
        row=row,
        missing=tuple(missing),
        people=tuple(people),
        deals=tuple(
            store.records(
                Deal,
                f"{live('deal')} ORDER BY stage IN ('won', 'lost'), expected_close, created_at",
                ours,
            )
        ),
        needs=tuple(store.records(Need, f"{live('need')} ORDER BY created_at DESC, id DESC", ours)),
        tasks=tuple(
            store.records(
                Task, f"{live('task')} AND done_at IS NULL ORDER BY due IS NULL, due, id", ours
            )
        ),
        last_visit=last[0] if last else None,
        next_visit=coming[0] if coming else None,
        complaints=tuple(
            store.records(
                Interaction,
                f"{live('interaction')} AND kind = 'complaint' AND closed_at IS NULL ORDER BY at",
                ours,
            )
        ),
        attachments=tuple(
            store.records(Attachment, f"{live('attachment')} ORDER BY created_at DESC", ours)
        ),
    )


_LEVEL = "CASE level WHEN 'top' THEN 0 WHEN 'middle' THEN 1 WHEN 'base' THEN 2 ELSE 3 END"


def people_of(store: Store, customer_id: str) -> list[Person]:
    """The people of a customer, top level first."""
    roles: dict[str, list[BuyingRole]] = {}
    for role in store.records(
        BuyingRole,
        "SELECT * FROM buying_role WHERE customer_id = ? AND trashed_at IS NULL ORDER BY id",
        [customer_id],
    ):
        roles.setdefault(role.contact_id, []).append(role)
    met = dict(
        store.rows(
            "SELECT p.contact_id, max(v.starts_at) FROM visit v JOIN visit_person p"
            " ON p.visit_id = v.id WHERE v.customer_id = ? AND v.trashed_at IS NULL"
            " AND p.trashed_at IS NULL AND p.met = 1 AND v.state IN ('running', 'concluded')"
            " GROUP BY p.contact_id",
            [customer_id],
        )
    )
    contacts = store.records(
        Contact,
        "SELECT * FROM contact WHERE customer_id = ? AND trashed_at IS NULL"
        f" ORDER BY {_LEVEL}, created_at, id",
        [customer_id],
    )
    return [
        Person(contact, tuple(roles.get(contact.id, ())), met.get(contact.id))
        for contact in contacts
    ]


def timeline(store: Store, customer_id: str, limit: int = 500) -> list[Entry]:
    """Visits, contacts, tasks and papers of a customer, newest first."""
    entries: list[Entry] = []
    for noun, at in (
        (Visit, "starts_at"),
        (Interaction, "at"),
        (Attachment, "created_at"),
        (Task, "coalesce(done_at, created_at)"),
        (Deal, "created_at"),
    ):
        table = noun.__name__.lower()
        cursor = store.records(
            noun,
            f"SELECT * FROM {table} WHERE customer_id = ? AND trashed_at IS NULL"
            f" ORDER BY {at} DESC LIMIT ?",
            [customer_id, limit],
        )
        entries += [Entry(table, record.id, _moment(record), record) for record in cursor]
    entries.sort(key=lambda entry: (entry.at, entry.row_id), reverse=True)
    return entries[:limit]


def _moment(record: Visit | Interaction | Task | Attachment | Deal) -> str:
    if isinstance(record, Visit):
        return record.starts_at
    if isinstance(record, Interaction):
        return record.at
    if isinstance(record, Task):
        return record.done_at or record.created_at
    return record.created_at
