"""What the card of a customer shows: header facts, people, deals, needs, timeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fieldsales.domain.contact import BuyingRole, Contact
from fieldsales.domain.customer import Customer, completeness
from fieldsales.domain.deal import Deal, is_open
from fieldsales.domain.interaction import Interaction
from fieldsales.domain.keeping import Attachment
from fieldsales.domain.need import Need
from fieldsales.domain.task import Task
from fieldsales.domain.visit import Visit
from fieldsales.store.caches.facts import TASK_DAY
from fieldsales.store.database import Store, table_of
from fieldsales.store.queries import customers, feedback
from fieldsales.store.queries.currencies import base_currency
from fieldsales.store.queries.pipelines import stage_words

Happening = Visit | Interaction | Task | Attachment


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
    record: Happening
    who: tuple[str, ...] = ()  # names of the people met, or spoken with


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
    last_met: tuple[str, ...]  # names of the people met then
    planned: tuple[Visit, ...]  # visits to come, and those whose day has passed
    complaints: tuple[Interaction, ...]
    attachments: tuple[Attachment, ...]
    stages: Mapping[str, str]  # stage -> its word, as `words.choice` takes it
    currency: str  # of amounts without one

    @property
    def next_visit(self) -> Visit | None:
        """The first visit that is planned."""
        return self.planned[0] if self.planned else None

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
    return Card(
        customer=customer,
        row=row,
        missing=tuple(missing),
        people=tuple(people),
        deals=tuple(deals_of(store, customer_id)),
        needs=tuple(store.records(Need, f"{live('need')} ORDER BY created_at DESC, id DESC", ours)),
        tasks=tuple(
            store.records(
                Task,
                f"{live('task')} AND done_at IS NULL ORDER BY {TASK_DAY} IS NULL, {TASK_DAY}, id",
                ours,
            )
        ),
        last_visit=last[0] if last else None,
        last_met=_met(store, customer_id, last[0].id).get(last[0].id, ()) if last else (),
        planned=tuple(
            store.records(
                Visit, f"{live('visit')} AND state = 'planned' ORDER BY starts_at, id", ours
            )
        ),
        complaints=tuple(feedback.complaints(store, customer_id)),
        attachments=tuple(
            store.records(Attachment, f"{_KEPT} ORDER BY created_at DESC, id DESC", ours * 2)
        ),
        stages=stage_words(store),
        currency=base_currency(store),
    )


def deals_of(store: Store, customer_id: str) -> list[Deal]:
    """The deals of a customer: the open ones first, of these the next to close."""
    return store.records(
        Deal,
        "SELECT * FROM deal WHERE customer_id = ? AND trashed_at IS NULL"
        " ORDER BY stage IN ('won', 'lost'), expected_close IS NULL, expected_close, id",
        [customer_id],
    )


LEVEL_ORDER = (
    "CASE level WHEN 'top' THEN 0 WHEN 'middle' THEN 1 WHEN 'base' THEN 2 ELSE 3 END,"
    " created_at, id"
)


def people_of(store: Store, customer_id: str) -> list[Person]:
    """The people of a customer, top level first; posts that nobody holds are none."""
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
        "SELECT * FROM contact WHERE customer_id = ? AND trashed_at IS NULL AND vacant = 0"
        f" ORDER BY {LEVEL_ORDER}",
        [customer_id],
    )
    return [
        Person(contact, tuple(roles.get(contact.id, ())), met.get(contact.id))
        for contact in contacts
    ]


_KEPT = (
    "SELECT * FROM attachment WHERE trashed_at IS NULL AND (customer_id = ?"
    " OR visit_id IN (SELECT id FROM visit WHERE customer_id = ? AND trashed_at IS NULL))"
)
_HAPPENINGS: tuple[tuple[type[Happening], str, str], ...] = (
    (Visit, "SELECT * FROM visit WHERE customer_id = ? AND trashed_at IS NULL", "starts_at"),
    (Interaction, "SELECT * FROM interaction WHERE customer_id = ? AND trashed_at IS NULL", "at"),
    (Attachment, _KEPT, "created_at"),
    (
        Task,
        "SELECT * FROM task WHERE customer_id = ? AND trashed_at IS NULL AND done_at IS NOT NULL",
        "done_at",
    ),
)


def timeline(store: Store, customer_id: str, limit: int = 500) -> list[Entry]:
    """Visits, contacts, tasks done and papers of a customer, newest first."""
    met = _met(store, customer_id)
    names = dict(store.rows("SELECT id, name FROM contact WHERE customer_id = ?", [customer_id]))
    entries: list[Entry] = []
    for noun, select, at in _HAPPENINGS:
        ours = [customer_id] * select.count("?")
        for record in store.records(noun, f"{select} ORDER BY {at} DESC LIMIT ?", [*ours, limit]):
            who: tuple[str, ...] = ()
            if isinstance(record, Visit):
                who = met.get(record.id, ())
            elif isinstance(record, Interaction | Task) and record.contact_id in names:
                who = (names[record.contact_id],)
            entries.append(Entry(table_of(noun), record.id, getattr(record, at), record, who))
    entries.sort(key=lambda entry: (entry.at, entry.row_id), reverse=True)
    return entries[:limit]


def _met(store: Store, customer_id: str, visit_id: str = "") -> dict[str, tuple[str, ...]]:
    """Visit -> names of the people met, or expected where it has not been yet."""
    found: dict[str, list[str]] = {}
    for visit, name in store.rows(
        "SELECT v.id, c.name FROM visit v JOIN visit_person p ON p.visit_id = v.id"
        " JOIN contact c ON c.id = p.contact_id"
        " WHERE v.customer_id = ? AND (? = '' OR v.id = ?) AND p.trashed_at IS NULL"
        " AND (p.met = 1 OR v.state = 'planned') ORDER BY p.created_at, p.id",
        [customer_id, visit_id, visit_id],
    ):
        found.setdefault(visit, []).append(name)
    return {visit: tuple(names) for visit, names in found.items()}
